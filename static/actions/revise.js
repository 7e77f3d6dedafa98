import { get, patch, remove } from "../core/api.js";
import { revised } from "../state/answered.js";
import { apply } from "../state/store.js";

/** @typedef {import("../state/types.js").Post} Post */

/**
 * Raises Refused and Unreachable.
 * @param {number} id
 * @param {string} text
 */
export async function revise(id, text) {
  apply(revised, await patch(`/posts/${id}`, { text }));
}

/**
 * Take back what one said. Raises Refused and Unreachable.
 * @param {number} id
 */
export async function withdraw(id) {
  apply(revised, await remove(`/posts/${id}`));
}

/**
 * The whole of a post that lists show folded. Raises Refused and Unreachable.
 * @param {number} id
 * @returns {Promise<Post>}
 */
export async function unfold(id) {
  const whole = await get(`/posts/${id}`);
  apply(revised, whole);
  return whole;
}
