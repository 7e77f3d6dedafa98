import { html } from "../core/html.js";
import { Icon } from "./icon.js";

/**
 * @param {{icon: import("./icon.js").IconName, children: unknown, onClick: () => void, danger?: boolean}} props
 */
export function MenuItem({ icon, children, onClick, danger = false }) {
  return html`
    <button class=${danger ? "menu-item menu-item--danger" : "menu-item"} type="button" role="menuitem" onClick=${onClick}>
      <${Icon} name=${icon} /><span>${children}</span>
    </button>
  `;
}
