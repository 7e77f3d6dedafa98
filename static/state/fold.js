/**
 * Events into state. Every event carries the whole of what it is about, so that one that comes twice changes nothing and
 * one that is older than what was read since is left out. Pure.
 */

import { belongs } from "./belongs.js";
import { foldGroup, foldJoined, foldLeft } from "./fold_group.js";
import { foldMine } from "./fold_mine.js";
import { foldPerson } from "./fold_person.js";
import { appended, placed } from "./order.js";

/**
 * @typedef {import("./types.js").State} State
 * @typedef {import("./types.js").Event} Event
 * @typedef {import("./types.js").Post} Post
 */

/** Events that are remembered, to bring pages up to date that were on their way when these were heard. */
const REMEMBERED = 500;

/**
 * @param {State} state
 * @param {Event[]} events in the order of their seq
 * @returns {State}
 */
export function foldAll(state, events) {
  const next = events.reduce(fold, state);
  const recent = [...state.recent, ...events];
  const forgotten = recent.slice(0, -REMEMBERED).at(-1);
  return { ...next, recent: recent.slice(-REMEMBERED), since: forgotten?.seq ?? state.since };
}

/**
 * @param {State} state
 * @param {Event} event
 * @returns {State}
 */
export function fold(state, event) {
  const rule = RULES[event.type];
  return rule ? rule(state, event) : state;
}

/** @type {Record<string, (state: State, event: Event) => State>} */
const RULES = {
  "post.published": (state, { seq, data }) => whole(state, data, seq),
  "post.revised": (state, { seq, data }) => whole(state, data, seq),
  "post.withdrawn": (state, { seq, data }) => whole(state, data, seq),
  "post.erased": (state, { seq, data }) => whole(state, data, seq),
  "post.reacted": (state, { seq, data }) => partly(state, data.id, { reactions: data.reactions }, seq),
  "post.replied": (state, { seq, data }) => partly(state, data.id, { replies: data.replies }, seq),
  "mine.changed": (state, { data }) => foldMine(state, data),
  "group.revised": (state, { data }) => foldGroup(state, data),
  "group.joined": (state, { data }) => foldJoined(state, data),
  "group.left": (state, { data }) => foldLeft(state, data),
  "person.revised": (state, { data }) => foldPerson(state, data),
  "person.whereabouts": (state, { data }) => ({
    ...state,
    places: { ...state.places, [data.person.id]: data },
  }),
};

/**
 * A post as a whole. It is kept even where no list shows it yet: a page that does may be on its way.
 * @param {State} state
 * @param {Post} post
 * @param {number} seq
 * @returns {State}
 */
function whole(state, post, seq) {
  // Of an older event the news is known already, but not to a list that was read since.
  const ours = state.posts[post.id];
  if (isOld(state, post.id, seq)) return ours ? listed(state, ours) : state;
  const posts = { ...state.posts, [post.id]: post };
  const known = { ...state.known, [post.id]: seq };
  return listed({ ...state, posts, known }, post);
}

/**
 * A part of a post. Of one that we never saw nothing is kept: whoever reads it later reads it whole.
 * @param {State} state
 * @param {number} id
 * @param {Partial<Post>} part
 * @param {number} seq
 * @returns {State}
 */
function partly(state, id, part, seq) {
  const post = state.posts[id];
  if (!post || isOld(state, id, seq)) return state;
  return {
    ...state,
    posts: { ...state.posts, [id]: { ...post, ...part } },
    known: { ...state.known, [id]: seq },
  };
}

/**
 * @param {State} state
 * @param {number} id
 * @param {number} seq
 */
const isOld = (state, id, seq) => (state.known[id] ?? 0) >= seq;

/**
 * Put a post in every loaded list that it belongs to, and take it out of those that it no longer does: a revision may
 * name other people and topics. Bookmarks are the viewer's own affair (`fold_mine.js`).
 * @param {State} state
 * @param {Post} post
 * @returns {State}
 */
export function listed(state, post) {
  const timelines = { ...state.timelines };
  for (const [name, timeline] of Object.entries(state.timelines)) {
    if (name === "bookmarks") continue;
    const ids = belongs(state, name, post)
      ? placed(timeline.ids, post.id)
      : timeline.ids.filter((id) => id !== post.id);
    if (reaches(timeline, post.id)) timelines[name] = { ...timeline, ids };
  }
  const thread = state.threads[post.thread];
  if (!thread || (thread.next !== null && post.id < thread.next)) return { ...state, timelines };
  const longer = { ...thread, ids: appended(thread.ids, post.id) };
  return { ...state, timelines, threads: { ...state.threads, [post.thread]: longer } };
}

/**
 * Whether a list was loaded down to this id. What is older comes with a later page, and must not stand before it.
 * @param {import("./types.js").Timeline} timeline
 * @param {number} id
 */
const reaches = ({ ids, next }, id) => next === null || id >= (ids.at(-1) ?? 0);
