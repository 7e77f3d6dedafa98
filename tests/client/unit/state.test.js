/** The other reducers. */

import assert from "node:assert/strict";
import test from "node:test";
import { empty } from "../../../static/state/empty.js";
import { foldAll } from "../../../static/state/fold.js";
import { foldLeft } from "../../../static/state/fold_group.js";
import { hasGap, mergeThread, mergeTimeline } from "../../../static/state/merge.js";
import { bookmarking, reacting } from "../../../static/state/optimistic.js";
import { appended, placed } from "../../../static/state/order.js";
import { isShownIn, unseen } from "../../../static/state/pending.js";
import { trim } from "../../../static/state/trim.js";

const ada = { id: 1, handle: "ada", name: "Ada", kind: "person" };
const linus = { id: 2, handle: "linus", name: "Linus", kind: "person" };
const everyone = { id: 1, handle: "all", name: "Everyone", kind: "all" };
const board = { id: 7, handle: "board", name: "Board", kind: "private" };

/** @param {any} more */
const post = (more) => ({
  ...{ kind: "post", author: ada, group: everyone, thread: more.id, reply_to: null, text: "Hello", tokens: [] },
  ...{ mentions: [], topics: [], reactions: {}, replies: 0, created_at: "2026-11-23T20:30:00.000Z" },
  ...more,
});

/** @param {any[]} items @param {number} head @param {number | null} [next] */
const page = (items, head, next = null) => ({ items, mine: {}, next, head });

const me = { person: linus, kind: "person", email: null, admin: false, language: null, following: { people: [], topics: [] } };

test("ids are kept in order, once each", () => {
  assert.deepEqual(placed([9, 5, 1], 7), [9, 7, 5, 1]);
  assert.deepEqual(placed([9, 5, 1], 0), [9, 5, 1, 0]);
  assert.deepEqual(placed([9, 5, 1], 5), [9, 5, 1]);
  assert.deepEqual(appended([1, 5], 3), [1, 3, 5]);
  assert.deepEqual(appended([1, 5], 5), [1, 5]);
});

test("a page that was read before an event does not undo it", () => {
  const heard = foldAll(empty(), [{ seq: 12, type: "post.revised", at: "", data: post({ id: 4, text: "New" }) }]);
  const merged = mergeTimeline(heard, "all", page([post({ id: 4, text: "Old" })], 11), "first");
  assert.equal(merged.posts[4]?.text, "New");
  const later = mergeTimeline(merged, "all", page([post({ id: 4, text: "Newer" })], 13), "first");
  assert.equal(later.posts[4]?.text, "Newer");
});

test("a page from before what is remembered must be read again", () => {
  assert.ok(hasGap({ ...empty(), since: 20 }, 19));
  assert.ok(!hasGap({ ...empty(), since: 20 }, 20));
});

test("pages follow each other without repeats", () => {
  const first = mergeTimeline(empty(), "all", page([post({ id: 9 }), post({ id: 8 })], 50, 8), "first");
  const second = mergeTimeline(first, "all", page([post({ id: 8 }), post({ id: 7 })], 60), "next");
  assert.deepEqual(second.timelines.all, { ids: [9, 8, 7], next: null, head: 50 });
});

test("earlier replies come before those that are loaded", () => {
  const root = post({ id: 1 });
  const reply = (/** @type {number} */ id) => post({ id, thread: 1, reply_to: 1 });
  const newest = mergeThread(empty(), 1, page([root, reply(8), reply(9)], 50, 8), "first");
  const all = mergeThread(newest, 1, page([root, reply(6), reply(7)], 51), "next");
  assert.deepEqual(all.threads[1]?.ids, [1, 6, 7, 8, 9]);
});

test("a new post does not enter a list above what was never loaded", () => {
  const loaded = mergeTimeline({ ...empty(), me }, "all", page([post({ id: 9 }), post({ id: 8 })], 50, 8), "first");
  const old = foldAll(loaded, [{ seq: 51, type: "post.published", at: "", data: post({ id: 3 }) }]);
  assert.deepEqual(old.timelines.all?.ids, [9, 8]);
});

test("a reaction is seen at once, and undone as if it had never been", () => {
  const before = { ...empty(), posts: { 4: post({ id: 4, reactions: { like: 1 } }) } };
  const on = reacting(before, 4, "like", true);
  assert.deepEqual([on.posts[4]?.reactions, on.mine[4]?.reactions], [{ like: 2 }, ["like"]]);
  assert.equal(reacting(on, 4, "like", true), on);
  const off = reacting(on, 4, "like", false);
  assert.deepEqual([off.posts[4]?.reactions, off.mine[4]?.reactions], [{ like: 1 }, []]);
  const last = reacting({ ...before, posts: { 4: post({ id: 4, reactions: { like: 1 } }) }, mine: on.mine }, 4, "like", false);
  assert.deepEqual(last.posts[4]?.reactions, {});
  assert.equal(bookmarking(before, 4, true).mine[4]?.bookmarked, true);
});

test("who left a closed group has nothing of it on screen any more", () => {
  const state = {
    ...empty(),
    me,
    groups: [{ ...board, role: "member" }],
    posts: { 4: post({ id: 4, group: board, author: linus }), 5: post({ id: 5 }) },
    timelines: { home: { ids: [5, 4], next: null, head: 1 } },
    threads: { 4: { ids: [4], next: null, head: 1 } },
  };
  const left = foldLeft(state, { group: { id: 7, member_count: 1 }, person: linus });
  assert.deepEqual(left.groups, []);
  assert.deepEqual(Object.keys(left.posts), ["5"]);
  assert.deepEqual(left.timelines.home?.ids, [5]);
  assert.deepEqual(left.threads[4]?.ids, []);
  const another = foldLeft(state, { group: { id: 7, member_count: 1 }, person: ada });
  assert.deepEqual(Object.keys(another.posts), ["4", "5"]);
});

test("a window that stays open for weeks keeps what it shows", () => {
  const posts = Array.from({ length: 100 }, (_, index) => post({ id: 100 - index }));
  const full = mergeTimeline(empty(), "all", page(posts, 1), "first");
  const trimmed = trim(full, "all", 60);
  assert.equal(trimmed.timelines.all?.ids.length, 60);
  assert.equal(trimmed.timelines.all?.next, 41);
  assert.equal(Object.keys(trimmed.posts).length, 60);
  assert.equal(trim(trimmed, "all", 60), trimmed);
});

test("what was sent and heard is not shown twice while its answer is on its way", () => {
  const entry = { key: "k", text: "Hello", group: everyone, reply_to: null, thread: null, at: Date.parse("2026-11-23T20:30:00Z") };
  const state = { ...empty(), me, posts: { 4: post({ id: 4, author: linus }) } };
  assert.deepEqual(unseen([entry], "k", state), []);
  assert.deepEqual(unseen([entry], "", state), [entry]);
  assert.deepEqual(unseen([entry], "k", { ...state, posts: { 4: post({ id: 4 }) } }), [entry]);
});

test("what waits is shown where it will stand", () => {
  const to = (/** @type {any} */ group) => ({ key: "k", text: "", group, reply_to: null, thread: null, at: 0 });
  assert.deepEqual(["home", "all", "group/board", "mentions"].map((name) => isShownIn(to(board), name)), [true, false, true, false]);
  assert.deepEqual(["home", "all", "group/board"].map((name) => isShownIn(to(everyone), name)), [true, true, false]);
});
