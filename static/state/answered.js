/** What the server answered to a change of one's own. Answers carry no seq: an event that came first is as new. Pure. */

import { listed } from "./fold.js";

/**
 * @typedef {import("./types.js").State} State
 * @typedef {import("./types.js").Post} Post
 */

/**
 * A post that was just published.
 * @param {State} state
 * @param {Post} post
 * @returns {State}
 */
export function published(state, post) {
  if (state.posts[post.id]) return state;
  return listed({ ...state, posts: { ...state.posts, [post.id]: post } }, post);
}

/**
 * A post as it now is, or as it was read whole.
 * @param {State} state
 * @param {Post} post
 * @returns {State}
 */
export const revised = (state, post) => ({ ...state, posts: { ...state.posts, [post.id]: post } });
