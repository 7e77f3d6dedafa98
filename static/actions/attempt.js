import { notify } from "../core/notice.js";
import { inWords } from "../core/problem.js";

/**
 * Do something for which there is no better place to say that it failed.
 * @template T
 * @param {() => Promise<T>} act
 * @returns {Promise<T | undefined>}
 */
export async function attempt(act) {
  try {
    return await act();
  } catch (error) {
    notify(inWords(error), { bad: true });
    return undefined;
  }
}
