"""Blocks: paragraphs, quotes, lists and code. A subset of Markdown in which a line break is a line break."""

from __future__ import annotations

import re

import msgspec

from microblog.core.text.inline import Found, inline
from microblog.core.text.tokens import Block, CodeBlock, Item, List, Paragraph, Quote
from microblog.core.text.words import People

DEEPEST_QUOTE = 4
DEEPEST_ITEM = 3

_FENCE = re.compile(r" {0,3}(`{3,})([^`]*)\Z")
_QUOTED = re.compile(r" {0,3}>(?: |(?=>)|\Z)")
_ITEM = re.compile(r"([ \t]*)([-*+•]|\d{1,3}[.)])[ \t]+(?=\S)")
_CONTINUED = re.compile(r"[ \t]{2,}(?=\S)")
_OPENS = re.compile(r" {0,3}(?:`{3}|>(?: |>|\Z)|(?:[-*+•]|\d{1,3}[.)])[ \t]+\S)")


class Parsed(msgspec.Struct, frozen=True):
    """A text's tokens, the ids of the actors it mentions and the names of its topics, in order, each once."""

    tokens: list[Block]
    mentions: list[int]
    topics: list[str]


def parse(text: str, people: People) -> Parsed:
    """Parse `text`, which `people` are known to. Never raises; takes time in proportion to the length."""
    found = Found(people)
    tokens = _blocks(text.split("\n"), found, 0)
    return Parsed(tokens, list(found.mentions), list(found.topics))


def _blocks(lines: list[str], found: Found, depth: int) -> list[Block]:
    blocks: list[Block] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        if not line or line.isspace():
            at += 1
        elif _FENCE.match(line):
            at = _code(lines, at, blocks)
        elif depth < DEEPEST_QUOTE and _QUOTED.match(line):
            at = _quote(lines, at, blocks, found, depth)
        elif _OPENS.match(line) and _ITEM.match(line):
            at = _list(lines, at, blocks, found)
        else:
            at = _paragraph(lines, at, blocks, found)
    return blocks


def _code(lines: list[str], at: int, blocks: list[Block]) -> int:
    fence = _FENCE.match(lines[at])
    assert fence is not None
    ticks, language = fence.groups()
    start = at = at + 1
    while at < len(lines) and not _closes(lines[at], len(ticks)):
        at += 1
    blocks.append(CodeBlock("\n".join(lines[start:at]), language.strip()))
    return at + 1


def _closes(line: str, ticks: int) -> bool:
    line = line.strip()
    return len(line) >= ticks and not line.strip("`")


def _quote(lines: list[str], at: int, blocks: list[Block], found: Found, depth: int) -> int:
    quoted: list[str] = []
    while at < len(lines) and (mark := _QUOTED.match(lines[at])):
        quoted.append(lines[at][mark.end() :])
        at += 1
    inside = _blocks(quoted, found, depth + 1)
    if inside:
        blocks.append(Quote(inside))
    return at


def _list(lines: list[str], at: int, blocks: list[Block], found: Found) -> int:
    first = _ITEM.match(lines[at])
    assert first is not None
    ordered = first.group(2)[0].isdigit()
    items: list[tuple[list[str], int]] = []
    while at < len(lines):
        line = lines[at]
        if item := _ITEM.match(line):
            indent = len(item.group(1).expandtabs(4)) - len(first.group(1).expandtabs(4))
            if indent < 2 and item.group(2)[0].isdigit() is not ordered:
                break
            items.append(([line[item.end() :]], max(0, min(indent // 2, DEEPEST_ITEM))))
        elif _CONTINUED.match(line):
            items[-1][0].append(line.lstrip())
        else:
            break
        at += 1
    start = int(first.group(2)[:-1]) if ordered else 1
    blocks.append(
        List(ordered, [Item(inline("\n".join(said), found), level) for said, level in items], start)
    )
    return at


def _paragraph(lines: list[str], at: int, blocks: list[Block], found: Found) -> int:
    # The first line is taken whatever it is: nothing else wanted it.
    start = at
    at += 1
    while at < len(lines) and lines[at] and not lines[at].isspace() and not _OPENS.match(lines[at]):
        at += 1
    blocks.append(Paragraph(inline("\n".join(lines[start:at]), found)))
    return at
