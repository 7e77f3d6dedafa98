/** What one just asked for, before the server has said yes. Its answer or the next event brings the truth. Pure. */

/**
 * @typedef {import("./types.js").State} State
 */

/**
 * @param {State} state
 * @param {number} id
 * @param {string} name
 * @param {boolean} on
 * @returns {State}
 */
export function reacting(state, id, name, on) {
  const post = state.posts[id];
  const mine = state.mine[id] ?? { reactions: [], bookmarked: false };
  if (!post || mine.reactions.includes(name) === on) return state;
  const count = (post.reactions[name] ?? 0) + (on ? 1 : -1);
  const { [name]: _, ...others } = post.reactions;
  const reactions = count > 0 ? { ...post.reactions, [name]: count } : others;
  const names = on ? [...mine.reactions, name] : mine.reactions.filter((other) => other !== name);
  return {
    ...state,
    posts: { ...state.posts, [id]: { ...post, reactions } },
    mine: { ...state.mine, [id]: { ...mine, reactions: names } },
  };
}

/**
 * @param {State} state
 * @param {number} id
 * @param {boolean} on
 * @returns {State}
 */
export function bookmarking(state, id, on) {
  const mine = state.mine[id] ?? { reactions: [], bookmarked: false };
  return { ...state, mine: { ...state.mine, [id]: { ...mine, bookmarked: on } } };
}
