import { html } from "../core/html.js";
import { t } from "../core/translate.js";
import { Icon } from "./icon.js";

/** @param {{count: number, reveal: () => void}} props */
export function NewPostsPill({ count, reveal }) {
  if (!count) return null;
  return html`
    <div class="pill-place">
      <button class="pill" type="button" onClick=${reveal}><${Icon} name="up" />${t("feed.new", { count })}</button>
    </div>
  `;
}
