import { put } from "../core/api.js";
import { apply } from "../state/store.js";

/**
 * Say where one is. An empty place takes it back. Raises Refused and Unreachable.
 * @param {string} place
 * @param {Date | null} until
 */
export async function sayWhere(place, until) {
  const said = await put("/me/whereabouts", { place, until: until?.toISOString() ?? null });
  apply((state) => ({
    ...state,
    places: { ...state.places, [said.person.id]: said },
    me: state.me && { ...state.me, place: said.place, until: said.until },
  }));
}
