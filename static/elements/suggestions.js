import { useEffect, useId, useState } from "preact/hooks";
import { get } from "../core/api.js";
import { html } from "../core/html.js";
import { t } from "../core/translate.js";
import { Avatar } from "./avatar.js";

/**
 * @typedef {import("../state/types.js").Person} Person
 *
 * @typedef {object} SuggestionList
 * @property {Person[]} people
 * @property {number} active
 * @property {string} id
 * @property {string | undefined} activeId
 * @property {(event: KeyboardEvent, choose: (person: Person) => void) => boolean} key whether the key was meant for us
 */

const AT_MOST = 6;
const PAUSE = 90;

/**
 * People whose names begin with what was typed.
 * @param {string | null} fragment
 * @returns {SuggestionList}
 */
export function useSuggestions(fragment) {
  const id = useId();
  const [people, setPeople] = useState(/** @type {Person[]} */ ([]));
  const [active, setActive] = useState(0);
  useEffect(() => {
    setActive(0);
    if (fragment === null) return setPeople([]);
    const leaving = new AbortController();
    const timer = setTimeout(() => search(fragment, leaving.signal).then(setPeople, () => {}), PAUSE);
    return () => {
      clearTimeout(timer);
      leaving.abort();
    };
  }, [fragment]);

  /** @type {SuggestionList["key"]} */
  const key = (event, choose) => {
    const person = people[active];
    if (!person || event.metaKey || event.ctrlKey) return false;
    if (event.key === "Enter" || event.key === "Tab") choose(person);
    else if (event.key === "ArrowDown") setActive((active + 1) % people.length);
    else if (event.key === "ArrowUp") setActive((active + people.length - 1) % people.length);
    else if (event.key === "Escape") setPeople([]);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  const activeId = people[active] && `${id}-${people[active].id}`;
  return { people, active, id, activeId, key };
}

/**
 * @param {string} fragment
 * @param {AbortSignal} signal
 * @returns {Promise<Person[]>}
 */
async function search(fragment, signal) {
  const { items } = await get(`/people?q=${encodeURIComponent(fragment)}&limit=${AT_MOST}`, { signal });
  return items;
}

/** @param {{suggestions: SuggestionList, choose: (person: Person) => void}} props */
export function Suggestions({ suggestions: { people, active, id }, choose }) {
  if (!people.length) return null;
  return html`
    <ul class="suggestions" role="listbox" id=${id} aria-label=${t("composer.people")}>
      ${people.map((person, index) => html`
        <li
          key=${person.id}
          id="${id}-${person.id}"
          class="suggestion"
          role="option"
          aria-selected=${index === active}
          onMouseDown=${(/** @type {Event} */ event) => {
            event.preventDefault();
            choose(person);
          }}
        >
          <${Avatar} card=${person} size="small" />
          <span class="suggestion__name">${person.name}</span>
          <span class="suggestion__handle">@${person.handle}</span>
        </li>
      `)}
    </ul>
  `;
}
