import { useEffect, useState } from "preact/hooks";
import { joinGroup, leaveGroup } from "../actions/group.js";
import { get, path } from "../core/api.js";
import { html } from "../core/html.js";
import { t } from "../core/translate.js";
import { Button } from "../elements/button.js";
import { Dialog } from "../elements/dialog.js";
import { Feed } from "../elements/feed.js";
import { NewPost } from "../elements/new_post.js";
import { useWatch } from "../elements/use_watch.js";
import { same } from "../state/belongs.js";
import { groups, me, state } from "../state/store.js";
import { PageHead } from "./page_head.js";

/** @typedef {import("../state/types.js").Group} Group */

/** @param {{stream: string, handle: string}} props */
export function GroupPage({ stream, handle }) {
  const known = groups.value.find((group) => same(group.handle, handle));
  const [found, setFound] = useState(/** @type {Group | null} */ (null));
  useEffect(() => {
    if (!known) get(path("groups", handle)).then((answer) => setFound(answer.group), () => {});
  }, [handle, known === undefined]);
  const group = known ?? found;
  useWatch(group && !group.role ? `group:${group.id}` : null, state.value.timelines[stream]?.head);
  return html`
    <${PageHead} title=${group?.name ?? handle} about=${group && html`<${About} group=${group} />`}>
      ${group && html`<${Membership} group=${group} />`}
    <//>
    ${group && !group.archived && html`<${NewPost} group=${group} />`}
    <${Feed} stream=${stream} label=${group?.name ?? handle} />
  `;
}

/** @param {{group: Group}} props */
function About({ group }) {
  const kind = group.kind === "private" || group.kind === "external" ? t(`group.${group.kind}`) : t("group.public");
  return [kind, group.description].filter(Boolean).join(" · ");
}

/** A closed group is left, not joined: one is asked in. So leaving is asked about. @param {{group: Group}} props */
function Membership({ group }) {
  const [leaving, setLeaving] = useState(false);
  const handle = me.value?.person.handle ?? "";
  if (group.kind === "all") return null;
  const leave = () => {
    setLeaving(false);
    leaveGroup(group.handle, handle);
  };
  const ask = () => (group.kind === "public" ? leave() : setLeaving(true));
  if (group.role) {
    return html`
      <${Button} look="quiet" onClick=${ask}>${t("group.leave")}<//>
      ${leaving && html`
        <${Dialog} title=${t("group.leaveTitle", { name: group.name })} onClose=${() => setLeaving(false)}>
          <p>${t("group.leaveWhat")}</p>
          <div class="dialog__foot">
            <${Button} look="quiet" onClick=${() => setLeaving(false)}>${t("cancel")}<//>
            <${Button} look="danger" onClick=${leave}>${t("group.leave")}<//>
          </div>
        <//>
      `}
    `;
  }
  return html`<${Button} onClick=${() => joinGroup(group.handle, handle)}>${t("group.join")}<//>`;
}
