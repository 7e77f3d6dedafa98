import { useEffect } from "preact/hooks";
import { loads, loadTimeline } from "../actions/load.js";
import { useFrontier } from "./frontier.js";
import { html } from "../core/html.js";
import { outbox, sending } from "../core/outbox.js";
import { t } from "../core/translate.js";
import { isShownIn, unseen } from "../state/pending.js";
import { state } from "../state/store.js";
import { Empty } from "./empty.js";
import { FeedEnd } from "./feed_end.js";
import { NewPostsPill } from "./new_posts_pill.js";
import { PendingPost } from "./pending_post.js";
import { PostArticle } from "./post.js";
import { Skeleton } from "./skeleton.js";
import { Trouble } from "./trouble.js";

/**
 * A timeline, newest first. What comes in while one reads further down waits behind a pill, so that nothing moves under
 * one's eyes.
 * @param {{stream: string, label: string}} props
 */
export function Feed({ stream, label }) {
  const list = state.value.timelines[stream];
  const load = loads.value[stream];
  useEffect(() => {
    if (!list && load === undefined) loadTimeline(stream);
  }, [stream, list === undefined]);
  const { shown, held, reveal } = useFrontier(stream, list?.ids ?? NONE);
  const waiting = unseen(outbox.value, sending.value, state.value).filter((entry) => isShownIn(entry, stream));
  if (!list) return load === "failed" ? html`<${Trouble} again=${() => loadTimeline(stream)} />` : html`<${Skeleton} />`;
  const isEmpty = !list.ids.length && !waiting.length && list.next === null;
  return html`
    <${NewPostsPill} count=${held} reveal=${reveal} />
    <div class="feed" role="feed" aria-label=${label} aria-busy=${load === "loading"}>
      ${waiting.toReversed().map((entry) => html`<${PendingPost} key=${entry.key} entry=${entry} />`)}
      ${shown.map((id, index) => html`
        <${PostArticle} key=${id} id=${id} position=${index + 1} inGroup=${stream.startsWith("group/")} />
      `)}
    </div>
    ${isEmpty && html`<${Empty} stream=${stream} />`}
    ${!isEmpty && html`<${FeedEnd} stream=${stream} more=${list.next !== null} failed=${load === "failed"} label=${t("feed.older")} />`}
  `;
}

/** @type {number[]} */
const NONE = [];
