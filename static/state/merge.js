/**
 * Pages that were read, into state. A page is as of its `head`: what was heard with a higher seq is newer and stays, and
 * what was heard while the page was on its way is applied to it. Pure.
 */

import { fold } from "./fold.js";

/**
 * @typedef {import("./types.js").State} State
 * @typedef {import("./types.js").Page} Page
 * @typedef {import("./types.js").Post} Post
 * @typedef {import("./types.js").Mine} Mine
 */

/**
 * Whether events that belong after this page may have been missed: then it must be read again.
 * @param {State} state
 * @param {number} head
 */
export const hasGap = (state, head) => head < state.since;

/**
 * The first page of a timeline, or the next one.
 * @param {State} state
 * @param {string} name
 * @param {Page} page
 * @param {"first" | "next"} which
 * @returns {State}
 */
export function mergeTimeline(state, name, page, which) {
  const ids = page.items.map(({ id }) => id);
  const before = which === "next" ? state.timelines[name] : undefined;
  const all = before ? unique([...before.ids, ...ids]) : ids;
  const timeline = { ids: all, next: page.next, head: before?.head ?? page.head };
  const timelines = { ...state.timelines, [name]: timeline };
  return caughtUp({ ...learned(state, page), timelines }, page.head);
}

/**
 * A thread, oldest first: its first post and the newest replies, or the replies before those.
 * @param {State} state
 * @param {number} root
 * @param {Page} page
 * @param {"first" | "next"} which
 * @returns {State}
 */
export function mergeThread(state, root, page, which) {
  const before = which === "next" ? state.threads[root] : undefined;
  const ids = page.items.map(({ id }) => id);
  const all = unique([...ids, ...(before?.ids ?? [])]).sort((one, other) => one - other);
  const thread = { ids: all, next: page.next, head: before?.head ?? page.head };
  const threads = { ...state.threads, [root]: thread };
  return caughtUp({ ...learned(state, page), threads }, page.head);
}

/**
 * Posts and what is personal about them, wherever they are shown.
 * @param {State} state
 * @param {Page} page
 * @returns {State}
 */
function learned(state, { items, mine, head }) {
  const posts = { ...state.posts };
  const known = { ...state.known };
  const personal = { ...state.mine };
  for (const post of items) {
    if ((known[post.id] ?? -1) > head) continue;
    posts[post.id] = unfolded(posts[post.id], post);
    known[post.id] = head;
    personal[post.id] = mine[post.id] ?? NOTHING;
  }
  return { ...state, posts, known, mine: personal };
}

/** @type {Mine} */
const NOTHING = { reactions: [], bookmarked: false };

/**
 * A list cuts long texts; where we have the whole of the same one, we keep it.
 * @param {Post | undefined} ours
 * @param {Post} theirs
 * @returns {Post}
 */
function unfolded(ours, theirs) {
  const whole = ours && !ours.folded && theirs.folded && ours.revised_at === theirs.revised_at && !theirs.withdrawn;
  if (!whole) return theirs;
  return { ...theirs, text: ours.text, tokens: ours.tokens, folded: false };
}

/**
 * @param {State} state
 * @param {number} head
 * @returns {State}
 */
const caughtUp = (state, head) => state.recent.filter(({ seq }) => seq > head).reduce(fold, state);

/** @param {number[]} ids */
const unique = (ids) => [...new Set(ids)];
