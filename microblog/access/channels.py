"""What a connection hears: the channels of DESIGN section 5, by who is listening."""

from __future__ import annotations

from sqlalchemy import bindparam, column, select, table

from microblog.access.gates import readable_groups
from microblog.access.tables import follows, groups, memberships, topic_follows
from microblog.core.viewer import Viewer
from microblog.db import Hot, Tx

EVERYONE = "all"
"""Heard by every employee and by no guest: what only employees may know travels here."""

_posts = table("posts", column("id"), column("group_id"))
"""All that access knows of a post: in which group it is. (The table belongs to a slice above this one.)"""

_GROUPS = Hot(select(memberships.c.group_id).where(memberships.c.actor_id == bindparam("viewer")))
_AUTHORS = Hot(select(follows.c.author_id).where(follows.c.follower_id == bindparam("viewer")))
_TOPICS = Hot(select(topic_follows.c.topic).where(topic_follows.c.follower_id == bindparam("viewer")))


def channels_of(tx: Tx, viewer: Viewer) -> frozenset[str]:
    """The channels that a viewer hears unasked: everyone's, their groups, what they follow, and their own."""
    mine = [f"person:{viewer.id}"]
    mine += [f"group:{group}" for (group,) in tx.hot(_GROUPS, viewer=viewer.id)]
    if viewer.employee:
        mine.append(EVERYONE)
        mine += [f"author:{author}" for (author,) in tx.hot(_AUTHORS, viewer=viewer.id)]
        mine += [f"topic:{topic}" for (topic,) in tx.hot(_TOPICS, viewer=viewer.id)]
    return frozenset(mine)


def may_hear(tx: Tx, viewer: Viewer, channel: str) -> bool:
    """Whether a viewer may listen to this channel now. False for what does not exist, as for what they may not hear."""
    kind, _, name = channel.partition(":")
    if kind in ("all", "author", "topic"):
        return viewer.employee and bool(name) == (kind != "all")
    if not (name.isascii() and name.isdigit() and len(name) <= 16):
        return False
    number = int(name)
    if kind == "person":
        return number == viewer.id
    readable = readable_groups(viewer)
    if kind == "group":
        return (
            tx.execute(select(groups.c.id).where(groups.c.id == number, groups.c.id.in_(readable))).first()
            is not None
        )
    if kind == "thread":
        found = select(_posts.c.id).where(_posts.c.id == number, _posts.c.group_id.in_(readable))
        return tx.execute(found).first() is not None
    return False
