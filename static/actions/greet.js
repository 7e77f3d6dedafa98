import { apply, state } from "../state/store.js";
import { loadThread, loadTimeline } from "./load.js";

/**
 * The first greeting of a stream: from `seq` on nothing is missed. What was read before it is read again.
 * @param {number} seq
 */
export function greet(seq) {
  apply((before) => ({ ...before, recent: [], since: seq }));
  const { timelines, threads } = state.value;
  for (const [name, { head }] of Object.entries(timelines)) if (head < seq) loadTimeline(name);
  for (const [root, { head }] of Object.entries(threads)) if (head < seq) loadThread(Number(root));
}
