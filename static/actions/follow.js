import { path, put, remove } from "../core/api.js";
import { foldMine } from "../state/fold_mine.js";
import { apply, state } from "../state/store.js";
import { attempt } from "./attempt.js";
import { loadTimeline } from "./load.js";

/**
 * @param {{id: number, handle: string}} person
 * @param {boolean} following
 */
export function followPerson({ id, handle }, following) {
  return follow(path("people", handle, "follow"), { person: id, following });
}

/**
 * @param {string} topic
 * @param {boolean} following
 */
export function followTopic(topic, following) {
  return follow(path("topics", topic, "follow"), { topic, following });
}

/**
 * @param {string} address
 * @param {{person?: number, topic?: string, following: boolean}} change
 */
async function follow(address, change) {
  await attempt(async () => {
    await (change.following ? put(address) : remove(address));
    apply(foldMine, change);
    if (state.value.timelines.home) loadTimeline("home");
  });
}
