import { useEffect, useState } from "preact/hooks";
import { followPerson } from "../actions/follow.js";
import { get, path } from "../core/api.js";
import { html } from "../core/html.js";
import { t } from "../core/translate.js";
import { Avatar } from "../elements/avatar.js";
import { Button } from "../elements/button.js";
import { Feed } from "../elements/feed.js";
import { useWatch } from "../elements/use_watch.js";
import { WhereaboutsOf } from "../elements/whereabouts.js";
import { me, state } from "../state/store.js";
import { PageHead } from "./page_head.js";

/** @typedef {import("../state/types.js").Person} Person */

/** @param {{stream: string, handle: string}} props */
export function PersonPage({ stream, handle }) {
  const [person, setPerson] = useState(/** @type {Person | null} */ (null));
  useEffect(() => {
    get(path("people", handle)).then((answer) => setPerson(answer.person), () => {});
  }, [handle]);
  const followed = person !== null && (me.value?.following.people.includes(person.id) ?? false);
  useWatch(person && !followed ? `author:${person.id}` : null, state.value.timelines[stream]?.head);
  return html`
    <${PageHead}
      title=${person?.name ?? handle}
      lead=${person && html`<${Avatar} card=${person} size="large" />`}
      about=${person && html`<${About} person=${person} />`}
    >
      ${person && me.value && person.id !== me.value.person.id && me.value.kind !== "guest" && html`
        <${Button} look=${followed ? "quiet" : "plain"} pressed=${followed} onClick=${() => followPerson(person, !followed)}>
          ${t(followed ? "unfollow" : "follow")}
        <//>
      `}
    <//>
    <${Feed} stream=${stream} label=${person?.name ?? handle} />
  `;
}

/** @param {{person: Person}} props */
function About({ person }) {
  const words = [`@${person.handle}`, person.department, person.organisation].filter(Boolean).join(" · ");
  return html`${words} <${WhereaboutsOf} person=${person.id} />`;
}
