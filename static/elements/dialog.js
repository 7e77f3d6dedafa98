import { useEffect, useRef } from "preact/hooks";
import { html } from "../core/html.js";
import { t } from "../core/translate.js";
import { IconButton } from "./button.js";

/**
 * Something that has to be answered or closed before one goes on.
 * @param {{title: string, onClose: () => void, children: unknown, look?: string}} props
 */
export function Dialog({ title, onClose, children, look = "" }) {
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  useEffect(() => {
    const before = /** @type {HTMLElement | null} */ (document.activeElement);
    dialog.current?.showModal();
    return () => before?.focus();
  }, []);

  /** @param {MouseEvent} event on the backdrop it is the dialog itself that is clicked */
  const beside = (event) => {
    if (event.target === dialog.current) onClose();
  };
  return html`
    <dialog class="dialog ${look}" ref=${dialog} aria-label=${title} onClose=${onClose} onMouseDown=${beside}>
      <div class="dialog__sheet">
        <header class="dialog__head">
          <h2 class="dialog__title">${title}</h2>
          <${IconButton} icon="close" label=${t("close")} onClick=${onClose} />
        </header>
        ${children}
      </div>
    </dialog>
  `;
}
