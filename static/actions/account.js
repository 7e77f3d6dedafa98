/** Who one is and what one is part of. */

import { get, patch } from "../core/api.js";
import { isLanguage, language } from "../core/language.js";
import { apply } from "../state/store.js";

/**
 * @typedef {import("../state/types.js").State} State
 * @typedef {import("../state/types.js").Me} Me
 * @typedef {import("../state/types.js").Group} Group
 * @typedef {import("../state/types.js").Whereabouts} Whereabouts
 */

/** Raises Refused and Unreachable. */
export async function loadAccount() {
  const me = await get("/me");
  const [groups, places] = await Promise.all([get("/groups"), me.kind === "guest" ? { items: [] } : get("/whereabouts")]);
  apply(known, me, groups.items, places.items);
  if (isLanguage(me.language)) language.value = me.language;
}

/**
 * @param {State} state
 * @param {Me} me
 * @param {Group[]} groups
 * @param {Whereabouts[]} places
 * @returns {State}
 */
const known = (state, me, groups, places) => ({
  ...state,
  me,
  groups,
  places: Object.fromEntries(places.map((place) => [place.person.id, place])),
});

/** The groups that one may see, also those that others made since. Raises Refused and Unreachable. */
export async function loadGroups() {
  const { items } = await get("/groups");
  apply((state) => ({ ...state, groups: items }));
}

/** @param {import("../core/language.js").Language} chosen */
export async function speak(chosen) {
  language.value = chosen;
  apply((state) => (state.me ? { ...state, me: { ...state.me, language: chosen } } : state));
  await patch("/me", { language: chosen });
}

/** @param {{name?: string, email?: string, department?: string}} changes */
export async function reviseMe(changes) {
  const me = await patch("/me", changes);
  apply((state) => ({ ...state, me }));
}
