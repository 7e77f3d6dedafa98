import { useState } from "preact/hooks";
import { html } from "../core/html.js";
import { copy } from "../actions/copy.js";
import { postPath } from "../core/routes.js";
import { t } from "../core/translate.js";
import { isMine } from "../state/store.js";
import { HistoryDialog } from "./history_dialog.js";
import { Icon } from "./icon.js";
import { MenuItem } from "./menu_item.js";
import { Popup } from "./popup.js";
import { WithdrawDialog } from "./withdraw_dialog.js";

/** @param {{post: import("../state/types.js").Post, onRevise: () => void}} props */
export function PostMenu({ post, onRevise }) {
  const [asked, setAsked] = useState(/** @type {"history" | "withdraw" | null} */ (null));
  const done = () => setAsked(null);
  return html`
    <${Popup} label=${t("post.more")} face=${html`<${Icon} name="more" />`}>
      ${(/** @type {() => void} */ close) => {
        const then = (/** @type {() => void} */ act) => () => {
          close();
          act();
        };
        return html`
          <${MenuItem} icon="copy" onClick=${then(() => copy(location.origin + postPath(post.id)))}>${t("post.copyLink")}<//>
          ${post.revised_at && html`<${MenuItem} icon="history" onClick=${then(() => setAsked("history"))}>${t("post.history")}<//>`}
          ${isMine(post) && html`
            <${MenuItem} icon="pencil" onClick=${then(onRevise)}>${t("post.revise")}<//>
            <${MenuItem} icon="withdraw" danger onClick=${then(() => setAsked("withdraw"))}>${t("post.withdraw")}<//>
          `}
        `;
      }}
    <//>
    ${asked === "history" && html`<${HistoryDialog} post=${post} onClose=${done} />`}
    ${asked === "withdraw" && html`<${WithdrawDialog} post=${post} onClose=${done} />`}
  `;
}
