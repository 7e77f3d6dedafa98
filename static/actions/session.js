/** Coming and going. */

import { signal } from "@preact/signals";
import { onSignedOut, post, Refused, remove } from "../core/api.js";
import { forgetDrafts } from "../core/drafts.js";
import { closeOutbox, drop, openOutbox, outbox } from "../core/outbox.js";
import { go, place, route } from "../core/router.js";
import { published } from "../state/answered.js";
import { empty } from "../state/empty.js";
import { apply, state } from "../state/store.js";
import { loadAccount } from "./account.js";
import { connect, disconnect } from "./connect.js";

/** Whether we know who looks at us. */
export const standing = signal(/** @type {"asking" | "unreachable" | "in" | "out"} */ ("asking"));

/** Where to go after logging in. */
let wanted = "/home";

/** Find out who is here, and let them in. Raises nothing: what went wrong is in `standing`. */
export async function enter() {
  try {
    await loadAccount();
  } catch (error) {
    const out = error instanceof Refused && error.status === 401;
    if (out) leave();
    else standing.value = "unreachable";
    return;
  }
  standing.value = "in";
  const id = state.value.me?.person.id ?? 0;
  openOutbox(id, (post) => apply(published, post));
  connect(leave);
  if (route.value.view === "login") go(wanted, { replace: true });
  wanted = "/home";
}

/**
 * Raises Refused and Unreachable.
 * @param {string} login a handle or an e-mail address
 * @param {string} password
 */
export async function logIn(login, password) {
  await post("/session", { login, password });
  await enter();
}

/**
 * Come in by an invitation, or by the set-up link. Raises Refused and Unreachable.
 * @param {{code: string, handle: string, name: string, password: string, email?: string, language?: string,
 *   time_zone?: string}} draft
 */
export async function join(draft) {
  await post("/join", draft);
  await enter();
  go("/home", { replace: true });
}

/** Raises Unreachable: as long as the server does not know, one is not logged out. */
export async function logOut() {
  await remove("/session");
  for (const { key } of outbox.value) drop(key);
  forgetDrafts();
  leave();
  wanted = "/home";
}

/** The server no longer knows us. What waits in the outbox goes on waiting for its author. */
export function leave() {
  if (standing.value === "out") return;
  standing.value = "out";
  disconnect();
  closeOutbox();
  state.value = empty();
  const { view } = route.value;
  if (view === "join" || view === "setup" || view === "login") return;
  wanted = place.value.path === "/" ? "/home" : place.value.path;
  go("/login", { replace: true });
}

onSignedOut(leave);
