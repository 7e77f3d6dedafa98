import { attempt } from "../../actions/attempt.js";
import { remove } from "../../core/api.js";
import { browserOf } from "../../core/browsers.js";
import { html } from "../../core/html.js";
import { t } from "../../core/translate.js";
import { Button } from "../../elements/button.js";
import { RelativeTime } from "../../elements/relative_time.js";
import { useList } from "../../elements/use_list.js";
import { Section } from "./section.js";

/**
 * @typedef {{id: number, user_agent: string | null, network: string | null, created_at: string, seen_at: string,
 *   current: boolean}} Session
 */

/** Where one is logged in. */
export function Sessions() {
  const [sessions, reload] = /** @type {ReturnType<typeof useList<Session>>} */ (useList("/sessions"));
  const end = (/** @type {number} */ id) => attempt(async () => {
    await remove(`/sessions/${id}`);
    await reload();
  });
  return html`
    <${Section} name="sessions" title=${t("sessions")} about=${t("sessions.about")}>
      <ul class="rows">
        ${sessions?.map(({ id, user_agent, network, seen_at, current }) => html`
          <li class="row" key=${id}>
            <span class="row__words">
              <span class="row__title">${browserOf(user_agent) ?? t("sessions.unknown")}</span>
              <span class="row__about">${network} · ${t("sessions.seen")} <${RelativeTime} at=${seen_at} /></span>
            </span>
            ${current
              ? html`<span class="tag">${t("sessions.here")}</span>`
              : html`<${Button} look="quiet" onClick=${() => end(id)}>${t("sessions.end")}<//>`}
          </li>
        `)}
      </ul>
    <//>
  `;
}
