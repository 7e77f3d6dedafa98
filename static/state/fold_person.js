/** Somebody changed their name or photo: every card of theirs on screen follows. Pure. */

/**
 * @typedef {import("./types.js").State} State
 * @typedef {import("./types.js").Card} Card
 */

/**
 * @param {State} state
 * @param {Card} card
 * @returns {State}
 */
export function foldPerson(state, card) {
  const posts = { ...state.posts };
  for (const post of Object.values(state.posts)) {
    if (post.author.id === card.id) posts[post.id] = { ...post, author: card };
  }
  const place = state.places[card.id];
  const places = place ? { ...state.places, [card.id]: { ...place, person: card } } : state.places;
  const me = state.me?.person.id === card.id ? { ...state.me, person: card } : state.me;
  return { ...state, posts, places, me };
}
