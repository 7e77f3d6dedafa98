/**
 * A key that nobody made before: 128 random bits. Not `crypto.randomUUID`, which plain HTTP on an intranet does not have.
 * @returns {string}
 */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
