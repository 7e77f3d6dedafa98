/** @returns {import("./types.js").State} */
export function empty() {
  return {
    me: null,
    groups: [],
    posts: {},
    known: {},
    mine: {},
    timelines: {},
    threads: {},
    places: {},
    recent: [],
    since: 0,
  };
}
