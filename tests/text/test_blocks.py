"""Paragraphs, quotes, lists and code."""

from __future__ import annotations

from microblog.core.text import parse, plain
from microblog.core.text.tokens import Block, Break, Code, CodeBlock, Item, List, Paragraph, Quote, Text
from microblog.core.wire import encode


def blocks(text: str) -> list[Block]:
    return parse(text, {}).tokens


def test_a_blank_line_parts_paragraphs_and_a_line_break_stays_one() -> None:
    assert blocks("a\nb\n\n \nc") == [
        Paragraph([Text("a"), Break(), Text("b")]),
        Paragraph([Text("c")]),
    ]


def test_code_keeps_every_character() -> None:
    assert blocks("see:\n```python\ndef f():\n\n    return '*x*'\n```\ndone") == [
        Paragraph([Text("see:")]),
        CodeBlock("def f():\n\n    return '*x*'", "python"),
        Paragraph([Text("done")]),
    ]


def test_code_that_is_never_closed_goes_on_to_the_end() -> None:
    assert blocks("```\na\n``\nb") == [CodeBlock("a\n``\nb")]


def test_more_ticks_hold_fewer() -> None:
    assert blocks("````\n```\n````") == [CodeBlock("```")]


def test_inline_code_alone_on_a_line_is_no_block() -> None:
    assert blocks("```a```") == [Paragraph([Code("a")])]


def test_quotes_hold_blocks() -> None:
    assert blocks("> a\n> - b\n> > c\nd") == [
        Quote(
            [
                Paragraph([Text("a")]),
                List(False, [Item([Text("b")])]),
                Quote([Paragraph([Text("c")])]),
            ]
        ),
        Paragraph([Text("d")]),
    ]


def test_an_arrow_or_a_sad_face_is_no_quote() -> None:
    assert blocks(">:( nothing\n>10 %") == [Paragraph([Text(">:( nothing"), Break(), Text(">10 %")])]


def test_quotes_end_somewhere() -> None:
    encoded = encode(blocks("> " * 10_000 + "a"))
    assert encoded.count(b'"quote"') == 4


def test_lists_with_marks_numbers_and_levels() -> None:
    assert blocks("- a\n- b\n  more of b\n  - c\n* d") == [
        List(
            False,
            [
                Item([Text("a")]),
                Item([Text("b"), Break(), Text("more of b")]),
                Item([Text("c")], 1),
                Item([Text("d")]),
            ],
        )
    ]
    assert blocks("3. a\n4. b\n- c") == [
        List(True, [Item([Text("a")]), Item([Text("b")])], 3),
        List(False, [Item([Text("c")])]),
    ]


def test_a_year_at_the_start_of_a_sentence_is_no_list() -> None:
    assert blocks("2026. What a year") == [Paragraph([Text("2026. What a year")])]


def test_a_dash_alone_is_no_list() -> None:
    assert blocks("-\n- ") == [Paragraph([Text("-"), Break(), Text("- ")])]


def test_tokens_as_the_api_sends_them() -> None:
    assert encode(blocks("Hi\n\n2. x\n\n```\ny\n```")) == (
        b'[{"type":"paragraph","tokens":[{"type":"text","text":"Hi"}]},'
        b'{"type":"list","ordered":true,"items":[{"tokens":[{"type":"text","text":"x"}]}],"start":2},'
        b'{"type":"code_block","text":"y"}]'
    )


def test_plain_text_of_everything() -> None:
    text = "**a** and `b`\nc\n\n> d\n\n- e\n  - f\n\n2. g\n3. h\n\n```x\ni\n```"
    assert plain(blocks(text)) == "a and b\nc\n\nd\n\n- e\n  - f\n\n2. g\n3. h\n\ni"
