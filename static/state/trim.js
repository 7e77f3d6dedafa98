/** A window that stays open for weeks must not grow for weeks. Pure. */

/**
 * @typedef {import("./types.js").State} State
 */

/**
 * Forget the end of a timeline that nobody looks at; it can be loaded again.
 * @param {State} state
 * @param {string} name
 * @param {number} count posts to keep
 * @returns {State}
 */
export function trim(state, name, count) {
  const list = state.timelines[name];
  if (!list || list.ids.length <= count) return state;
  const ids = list.ids.slice(0, count);
  const timelines = { ...state.timelines, [name]: { ...list, ids, next: ids.at(-1) ?? null } };
  return swept({ ...state, timelines });
}

/**
 * Without the posts that no list shows.
 * @param {State} state
 * @returns {State}
 */
function swept(state) {
  const lists = [...Object.values(state.timelines), ...Object.values(state.threads)];
  const shown = new Set(lists.flatMap(({ ids }) => ids));
  return {
    ...state,
    posts: only(state.posts, shown),
    known: only(state.known, shown),
    mine: only(state.mine, shown),
  };
}

/**
 * @template T
 * @param {Record<number, T>} record
 * @param {Set<number>} ids
 * @returns {Record<number, T>}
 */
function only(record, ids) {
  return Object.fromEntries(Object.entries(record).filter(([id]) => ids.has(Number(id))));
}
