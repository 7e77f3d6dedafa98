import { state } from "../state/store.js";
import { loadTimeline } from "./load.js";

/**
 * Whom one follows and which groups one is in decide what was in the home timeline all along: after a change of those it
 * is read again. So are the bookmarks, after another window has bookmarked what this one never saw.
 * @param {import("../state/types.js").Event[]} events
 */
export function catchUp(events) {
  const { timelines } = state.value;
  if (timelines.home && events.some(changesHome)) loadTimeline("home");
  if (timelines.bookmarks && events.some(bookmarksUnseen)) loadTimeline("bookmarks");
}

/** @param {import("../state/types.js").Event} event */
function changesHome({ type, data }) {
  if (type === "mine.changed") return data.following !== undefined;
  return type === "group.joined" && data.person.id === state.value.me?.person.id;
}

/** @param {import("../state/types.js").Event} event */
const bookmarksUnseen = ({ type, data }) =>
  type === "mine.changed" && data.bookmarked === true && !state.value.posts[data.post];
