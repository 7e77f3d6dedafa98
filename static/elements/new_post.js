import { useState } from "preact/hooks";
import { publish } from "../actions/publish.js";
import { html } from "../core/html.js";
import { t } from "../core/translate.js";
import { me } from "../state/store.js";
import { Composer } from "./composer.js";
import { choices, EVERYONE, GroupChoice } from "./group_choice.js";

/**
 * A new post, to everyone or to one group.
 * @param {{group?: import("../state/types.js").GroupCard, onSent?: () => void, onEscape?: () => void, focus?: boolean,
 *   open?: boolean}} props `group` is where one is
 */
export function NewPost({ group, onSent, onEscape, focus = false, open = false }) {
  const here = group ?? choices()[0] ?? EVERYONE;
  const [chosen, setChosen] = useState(/** @type {import("../state/types.js").GroupCard | null} */ (null));
  const to = chosen ?? here;
  const name = me.value?.person.name.split(" ")[0] ?? "";
  return html`
    <${Composer}
      draft=${group ? `group/${group.handle}` : "new"}
      placeholder=${t("composer.new", { name })}
      sendLabel=${t("composer.post")}
      focus=${focus}
      open=${open}
      onEscape=${onEscape}
      onSend=${(/** @type {string} */ text) => {
        publish(text, to);
        setChosen(null);
        onSent?.();
      }}
    >
      <${GroupChoice} chosen=${to} onChoose=${setChosen} />
    <//>
  `;
}
