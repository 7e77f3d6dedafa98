/** The addresses of the client, both ways. Pure. */

/**
 * @typedef {object} Route
 * @property {"stream" | "thread" | "login" | "join" | "setup" | "settings" | "groups" | "people" | "nowhere"} view
 * @property {string} [stream] the timeline to show, as below `/timelines/`
 * @property {number} [post]
 */

/** @type {Record<string, Route>} */
const FIXED = {
  "/": { view: "stream", stream: "home" },
  "/home": { view: "stream", stream: "home" },
  "/everyone": { view: "stream", stream: "all" },
  "/mentions": { view: "stream", stream: "mentions" },
  "/bookmarks": { view: "stream", stream: "bookmarks" },
  "/groups": { view: "groups" },
  "/people": { view: "people" },
  "/settings": { view: "settings" },
  "/login": { view: "login" },
  "/join": { view: "join" },
  "/setup": { view: "setup" },
};

/** @type {Record<string, string>} */
const KINDS = { groups: "group", people: "person", topics: "topic" };

/**
 * @param {string} path
 * @returns {Route}
 */
export function read(path) {
  const fixed = FIXED[path];
  if (fixed) return fixed;
  const [, folder, name, more] = path.split("/");
  const kind = KINDS[folder ?? ""];
  if (!name || more !== undefined) return { view: "nowhere" };
  if (kind) return { view: "stream", stream: `${kind}/${unescaped(name)}` };
  if (folder === "posts" && /^[1-9]\d{0,15}$/.test(name)) return { view: "thread", post: Number(name) };
  return { view: "nowhere" };
}

/** @param {string} segment */
function unescaped(segment) {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** @param {string} handle */
export const groupPath = (handle) => (handle === "all" ? "/everyone" : `/groups/${encodeURIComponent(handle)}`);

/** @param {string} handle */
export const personPath = (handle) => `/people/${encodeURIComponent(handle)}`;

/** @param {string} name */
export const topicPath = (name) => `/topics/${encodeURIComponent(name)}`;

/** @param {number} id */
export const postPath = (id) => `/posts/${id}`;

/**
 * Where a timeline is shown.
 * @param {string} stream
 */
export function streamPath(stream) {
  const [kind, ...rest] = stream.split("/");
  const name = rest.join("/");
  if (kind === "group") return groupPath(name);
  if (kind === "person") return personPath(name);
  if (kind === "topic") return topicPath(name);
  return kind === "all" ? "/everyone" : `/${kind}`;
}
