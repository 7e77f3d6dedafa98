import { path, post, put, remove } from "../core/api.js";
import { loadAccount } from "./account.js";
import { attempt } from "./attempt.js";

/**
 * Raises Refused and Unreachable.
 * @param {{handle: string, name: string, kind: string}} draft
 */
export async function createGroup(draft) {
  await post("/groups", draft);
  await loadAccount();
}

/**
 * @param {string} group its handle
 * @param {string} person the viewer's handle
 */
export const joinGroup = (group, person) => changed(() => put(path("groups", group, "members", person)));

/**
 * @param {string} group
 * @param {string} person
 */
export const leaveGroup = (group, person) => changed(() => remove(path("groups", group, "members", person)));

/** @param {() => Promise<unknown>} change */
function changed(change) {
  return attempt(async () => {
    await change();
    await loadAccount();
  });
}
