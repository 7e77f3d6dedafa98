/** Single keys that do something, when nobody is typing. */

/** @type {Map<string, () => void>} */
const bound = new Map();

const LEADER = "g";
const LEADS_FOR = 1_200;
let leading = 0;

/**
 * @param {Record<string, () => void>} keys such as `n`, `?`, or `g h` for one after the other
 * @returns {() => void} unbinds them
 */
export function bind(keys) {
  for (const [key, act] of Object.entries(keys)) bound.set(key, act);
  return () => {
    for (const [key, act] of Object.entries(keys)) if (bound.get(key) === act) bound.delete(key);
  };
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey || isTyping(event)) return;
  const led = Date.now() - leading < LEADS_FOR;
  leading = event.key === LEADER && !led ? Date.now() : 0;
  const act = bound.get(led ? `${LEADER} ${event.key}` : event.key);
  if (!act) return;
  event.preventDefault();
  act();
});

/**
 * In a field, in an open menu and in a dialog keys mean something else; on a link and a button Enter does.
 * @param {KeyboardEvent} event
 */
function isTyping({ target, key }) {
  if (!(target instanceof HTMLElement)) return false;
  const taken = key === "Enter" ? `${FIELDS}, a, button` : FIELDS;
  return target.isContentEditable || target.closest(taken) !== null;
}

const FIELDS = "input, textarea, select, [role=menu], dialog";
