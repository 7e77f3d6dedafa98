import { html } from "../core/html.js";

/**
 * One out of a few.
 * @param {{label: string, name: string, chosen: string, options: {name: string, words: string}[],
 *   onChoose: (name: any) => void}} props
 */
export function Segments({ label, name, chosen, options, onChoose }) {
  return html`
    <fieldset class="segments">
      <legend class="segments__label">${label}</legend>
      <div class="segments__row">
        ${options.map((option) => html`
          <label class="segments__one" key=${option.name}>
            <input class="sr-only" type="radio" name=${name} checked=${option.name === chosen} onChange=${() => onChoose(option.name)} />
            <span>${option.words}</span>
          </label>
        `)}
      </div>
    </fieldset>
  `;
}
