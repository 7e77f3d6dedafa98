import { html } from "../core/html.js";
import { t } from "../core/translate.js";
import { me } from "../state/store.js";
import { browsing, composing } from "./asked.js";
import { Icon } from "./icon.js";
import { NavLink } from "./nav.js";

/** What the side is on a wide screen, under the thumb. */
export function BottomBar() {
  const guest = me.value?.kind === "guest";
  return html`
    <nav class="bottom-bar" aria-label=${t("nav")}>
      <ul class="bottom-bar__list">
        <${NavLink} to="/home" icon="home">${t("home")}<//>
        ${guest ? html`<${NavLink} to="/groups" icon="groups">${t("groups")}<//>` : html`<${NavLink} to="/everyone" icon="everyone">${t("everyone")}<//>`}
        <li>
          <button class="bottom-bar__new" type="button" aria-label=${t("composer.open")} onClick=${() => { composing.value = true; }}>
            <${Icon} name="plus" />
          </button>
        </li>
        <${NavLink} to="/mentions" icon="mentions">${t("mentions")}<//>
        <li>
          <button class="nav__link" type="button" onClick=${() => { browsing.value = true; }}>
            <${Icon} name="more" /><span class="nav__words">${t("more")}</span>
          </button>
        </li>
      </ul>
    </nav>
  `;
}
