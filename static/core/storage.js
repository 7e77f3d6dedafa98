/** What the browser keeps for us. Storage may be full, forbidden or absent: then it is as if nothing was kept. */

const PREFIX = "microblog:";

/**
 * @param {string} name
 * @returns {string | null}
 */
export function recall(name) {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

/**
 * @param {string} name
 * @param {string} value
 * @returns {boolean} whether it was kept
 */
export function keep(name, value) {
  try {
    localStorage.setItem(PREFIX + name, value);
    return true;
  } catch {
    return false;
  }
}

/** @param {string} name */
export function forget(name) {
  try {
    localStorage.removeItem(PREFIX + name);
  } catch {
    // Nothing was kept.
  }
}

/**
 * The names kept that begin with `start`.
 * @param {string} start
 * @returns {string[]}
 */
export function kept(start) {
  try {
    return Object.keys(localStorage)
      .filter((name) => name.startsWith(PREFIX + start))
      .map((name) => name.slice(PREFIX.length));
  } catch {
    return [];
  }
}

/**
 * Tells of changes that other tabs make under names that begin with `start`.
 * @param {string} start
 * @param {(name: string, value: string | null) => void} changed
 */
export function onChange(start, changed) {
  addEventListener("storage", (event) => {
    if (event.key?.startsWith(PREFIX + start)) changed(event.key.slice(PREFIX.length), event.newValue);
  });
}
