import { useState } from "preact/hooks";
import { react } from "../actions/react.js";
import { html } from "../core/html.js";
import { emojiOf, firstEmoji, OFFERED } from "../core/reactions.js";
import { t } from "../core/translate.js";
import { Icon } from "./icon.js";
import { Popup } from "./popup.js";
import { nameOf } from "./reactions.js";

/** @param {{id: number}} props */
export function ReactionPicker({ id }) {
  return html`
    <${Popup} label=${t("post.react")} role="dialog" side="left" face=${html`<${Icon} name="smile" />`}>
      ${(/** @type {() => void} */ close) => {
        const choose = (/** @type {string} */ name) => {
          close();
          react(id, name);
        };
        return html`
          <div class="reaction-picker">
            ${Object.keys(OFFERED).map((name) => html`
              <button class="reaction-picker__one" type="button" title=${nameOf(name)} aria-label=${nameOf(name)}
                onClick=${() => choose(name)}>${emojiOf(name)}</button>
            `)}
            <${OwnEmoji} choose=${choose} />
          </div>
        `;
      }}
    <//>
  `;
}

/**
 * Any other one: typed, pasted, or from the keyboard's own picker.
 * @param {{choose: (emoji: string) => void}} props
 */
function OwnEmoji({ choose }) {
  const [text, setText] = useState("");
  /** @param {InputEvent & {currentTarget: HTMLInputElement}} event */
  const typed = (event) => {
    const emoji = firstEmoji(event.currentTarget.value);
    if (emoji) choose(emoji);
    else setText(event.currentTarget.value);
  };
  return html`
    <input class="reaction-picker__own" value=${text} onInput=${typed} placeholder=${t("post.ownEmoji")}
      aria-label=${t("post.ownEmoji")} autocomplete="off" size="6" />
  `;
}
