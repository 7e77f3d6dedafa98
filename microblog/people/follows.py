"""Following people and topics: it changes what one's connections hear, in order with everything else."""

from __future__ import annotations

from sqlalchemy import delete, insert, select

from microblog.access.gates import visible_people
from microblog.access.tables import actors, follows, topic_follows
from microblog.core.errors import Forbidden, Invalid, NotFound
from microblog.core.handles import handle_key
from microblog.core.text import topic_key
from microblog.core.text.words import topic_end
from microblog.core.viewer import Viewer
from microblog.core.wire import encode
from microblog.db import Tx
from microblog.journal import Control, Event, record
from microblog.people.model import Following


def follow_person(tx: Tx, viewer: Viewer, handle: str) -> None:
    """Hear what somebody says wherever every employee may. Raises NotFound, Forbidden for guests, Invalid for oneself."""
    author = _author(tx, viewer, handle)
    known = select(follows.c.author_id).where(
        follows.c.follower_id == viewer.id, follows.c.author_id == author
    )
    if tx.execute(known).first() is None:
        tx.execute(insert(follows).values(follower_id=viewer.id, author_id=author, at=tx.now))
        _record(tx, viewer, {"person": author, "following": True}, add=f"author:{author}")


def unfollow_person(tx: Tx, viewer: Viewer, handle: str) -> None:
    """No longer hear somebody's words for their sake. Raises NotFound, Forbidden for guests."""
    author = _author(tx, viewer, handle)
    gone = delete(follows).where(follows.c.follower_id == viewer.id, follows.c.author_id == author)
    if tx.execute(gone).rowcount:
        _record(tx, viewer, {"person": author, "following": False}, drop=f"author:{author}")


def follow_topic(tx: Tx, viewer: Viewer, name: str) -> None:
    """Hear what is said about a topic wherever every employee may. Raises Invalid, Forbidden for guests."""
    topic = _topic(viewer, name)
    known = select(topic_follows.c.topic).where(
        topic_follows.c.follower_id == viewer.id, topic_follows.c.topic == topic
    )
    if tx.execute(known).first() is None:
        tx.execute(insert(topic_follows).values(follower_id=viewer.id, topic=topic, at=tx.now))
        _record(tx, viewer, {"topic": topic, "following": True}, add=f"topic:{topic}")


def unfollow_topic(tx: Tx, viewer: Viewer, name: str) -> None:
    """No longer hear a topic. Raises Invalid, Forbidden for guests."""
    topic = _topic(viewer, name)
    gone = delete(topic_follows).where(
        topic_follows.c.follower_id == viewer.id, topic_follows.c.topic == topic
    )
    if tx.execute(gone).rowcount:
        _record(tx, viewer, {"topic": topic, "following": False}, drop=f"topic:{topic}")


def followed(tx: Tx, viewer: Viewer) -> Following:
    """Everyone and everything that the viewer follows."""
    people = tx.execute(
        select(follows.c.author_id).where(follows.c.follower_id == viewer.id).order_by(follows.c.author_id)
    ).scalars()
    topics = tx.execute(
        select(topic_follows.c.topic)
        .where(topic_follows.c.follower_id == viewer.id)
        .order_by(topic_follows.c.topic)
    ).scalars()
    return Following(people=list(people), topics=list(topics))


def _author(tx: Tx, viewer: Viewer, handle: str) -> int:
    if not viewer.employee:
        raise Forbidden("Following is for colleagues.")
    found: int | None = tx.execute(
        select(actors.c.id).where(
            actors.c.handle_key == handle_key(handle), actors.c.id.in_(visible_people(viewer))
        )
    ).scalar()
    if found is None:
        raise NotFound("There is no such person.")
    if found == viewer.id:
        raise Invalid("Your own words are in your timeline already.", field="handle")
    return found


def _topic(viewer: Viewer, name: str) -> str:
    if not viewer.employee:
        raise Forbidden("Following is for colleagues.")
    word = name.removeprefix("#")
    # What could not be written as a topic can not be followed: channels are kept in a list that blanks separate.
    if not word or topic_end(word, 0) != len(word):
        raise Invalid("A topic is one word of letters, digits, - and _, with a letter in it.", field="name")
    return topic_key(word)


def _record(tx: Tx, viewer: Viewer, data: dict[str, object], add: str = "", drop: str = "") -> None:
    control = Control(
        add=((viewer.id, add),) if add else (),
        drop=((viewer.id, drop),) if drop else (),
    )
    record(
        tx,
        Event(
            type="mine.changed",
            actor=viewer.id,
            via=viewer.via,
            subject_kind="person",
            subject_id=viewer.id,
            channels=(f"person:{viewer.id}",),
            data=encode(data),
            control=control,
        ),
    )
