import { html } from "../core/html.js";
import { t } from "../core/translate.js";
import { Button } from "./button.js";

/** @param {{again: () => void}} props */
export function Trouble({ again }) {
  return html`
    <div class="empty" role="alert">
      <p class="empty__words">${t("problem.load")}</p>
      <${Button} onClick=${again}>${t("again")}<//>
    </div>
  `;
}
