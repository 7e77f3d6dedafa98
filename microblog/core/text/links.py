"""Addresses in text. Only http, https and mailto become links, whatever else a text says."""

from __future__ import annotations

import re

SCHEME = re.compile(r"(?i:https?)\Z")
ADDRESS = re.compile(r"(?i:https?://|www\.)(?:\[[0-9A-Fa-f:.]+\])?[^\s<>\"`\[\]]*")
LABELLED = re.compile(r"\[([^\[\]\n]+)\]\(([^\s()<>\[\]]+(?:\([^\s()<>\[\]]*\)[^\s()<>\[\]]*)*)\)")
"""`[label](address)`. Neither part may hold a bracket, so that a text full of `[` is read once, not once for each."""

_WHOLE = re.compile(
    r"(?i:https?)://(?:[^\W_][^\s/?#@:\[\]\\<>\"'(),;!*|^{}%]*|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?(?:[/?#]\S*)?"
)
_MAIL_NAME = re.compile(r"[\w.+\-]+\Z")
_MAIL_HOST = re.compile(r"@[^\W_](?:[\w\-]{0,61}[^\W_])?(?:\.[^\W_](?:[\w\-]{0,61}[^\W_])?)+")
_MAIL = re.compile(r"(?i:mailto):([\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+)(?:\?\S*)?")

_LONGEST_MAIL_NAME = 64
_CLOSES = {")": "(", "]": "[", "}": "{"}
_TRAILING = ".,;:!?'\"*~|…’”»«“‘、。，！？；：」』）】"


def address_end(text: str, start: int, end: int, also: str) -> int:
    """Where an address ends within `start` and `end`: punctuation after it belongs to the sentence, and so does a closing
    bracket that was not opened inside it. `also` holds further characters that can not end it here."""
    balance = {
        close: text.count(opening, start, end) - text.count(close, start, end)
        for close, opening in _CLOSES.items()
    }
    while end > start:
        last = text[end - 1]
        if last in _CLOSES and balance[last] < 0:
            balance[last] += 1
        elif last not in _TRAILING and last not in also:
            break
        end -= 1
    return end


def web(address: str) -> str | None:
    """The URL that an address written in text stands for, or None where it is none: `www.x.nl` is `https://www.x.nl`."""
    if address[:4].lower() == "www.":
        if "." not in address[4:].strip("."):
            return None
        address = "https://" + address
    return address if _WHOLE.fullmatch(address) else None


def target(address: str) -> str | None:
    """The URL of a labelled link, or None where it may not be followed: `javascript:`, `data:`, a path of our own."""
    return address if _MAIL.fullmatch(address) else web(address)


def mail(text: str, least: int, at: int) -> tuple[int, int] | None:
    """Start and end of the e-mail address around the `@` at `at`, not before `least`, or None."""
    host = _MAIL_HOST.match(text, at)
    name = _MAIL_NAME.search(text, max(least, at - _LONGEST_MAIL_NAME), at)
    if host is None or name is None or text[name.start() - 1 : name.start()] == "@":
        return None
    return name.start(), host.end()
