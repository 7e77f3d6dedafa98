import { html } from "../core/html.js";
import { place, route } from "../core/router.js";
import { groupPath } from "../core/routes.js";
import { t } from "../core/translate.js";
import { groups, me } from "../state/store.js";
import { ConnectionState } from "./connection_state.js";
import { iconOf } from "./group_choice.js";
import { Icon } from "./icon.js";
import { Mark } from "./mark.js";
import { ProfileMenu } from "./profile_menu.js";

/** The side: streams, groups, oneself. */
export function Nav() {
  const guest = me.value?.kind === "guest";
  const own = groups.value.filter(({ role, kind }) => role && kind !== "direct" && kind !== "all");
  return html`
    <nav class="nav" aria-label=${t("nav")}>
      <a class="nav__brand" href="/home"><${Mark} /><span class="nav__words">microblog</span></a>
      <ul class="nav__list">
        <${NavLink} to="/home" icon="home">${t("home")}<//>
        ${!guest && html`<${NavLink} to="/everyone" icon="everyone">${t("everyone")}<//>`}
        <${NavLink} to="/mentions" icon="mentions">${t("mentions")}<//>
        <${NavLink} to="/bookmarks" icon="bookmark">${t("bookmarks")}<//>
        ${!guest && html`<${NavLink} to="/people" icon="people">${t("people")}<//>`}
      </ul>
      <h2 class="nav__head"><a href="/groups">${t("groups")}</a></h2>
      <ul class="nav__list nav__list--groups">
        ${own.map((group) => html`<${NavLink} key=${group.id} to=${groupPath(group.handle)} icon=${iconOf(group)}>${group.name}<//>`)}
        <${NavLink} to="/groups" icon="groups">${t("groups.all")}<//>
      </ul>
      <div class="nav__foot">
        <${ConnectionState} />
        <${ProfileMenu} />
      </div>
    </nav>
  `;
}

/** @param {{to: string, icon: import("./icon.js").IconName, children: unknown}} props */
export function NavLink({ to, icon, children }) {
  const here = (place.value.beside ?? place.value.path) === to || (to === "/home" && isHome());
  return html`
    <li>
      <a class="nav__link" href=${to} title=${children} aria-current=${here ? "page" : undefined}>
        <${Icon} name=${icon} /><span class="nav__words">${children}</span>
      </a>
    </li>
  `;
}

const isHome = () => route.value.stream === "home" && place.value.beside === null;
