import { useEffect, useRef, useState } from "preact/hooks";
import { html } from "../core/html.js";

/**
 * Something small that opens at a button and closes when one looks elsewhere. Escape gives the focus back.
 * @param {{label: string, look?: string, role?: string, face: unknown, side?: "left" | "right",
 *   children: (close: () => void) => unknown}} props
 */
export function Popup({ label, look = "icon-button", role = "menu", face, side = "right", children }) {
  const [open, setOpen] = useState(false);
  const root = useRef(/** @type {HTMLElement | null} */ (null));
  const close = () => setOpen(false);
  useEffect(() => (open && root.current ? tended(root.current, close) : undefined), [open]);
  return html`
    <span class="popup" ref=${root}>
      <button
        class=${look}
        type="button"
        aria-haspopup=${role === "menu" ? "menu" : "dialog"}
        aria-expanded=${open}
        aria-label=${label}
        title=${label}
        onClick=${() => setOpen(!open)}
      >
        ${face}
      </button>
      ${open && html`<div class="popup__sheet popup__sheet--${side}" role=${role} aria-label=${label}>${children(close)}</div>`}
    </span>
  `;
}

const ITEMS = "[role=menuitem], [role=menuitemradio], button, input, a[href]";

/**
 * Focus, arrow keys and closing, for as long as it is open.
 * @param {HTMLElement} root
 * @param {() => void} close
 */
function tended(root, close) {
  const sheet = /** @type {HTMLElement} */ (root.lastElementChild);
  const items = () => /** @type {HTMLElement[]} */ ([...sheet.querySelectorAll(ITEMS)]);
  settle(root, sheet);
  items()[0]?.focus();

  /** @param {KeyboardEvent} event */
  const key = (event) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      close();
      /** @type {HTMLElement} */ (root.firstElementChild).focus();
      return;
    }
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (!step || event.target instanceof HTMLInputElement) return;
    event.preventDefault();
    const all = items();
    all[(all.indexOf(/** @type {HTMLElement} */ (document.activeElement)) + step + all.length) % all.length]?.focus();
  };

  /** @param {Event} event */
  const elsewhere = (event) => {
    if (event.target instanceof Node && !root.contains(event.target)) close();
  };

  root.addEventListener("keydown", key);
  document.addEventListener("pointerdown", elsewhere);
  document.addEventListener("focusin", elsewhere);
  return () => {
    root.removeEventListener("keydown", key);
    document.removeEventListener("pointerdown", elsewhere);
    document.removeEventListener("focusin", elsewhere);
  };
}

/** Pixels that stay free beside it. */
const EDGE = 8;

/**
 * Upwards where there is no room below, and sideways as far as it takes to be seen whole.
 * @param {HTMLElement} root
 * @param {HTMLElement} sheet
 */
function settle(root, sheet) {
  const { bottom, top, height, left, right } = sheet.getBoundingClientRect();
  const bar = document.querySelector(".bottom-bar")?.getBoundingClientRect().height ?? 0;
  sheet.classList.toggle("popup__sheet--above", bottom > innerHeight - bar && top > height);
  const room = (root.closest(".frame__aside, dialog") ?? document.documentElement).getBoundingClientRect();
  const over = Math.max(0, right - (room.right - EDGE)) - Math.max(0, room.left + EDGE - left);
  if (over) sheet.style.insetInline = `${left - over - root.getBoundingClientRect().left}px auto`;
}
