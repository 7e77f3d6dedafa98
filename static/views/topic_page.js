import { followTopic } from "../actions/follow.js";
import { html } from "../core/html.js";
import { t } from "../core/translate.js";
import { Button } from "../elements/button.js";
import { Feed } from "../elements/feed.js";
import { useWatch } from "../elements/use_watch.js";
import { same } from "../state/belongs.js";
import { me, state } from "../state/store.js";
import { PageHead } from "./page_head.js";

/** @param {{stream: string, name: string}} props */
export function TopicPage({ stream, name }) {
  const key = name.normalize("NFKC").toLowerCase();
  const followed = me.value?.following.topics.some((topic) => same(topic, name)) ?? false;
  useWatch(followed ? null : `topic:${key}`, state.value.timelines[stream]?.head);
  return html`
    <${PageHead} title=${`#${name}`}>
      ${me.value?.kind !== "guest" && html`
        <${Button} look=${followed ? "quiet" : "plain"} pressed=${followed} onClick=${() => followTopic(key, !followed)}>
          ${t(followed ? "unfollow" : "follow")}
        <//>
      `}
    <//>
    <${Feed} stream=${stream} label=${`#${name}`} />
  `;
}
