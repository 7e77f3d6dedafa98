/**
 * What one has on screen, and the events since, come to what a fresh page shows. The cases come from the server
 * (`tests/posts/fold_cases.py`), whose own tests hold it to them too.
 */

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import test from "node:test";
import { empty } from "../../../static/state/empty.js";
import { fold, foldAll } from "../../../static/state/fold.js";
import { mergeTimeline } from "../../../static/state/merge.js";

const CASES = new URL("../../fixtures/fold/", import.meta.url);

for (const file of readdirSync(CASES)) {
  const cases = JSON.parse(readFileSync(new URL(file, CASES), "utf8"));
  for (const { viewer, me, groups, before, events, after } of cases) {
    test(`${file.replace(".json", "")}, as ${viewer} hears it, twice`, () => {
      const twice = events.flatMap((/** @type {object} */ event) => [event, event]);
      const state = foldAll(stateOf(before, me, groups), [...twice, ...events]);
      assert.deepEqual(shown(state), shown(stateOf(after, me, groups)));
    });
  }
}

test("every kind of change has a case", () => {
  assert.ok(readdirSync(CASES).length >= 6);
});

test("what is read late is brought up to date with what was heard meanwhile", () => {
  const [{ viewer, me, groups, before, events, after }] = JSON.parse(readFileSync(new URL("publish.json", CASES), "utf8"));
  const page = {
    items: before.timelines.all.map((/** @type {number} */ id) => before.posts[id]),
    mine: before.mine,
    next: null,
    head: before.head,
  };
  const { seq, data } = events.findLast((/** @type {{type: string}} */ { type }) => type === "post.published");
  const since = { seq: seq + 9, type: "post.reacted", at: "", data: { id: data.id, reactions: { like: 1 } } };
  const heard = foldAll({ ...empty(), me, groups, since: before.head }, [...events, since]);
  const late = mergeTimeline(heard, "all", page, "first");
  assert.deepEqual(late.timelines.all?.ids, after.timelines.all, viewer);
  assert.deepEqual(late.posts[data.id]?.reactions, { like: 1 });
});

test("an event of a kind that came after this client changes nothing", () => {
  const state = empty();
  assert.equal(fold(state, { seq: 9, type: "post.polled", at: "", data: { id: 1 } }), state);
});

/**
 * @param {any} page
 * @param {any} me
 * @param {any} groups
 */
function stateOf({ head, posts, mine, timelines, threads }, me, groups) {
  const list = (/** @type {[string, number[]]} */ [name, ids]) => [name, { ids, next: null, head }];
  const known = Object.fromEntries(Object.keys(posts).map((id) => [id, head]));
  return {
    ...empty(),
    ...{ me, groups, posts, mine, known, since: head },
    timelines: Object.fromEntries(Object.entries(timelines).map(list)),
    threads: Object.fromEntries(Object.entries(threads).map(list)),
  };
}

/** What is on screen: the posts that a list shows, and what is one's own about them. @param {any} state */
function shown({ posts, mine, timelines, threads }) {
  const lists = [...Object.entries(timelines), ...Object.entries(threads)].map(([name, { ids }]) => [name, ids]);
  const ids = new Set(lists.flatMap(([, all]) => all));
  const kept = Object.entries(mine).filter(
    ([id, { reactions, bookmarked }]) => ids.has(Number(id)) && (reactions.length || bookmarked),
  );
  return {
    lists: Object.fromEntries(lists),
    posts: Object.fromEntries([...ids].map((id) => [id, posts[id]])),
    mine: Object.fromEntries(kept),
  };
}
