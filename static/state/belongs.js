/** Which timelines a post belongs to. The server's rule (DESIGN section 6), for posts that are heard live. Pure. */

/**
 * @typedef {import("./types.js").Post} Post
 * @typedef {import("./types.js").State} State
 */

/**
 * @param {State} state
 * @param {string} timeline
 * @param {Post} post
 * @returns {boolean}
 */
export function belongs(state, timeline, post) {
  const [kind = "", ...rest] = timeline.split("/");
  const name = rest.join("/");
  const rule = RULES[kind];
  return rule?.(state, post, name) ?? false;
}

/** @type {Record<string, (state: State, post: Post, name: string) => boolean>} */
const RULES = {
  home: (state, post) => isRoot(post) && post.group.kind !== "direct" && concerns(state, post),
  all: (_, post) => isRoot(post) && post.group.kind === "all",
  mentions: (state, post) => mentionsMe(state, post),
  bookmarks: (state, post) => state.mine[post.id]?.bookmarked ?? false,
  group: (_, post, handle) => isRoot(post) && same(post.group.handle, handle),
  person: (_, post, handle) => same(post.author.handle, handle),
  topic: (_, post, name) => isRoot(post) && post.topics.some((topic) => same(topic, name)),
};

/** @param {Post} post */
const isRoot = (post) => post.reply_to === null || post.reply_to === undefined;

/**
 * @param {State} state
 * @param {Post} post
 */
function concerns(state, post) {
  const { me } = state;
  if (!me) return false;
  if (post.author.id === me.person.id || mentionsMe(state, post)) return true;
  if (post.group.kind !== "all" && isMember(state, post.group.id)) return true;
  const open = post.group.kind === "all" || post.group.kind === "public";
  const { people, topics } = me.following;
  return open && (people.includes(post.author.id) || post.topics.some((topic) => topics.includes(topic)));
}

/**
 * @param {State} state
 * @param {Post} post
 */
const mentionsMe = (state, post) => state.me !== null && post.mentions.includes(state.me.person.id);

/**
 * @param {State} state
 * @param {number} group
 */
const isMember = (state, group) => state.groups.some(({ id, role }) => id === group && Boolean(role));

/**
 * Handles and topics are compared without regard to case, in one form of Unicode.
 * @param {string} one
 * @param {string} other
 */
export const same = (one, other) => folded(one) === folded(other);

/** @param {string} name */
const folded = (name) => name.normalize("NFKC").toLowerCase().normalize("NFKC");
