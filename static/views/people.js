import { useEffect, useState } from "preact/hooks";
import { attempt } from "../actions/attempt.js";
import { get } from "../core/api.js";
import { html } from "../core/html.js";
import { personPath } from "../core/routes.js";
import { t } from "../core/translate.js";
import { Avatar } from "../elements/avatar.js";
import { Button } from "../elements/button.js";
import { Icon } from "../elements/icon.js";
import { KindOf } from "../elements/post_head.js";
import { WhereaboutsOf } from "../elements/whereabouts.js";
import { me } from "../state/store.js";
import { PageHead } from "./page_head.js";

/** @typedef {import("../state/types.js").Person} Person */

const PAUSE = 120;

/** Colleagues, and where they are. */
export function PeopleView() {
  const [words, setWords] = useState("");
  const { people, more } = usePeople(words);
  return html`
    <${PageHead} title=${t("people")}>
      ${me.value?.kind === "person" && html`
        <a class="button button--plain" href="/settings#invitations"><${Icon} name="invite" />${t("people.invite")}</a>
      `}
    <//>
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
    ${more && html`<p class="feed-end"><${Button} look="quiet" onClick=${more}>${t("people.more")}<//></p>`}
  `;
}

/**
 * Those whose name or handle begins so, and how to get the next ones.
 * @param {string} words
 * @returns {{people: Person[] | null, more: (() => void) | null}}
 */
function usePeople(words) {
  const [found, setFound] = useState(/** @type {{people: Person[], next: number | null} | null} */ (null));
  const address = `/people?q=${encodeURIComponent(words)}&limit=100`;
  useEffect(() => {
    const leaving = new AbortController();
    const search = () =>
      get(address, { signal: leaving.signal }).then(
        ({ items, next }) => setFound({ people: items, next }),
        () => {},
      );
    const timer = setTimeout(search, words ? PAUSE : 0);
    return () => {
      clearTimeout(timer);
      leaving.abort();
    };
  }, [address]);
  const more = () =>
    attempt(async () => {
      const { items, next } = await get(`${address}&before=${found?.next}`);
      setFound((before) => before && { people: [...before.people, ...items], next });
    });
  return { people: found?.people ?? null, more: found?.next ? more : null };
}
