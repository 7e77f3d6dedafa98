import { html } from "../core/html.js";
import { Icon } from "./icon.js";

/**
 * @typedef {object} ButtonProps
 * @property {import("./icon.js").IconName} [icon]
 * @property {unknown} [children]
 * @property {"plain" | "primary" | "danger" | "quiet"} [look]
 * @property {(event: MouseEvent) => void} [onClick]
 * @property {"button" | "submit"} [type]
 * @property {boolean} [disabled]
 * @property {boolean} [pressed]
 */

/** @param {ButtonProps} props */
export function Button({ icon, children, look = "plain", onClick, type = "button", disabled = false, pressed }) {
  return html`
    <button class="button button--${look}" type=${type} onClick=${onClick} disabled=${disabled} aria-pressed=${pressed}>
      ${icon && html`<${Icon} name=${icon} />`}${children}
    </button>
  `;
}

/**
 * A button that is an icon alone; `label` is what it does.
 * @param {{icon: import("./icon.js").IconName, label: string, onClick?: (event: MouseEvent) => void, filled?: boolean,
 *   pressed?: boolean, children?: unknown}} props
 */
export function IconButton({ icon, label, onClick, filled = false, pressed, children }) {
  return html`
    <button class="icon-button" type="button" title=${label} aria-label=${label} aria-pressed=${pressed} onClick=${onClick}>
      <${Icon} name=${icon} filled=${filled} />${children}
    </button>
  `;
}
