import { useState } from "preact/hooks";
import { sayWhere } from "../actions/whereabouts.js";
import { html } from "../core/html.js";
import { inWords } from "../core/problem.js";
import { t } from "../core/translate.js";
import { me, places } from "../state/store.js";
import { Button } from "./button.js";
import { Dialog } from "./dialog.js";
import { placeOf } from "./whereabouts.js";

/** @typedef {"today" | "week" | "open"} Span */

/** @type {Span[]} */
const SPANS = ["today", "week", "open"];

/** Where one is, and for how long. @param {{onClose: () => void}} props */
export function WhereaboutsDialog({ onClose }) {
  const id = me.value?.person.id ?? 0;
  const [place, setPlace] = useState(placeOf(id) ?? "");
  const [span, setSpan] = useState(/** @type {Span} */ ("today"));
  const [problem, setProblem] = useState("");
  const known = [...new Set(Object.values(places.value).flatMap((said) => said.place ?? []))].sort();

  /** @param {string} where */
  const say = async (where) => {
    try {
      await sayWhere(where, where ? endOf(span) : null);
      onClose();
    } catch (error) {
      setProblem(inWords(error));
    }
  };
  return html`
    <${Dialog} title=${t("whereabouts.say")} onClose=${onClose}>
      <form class="form" onSubmit=${(/** @type {Event} */ event) => {
        event.preventDefault();
        say(place.trim());
      }}>
        <label class="field">
          <span class="field__label">${t("whereabouts.place")}</span>
          <input class="field__input" list="known-places" maxlength="200" value=${place} placeholder=${t("whereabouts.example")}
            onInput=${(/** @type {{currentTarget: HTMLInputElement}} */ { currentTarget }) => setPlace(currentTarget.value)} />
          <datalist id="known-places">${known.map((name) => html`<option value=${name}></option>`)}</datalist>
        </label>
        <fieldset class="choice">
          <legend class="field__label">${t("whereabouts.until")}</legend>
          ${SPANS.map((name) => html`
            <label class="choice__one">
              <input type="radio" name="span" checked=${span === name} onChange=${() => setSpan(name)} />
              <span>${t(`whereabouts.${name}`)}</span>
            </label>
          `)}
        </fieldset>
        ${problem && html`<p class="problem" role="alert">${problem}</p>`}
        <div class="dialog__foot">
          ${placeOf(id) && html`<${Button} look="quiet" onClick=${() => say("")}>${t("whereabouts.clear")}<//>`}
          <${Button} look="primary" type="submit" disabled=${!place.trim()}>${t("save")}<//>
        </div>
      </form>
    <//>
  `;
}

/**
 * The end of today, or of this week's Sunday.
 * @param {Span} span
 * @returns {Date | null}
 */
function endOf(span) {
  if (span === "open") return null;
  const end = new Date();
  if (span === "week") end.setDate(end.getDate() + ((7 - end.getDay()) % 7));
  end.setHours(23, 59, 59, 0);
  return end;
}
