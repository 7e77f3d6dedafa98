import { signal } from "@preact/signals";

/** What a screen reader is told next, politely. Shown by `elements/announcer.js`. */
export const announcement = signal("");

/** @param {string} words */
export function announce(words) {
  // The same words twice are still news: a no-break space makes them another text.
  announcement.value = announcement.value === words ? `${words}\u00a0` : words;
}
