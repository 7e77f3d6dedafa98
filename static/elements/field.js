import { useEffect, useId, useRef } from "preact/hooks";
import { html } from "../core/html.js";

/**
 * @typedef {object} FieldProps
 * @property {string} name
 * @property {string} label
 * @property {string} value
 * @property {(value: string) => void} onInput
 * @property {string} [type]
 * @property {string} [hint]
 * @property {string} [problem]
 * @property {string} [autocomplete]
 * @property {boolean} [required]
 * @property {boolean} [focus]
 * @property {string} [before] what stands before what is typed
 * @property {number} [longest]
 */

/**
 * A line to fill in, with what it is for and what is wrong with it.
 * @param {FieldProps} props
 */
export function Field({ name, label, value, onInput, type = "text", hint, problem, autocomplete, required = true, focus = false, before, longest = 254 }) {
  const id = useId();
  const input = useRef(/** @type {HTMLInputElement | null} */ (null));
  useEffect(() => {
    if (problem) input.current?.focus();
  }, [problem]);
  const about = [hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(" ");
  return html`
    <div class=${problem ? "field field--bad" : "field"}>
      <label class="field__label" for=${id}>${label}</label>
      <span class="field__line">
        ${before && html`<span class="field__before" aria-hidden="true">${before}</span>`}
        <input
          ref=${input}
          id=${id}
          class="field__input"
          name=${name}
          type=${type}
          value=${value}
          maxlength=${longest}
          required=${required}
          autofocus=${focus}
          autocomplete=${autocomplete}
          autocapitalize=${type === "text" && name === "name" ? "words" : "none"}
          spellcheck=${false}
          aria-invalid=${problem ? "true" : undefined}
          aria-describedby=${about || undefined}
          onInput=${(/** @type {{currentTarget: HTMLInputElement}} */ { currentTarget }) => onInput(currentTarget.value)}
        />
      </span>
      ${hint && html`<span class="field__hint" id="${id}-hint">${hint}</span>`}
      ${problem && html`<span class="field__problem" id="${id}-problem" role="alert">${problem}</span>`}
    </div>
  `;
}
