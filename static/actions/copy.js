import { notify } from "../core/notice.js";
import { t } from "../core/translate.js";

/**
 * To the clipboard, and say so. Over plain HTTP there is none for us: then the text is shown to be copied by hand.
 * @param {string} text
 */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    notify(t("copied"));
  } catch {
    notify(text);
  }
}
