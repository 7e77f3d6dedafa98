import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { html } from "../core/html.js";
import { completed, fragmentAt } from "../core/mentions.js";
import { Suggestions, useSuggestions } from "./suggestions.js";

/**
 * @typedef {object} TextFieldProps
 * @property {string} value
 * @property {(text: string) => void} onInput
 * @property {() => void} onSend ⌘ or Ctrl and Enter
 * @property {() => void} [onEscape]
 * @property {() => void} [onFocus]
 * @property {string} label
 * @property {string} [placeholder]
 * @property {boolean | number} [focus] takes the focus, again whenever this changes
 */

/**
 * A field that grows with what is typed and knows whom one might mean after an `@`.
 * @param {TextFieldProps} props
 */
export function TextField({ value, onInput, onSend, onEscape, onFocus, label, placeholder = "", focus = false }) {
  const field = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  const [fragment, setFragment] = useState(/** @type {string | null} */ (null));
  const suggestions = useSuggestions(fragment);
  useLayoutEffect(() => fit(field.current), [value]);
  useEffect(() => {
    const area = field.current;
    if (!focus || !area) return;
    area.focus();
    area.setSelectionRange(area.value.length, area.value.length);
  }, [focus]);

  const look = () => setFragment(field.current ? fragmentAt(field.current.value, field.current.selectionStart) : null);

  /** @param {{handle: string}} person */
  const choose = ({ handle }) => {
    const area = field.current;
    if (!area) return;
    const filled = completed(area.value, area.selectionStart, handle);
    // Through the field, so that its own undo knows it.
    area.value = filled.text;
    area.setSelectionRange(filled.caret, filled.caret);
    onInput(filled.text);
    setFragment(null);
    area.focus();
  };

  /** @param {KeyboardEvent} event */
  const key = (event) => {
    if (event.isComposing || suggestions.key(event, choose)) return;
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) {
      event.preventDefault();
      onSend();
    } else if (event.key === "Escape" && onEscape) {
      event.stopPropagation();
      event.preventDefault();
      onEscape();
    }
  };
  return html`
    <div class="text-field">
      <textarea
        ref=${field}
        class="text-field__area"
        rows="1"
        dir="auto"
        value=${value}
        placeholder=${placeholder}
        aria-label=${label}
        role="combobox"
        aria-autocomplete="list"
        aria-expanded=${suggestions.people.length > 0}
        aria-controls=${suggestions.id}
        aria-activedescendant=${suggestions.activeId}
        onInput=${(/** @type {{currentTarget: HTMLTextAreaElement}} */ { currentTarget }) => {
          onInput(currentTarget.value);
          look();
        }}
        onKeyDown=${key}
        onClick=${look}
        onFocus=${onFocus}
        onBlur=${() => setTimeout(() => setFragment(null), 150)}
      ></textarea>
      <${Suggestions} suggestions=${suggestions} choose=${choose} />
    </div>
  `;
}

/**
 * As high as its text. Where the style sheet can say so itself (`field-sizing`) there is nothing to do.
 * @param {HTMLTextAreaElement | null} area
 */
function fit(area) {
  if (!area || CSS.supports("field-sizing", "content")) return;
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + 2}px`;
}
