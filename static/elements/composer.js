import { useState } from "preact/hooks";
import { draftOf, keepDraft } from "../core/drafts.js";
import { html } from "../core/html.js";
import { t } from "../core/translate.js";
import { Button } from "./button.js";
import { PromiseLine } from "./promise_line.js";
import { TextField } from "./text_field.js";

/**
 * @typedef {object} ComposerProps
 * @property {string} draft where what was typed is kept until it is sent
 * @property {string} placeholder
 * @property {string} sendLabel
 * @property {(text: string) => void} onSend
 * @property {() => void} [onEscape]
 * @property {boolean | number} [focus]
 * @property {boolean} [open] shown whole before anything is typed
 * @property {unknown} [children] what stands left of the button
 */

/** Bytes of a text; the one limit there is, and a limit of capacity. Said only to whom it concerns. */
const LARGEST = 64 * 1024;

/**
 * Where one says something.
 * @param {ComposerProps} props
 */
export function Composer({ draft, placeholder, sendLabel, onSend, onEscape, focus = false, open = false, children }) {
  const [awake, setAwake] = useState(open);
  const text = draftOf(draft).value;
  /** @param {string} typed */
  const type = (typed) => keepDraft(draft, typed);
  const over = text.length > LARGEST / 4 ? new TextEncoder().encode(text).length - LARGEST : -1;
  const ready = text.trim() !== "" && over <= 0;
  const send = () => {
    if (!ready) return;
    type("");
    onSend(text.trimEnd());
  };
  const whole = awake || open || text !== "";
  return html`
    <form
      class=${whole ? "composer composer--awake" : "composer"}
      onSubmit=${(/** @type {Event} */ event) => {
        event.preventDefault();
        send();
      }}
    >
      <${TextField} value=${text} onInput=${type} onSend=${send} onEscape=${onEscape} onFocus=${() => setAwake(true)}
        label=${placeholder} placeholder=${placeholder} focus=${focus} />
      <div class="composer__foot">
        ${children}
        <span class="composer__room">${over > 0 && html`<span class="problem" role="alert">${t("composer.tooLong", { count: over })}</span>`}</span>
        <kbd class="composer__key">${/Mac|iP/.test(navigator.platform) ? "⌘ ↵" : "Ctrl ↵"}</kbd>
        <${Button} look="primary" type="submit" disabled=${!ready}>${sendLabel}<//>
      </div>
      <${PromiseLine} />
    </form>
  `;
}
