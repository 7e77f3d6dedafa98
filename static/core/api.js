/** The HTTP API (`/api/v1`): JSON there and back, and what it refuses as exceptions. */

const BASE = "/api/v1";
const PATIENCE = 30_000;

/** The server understood and said no. */
export class Refused extends Error {
  /**
   * @param {number} status
   * @param {{code?: string, message?: string, field?: string | null}} error
   * @param {number | null} retryAfter seconds
   */
  constructor(status, error, retryAfter) {
    super(error.message ?? `HTTP ${status}`);
    this.status = status;
    this.code = error.code ?? "unknown";
    this.field = error.field ?? null;
    this.retryAfter = retryAfter;
  }

  /** Whether the very same request may succeed later: the server is busy, restarting, full or out of reach of its store. */
  get passing() {
    return [408, 425, 429, 500, 502, 503, 504, 507].includes(this.status);
  }
}

/** No answer came: no network, no server, or not in time. What was asked may or may not have been done. */
export class Unreachable extends Error {}

let signedOut = () => {};

/**
 * What to do when the server no longer knows us.
 * @param {() => void} act
 */
export function onSignedOut(act) {
  signedOut = act;
}

/**
 * @typedef {object} Options
 * @property {string} [key] makes a repeat of this request harmless
 * @property {AbortSignal} [signal] gives up when it is aborted
 * @property {number} [patience] milliseconds to wait for the answer
 */

/**
 * Asks the server. Raises Refused, Unreachable, or AbortError when `signal` is aborted.
 * @param {string} method
 * @param {string} path below `/api/v1`
 * @param {object} [body]
 * @param {Options} [options]
 * @returns {Promise<any>} what was answered; null for an empty answer
 */
export async function ask(method, path, body, { key, signal, patience = PATIENCE } = {}) {
  /** @type {Record<string, string>} */
  const headers = { Accept: "application/json" };
  if (body) headers["Content-Type"] = "application/json";
  if (key) headers["Idempotency-Key"] = key;
  const late = AbortSignal.timeout(patience);
  let response;
  let text;
  try {
    response = await fetch(BASE + path, {
      method,
      headers,
      body: body ? JSON.stringify(body) : undefined,
      signal: signal ? AbortSignal.any([signal, late]) : late,
    });
    text = await response.text();
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Unreachable(String(error));
  }
  const answer = read(text);
  if (response.ok && answer !== undefined) return answer;
  if (response.status === 401 && path !== "/session") signedOut();
  throw new Refused(response.status, answer?.error ?? {}, seconds(response.headers.get("Retry-After")));
}

/**
 * @param {string} path
 * @param {Options} [options]
 */
export const get = (path, options) => ask("GET", path, undefined, options);

/**
 * @param {string} path
 * @param {object} body
 * @param {Options} [options]
 */
export const post = (path, body, options) => ask("POST", path, body, options);

/**
 * @param {string} path
 * @param {object} [body]
 */
export const put = (path, body) => ask("PUT", path, body);

/**
 * @param {string} path
 * @param {object} body
 */
export const patch = (path, body) => ask("PATCH", path, body);

/** @param {string} path */
export const remove = (path) => ask("DELETE", path);

/**
 * A path out of segments, each escaped.
 * @param {...(string | number)} segments
 */
export const path = (...segments) => `/${segments.map(encodeURIComponent).join("/")}`;

/**
 * Something between us and the server (a captive portal, a proxy) may answer with a page instead of JSON.
 * @param {string} text
 */
function read(text) {
  if (!text) return null;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @param {string | null} header */
function seconds(header) {
  const value = Number(header);
  return header && Number.isFinite(value) ? value : null;
}
