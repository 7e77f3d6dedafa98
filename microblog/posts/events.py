"""What happened to a post, and who hears of it (DESIGN section 5)."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import msgspec

from microblog.access import ALL, EVERYONE
from microblog.access.gates import OPEN_KINDS
from microblog.core.viewer import Viewer
from microblog.core.wire import encode
from microblog.db import Tx
from microblog.journal import Control, Event, heard, record
from microblog.posts.model import GroupId, Mine, MineChanged, Post, Reacted, ReadChanged, ReadMark, Replied


def audience(
    group: int,
    kind: str,
    author: int,
    topics: Iterable[str],
    mentions: Iterable[int],
    thread: int | None = None,
) -> tuple[str, ...]:
    """The channels of an event about a post.

    In a closed group that is the group's own, without the thread's: its members hear the group anyway, and somebody who
    was removed while watching a thread must not hear on.
    """
    if kind not in OPEN_KINDS:
        return (f"group:{group}",)
    channels = [EVERYONE if group == ALL else f"group:{group}", f"author:{author}"]
    channels += [f"topic:{topic}" for topic in topics]
    channels += [f"person:{person}" for person in mentions]
    if thread is not None:
        channels.append(f"thread:{thread}")
    return tuple(channels)


def record_published(
    tx: Tx, viewer: Viewer, post: Post, topics: Collection[str], mentions: Collection[int]
) -> bytes:
    """`post.published`; answers the encoded post, which is the response as well."""
    thread = post.thread if post.reply_to is not None else None
    channels = audience(post.group.id, post.group.kind, post.author.id, topics, mentions, thread)
    return _record(tx, viewer, "post.published", post.id, channels, encode(post))


def record_changed(tx: Tx, viewer: Viewer, kind: str, before: Post, after: Post) -> bytes:
    """`post.revised`, `post.withdrawn` or `post.erased`, to whoever ever heard of the post or is named in it now: also to
    those whom an earlier revision no longer names, who may have it on their screens still.

    It takes the place of everything that the journal holds of the post: a replay never hands out what is gone.
    """
    old, new = _named(before), _named(after)
    channels = audience(
        after.group.id,
        after.group.kind,
        after.author.id,
        dict.fromkeys((*old.topics, *new.topics)),
        dict.fromkeys((*old.mentions, *new.mentions)),
        after.thread,
    )
    if after.group.kind in OPEN_KINDS:
        channels = tuple(dict.fromkeys((*channels, *sorted(heard(tx, "post", after.id)))))
    return _record(tx, viewer, kind, after.id, channels, encode(after), Control(rewrite=True))


def record_reacted(tx: Tx, viewer: Viewer, post: Post, reactions: dict[str, int]) -> bytes:
    """`post.reacted`: every count, absolute."""
    named = _named(post)
    channels = audience(
        post.group.id, post.group.kind, post.author.id, named.topics, named.mentions, post.thread
    )
    data = Reacted(post.id, post.thread, GroupId(post.group.id), reactions)
    return _record(tx, viewer, "post.reacted", post.id, channels, encode(data))


def record_replied(
    tx: Tx, viewer: Viewer, root: int, group: int, replies: int, channels: tuple[str, ...]
) -> None:
    """`post.replied`, about the first post of a thread."""
    _record(tx, viewer, "post.replied", root, channels, encode(Replied(root, GroupId(group), replies)))


def record_mine(tx: Tx, viewer: Viewer, post: int, mine: Mine) -> None:
    """`mine.changed`, to the viewer's other screens."""
    _record_own(tx, viewer, encode(MineChanged(post, mine.reactions, mine.bookmarked)))


def record_read(tx: Tx, viewer: Viewer, mark: ReadMark) -> None:
    """`mine.changed`, for how far the viewer has read."""
    _record_own(tx, viewer, encode(ReadChanged(mark)))


class _Named(msgspec.Struct, frozen=True, gc=False):
    """Whom and what a post names."""

    topics: list[str]
    mentions: list[int]


def _named(post: Post) -> _Named:
    # Rows hold them as JSON that is ready to be sent; here they are needed as what they say.
    return _named_decoder.decode(encode({"topics": post.topics, "mentions": post.mentions}))


_named_decoder = msgspec.json.Decoder(_Named)


def _record(
    tx: Tx,
    viewer: Viewer,
    kind: str,
    post: int,
    channels: tuple[str, ...],
    data: bytes,
    control: Control | None = None,
) -> bytes:
    record(tx, Event(kind, viewer.id, viewer.via, "post", post, channels, data, control))
    return data


def _record_own(tx: Tx, viewer: Viewer, data: bytes) -> None:
    own = (f"person:{viewer.id}",)
    record(tx, Event("mine.changed", viewer.id, viewer.via, "person", viewer.id, own, data))
