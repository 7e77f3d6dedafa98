import { useState } from "preact/hooks";
import { attempt } from "../actions/attempt.js";
import { logOut } from "../actions/session.js";
import { html } from "../core/html.js";
import { go } from "../core/router.js";
import { personPath } from "../core/routes.js";
import { outbox } from "../core/outbox.js";
import { t } from "../core/translate.js";
import { me } from "../state/store.js";
import { Avatar } from "./avatar.js";
import { LogOutDialog } from "./log_out_dialog.js";
import { MenuItem } from "./menu_item.js";
import { Popup } from "./popup.js";
import { placeOf } from "./whereabouts.js";
import { helping, saying } from "./asked.js";

/** Oneself: where one is, settings, the way out. */
export function ProfileMenu() {
  const [leaving, setLeaving] = useState(false);
  const card = me.value?.person;
  if (!card) return null;
  const place = placeOf(card.id);
  const leave = () => (outbox.value.length ? setLeaving(true) : attempt(logOut));
  const face = html`
    <${Avatar} card=${card} size="small" />
    <span class="profile__words">
      <span class="profile__name">${card.name}</span>
      <span class="profile__place">${place ?? t("whereabouts.none")}</span>
    </span>
  `;
  return html`
    <${Popup} label=${t("profile.menu")} look="profile" side="left" face=${face}>
      ${(/** @type {() => void} */ close) => {
        const then = (/** @type {() => void} */ act) => () => {
          close();
          act();
        };
        return html`
          ${me.value?.kind === "person" && html`<${MenuItem} icon="pin" onClick=${then(() => { saying.value = true; })}>${t("whereabouts.say")}<//>`}
          <${MenuItem} icon="people" onClick=${then(() => go(personPath(card.handle)))}>${t("profile.mine")}<//>
          <${MenuItem} icon="settings" onClick=${then(() => go("/settings"))}>${t("settings")}<//>
          <${MenuItem} icon="keyboard" onClick=${then(() => { helping.value = true; })}>${t("help")}<//>
          <${MenuItem} icon="out" onClick=${then(leave)}>${t("logOut")}<//>
        `;
      }}
    <//>
    ${leaving && html`<${LogOutDialog} onClose=${() => setLeaving(false)} />`}
  `;
}
