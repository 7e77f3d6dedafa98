"""Tokens as text again, for where there is no markup: a notification, a line in a list, a feed's summary."""

from __future__ import annotations

from collections.abc import Sequence

from microblog.core.text.tokens import Block, Break, CodeBlock, Em, Inline, List, Paragraph, Strong


def plain(tokens: Sequence[Block]) -> str:
    """What the tokens say, without marks: blocks are a blank line apart."""
    return "\n\n".join(map(_block, tokens))


def _block(block: Block) -> str:
    match block:
        case Paragraph(tokens):
            return _inline(tokens)
        case CodeBlock(text):
            return text
        case List(ordered, items, start):
            marks = [f"{start + at}. " if ordered else "- " for at in range(len(items))]
            return "\n".join(
                "  " * item.level + mark + _inline(item.tokens)
                for mark, item in zip(marks, items, strict=True)
            )
        case _:
            return plain(block.tokens)


def _inline(tokens: Sequence[Inline]) -> str:
    said: list[str] = []
    for token in tokens:
        match token:
            case Break():
                said.append("\n")
            case Strong(inside) | Em(inside):
                said.append(_inline(inside))
            case _:
                said.append(token.text)
    return "".join(said)
