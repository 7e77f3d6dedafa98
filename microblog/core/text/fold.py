"""Long texts, cut for events and lists. `GET /posts/{id}` and the thread give them whole."""

from __future__ import annotations

import unicodedata

FOLD = 4096
"""Bytes of UTF-8 that events and lists show of a text."""

_ZERO_WIDTH_JOINER = "\u200d"


def fold(text: str) -> str | None:
    """The beginning of a text that is longer than FOLD bytes, None where it is not.

    Cut before whitespace, so that no address, mention or topic is cut in two and means another. In a text without any,
    the cut falls between two characters as a reader counts them, and the caller must not look for meaning in it.
    """
    if len(text) <= FOLD // 4:
        return None
    encoded = text.encode()
    if len(encoded) <= FOLD:
        return None
    start = encoded[:FOLD].decode(errors="ignore")
    if text[len(start)].isspace():
        return start
    for at in range(len(start) - 1, 0, -1):
        if start[at].isspace():
            return start[:at]
    return _whole_characters(text, len(start))


def whole_words(text: str, start: str) -> bool:
    """Whether `start`, cut from `text`, ends where a word does."""
    return text[len(start)].isspace()


def _whole_characters(text: str, end: int) -> str:
    while end > 1 and (
        unicodedata.category(text[end])[0] == "M" or _ZERO_WIDTH_JOINER in text[end - 1 : end + 1]
    ):
        end -= 1
    return text[:end]
