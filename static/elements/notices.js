import { html } from "../core/html.js";
import { dismiss, notices } from "../core/notice.js";
import { t } from "../core/translate.js";
import { IconButton } from "./button.js";

export function Notices() {
  return html`
    <div class="notices" role="status">
      ${notices.value.map(({ key, words, bad }) => html`
        <div key=${key} class=${bad ? "notice notice--bad" : "notice"}>
          <span class="notice__words">${words}</span>
          <${IconButton} icon="close" label=${t("close")} onClick=${() => dismiss(key)} />
        </div>
      `)}
    </div>
  `;
}
