"""The words that mean someone or something: `@handle` and `#topic`, in any script.

A word is made of letters, digits, `_` and the marks that a script writes above or between its letters; the regular
expression's word character leaves the marks out and would cut `#हिन्दी` after its first letter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

import msgspec

from microblog.core.handles import LONGEST, handle_key

LONGEST_TOPIC = 100
"""Characters of a topic; what is longer is a word with a `#` before it."""

LONGEST_KEY = 200
"""Characters of a topic as compared, which may be more (`ﷺ` becomes eighteen); the columns hold as many."""

_AT = re.compile(r"@(?=[^\W_])")
_HANDLE = re.compile(r"[^\W_](?:[\w.\-]*\w)?")
_TOPIC = re.compile(r"\w(?:[\w\-]*\w)?")
_JOINERS = "\u200c\u200d"
_HANDLE_JOINERS = ".-" + _JOINERS
_TOPIC_JOINERS = "-" + _JOINERS
_READINGS = 4


class Person(msgspec.Struct, frozen=True, gc=False):
    """Who a handle is, to the author of a text."""

    id: int
    handle: str


People = Mapping[str, Person]
"""Persons by the key of their handle (`core.handles`)."""


def topic_key(name: str) -> str:
    """A topic as it is compared, without `#`: `#Python` and `#python` are one."""
    name = name.removeprefix("#")
    if name.isascii():
        return name.lower()
    name = unicodedata.normalize("NFKC", name).casefold()
    return unicodedata.normalize("NFKC", name)


def handles(text: str) -> set[str]:
    """The keys of every handle that `text` may mention: whom to look up before it is parsed.

    Some will turn out to stand in code or in an address; looking them up as well costs less than parsing twice.
    """
    if "@" not in text:
        return set()
    starts = [at.end() for at in _AT.finditer(text)]
    written = {text[start:end] for start in starts for end in readings(text, start, handle_end(text, start))}
    return set(map(handle_key, written))


def handle_end(text: str, start: int) -> int:
    """Where the handle that begins at `start` ends; `start` itself where none does. A final `.` is the sentence's."""
    return _end(_HANDLE, text, start, _HANDLE_JOINERS, LONGEST)


def readings(text: str, start: int, end: int) -> Iterator[int]:
    """Where the handle could end, the longest reading first: `@ada_` in `_@ada_` is Ada, unless there is an `ada_`."""
    for _ in range(_READINGS):
        if end <= start:
            return
        yield end
        end = max(text.rfind(joiner, start, end) for joiner in "._-")
        while end > start and text[end - 1] in "._-":
            end -= 1


def topic_end(text: str, start: int) -> int:
    """Where the topic that begins at `start` ends; `start` where none does. `#123` is a number, not a topic."""
    end = _end(_TOPIC, text, start, _TOPIC_JOINERS, LONGEST_TOPIC)
    return end if any(char.isalpha() for char in text[start:end]) else start


def wordy(char: str) -> bool:
    """Whether a word may hold this character."""
    return char.isalnum() or char == "_" or unicodedata.category(char)[0] == "M"


def _end(plain: re.Pattern[str], text: str, start: int, joiners: str, longest: int) -> int:
    # The pattern knows most words; only where it stops at something that is not ASCII could the word go on.
    word = plain.match(text, start)
    end = word.end() if word else start
    while end < len(text) and not text[end].isascii() and end - start <= longest:
        further = end
        while further < len(text) and text[further] in joiners:
            further += 1
        if further == len(text) or further == start or not wordy(text[further]):
            break
        further += 1
        word = plain.match(text, further)
        end = word.end() if word else further
    return end if end - start <= longest else start
