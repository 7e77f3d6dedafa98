import { useCallback, useEffect, useState } from "preact/hooks";
import { get } from "../core/api.js";

/**
 * A short list that is read when it is shown, and again when it was changed.
 * @template T
 * @param {string} path
 * @returns {[T[] | null, () => Promise<void>]}
 */
export function useList(path) {
  const [items, setItems] = useState(/** @type {T[] | null} */ (null));
  const load = useCallback(
    () => get(path).then((answer) => setItems(answer.items), () => setItems((before) => before ?? [])),
    [path],
  );
  useEffect(() => {
    load();
  }, [load]);
  return [items, load];
}
