/** What is personal and changed elsewhere: in another window, by another program of one's own. Pure. */

import { placed } from "./order.js";

/**
 * @typedef {import("./types.js").State} State
 * @typedef {{post: number, reactions: string[], bookmarked: boolean}} OfPost
 * @typedef {{person?: number, topic?: string, following: boolean}} Following
 */

/**
 * @param {State} state
 * @param {any} data of one of the two shapes
 * @returns {State}
 */
export function foldMine(state, data) {
  if (data.post !== undefined) return ofPost(state, data);
  if (data.person !== undefined || data.topic !== undefined) return following(state, data);
  return state;
}

/**
 * @param {State} state
 * @param {OfPost} data
 * @returns {State}
 */
function ofPost(state, { post, reactions, bookmarked }) {
  const next = { ...state, mine: { ...state.mine, [post]: { reactions, bookmarked } } };
  const list = state.timelines.bookmarks;
  if (!list) return next;
  const without = list.ids.filter((id) => id !== post);
  // One that we never saw is not listed: `actions/catch_up.js` reads it.
  const ids = bookmarked && state.posts[post] ? placed(without, post) : without;
  return { ...next, timelines: { ...state.timelines, bookmarks: { ...list, ids } } };
}

/**
 * @param {State} state
 * @param {Following} data
 * @returns {State}
 */
function following(state, { person, topic, following: now }) {
  if (!state.me) return state;
  const { people, topics } = state.me.following;
  const changed = {
    people: person === undefined ? people : toggled(people, person, now),
    topics: topic === undefined ? topics : toggled(topics, topic, now),
  };
  return { ...state, me: { ...state.me, following: changed } };
}

/**
 * @template T
 * @param {T[]} list
 * @param {T} item
 * @param {boolean} present
 * @returns {T[]}
 */
function toggled(list, item, present) {
  const without = list.filter((other) => other !== item);
  return present ? [...without, item] : without;
}
