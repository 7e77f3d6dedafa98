import { now } from "../core/clock.js";
import { html } from "../core/html.js";
import { places } from "../state/store.js";
import { Icon } from "./icon.js";

/**
 * Where somebody is, if they say so and still are.
 * @param {{person: number}} props
 */
export function WhereaboutsOf({ person }) {
  const place = placeOf(person);
  if (!place) return null;
  return html`<span class="whereabouts"><${Icon} name="pin" />${place}</span>`;
}

/**
 * @param {number} person
 * @returns {string | null}
 */
export function placeOf(person) {
  const said = places.value[person];
  if (!said?.place) return null;
  return said.until && Date.parse(said.until) <= now.value ? null : said.place;
}
