/**
 * What the API and the events say (`/api/v1/openapi.json` has the whole of it).
 *
 * @typedef {object} Card
 * @property {number} id
 * @property {string} handle
 * @property {string} name
 * @property {string} kind person, guest, bot, feed or hook
 * @property {string | null} [photo]
 * @property {string | null} [organisation]
 *
 * @typedef {Card & {department?: string | null, email?: string | null, place?: string | null, until?: string | null,
 *   deactivated?: boolean}} Person
 *
 * @typedef {object} GroupCard
 * @property {number} id
 * @property {string} handle
 * @property {string} name
 * @property {string} kind all, public, private, external or direct
 *
 * @typedef {GroupCard & {description?: string, listed?: boolean, role?: string | null,
 *   archived?: boolean, member_count?: number | null}} Group
 *
 * @typedef {{type: string, text?: string, tokens?: Token[], items?: {tokens: Token[], level?: number}[], url?: string,
 *   id?: number, handle?: string, name?: string, language?: string, ordered?: boolean, start?: number}} Token
 *
 * @typedef {object} Post
 * @property {number} id
 * @property {string} kind
 * @property {Card} author
 * @property {GroupCard} group
 * @property {number} thread
 * @property {number | null} reply_to
 * @property {string | null} [title]
 * @property {string} text
 * @property {Token[]} tokens
 * @property {boolean} [folded]
 * @property {number} [length] bytes of the whole text, where it is folded
 * @property {number[]} mentions
 * @property {string[]} topics
 * @property {Record<string, number>} reactions
 * @property {number} replies
 * @property {string} created_at
 * @property {string | null} [revised_at]
 * @property {boolean} [withdrawn]
 * @property {boolean} [erased]
 * @property {string | null} [reason]
 *
 * What is personal about a post.
 * @typedef {{reactions: string[], bookmarked: boolean}} Mine
 *
 * @typedef {object} Me
 * @property {Card} person
 * @property {string} kind
 * @property {string | null} email
 * @property {boolean} admin
 * @property {string | null} language
 * @property {string | null} [department]
 * @property {string | null} [place]
 * @property {string | null} [until]
 * @property {{people: number[], topics: string[]}} following
 *
 * @typedef {{person: Card, place: string | null, until: string | null, at: string}} Whereabouts
 *
 * @typedef {{seq: number, type: string, at: string, data: any}} Event
 *
 * A page of a timeline, a thread, any list of posts.
 * @typedef {{items: Post[], mine: Record<string, Mine>, next: number | null, head: number}} Page
 *
 * Posts in the order in which they are shown: newest first in a timeline, oldest first in a thread. `next` asks for the
 * following page; null at the end. `head` is the seq that its first page was read at.
 * @typedef {{ids: number[], next: number | null, head: number}} Timeline
 *
 * Everything that was read or heard of the server. Never changed, only replaced (`state/fold.js`, `state/merge.js`).
 * @typedef {object} State
 * @property {Me | null} me
 * @property {Group[]} groups those that the viewer knows of; their own have a `role`
 * @property {Record<number, Post>} posts
 * @property {Record<number, number>} known by post, the seq that it was read or heard at
 * @property {Record<number, Mine>} mine
 * @property {Record<string, Timeline>} timelines by their path below `/timelines/`
 * @property {Record<number, Timeline>} threads by the id of their first post
 * @property {Record<number, Whereabouts>} places by person
 * @property {Event[]} recent the latest events, to bring a page up to date that was read before they were heard
 * @property {number} since every event after this seq is in `recent`
 */

export {};
