import { html } from "../core/html.js";
import { groupPath } from "../core/routes.js";
import { t } from "../core/translate.js";
import { groups } from "../state/store.js";
import { ConnectionState } from "./connection_state.js";
import { Dialog } from "./dialog.js";
import { iconOf } from "./group_choice.js";
import { NavLink } from "./nav.js";
import { ProfileMenu } from "./profile_menu.js";

/** The rest of the side, on a phone. @param {{onClose: () => void}} props */
export function MoreSheet({ onClose }) {
  const own = groups.value.filter(({ role, kind }) => role && kind !== "direct" && kind !== "all");
  return html`
    <${Dialog} title=${t("more")} onClose=${onClose} look="dialog--sheet">
      <ul class="nav__list" onClick=${onClose}>
        <${NavLink} to="/bookmarks" icon="bookmark">${t("bookmarks")}<//>
        <${NavLink} to="/people" icon="people">${t("people")}<//>
        <${NavLink} to="/settings" icon="settings">${t("settings")}<//>
        ${own.map((group) => html`<${NavLink} key=${group.id} to=${groupPath(group.handle)} icon=${iconOf(group)}>${group.name}<//>`)}
        <${NavLink} to="/groups" icon="groups">${t("groups.all")}<//>
      </ul>
      <div class="more__foot"><${ProfileMenu} /><${ConnectionState} /></div>
    <//>
  `;
}
