import { useState } from "preact/hooks";
import { Refused } from "../core/api.js";
import { inWords } from "../core/problem.js";

/**
 * What is filled in, what is wrong with which field, and sending it once.
 * @template {Record<string, string>} Values
 * @param {Values} initial
 * @param {(values: Values) => Promise<unknown>} send
 */
export function useForm(initial, send) {
  const [values, setValues] = useState(initial);
  const [problem, setProblem] = useState({ field: "", words: "" });
  const [busy, setBusy] = useState(false);

  /** @param {keyof Values & string} name */
  const bind = (name) => ({
    name,
    value: values[name],
    onInput: (/** @type {string} */ value) => setValues((before) => ({ ...before, [name]: value })),
    problem: problem.field === name ? problem.words : undefined,
  });

  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setProblem({ field: "", words: "" });
    try {
      await send(values);
    } catch (error) {
      const field = error instanceof Refused && error.field && error.field in initial ? error.field : "";
      setProblem({ field, words: inWords(error) });
    }
    setBusy(false);
  };
  return { bind, submit, busy, problem: problem.field ? "" : problem.words, setValues };
}
