import { html } from "../core/html.js";
import { t } from "../core/translate.js";
import { groups, me } from "../state/store.js";
import { Icon } from "./icon.js";

/** @typedef {import("../state/types.js").GroupCard} GroupCard */

/** @type {GroupCard} */
export const EVERYONE = { id: 1, handle: "all", name: "", kind: "all" };

/**
 * To whom one speaks.
 * @param {{chosen: GroupCard, onChoose: (group: GroupCard) => void}} props
 */
export function GroupChoice({ chosen, onChoose }) {
  const all = choices();
  /** @param {{currentTarget: HTMLSelectElement}} event */
  const change = ({ currentTarget }) => {
    const group = all.find(({ handle }) => handle === currentTarget.value);
    if (group) onChoose(group);
  };
  return html`
    <label class="group-choice">
      <${Icon} name=${iconOf(chosen)} />
      <span class="sr-only">${t("composer.to")}</span>
      <select class="group-choice__select" value=${chosen.handle} onChange=${change}>
        ${all.map((group) => html`<option key=${group.id} value=${group.handle}>${groupName(group)}</option>`)}
      </select>
      <${Icon} name="down" />
    </label>
  `;
}

/** Where this viewer may speak: everyone for colleagues, then their own groups, then the other open ones. */
export function choices() {
  const known = groups.value.filter(({ kind }) => kind !== "all" && kind !== "direct");
  const own = known.filter(({ role }) => role);
  const open = known.filter(({ role, kind }) => !role && kind === "public");
  const first = me.value?.kind === "guest" ? [] : [EVERYONE];
  return [...first, ...own, ...open];
}

/** @param {GroupCard} group */
export const groupName = (group) => (group.kind === "all" ? t("everyone") : group.name);

/**
 * @param {GroupCard} group
 * @returns {import("./icon.js").IconName}
 */
export const iconOf = ({ kind }) => (kind === "all" ? "everyone" : kind === "public" ? "hash" : "lock");
