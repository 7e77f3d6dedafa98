import { html } from "../core/html.js";
import { t } from "../core/translate.js";
import { Dialog } from "./dialog.js";

/** @type {[string[], import("../core/translate.js").Phrase][]} */
const KEYS = [
  [["j"], "keys.next"],
  [["k"], "keys.previous"],
  [["Enter"], "keys.open"],
  [["n"], "keys.new"],
  [["r"], "keys.reply"],
  [["l"], "keys.like"],
  [["b"], "keys.bookmark"],
  [["."], "keys.top"],
  [["g", "h"], "keys.home"],
  [["g", "e"], "keys.everyone"],
  [["g", "m"], "keys.mentions"],
  [["g", "b"], "keys.bookmarks"],
  [["Esc"], "keys.close"],
  [["?"], "keys.help"],
];

/** @param {{onClose: () => void}} props */
export function HelpDialog({ onClose }) {
  return html`
    <${Dialog} title=${t("help")} onClose=${onClose}>
      <dl class="keys">
        ${KEYS.map(([keys, phrase]) => html`
          <div class="keys__row">
            <dt>${t(phrase)}</dt>
            <dd>${keys.map((key) => html`<kbd>${key}</kbd>`)}</dd>
          </div>
        `)}
      </dl>
    <//>
  `;
}
