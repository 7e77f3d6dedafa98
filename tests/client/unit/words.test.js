/** Addresses, mentions, languages: small things that are read by people. */

import assert from "node:assert/strict";
import test from "node:test";
import { completed, fragmentAt } from "../../../static/core/mentions.js";
import { firstEmoji } from "../../../static/core/reactions.js";
import { groupPath, personPath, read, streamPath, topicPath } from "../../../static/core/routes.js";
import { en } from "../../../static/i18n/en.js";
import { nl } from "../../../static/i18n/nl.js";

test("every address is read back as it was written", () => {
  for (const name of ["java", "Ærø", "c++", "naam/met/streep", "100%", "日本"]) {
    assert.deepEqual(read(groupPath(name)), { view: "stream", stream: `group/${name}` });
    assert.deepEqual(read(personPath(name)), { view: "stream", stream: `person/${name}` });
    assert.deepEqual(read(topicPath(name)), { view: "stream", stream: `topic/${name}` });
    assert.equal(streamPath(`topic/${name}`), topicPath(name));
  }
});

test("what is no address of ours leads nowhere", () => {
  for (const path of ["/posts/0", "/posts/-1", "/posts/1e3", "/posts/1/2", "/people/", "/feeds/x", "/posts/99999999999999999"]) {
    assert.equal(read(path).view, "nowhere", path);
  }
});

test("a mention is completed where the caret stands", () => {
  assert.equal(fragmentAt("Hello @li", 9), "li");
  assert.equal(fragmentAt("mail@li", 7), null);
  assert.equal(fragmentAt("@li nus", 7), null);
  assert.deepEqual(completed("Hi @li, all", 6, "linus"), { text: "Hi @linus, all", caret: 9 });
});

test("an emoji is one however many characters it is made of", () => {
  assert.equal(firstEmoji("👩‍💻 and more"), "👩‍💻");
  assert.equal(firstEmoji("🇳🇱"), "🇳🇱");
  assert.ok(!firstEmoji("words"));
  assert.ok(!firstEmoji("1"));
});

test("Dutch says all that English says, with the same gaps to fill", () => {
  assert.deepEqual(Object.keys(nl).sort(), Object.keys(en).sort());
  const gaps = (/** @type {string} */ words) => [...new Set(words.match(/\{\w+\}/g))].sort();
  for (const name of /** @type {(keyof typeof en)[]} */ (Object.keys(en))) {
    assert.deepEqual(gaps(nl[name]), gaps(en[name]), name);
    assert.equal(nl[name].split("|").length, en[name].split("|").length, name);
  }
});
