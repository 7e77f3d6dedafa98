import { useEffect } from "preact/hooks";
import { watch } from "../actions/connect.js";

/**
 * Hear a channel for as long as what it is about is on screen.
 * @param {string | null} channel null while it is not known, or heard anyway
 * @param {number | undefined} head the seq that what is shown was read at
 */
export function useWatch(channel, head) {
  const ready = channel !== null && head !== undefined;
  useEffect(() => (ready ? watch(channel, head) : undefined), [channel, ready]);
}
