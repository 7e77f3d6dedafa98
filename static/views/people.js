import { useEffect, useState } from "preact/hooks";
import { get } from "../core/api.js";
import { html } from "../core/html.js";
import { personPath } from "../core/routes.js";
import { t } from "../core/translate.js";
import { Avatar } from "../elements/avatar.js";
import { KindOf } from "../elements/post_head.js";
import { WhereaboutsOf } from "../elements/whereabouts.js";
import { PageHead } from "./page_head.js";

/** @typedef {import("../state/types.js").Person} Person */

const PAUSE = 120;

/** Colleagues, and where they are. */
export function PeopleView() {
  const [words, setWords] = useState("");
  const [people, setPeople] = useState(/** @type {Person[] | null} */ (null));
  useEffect(() => {
    const leaving = new AbortController();
    const search = () =>
      get(`/people?q=${encodeURIComponent(words)}&limit=100`, { signal: leaving.signal }).then(
        ({ items }) => setPeople(items),
        () => {},
      );
    const timer = setTimeout(search, words ? PAUSE : 0);
    return () => {
      clearTimeout(timer);
      leaving.abort();
    };
  }, [words]);
  return html`
    <${PageHead} title=${t("people")} />
    <div class="search">
      <input class="field__input" type="search" value=${words} placeholder=${t("people.search")} aria-label=${t("people.search")}
        onInput=${(/** @type {{currentTarget: HTMLInputElement}} */ { currentTarget }) => setWords(currentTarget.value)} />
    </div>
    ${people?.length === 0 && html`<p class="empty empty__words">${t("people.none")}</p>`}
    <ul class="list">
      ${people?.map((person) => html`
        <li key=${person.id}>
          <a class="list__line" href=${personPath(person.handle)}>
            <${Avatar} card=${person} />
            <span class="list__words">
              <span class="list__title">${person.name} <${KindOf} card=${person} /></span>
              <span class="list__about">@${person.handle}${person.department ? ` · ${person.department}` : ""}</span>
            </span>
            <${WhereaboutsOf} person=${person.id} />
          </a>
        </li>
      `)}
    </ul>
  `;
}
