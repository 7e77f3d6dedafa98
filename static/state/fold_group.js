/** Groups, and who is in them. Pure. */

import { belongs } from "./belongs.js";

/**
 * @typedef {import("./types.js").State} State
 * @typedef {import("./types.js").Group} Group
 * @typedef {import("./types.js").Card} Card
 */

/**
 * A group as it now is; every post on screen names it so.
 * @param {State} state
 * @param {Partial<Group> & {id: number}} group
 * @returns {State}
 */
export function foldGroup(state, group) {
  const groups = state.groups.map((known) => (known.id === group.id ? { ...known, ...group } : known));
  const { handle, name } = group;
  if (handle === undefined || name === undefined) return { ...state, groups };
  const posts = { ...state.posts };
  for (const post of Object.values(state.posts)) {
    if (post.group.id === group.id) posts[post.id] = { ...post, group: { ...post.group, handle, name } };
  }
  return { ...state, groups, posts };
}

/**
 * @param {State} state
 * @param {{group: Group, person: Card, role: string}} data
 * @returns {State}
 */
export function foldJoined(state, { group, person, role }) {
  if (!isMe(state, person)) return foldGroup(state, group);
  const known = state.groups.some(({ id }) => id === group.id);
  const groups = known ? state.groups : [...state.groups, { ...group, role }];
  return foldGroup({ ...state, groups }, { ...group, role });
}

/**
 * Who is no longer in a closed group sees nothing of it, not even what they said there themselves.
 * @param {State} state
 * @param {{group: {id: number, member_count: number}, person: Card}} data
 * @returns {State}
 */
export function foldLeft(state, { group, person }) {
  if (!isMe(state, person)) return foldGroup(state, group);
  const known = state.groups.find(({ id }) => id === group.id);
  if (known?.kind === "public") return homeWithout(foldGroup(state, { ...group, role: null }));
  const groups = state.groups.filter(({ id }) => id !== group.id);
  return without({ ...state, groups }, group.id);
}

/**
 * @param {State} state
 * @param {Card} person
 */
const isMe = (state, person) => state.me?.person.id === person.id;

/**
 * The home timeline without what no longer concerns the viewer.
 * @param {State} state
 * @returns {State}
 */
function homeWithout(state) {
  const { home } = state.timelines;
  if (!home) return state;
  const ids = home.ids.filter((id) => {
    const post = state.posts[id];
    return post && belongs(state, "home", post);
  });
  return { ...state, timelines: { ...state.timelines, home: { ...home, ids } } };
}

/**
 * @param {State} state
 * @param {number} group
 * @returns {State}
 */
function without(state, group) {
  /** @param {number} id */
  const stays = (id) => state.posts[id]?.group.id !== group;
  return {
    ...state,
    posts: Object.fromEntries(Object.entries(state.posts).filter(([, post]) => post.group.id !== group)),
    timelines: filtered(state.timelines, stays),
    threads: filtered(state.threads, stays),
  };
}

/**
 * @template {string | number} Name
 * @param {Record<Name, import("./types.js").Timeline>} lists
 * @param {(id: number) => boolean} stays
 * @returns {Record<Name, import("./types.js").Timeline>}
 */
function filtered(lists, stays) {
  const entries = /** @type {[Name, import("./types.js").Timeline][]} */ (Object.entries(lists));
  const kept = entries.map(([name, list]) => [name, { ...list, ids: list.ids.filter(stays) }]);
  return Object.fromEntries(kept);
}
