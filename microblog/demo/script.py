"""Reads the conversations of the demo: plain text, so that whoever writes them thinks of people and not of syntax.

    @@ 2 di 09:15 sanne java      a post: two weeks ago on Tuesday, in the group java (`26h` and `40m`: that long ago)
    Its text, until the next mark.
    ++ like joost priya           reactions to what stands above; after `++ bookmark` those who keep it at hand
    >> 12m joost                  a reply to the post, 12 minutes after the line before it
    >>> 3m sanne                  a reply to the reply above
    ~~ 2m                         what stands above says this from two minutes later
    -- 10m                        it is withdrawn ten minutes later

Conversations that play live have no times: `@@ WHO GROUP`, `>> WHO`. Lines that begin with `#` before the first mark are
comments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

MINUTES = {"m": 1, "h": 60, "d": 24 * 60}
AWAKE = (7, 23)
"""Hours between which people write."""

NIGHT = timedelta(hours=8)

DAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")

_MARK = re.compile(r"(@@|>>>?|\+\+|~~|--) *(.*)")
_AGO = re.compile(r"(\d+)([mhd])")


class Unreadable(ValueError):
    """A conversation is written wrongly. The message names the file and the line."""


@dataclass
class Line:
    """Something said: a post or a reply, with what became of it. Times are None in a conversation that plays live."""

    who: str
    at: datetime | None
    answers: Line | None = None
    group: str = "all"
    text: str = ""
    reactions: list[tuple[str, str]] = field(default_factory=list)
    """`(reaction, who)`."""
    revision: tuple[datetime | None, str] | None = None
    withdrawn: datetime | None = None


def conversations(folder: Path, now: datetime) -> list[list[Line]]:
    """Every conversation in the `.txt` files of a folder, its post first. Raises Unreadable."""
    return [
        conversation
        for file in sorted(folder.glob("*.txt"))
        for conversation in _Reader(file.name, now).read(file.read_text("utf-8"))
    ]


class _Reader:
    def __init__(self, name: str, now: datetime) -> None:
        self._name = name
        self._now = now
        self._at: datetime | None = None
        self._conversation: list[Line] = []

    def read(self, text: str) -> Iterator[list[Line]]:
        for number, mark, words, body in _pieces(text):
            try:
                if mark == "@@" and self._conversation:
                    yield self._conversation
                    self._conversation = []
                self._take(mark, words, body)
            except (ValueError, IndexError) as error:
                raise Unreadable(f"{self._name}, line {number}: {mark} {' '.join(words)}: {error}") from error
        if self._conversation:
            yield self._conversation

    def _take(self, mark: str, words: list[str], body: str) -> None:
        if mark == "@@":
            *when, who, group = words
            self._at = _moment(when, self._now)
            self._conversation.append(Line(who=who, at=self._at, group=group, text=body))
            return
        above = self._conversation[-1]
        if mark == "++":
            above.reactions += [(words[0], who) for who in words[1:]]
        elif mark == "~~":
            above.revision = (self._later(words[0]) if words else None, body)
        elif mark == "--":
            above.withdrawn = self._later(words[0])
        else:
            *when, who = words
            self._at = self._later(when[0]) if when else None
            answers = above if mark == ">>>" else self._conversation[0]
            reply = Line(who=who, at=self._at, answers=answers, group=self._conversation[0].group, text=body)
            self._conversation.append(reply)

    def _later(self, words: str) -> datetime | None:
        return None if self._at is None else self._at + _span(words)


def _pieces(text: str) -> Iterator[tuple[int, str, list[str], str]]:
    """`(line number, mark, words after it, text below it)`."""
    found: list[tuple[int, str, list[str], list[str]]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if mark := _MARK.fullmatch(line):
            found.append((number, mark[1], mark[2].split(), []))
        elif found:
            found[-1][3].append(line)
    for number, mark_, words, lines in found:
        yield number, mark_, words, "\n".join(lines).strip()


def _moment(words: list[str], now: datetime) -> datetime | None:
    """`26h` before now, or `2 di 09:15`: Tuesday two weeks ago, in the zone of `now`; None when nothing is said.

    What would have been said at night, because it is early now, was said the evening before.
    """
    if not words:
        return None
    if len(words) == 1:
        that = now - _span(words[0])
        return that if AWAKE[0] <= that.hour < AWAKE[1] else that - NIGHT
    weeks, day, clock = words
    hour, minute = clock.split(":")
    monday = now - timedelta(days=now.weekday())
    that = monday - timedelta(weeks=int(weeks)) + timedelta(days=DAYS.index(day))
    return that.replace(hour=int(hour), minute=int(minute), second=17, microsecond=0)


def _span(words: str) -> timedelta:
    found = _AGO.fullmatch(words)
    if found is None:
        raise ValueError(f"{words} is no span of time such as 12m, 3h or 1d")
    return timedelta(minutes=int(found[1]) * MINUTES[found[2]])
