import { en } from "../i18n/en.js";
import { Refused } from "./api.js";
import { t } from "./translate.js";

/**
 * What went wrong, in words that a person can act on: ours where we know the case, the server's otherwise.
 * @param {unknown} error
 * @returns {string}
 */
export function inWords(error) {
  if (!(error instanceof Refused)) return t("problem.unreachable");
  for (const name of [`problem.${error.code}.${error.field}`, `problem.${error.code}`]) {
    if (name in en) return t(/** @type {import("./translate.js").Phrase} */ (name));
  }
  return error.message;
}
