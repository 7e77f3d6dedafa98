import { useEffect, useRef } from "preact/hooks";
import { loadTimeline } from "../actions/load.js";
import { html } from "../core/html.js";
import { t } from "../core/translate.js";
import { Button } from "./button.js";

/**
 * The end of what is loaded: more is asked for before one gets there.
 * @param {{stream: string, more: boolean, failed: boolean, label: string}} props
 */
export function FeedEnd({ stream, more, failed, label }) {
  const end = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    if (!more || failed || !end.current) return undefined;
    const seen = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) loadTimeline(stream, "next");
      },
      { rootMargin: "900px" },
    );
    seen.observe(end.current);
    return () => seen.disconnect();
  });
  if (!more) return html`<p class="feed-end">${t("feed.end")}</p>`;
  return html`
    <div class="feed-end" ref=${end}>
      <${Button} look="quiet" onClick=${() => loadTimeline(stream, "next")}>${failed ? t("again") : label}<//>
    </div>
  `;
}
