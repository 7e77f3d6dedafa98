/** Starting over, which is the ordinary load: when too much was missed to be replayed. */

import { place, route } from "../core/router.js";
import { read } from "../core/routes.js";
import { apply, state } from "../state/store.js";
import { loadAccount } from "./account.js";
import { loadThread, loadTimeline } from "./load.js";

/** @param {number} seq */
export async function refresh(seq) {
  const stream = streamOnScreen();
  const thread = threadOnScreen();
  apply((before) => ({
    ...before,
    recent: [],
    since: seq,
    timelines: kept(before.timelines, stream),
    threads: kept(before.threads, thread),
  }));
  await loadAccount().catch(() => {});
  if (stream) loadTimeline(stream);
  if (thread) loadThread(thread);
}

/**
 * One channel alone was missed.
 * @param {string} channel
 */
export function refreshChannel(channel) {
  const stream = streamOnScreen();
  const thread = threadOnScreen();
  if (thread && channel === `thread:${thread}`) loadThread(thread);
  else if (stream) loadTimeline(stream);
}

function streamOnScreen() {
  const behind = place.value.beside ? read(place.value.beside) : route.value;
  return behind.stream;
}

function threadOnScreen() {
  const post = route.value.post;
  return post && (state.value.posts[post]?.thread ?? post);
}

/**
 * What nobody sees is loaded again when somebody does.
 * @template T
 * @param {Record<string | number, T>} lists
 * @param {string | number | undefined} name
 * @returns {Record<string | number, T>}
 */
function kept(lists, name) {
  const list = name === undefined ? undefined : lists[name];
  return list && name !== undefined ? { [name]: list } : {};
}
