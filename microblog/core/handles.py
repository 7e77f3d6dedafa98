"""Handles: how people, bots and groups are named in text and addresses, and when two names are the same.

Three forms. The handle is shown as it was chosen. Its *key* is what is compared, so that `@ADA` finds Ada: NFKC, then
case-folded (Unicode Standard Annex 15; section 3.13). Its *shape* is what an eye compares: letters of Cyrillic and Greek
that are drawn like Latin ones fall together (after Unicode Technical Standard 39, section 4), so that nobody can join as
another person's twin. Shapes within Latin are left alone: `bobl` and `bob1` may both work here.
"""

from __future__ import annotations

import unicodedata

LONGEST = 64
"""Characters of a handle; the columns hold as many."""

_DRAWN_ALIKE = str.maketrans(
    # Cyrillic: those alike in small letters, then those alike only as capitals (КВМНТ).
    "аеорсухіјѕһԁԛԝӏ"
    "квмнт"
    # Greek, by their capitals: ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ.
    "αβεζηικμνορτυχ"
    # Latin letters that are hard to tell from plain ones.
    "ıɑɡ",
    "aeopcyxijshdqwlkbmhtabezhikmnoptyxiag",
)


def handle_key(handle: str) -> str:
    """The handle as it is compared: `ＡＤＡ`, `ADA` and `ada` are one."""
    if handle.isascii():
        return handle.lower()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", handle).casefold())


def handle_shape(handle: str) -> str:
    """The handle as it looks: equal for two that a reader could take for each other across alphabets."""
    return handle_key(handle).translate(_DRAWN_ALIKE)


def well_formed(handle: str) -> bool:
    """Whether this can be a handle at all: letters and digits of any script with `.`, `-`, `_` between them.

    It begins with a letter or digit and does not end with `.` or `-`, so that `@ada.` at the end of a sentence is Ada.
    """
    key = handle_key(handle)
    return (
        0 < len(handle) <= LONGEST
        and 0 < len(key) <= LONGEST
        and all(_in_words(char) or char in ".-" for char in handle + key)
        and key[0].isalnum()
        and key[-1] not in ".-"
    )


def mixes_alphabets(handle: str) -> bool:
    """Whether Latin, Cyrillic and Greek letters stand beside each other, as in `аda` with a Cyrillic `а`."""
    alphabets = {
        unicodedata.name(letter, "").split(" ", 1)[0] for letter in handle_key(handle) if letter.isalpha()
    }
    return len(alphabets & {"LATIN", "CYRILLIC", "GREEK"}) > 1


def _in_words(char: str) -> bool:
    # Marks are parts of letters in the scripts that have them: without them `हिन्दी` is no word.
    return char.isalnum() or char == "_" or unicodedata.category(char)[0] == "M"
