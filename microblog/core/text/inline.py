"""The tokens within a line or paragraph, found in one pass.

Hostile text must cost what other text costs. So nothing is looked for twice: each kind of emphasis is open at most once
at a time, which bounds depth and work; runs of backticks are indexed; whatever turns out not to be an address is passed
over whole. A Markdown parser with back-tracking lists of delimiters was not needed for four marks.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable

from microblog.core.handles import handle_key
from microblog.core.text import links
from microblog.core.text.tokens import Break, Code, Em, Inline, Link, Mention, Strong, Text, Topic
from microblog.core.text.words import LONGEST_KEY, People, handle_end, readings, topic_end, topic_key, wordy

SPECIAL = re.compile(r"[`*_@#\[\\:\n]")
"""Where something other than plain text may begin. A set of characters is searched four times faster than alternatives."""

_SPECIAL_OR_WWW = re.compile(r"[`*_@#\[\\:\n]|(?i:www\.)")
_TICKS = re.compile("`+")
_RUN = re.compile(r"\*+|_+")
_MARKS = {"*": ("*",), "_": ("_",), "**": ("**",), "***": ("**", "*")}
_ESCAPABLE = "`*_@#["


class Found:
    """What the whole text mentions, in order, each once."""

    __slots__ = ("mentions", "people", "topics")

    def __init__(self, people: People) -> None:
        self.people = people
        self.mentions: dict[int, None] = {}
        self.topics: dict[str, None] = {}


def inline(text: str, found: Found) -> list[Inline]:
    """The inline tokens of a paragraph, item or line."""
    special = _SPECIAL_OR_WWW if "www." in text.lower() else SPECIAL
    return [Text(text)] if not special.search(text) else _Reader(text, found).read(special)


class _Frame:
    """An emphasis that was opened, with what has been read inside it; strings are text."""

    __slots__ = ("mark", "parts")

    def __init__(self, mark: str) -> None:
        self.mark = mark
        self.parts: list[str | Inline] = []


class _Reader:
    """Each method reads what begins at `start` and answers where to look on; `done` is what has become tokens already."""

    def __init__(self, text: str, found: Found) -> None:
        self.text = text
        self.found = found
        self.done = 0
        self.frames = [_Frame("")]
        self.ticks: dict[int, list[int]] | None = None

    def read(self, special: re.Pattern[str]) -> list[Inline]:
        at = 0
        while next_one := special.search(self.text, at):
            start = next_one.start()
            at = _READERS[self.text[start]](self, start)
        self.plain(len(self.text))
        while len(self.frames) > 1:
            self.give_up()
        return _joined(self.frames[0].parts)

    def plain(self, end: int) -> None:
        """Everything up to `end` is text."""
        if end > self.done:
            self.frames[-1].parts.append(self.text[self.done : end])
            self.done = end

    def put(self, start: int, token: Inline, end: int) -> int:
        self.plain(start)
        self.frames[-1].parts.append(token)
        self.done = end
        return end

    def line_break(self, start: int) -> int:
        return self.put(start, Break(), start + 1)

    def escape(self, start: int) -> int:
        # Only what would be a mark is escaped: `\\server\share` and `C:\Users` are meant as they stand.
        escaped = self.text[start + 1 : start + 2]
        if not escaped or escaped not in _ESCAPABLE:
            return start + 1
        self.plain(start)
        self.done = start + 1
        return start + 2

    def code(self, start: int) -> int:
        after = _TICKS.match(self.text, start)
        assert after is not None
        end = after.end()
        close = self.next_ticks(end - start, end)
        if close < 0:
            return end
        code = self.text[end:close].replace("\n", " ")
        if len(code) > 2 and code[0] == code[-1] == " " and not code.isspace():
            code = code[1:-1]
        return self.put(start, Code(code), close + end - start)

    def next_ticks(self, length: int, start: int) -> int:
        """Where the next run of exactly so many backticks begins, or -1."""
        if self.ticks is None:
            self.ticks = {}
            for run in _TICKS.finditer(self.text, start):
                self.ticks.setdefault(run.end() - run.start(), []).append(run.start())
        starts = self.ticks.get(length, [])
        at = bisect_left(starts, start)
        return starts[at] if at < len(starts) else -1

    def emphasis(self, start: int) -> int:
        run = _RUN.match(self.text, start)
        assert run is not None
        end = run.end()
        marks = _MARKS.get(run.group())
        if marks is None:
            return end
        before = self.text[start - 1] if start else " "
        after = self.text[end] if end < len(self.text) else " "
        # Within a word only `**` counts: scripts without spaces need it, and 2*3*4 or snake_case do not mean emphasis.
        within = "**" in marks
        if not before.isspace() and (within or not after.isalnum()):
            closed = [mark for mark in marks if self.is_open(mark)]
            if closed:
                return self.close_all(start, closed, end)
        if not after.isspace() and (within or not before.isalnum()) and not any(map(self.is_open, marks)):
            self.plain(start)
            self.frames.extend(map(_Frame, marks))
            self.done = end
        return end

    def is_open(self, mark: str) -> bool:
        return any(frame.mark == mark for frame in self.frames)

    def close_all(self, start: int, marks: list[str], end: int) -> int:
        self.plain(start)
        for mark in sorted(marks, key=[frame.mark for frame in self.frames].index, reverse=True):
            while self.frames[-1].mark != mark:
                self.give_up()
            frame = self.frames.pop()
            token = Strong if mark == "**" else Em
            self.frames[-1].parts.append(token(_joined(frame.parts)))
        # A `***` that closes only one of the two leaves the rest as text.
        self.done = start + sum(map(len, marks))
        return end

    def give_up(self) -> None:
        """The innermost emphasis was never closed: its mark was text."""
        frame = self.frames.pop()
        self.frames[-1].parts.append(frame.mark)
        self.frames[-1].parts.extend(frame.parts)

    def labelled(self, start: int) -> int:
        link = links.LABELLED.match(self.text, start)
        if link is None:
            return start + 1
        label, address = link.groups()
        url = links.target(address)
        # A label that looks like an address could show one place and lead to another.
        if url is None or "://" in label or "www." in label.lower():
            return start + 1
        return self.put(start, Link(url, label), link.end())

    def colon(self, at: int) -> int:
        if not self.text.startswith("//", at + 1):
            return at + 1
        scheme = links.SCHEME.search(self.text, max(self.done, at - 5), at)
        return self.address(scheme.start()) if scheme else at + 3

    def address(self, start: int) -> int:
        address = links.ADDRESS.match(self.text, start)
        assert address is not None
        if self.before(start).isalnum():
            return address.end()
        end = links.address_end(self.text, start, address.end(), "_" if self.is_open("_") else "")
        url = links.web(self.text[start:end])
        if url is None:
            return address.end()
        return self.put(start, Link(url, self.text[start:end]), end)

    def before(self, start: int) -> str:
        """The character before, a space where that became a token or an opened mark."""
        return self.text[start - 1] if start > self.done else " "

    def at_sign(self, start: int) -> int:
        before = self.before(start)
        if wordy(before):
            return self.mail(start)
        end = handle_end(self.text, start + 1)
        if end == start + 1:
            return end
        if before in "@/\\" or self.text[end : end + 1] == "@":
            return end
        for read in readings(self.text, start + 1, end):
            person = self.found.people.get(handle_key(self.text[start + 1 : read]))
            if person is not None:
                self.found.mentions[person.id] = None
                return self.put(start, Mention(person.id, person.handle, self.text[start:read]), read)
        return start + 1

    def mail(self, at: int) -> int:
        mail = links.mail(self.text, self.done, at)
        if mail is None:
            return at + 1
        start, end = mail
        return self.put(start, Link("mailto:" + self.text[start:end], self.text[start:end]), end)

    def topic(self, start: int) -> int:
        before = self.before(start)
        end = topic_end(self.text, start + 1)
        if end == start + 1 or wordy(before) or before in "#&/":
            return max(end, start + 1)
        name = topic_key(self.text[start + 1 : end])
        if len(name) > LONGEST_KEY:
            return end
        self.found.topics[name] = None
        return self.put(start, Topic(name, self.text[start:end]), end)


_READERS: dict[str, Callable[[_Reader, int], int]] = {
    "\n": _Reader.line_break,
    "\\": _Reader.escape,
    "`": _Reader.code,
    "*": _Reader.emphasis,
    "_": _Reader.emphasis,
    "[": _Reader.labelled,
    "@": _Reader.at_sign,
    "#": _Reader.topic,
    ":": _Reader.colon,
    "w": _Reader.address,
    "W": _Reader.address,
}


def _joined(parts: list[str | Inline]) -> list[Inline]:
    """Neighbouring strings become one text token."""
    tokens: list[Inline] = []
    words: list[str] = []
    for part in parts:
        if isinstance(part, str):
            words.append(part)
            continue
        if words:
            tokens.append(Text("".join(words)))
            words.clear()
        tokens.append(part)
    if words:
        tokens.append(Text("".join(words)))
    return tokens
