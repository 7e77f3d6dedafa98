import { html } from "../core/html.js";
import { personPath } from "../core/routes.js";
import { t } from "../core/translate.js";
import { helping, saying } from "../elements/asked.js";
import { Avatar } from "../elements/avatar.js";
import { placeOf } from "../elements/whereabouts.js";
import { me, places } from "../state/store.js";

const AT_MOST = 8;

/** What stands beside a stream while no thread does: where people are. */
export function Aside() {
  const guest = me.value?.kind === "guest";
  return html`
    <div class="aside">
      ${!guest && html`<${WhoIsWhere} />`}
      <footer class="aside__foot">
        <a href="/policy">${t("aside.policy")}</a>
        <a href="/api" target="_blank" rel="noopener">${t("aside.api")}</a>
        <button class="link" type="button" onClick=${() => { helping.value = true; }}>${t("help")}</button>
      </footer>
    </div>
  `;
}

function WhoIsWhere() {
  const own = placeOf(me.value?.person.id ?? 0);
  const said = Object.values(places.value)
    .filter(({ person }) => placeOf(person.id))
    .sort((one, other) => other.at.localeCompare(one.at))
    .slice(0, AT_MOST);
  return html`
    <section class="panel">
      <header class="panel__head">
        <h2 class="panel__title">${t("whereabouts.title")}</h2>
        <button class="link" type="button" onClick=${() => { saying.value = true; }}>${t(own ? "whereabouts.change" : "whereabouts.mine")}</button>
      </header>
      ${said.length === 0 && html`<p class="panel__empty">${t("whereabouts.nobody")}</p>`}
      <ul class="panel__list">
        ${said.map(({ person, place }) => html`
          <li key=${person.id}>
            <a class="person-line" href=${personPath(person.handle)}>
              <${Avatar} card=${person} size="small" />
              <span class="person-line__words">
                <span class="person-line__name">${person.name}</span>
                <span class="person-line__place">${place}</span>
              </span>
            </a>
          </li>
        `)}
      </ul>
    </section>
  `;
}
