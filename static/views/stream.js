import { loads } from "../actions/load.js";
import { html } from "../core/html.js";
import { t } from "../core/translate.js";
import { Feed } from "../elements/feed.js";
import { NewPost } from "../elements/new_post.js";
import { EVERYONE } from "../elements/group_choice.js";
import { GroupPage } from "./group_page.js";
import { NowhereView } from "./nowhere.js";
import { PageHead } from "./page_head.js";
import { PersonPage } from "./person_page.js";
import { TopicPage } from "./topic_page.js";

/**
 * One timeline, under its heading.
 * @param {{stream: string}} props
 */
export function StreamView({ stream }) {
  const [kind = "", ...rest] = stream.split("/");
  const name = rest.join("/");
  if (loads.value[stream] === "missing") return html`<${NowhereView} />`;
  if (kind === "group") return html`<${GroupPage} key=${stream} stream=${stream} handle=${name} />`;
  if (kind === "person") return html`<${PersonPage} key=${stream} stream=${stream} handle=${name} />`;
  if (kind === "topic") return html`<${TopicPage} key=${stream} stream=${stream} name=${name} />`;
  return html`<${PlainStream} key=${stream} stream=${stream} />`;
}

const TITLES = /** @type {const} */ ({ home: "home", all: "everyone", mentions: "mentions", bookmarks: "bookmarks" });

/** @param {{stream: string}} props */
function PlainStream({ stream }) {
  const title = t(TITLES[/** @type {keyof typeof TITLES} */ (stream)] ?? "home");
  const speaking = stream === "home" || stream === "all";
  return html`
    <${PageHead} title=${title} />
    ${speaking && html`<${NewPost} group=${stream === "all" ? EVERYONE : undefined} />`}
    <${Feed} stream=${stream} label=${title} />
  `;
}
