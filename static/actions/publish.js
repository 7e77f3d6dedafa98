import { put } from "../core/outbox.js";

/**
 * Say something: it stands on one's own screen at once and leaves as soon as it can.
 * @param {string} text
 * @param {import("../state/types.js").GroupCard} group
 */
export function publish(text, group) {
  const { id, handle, name, kind } = group;
  put({ text, group: { id, handle, name, kind }, reply_to: null, thread: null });
}

/**
 * @param {string} text
 * @param {import("../state/types.js").Post} parent
 */
export function reply(text, parent) {
  put({ text, group: null, reply_to: parent.id, thread: parent.thread });
}
