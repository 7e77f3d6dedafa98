import { copy } from "../actions/copy.js";
import { html } from "../core/html.js";
import { t } from "../core/translate.js";
import { Button } from "./button.js";

/**
 * Something that is shown once, to be copied.
 * @param {{text: string, about: string}} props
 */
export function Secret({ text, about }) {
  return html`
    <div class="secret">
      <p class="secret__about">${about}</p>
      <div class="secret__line">
        <output class="secret__text" tabindex="0">${text}</output>
        <${Button} icon="copy" onClick=${() => copy(text)}>${t("copy")}<//>
      </div>
    </div>
  `;
}
