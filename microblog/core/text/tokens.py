"""The tokens of a text, as the API sends them.

A text is an array of blocks; each object says its `type`:

    {"type":"paragraph","tokens":[inline…]}
    {"type":"quote","tokens":[block…]}                         at most four deep
    {"type":"list","ordered":bool,"start"?:int,"items":[{"tokens":[inline…],"level"?:1–3}…]}
    {"type":"code_block","text":"…","language"?:"python"}

and of inline tokens:

    {"type":"text","text":"…"}
    {"type":"break"}                                           the author's own line break
    {"type":"strong","tokens":[inline…]}   {"type":"em","tokens":[inline…]}
    {"type":"code","text":"…"}
    {"type":"link","url":"…","text":"…"}                       http, https or mailto; never another scheme
    {"type":"mention","id":7,"handle":"ada","text":"@Ada"}     an actor; the id stays when the handle changes
    {"type":"topic","name":"python","text":"#Python"}          `name` is the topic as compared
"""

from __future__ import annotations

import msgspec


class Text(msgspec.Struct, frozen=True, gc=False, tag="text"):
    """Words."""

    text: str


class Break(msgspec.Struct, frozen=True, gc=False, tag="break"):
    """A line break that the author made."""


class Code(msgspec.Struct, frozen=True, gc=False, tag="code"):
    """Something to be shown as it stands."""

    text: str


class Link(msgspec.Struct, frozen=True, gc=False, tag="link"):
    """An address that may be followed, and what was written for it."""

    url: str
    text: str


class Mention(msgspec.Struct, frozen=True, gc=False, tag="mention"):
    """An actor, by the id that stays and the handle of that day."""

    id: int
    handle: str
    text: str


class Topic(msgspec.Struct, frozen=True, gc=False, tag="topic"):
    """A topic as compared and as written."""

    name: str
    text: str


class Strong(msgspec.Struct, frozen=True, tag="strong"):
    """Words said loudly."""

    tokens: list[Inline]


class Em(msgspec.Struct, frozen=True, tag="em"):
    """Words said with a stress."""

    tokens: list[Inline]


Inline = Text | Break | Code | Link | Mention | Topic | Strong | Em


class Paragraph(msgspec.Struct, frozen=True, tag="paragraph"):
    """Lines that belong together."""

    tokens: list[Inline]


class CodeBlock(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, tag="code_block"):
    """Lines to be shown as they stand."""

    text: str
    language: str = ""


class Item(msgspec.Struct, frozen=True, omit_defaults=True):
    """One of a list; `level` is how deep it is indented."""

    tokens: list[Inline]
    level: int = 0


class List(msgspec.Struct, frozen=True, omit_defaults=True, tag="list"):
    """Items, numbered from `start` where `ordered`."""

    ordered: bool
    items: list[Item]
    start: int = 1


class Quote(msgspec.Struct, frozen=True, tag="quote"):
    """What somebody else said."""

    tokens: list[Block]


Block = Paragraph | CodeBlock | List | Quote
