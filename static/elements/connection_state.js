import { useEffect, useRef } from "preact/hooks";
import { announce } from "../core/announce.js";
import { html } from "../core/html.js";
import { outbox } from "../core/outbox.js";
import { t } from "../core/translate.js";
import { health, offline } from "../state/live.js";

/** How the line is: a quiet dot while all is well, words when it is not. */
export function ConnectionState() {
  const { look, words } = condition();
  const waiting = outbox.value.filter(({ refused }) => !refused).length;
  return html`
    <span class="connection connection--${look}">
      <span class="connection__dot" aria-hidden="true"></span>
      <span class="connection__words">${words}</span>
      ${look !== "live" && waiting > 0 && html`<span class="connection__waiting">${t("connection.waiting", { count: waiting })}</span>`}
    </span>
  `;
}

/** The same as a strip across a phone, there only while something is amiss. */
export function ConnectionStrip() {
  const { look, words } = condition();
  const before = useRef(look);
  useEffect(() => {
    if (before.current !== look) announce(words);
    before.current = look;
  }, [look]);
  return look === "live" || look === "connecting" ? null : html`<div class="connection-strip"><${ConnectionState} /></div>`;
}

/** @returns {{look: "live" | "connecting" | "reconnecting" | "offline", words: string}} */
export function condition() {
  if (offline.value) return { look: "offline", words: t("connection.offline") };
  if (health.value === "live") return { look: "live", words: t("connection.live") };
  if (health.value === "connecting") return { look: "connecting", words: t("connection.connecting") };
  return { look: "reconnecting", words: t("connection.reconnecting") };
}
