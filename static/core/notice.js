import { signal } from "@preact/signals";
import { newKey } from "./key.js";

/**
 * @typedef {object} Notice
 * @property {string} key
 * @property {string} words
 * @property {boolean} bad
 */

/** Short messages at the edge of the screen, oldest first. */
export const notices = signal(/** @type {Notice[]} */ ([]));

const LASTS = 6_000;

/**
 * @param {string} words
 * @param {{bad?: boolean}} [options]
 */
export function notify(words, { bad = false } = {}) {
  const notice = { key: newKey(), words, bad };
  notices.value = [...notices.value.filter((other) => other.words !== words), notice];
  setTimeout(() => dismiss(notice.key), LASTS);
}

/** @param {string} key */
export function dismiss(key) {
  notices.value = notices.value.filter((notice) => notice.key !== key);
}
