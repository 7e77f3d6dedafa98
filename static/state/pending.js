/** Entries of the outbox among the posts. Pure. */

import { same } from "./belongs.js";

/**
 * @typedef {import("../core/outbox.js").Entry} Entry
 * @typedef {import("./types.js").State} State
 */

/**
 * Without the entry on its way whose event overtook its answer: it would be seen twice for the blink of an eye.
 * @param {Entry[]} entries
 * @param {string} sending its key
 * @param {State} state
 * @returns {Entry[]}
 */
export function unseen(entries, sending, state) {
  return entries.filter((entry) => entry.key !== sending || !hasTwin(entry, state));
}

/**
 * @param {Entry} entry
 * @param {State} state
 */
function hasTwin(entry, state) {
  return Object.values(state.posts).some(
    (post) =>
      post.author.id === state.me?.person.id &&
      Date.parse(post.created_at) > entry.at - CLOCKS_DIFFER &&
      (post.reply_to ?? null) === entry.reply_to &&
      post.text.trim() === entry.text.trim(),
  );
}

const CLOCKS_DIFFER = 60_000;

/**
 * @param {Entry} entry
 * @param {string} timeline
 * @returns {boolean}
 */
export function isShownIn({ group }, timeline) {
  if (!group) return false;
  if (timeline === "home") return true;
  return timeline === "all" ? group.kind === "all" : same(timeline, `group/${group.handle}`);
}
