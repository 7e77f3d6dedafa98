import { attempt } from "../actions/attempt.js";
import { withdraw } from "../actions/revise.js";
import { html } from "../core/html.js";
import { t } from "../core/translate.js";
import { Button } from "./button.js";
import { Dialog } from "./dialog.js";

/** @param {{post: import("../state/types.js").Post, onClose: () => void}} props */
export function WithdrawDialog({ post, onClose }) {
  const go = () => {
    onClose();
    attempt(() => withdraw(post.id));
  };
  return html`
    <${Dialog} title=${t("withdraw.title")} onClose=${onClose}>
      <p>${t("withdraw.what")}</p>
      <div class="dialog__foot">
        <${Button} look="quiet" onClick=${onClose}>${t("cancel")}<//>
        <${Button} look="danger" onClick=${go}>${t("post.withdraw")}<//>
      </div>
    <//>
  `;
}
