import { attempt } from "../actions/attempt.js";
import { logOut } from "../actions/session.js";
import { html } from "../core/html.js";
import { outbox } from "../core/outbox.js";
import { t } from "../core/translate.js";
import { Button } from "./button.js";
import { Dialog } from "./dialog.js";

/** Asked only where something would be lost. @param {{onClose: () => void}} props */
export function LogOutDialog({ onClose }) {
  const leave = () => {
    onClose();
    attempt(logOut);
  };
  return html`
    <${Dialog} title=${t("logOut")} onClose=${onClose}>
      <p>${t("logOut.waiting", { count: outbox.value.length })}</p>
      <div class="dialog__foot">
        <${Button} look="quiet" onClick=${onClose}>${t("cancel")}<//>
        <${Button} look="danger" onClick=${leave}>${t("logOut")}<//>
      </div>
    <//>
  `;
}
