"""What an author sent, made ready to be kept: checked, parsed with the people they may mention, folded where long."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import msgspec
from sqlalchemy import bindparam, select

from microblog.access import visible_people
from microblog.access.tables import actors
from microblog.core.errors import Invalid, TooLarge
from microblog.core.text import Person, clean, fold, handles, parse
from microblog.core.text.fold import whole_words
from microblog.core.text.tokens import Paragraph, Text
from microblog.core.text.words import People
from microblog.core.viewer import Viewer
from microblog.core.wire import encode
from microblog.db import Hot, Tx
from microblog.posts.model import LONGEST_TEXT, MOST_MENTIONS, MOST_TOPICS, Folded


class Checked(msgspec.Struct, frozen=True, gc=False):
    """A text that can be kept, and its length in bytes of UTF-8."""

    text: str
    length: int


class Written(msgspec.Struct, frozen=True, gc=False):
    """A text as it is kept. `tokens` and `folded` are JSON."""

    text: str
    tokens: str
    folded: str | None
    mentions: list[int]
    topics: list[str]


def write_down(tx: Tx, viewer: Viewer, text: str, *, open_group: bool) -> Written:
    """Check and parse a text. Raises Invalid and TooLarge on `text`.

    In an open group guests can not be mentioned: they would be told of what they may not see.
    """
    checked = check(text)
    return write(checked, people(tx, viewer, sorted(handles(checked.text)), colleagues=open_group))


def check(text: str) -> Checked:
    """Whether this can be kept at all. Raises Invalid and TooLarge on `text`."""
    text = clean(text, "text")
    if not text or text.isspace():
        raise Invalid("Say something.", field="text")
    length = len(text) if text.isascii() else len(text.encode())
    if length > LONGEST_TEXT:
        raise TooLarge(
            f"A text may have at most {LONGEST_TEXT} bytes in UTF-8; this one has {length}.", field="text"
        )
    return Checked(text, length)


def write(checked: Checked, people: People) -> Written:
    """Parse a text with the people it may mention."""
    parsed = parse(checked.text, people)
    return Written(
        text=checked.text,
        tokens=encode(parsed.tokens).decode(),
        folded=_folded(checked, people),
        mentions=parsed.mentions[:MOST_MENTIONS],
        topics=parsed.topics[:MOST_TOPICS],
    )


def _folded(checked: Checked, people: People) -> str | None:
    text = checked.text
    start = fold(text)
    if start is None:
        return None
    tokens = parse(start, people).tokens if whole_words(text, start) else [Paragraph([Text(start)])]
    return encode(Folded(start, msgspec.Raw(encode(tokens)), checked.length)).decode()


def people(tx: Tx, viewer: Viewer, keys: Sequence[str], *, colleagues: bool) -> dict[str, Person]:
    """Whom these handles name, as far as the author may see them. In pieces: a text may name thousands."""
    found: dict[str, Person] = {}
    for start in range(0, len(keys), _MOST):
        part = keys[start : start + _MOST]
        if viewer.employee:
            size = 1 << (len(part) - 1).bit_length()
            filled = [*part, *[part[0]] * (size - len(part))]
            parameters = {f"key_{at}": key for at, key in enumerate(filled)}
            rows = tx.hot(_named(size, colleagues), **parameters)
        else:
            visible = select(actors.c.handle_key, actors.c.id, actors.c.handle).where(
                actors.c.handle_key.in_(part), actors.c.id.in_(visible_people(viewer))
            )
            rows = [tuple(row) for row in tx.execute(visible)]
        found |= {key: Person(id_, handle) for key, id_, handle in rows}
    return found


_MOST = 256


@lru_cache
def _named(size: int, colleagues: bool) -> Hot:
    keys = [bindparam(f"key_{at}", type_=actors.c.handle_key.type) for at in range(size)]
    named = select(actors.c.handle_key, actors.c.id, actors.c.handle).where(actors.c.handle_key.in_(keys))
    return Hot(named.where(actors.c.kind != "guest") if colleagues else named)
