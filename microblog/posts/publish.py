"""Publishing: the hottest action there is. A root post without mentions is two statements and one encoding."""

from __future__ import annotations

import msgspec
from sqlalchemy import bindparam, insert, update

from microblog.access import ALL, GroupCard
from microblog.access.gates import OPEN_KINDS
from microblog.core.clock import rfc3339
from microblog.core.errors import Invalid, NotFound
from microblog.core.viewer import Viewer
from microblog.core.wire import encode
from microblog.db import Hot, Tx
from microblog.http import Reply
from microblog.posts.events import audience, record_published, record_replied
from microblog.posts.gates import Place, find_post, place_in_group, place_in_thread
from microblog.posts.model import Folded, Post, Publish
from microblog.posts.rows import encoded
from microblog.posts.tables import mentions, post_topics, posts
from microblog.posts.writing import Written, write_down

_INSERT = Hot(
    insert(posts).returning(posts.c.id),
    columns=(
        "kind",
        "group_id",
        "open",
        "author_id",
        "thread_id",
        "reply_to",
        "mentions",
        "topics",
        "quotes",
        "created_at",
        "folded",
        "text",
        "tokens",
    ),
)
_MENTION = Hot(insert(mentions), columns=("actor_id", "post_id", "group_id", "root", "open"))
_TOPIC = Hot(insert(post_topics), columns=("topic", "post_id", "group_id", "root", "open"))
_COUNT_REPLY = Hot(
    update(posts)
    .where(posts.c.id == bindparam("root"))
    .values(replies=posts.c.replies + 1)
    .returning(posts.c.replies, posts.c.author_id, posts.c.topics, posts.c.mentions)
)
_ids = msgspec.json.Decoder(list[int])
_names = msgspec.json.Decoder(list[str])
_folded = msgspec.json.Decoder(Folded)


def publish(tx: Tx, viewer: Viewer, draft: Publish, written: Written | None = None) -> Reply:
    """Say something. The answer is the very bytes that everyone hears. A long text was `written` beforehand.

    Raises Invalid on `group`, `reply_to`, `quotes` and `text`, TooLarge, and Conflict `archived`.
    """
    place = place_of(tx, viewer, draft)
    if draft.quotes is not None:
        _check_quote(tx, viewer, draft.quotes)
    written = written or write_down(tx, viewer, draft.text, open_group=place.open)
    mentioned, topics = encode(written.mentions).decode(), encode(written.topics).decode()
    [(id_,)] = tx.hot(
        _INSERT,
        kind="post",
        group_id=place.group.id,
        open=place.open,
        author_id=viewer.id,
        thread_id=place.thread,
        reply_to=place.reply_to,
        mentions=mentioned,
        topics=topics,
        quotes=draft.quotes,
        created_at=tx.now,
        folded=written.folded,
        text=written.text,
        tokens=written.tokens,
    )
    keep_names(tx, id_, written, place.group, root=place.thread is None)
    post = _post(tx, id_, place, written, draft.quotes)
    data = record_published(tx, viewer, post, written.topics, written.mentions)
    if place.thread is not None:
        _count_reply(tx, viewer, place.thread, place)
    return Reply(msgspec.Raw(data), subject=id_)


def keep_names(tx: Tx, post: int, written: Written, group: GroupCard, *, root: bool) -> None:
    """Enter whom and what a post names, so that their timelines find it."""
    of_post = {"post_id": post, "group_id": group.id, "root": root, "open": group.kind in OPEN_KINDS}
    if written.mentions:
        tx.hot_many(_MENTION, [{"actor_id": actor, **of_post} for actor in written.mentions])
    if written.topics:
        tx.hot_many(_TOPIC, [{"topic": topic, **of_post} for topic in written.topics])


def place_of(tx: Tx, viewer: Viewer, draft: Publish) -> Place:
    """Where a draft goes. Raises Invalid on `group`, NotFound, and Conflict `archived`."""
    if draft.reply_to is None:
        if draft.group is None and not viewer.employee:
            raise Invalid("Name the group; guests do not speak to everyone.", field="group")
        return place_in_group(tx, viewer, ALL if draft.group is None else draft.group)
    place = place_in_thread(tx, viewer, draft.reply_to)
    # Asked for as the viewer, so that a wrong guess says nothing about a group that they may not see.
    if draft.group is not None and place_in_group(tx, viewer, draft.group).group.id != place.group.id:
        raise Invalid("A reply goes to the group of its thread.", field="group")
    return place


def _check_quote(tx: Tx, viewer: Viewer, quotes: int) -> None:
    try:
        find_post(tx, viewer, quotes, "shown")
    except NotFound:
        raise Invalid("There is no such post to quote.", field="quotes") from None


def _post(tx: Tx, id_: int, place: Place, written: Written, quotes: int | None) -> Post:
    start = _folded.decode(written.folded) if written.folded else None
    return Post(
        id=id_,
        kind="post",
        author=place.author,
        group=place.group,
        thread=place.thread or id_,
        reply_to=place.reply_to,
        text=start.text if start else written.text,
        tokens=encoded(start.tokens if start else written.tokens),
        files=[],
        mentions=written.mentions,
        topics=written.topics,
        reactions={},
        replies=0,
        created_at=rfc3339(tx.now),
        folded=start is not None,
        length=start.length if start else None,
        quotes=quotes,
    )


def _count_reply(tx: Tx, viewer: Viewer, root: int, place: Place) -> None:
    [(replies, author, topics, mentioned)] = tx.hot(_COUNT_REPLY, root=root)
    channels = audience(
        place.group.id, place.group.kind, author, _names.decode(topics), _ids.decode(mentioned), root
    )
    record_replied(tx, viewer, root, place.group.id, replies, channels)
