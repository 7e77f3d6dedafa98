import { put, remove } from "../core/api.js";
import { bookmarking } from "../state/optimistic.js";
import { apply, state } from "../state/store.js";
import { attempt } from "./attempt.js";

/** @param {number} id */
export async function bookmark(id) {
  const on = !state.value.mine[id]?.bookmarked;
  apply(bookmarking, id, on);
  const done = await attempt(async () => {
    await (on ? put(`/posts/${id}/bookmark`) : remove(`/posts/${id}/bookmark`));
    return true;
  });
  if (!done) apply(bookmarking, id, !on);
}
