"""Nobody sees what is not theirs: one private post, everybody who asks, every way to ask."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest
from sqlalchemy import delete

from microblog.access.tables import memberships
from microblog.db import Tx
from tests.support.api import Api
from tests.support.people import Someone, make_group

SECRET = "swordfish"

READS = (
    "/posts/{id}",
    "/posts/{id}/thread",
    "/posts/{id}/history",
    "/posts/{reply}",
    "/posts/{reply}/thread",
    "/timelines/home",
    "/timelines/all",
    "/timelines/mentions",
    "/timelines/bookmarks",
    "/timelines/group/secret",
    "/timelines/person/ada",
    "/timelines/topic/swordfish",
    "/unread",
)
Body = dict[str, Any]
WRITES: tuple[tuple[str, str, Body], ...] = (
    ("POST", "/posts", {"text": "Hi", "group": "secret"}),
    ("POST", "/posts", {"text": "Hi", "reply_to": "{id}"}),
    ("PATCH", "/posts/{id}", {"text": "Hi"}),
    ("DELETE", "/posts/{id}", {}),
    ("PUT", "/posts/{id}/reactions/up", {}),
    ("DELETE", "/posts/{id}/reactions/up", {}),
    ("PUT", "/posts/{id}/bookmark", {}),
    ("DELETE", "/posts/{id}/bookmark", {}),
    ("PUT", "/reads", {"group": "secret", "up_to": 1}),
    ("PUT", "/reads", {"thread": "{id}", "up_to": 1}),
)


@pytest.mark.parametrize("kind", ["private", "external", "direct"])
async def test_only_members_see_it_and_others_can_not_tell_it_is_there(api: Api, kind: str) -> None:
    people = api.people
    group = await make_group(api.database, "secret", kind, people.ada, people.linus, people.grace)
    text = f"@linus @grace @edsger @marvin the word is {SECRET} #{SECRET}"
    post = (await api.post(people.ada, "/posts", json={"text": text, "group": "secret"})).json()
    reply = {"text": f"{SECRET}? @grace", "reply_to": post["id"]}
    ids = {"id": post["id"], "reply": (await api.post(people.linus, "/posts", json=reply)).json()["id"]}
    for who in (people.linus, people.grace):
        assert (await api.call(who, "PUT", f"/posts/{post['id']}/bookmark")).status_code == 204
    await _leave(api, group, people.grace.id)

    for path in READS:
        seen = await api.get(people.linus, path.format(**ids))
        silent = path in ("/timelines/all", "/unread") or (kind == "direct" and path == "/timelines/home")
        assert (SECRET in seen.text) is not silent, path
        for who in (people.grace, people.edsger, people.marvin):
            answer = await api.get(who, path.format(**ids))
            assert SECRET not in answer.text, (who.viewer.handle, path)
            if "{" in path or "secret" in path:
                missing = await api.get(who, path.format(id=999, reply=999).replace("/secret", "/nowhere"))
                assert (answer.status_code, answer.content) == (404, missing.content), path

    for method, path, body in WRITES:
        for who in (people.grace, people.edsger, people.marvin):
            answer = await _ask(api, who, method, path, body, ids["id"], "secret")
            missing = await _ask(api, who, method, path, body, 999, "nowhere")
            assert (answer.status_code, answer.content) == (404, missing.content), (method, path)
    before = len(api.committed)
    for method, path, body in WRITES:
        if method not in ("PATCH", "DELETE"):
            answer = await _ask(api, people.linus, method, path, body, ids["id"], "secret")
            assert answer.status_code in (200, 201, 204), (method, path)
    assert len(api.committed) > before


async def _ask(
    api: Api, who: Someone, method: str, path: str, body: Body, post: int, group: str
) -> httpx2.Response:
    named = {"{id}": post, "secret": group}
    filled = {name: named.get(value, value) for name, value in body.items()}
    return await api.call(who, method, path.format(id=post), **({"json": filled} if filled else {}))


async def _leave(api: Api, group: int, person: int) -> None:
    def leave(tx: Tx, viewer: None) -> None:
        membership = memberships.c.group_id == group, memberships.c.actor_id == person
        tx.execute(delete(memberships).where(*membership))

    await api.database.write(leave, None)
