/** What was typed and not yet posted, by where it was typed: `new`, `group/linux`, `reply/12`. */

import { signal } from "@preact/signals";
import { forget, keep, kept, recall } from "./storage.js";

/** @type {Map<string, import("@preact/signals").Signal<string>>} */
const drafts = new Map();

/** @param {string} where */
export function draftOf(where) {
  const draft = drafts.get(where) ?? signal(recall(`draft:${where}`) ?? "");
  drafts.set(where, draft);
  return draft;
}

/**
 * @param {string} where
 * @param {string} text
 */
export function keepDraft(where, text) {
  draftOf(where).value = text;
  if (text) keep(`draft:${where}`, text);
  else forget(`draft:${where}`);
}

/** Nothing of one person is left for the next at the same machine. */
export function forgetDrafts() {
  drafts.clear();
  kept("draft:").forEach(forget);
}
