import { path, put, remove } from "../core/api.js";
import { reacting } from "../state/optimistic.js";
import { apply, state } from "../state/store.js";
import { attempt } from "./attempt.js";

/**
 * React, or take the reaction back if one had: seen at once, undone where the server can not be told.
 * @param {number} id
 * @param {string} name
 */
export async function react(id, name) {
  const on = !state.value.mine[id]?.reactions.includes(name);
  apply(reacting, id, name, on);
  const address = path("posts", id, "reactions", name);
  const done = await attempt(async () => {
    await (on ? put(address) : remove(address));
    return true;
  });
  if (!done) apply(reacting, id, name, !on);
}
