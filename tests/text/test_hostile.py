"""No text is too strange: parsing never raises, loses nothing that was said, and takes time in proportion to length."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator, Sequence
from types import FrameType
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microblog.core.text import Person, fold, handles, parse, plain
from microblog.core.text.tokens import Block, CodeBlock, Em, Inline, Item, Link, List, Strong, Text
from microblog.core.wire import encode

if TYPE_CHECKING:
    from _typeshed import TraceFunction

PEOPLE = {"ada": Person(1, "ada"), "ada_b": Person(2, "ada_b")}
PIECES = [
    *(
        "*",
        "**",
        "***",
        "_",
        "`",
        "``",
        "```",
        "\n",
        "\n\n",
        " ",
        "  ",
        "\\",
        "> ",
        ">",
        "- ",
        "1. ",
        "#",
        "@",
        "[",
        "]",
    ),
    *(
        "(",
        ")",
        "](",
        "https://",
        "http://a",
        "www.",
        "ada",
        "@ada",
        "@ada_b_",
        "#topic",
        "x@y.nl",
        "é",
        "e\u0301",
        "日本",
    ),
    *(
        "[a](https://x.nl)",
        "\t",
        "\u200d",
        "😀",
        ".",
        ":",
        "//",
        "A",
        "9",
        "mailto:",
        "javascript:",
        "\u00a0",
        "\u2028",
    ),
]
hostile = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)


def leaves(tokens: Sequence[Block | Item | Inline]) -> Iterator[Inline | CodeBlock]:
    for token in tokens:
        if isinstance(token, List):
            yield from leaves(token.items)
        elif hasattr(token, "tokens"):
            yield from leaves(token.tokens)
        else:
            yield token


def said(tokens: Sequence[Block]) -> str:
    """Every letter of the source, in order: those of a link's address stand after its label."""
    words: list[str] = []
    for leaf in leaves(tokens):
        match leaf:
            case CodeBlock(text, language):
                words += (language, text)
            case Link(url, text):
                words += (text,) if url.endswith(text) else (text, url)
            case _:
                words.append(getattr(leaf, "text", ""))
    return letters("".join(words))


def letters(text: str) -> str:
    return "".join(char for char in text if char.isalpha())


@given(hostile)
def test_nothing_that_was_said_is_lost(text: str) -> None:
    assert said(parse(text, PEOPLE).tokens) == letters(text)


@given(st.text(max_size=300))
def test_nothing_of_any_text_is_lost(text: str) -> None:
    assert said(parse(text, PEOPLE).tokens) == letters(text)


@given(hostile)
def test_the_tree_is_tidy(text: str) -> None:
    parsed = parse(text, PEOPLE)
    encode(parsed)
    plain(parsed.tokens)
    tidy(parsed.tokens)


def tidy(tokens: Sequence[Block | Item | Inline]) -> None:
    for before, after in itertools.pairwise(tokens):
        assert not (isinstance(before, Text) and isinstance(after, Text)), (
            "two text tokens where one would do"
        )
    for token in tokens:
        if isinstance(token, Text):
            assert token.text
        if isinstance(token, Strong | Em | List):
            assert token.items if isinstance(token, List) else token.tokens
        tidy(token.items if isinstance(token, List) else getattr(token, "tokens", ()))


@given(hostile)
def test_everybody_mentioned_was_looked_up(text: str) -> None:
    wanted = handles(text)
    known = {key: person for key, person in PEOPLE.items() if key in wanted}
    assert parse(text, known) == parse(text, PEOPLE)


@given(hostile)
def test_links_lead_only_to_web_and_mail(text: str) -> None:
    for leaf in leaves(parse(text, PEOPLE).tokens):
        if isinstance(leaf, Link):
            assert leaf.url.lower().startswith(("http://", "https://", "mailto:"))


def steps(text: str) -> int:
    """How many lines of Python parsing takes: a measure of work that no busy machine disturbs."""
    count = 0

    def trace(frame: FrameType, event: str, _: object) -> TraceFunction:
        nonlocal count
        count += event == "line"
        return trace

    sys.settrace(trace)
    try:
        parse(text, PEOPLE)
        handles(text)
    finally:
        sys.settrace(None)
    return count


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "*a ",
            "**a ",
            "***a ",
            "_a*b ",
            "`",
            "`a ``b ",
            "[",
            "[a](",
            "![a](x()",
            "http://a)",
            "https://x.nl/",
            "www.a",
        ),
        *(
            "@a.",
            "@ada ",
            "a@",
            "a@b.",
            "#a",
            "#\u200d",
            "> ",
            "- a\n",
            "  - a\n",
            "```\n",
            "\\*",
            "\n",
            "e\u0301",
            "@é\u200d",
        ),
    ],
)
def test_work_grows_with_length_alone(piece: str) -> None:
    short, long = steps(piece * 200), steps(piece * 1600)
    assert long <= 10 * short + 500


@pytest.mark.parametrize(
    "piece", ["[a](x()", "http://a)", "a@a-", "@a-", "[[a]", "`a ``b ", "> ", "https://[", "#a-", "x"]
)
def test_64_kib_of_it_are_parsed(piece: str) -> None:
    # Regular expressions do their work unseen by `steps`: a quadratic one would take minutes here.
    text = (piece * 65536)[:65536]
    parsed = parse(text, dict.fromkeys(handles(text), PEOPLE["ada"]))
    assert said(parsed.tokens) == letters(text)


@given(hostile.map(lambda text: text * 200))
def test_a_fold_is_the_beginning_and_cuts_no_word(text: str) -> None:
    start = fold(text)
    if start is None:
        assert len(text.encode()) <= 4096
        return
    assert text.startswith(start)
    assert len(start.encode()) <= 4096
    assert text[len(start)].isspace() or not any(char.isspace() for char in start[1:])
