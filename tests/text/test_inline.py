"""What becomes a mention, a topic, a link or an emphasis, and what stays text."""

from __future__ import annotations

import pytest

from microblog.core.text import Person, parse
from microblog.core.text.tokens import Break, Code, Em, Inline, Link, Mention, Paragraph, Strong, Text, Topic

ADA, LINUS, ZOE = Person(1, "ada"), Person(2, "linus.t"), Person(3, "Zoë")
PEOPLE = {"ada": ADA, "linus.t": LINUS, "zoë": ZOE, "田中": Person(4, "田中")}


def tokens(text: str) -> list[Inline]:
    (paragraph,) = parse(text, PEOPLE).tokens
    assert isinstance(paragraph, Paragraph)
    return paragraph.tokens


def mentioned(text: str) -> list[int]:
    return parse(text, PEOPLE).mentions


def topics(text: str) -> list[str]:
    return parse(text, PEOPLE).topics


def links(text: str) -> list[str]:
    found: list[str] = []
    inside = tokens(text)
    while inside:
        match inside.pop(0):
            case Link(url):
                found.append(url)
            case Strong(tokens=nested) | Em(tokens=nested):
                inside = nested + inside
    return found


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Thanks @ada.", [1]),
        ("@ADA, are you there?", [1]),
        ("(@ada) and @linus.t!", [1, 2]),
        ("@linus.t. Done", [2]),
        ("@Zoë and @Zoe\u0308", [3]),
        ("_@ada_ said it", [1]),
        ("@ada's desk", [1]),
        ("@ada.Then we left", [1]),
        ("ask @田中 please", [4]),
        ("**@ada**", [1]),
        ("@ada @ada @linus.t @ada", [1, 2]),
        (".@ada listen", [1]),
    ],
)
def test_a_handle_is_a_mention(text: str, ids: list[int]) -> None:
    assert mentioned(text) == ids


@pytest.mark.parametrize(
    "text",
    [
        "mail ada@example.org or x@ada",
        "https://social.example/@ada",
        "social.example/@ada",
        "@ada@social.example",
        "`@ada`",
        "``a ` @ada``",
        "```\n@ada\n```",
        "@@ada",
        "@adalove is somebody else",
        "@grace is unknown",
        r"\@ada",
        "@",
        "@ ada",
    ],
)
def test_not_everything_with_an_at_sign_is_a_mention(text: str) -> None:
    assert mentioned(text) == []


def test_a_mention_carries_the_id_the_handle_and_what_was_written() -> None:
    assert tokens("Hi @ADA.") == [Text("Hi "), Mention(1, "ada", "@ADA"), Text(".")]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("#Python and #python", ["python"]),
        ("#on-call, #c_sharp.", ["on-call", "c_sharp"]),
        ("#2026plans", ["2026plans"]),
        ("#हिन्दी #日本語", ["हिन्दी", "日本語"]),
        ("#café #cafe\u0301", ["café"]),
        ("(#go)", ["go"]),
        ("#می\u200cخواهم", ["می\u200cخواهم"]),
        ("#Straße", ["strasse"]),
    ],
)
def test_a_topic_in_any_script(text: str, names: list[str]) -> None:
    assert topics(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "issue #123",
        "a#b",
        "##x",
        "# heading",
        "&#x41;",
        "`#x`",
        "/#x",
        "https://x.nl/#top",
        "#" + "x" * 101,
        "#",
        r"\#x",
    ],
)
def test_not_everything_with_a_hash_is_a_topic(text: str) -> None:
    assert topics(text) == []


def test_a_topic_carries_its_name_as_compared_and_as_written() -> None:
    assert tokens("#Python") == [Topic("python", "#Python")]


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("https://example.org/a?b=c#d.", ["https://example.org/a?b=c#d"]),
        (
            "(https://en.wikipedia.org/wiki/Delft_(city))",
            ["https://en.wikipedia.org/wiki/Delft_(city)"],
        ),
        ("see <https://example.org>!", ["https://example.org"]),
        ("https://müller.example/straße", ["https://müller.example/straße"]),
        ("http://उदाहरण.परीक्षा/x", ["http://उदाहरण.परीक्षा/x"]),
        ("http://[::1]:8000/x and http://wiki/start", ["http://[::1]:8000/x", "http://wiki/start"]),
        ("www.example.nl, yes", ["https://www.example.nl"]),
        ("HTTPS://EXAMPLE.ORG", ["HTTPS://EXAMPLE.ORG"]),
        ("**https://example.org/a_b**", ["https://example.org/a_b"]),
        ("_https://example.org/a_", ["https://example.org/a"]),
        ("[the docs](https://example.org/x_(y))", ["https://example.org/x_(y)"]),
        ("[write](mailto:ada@example.org)", ["mailto:ada@example.org"]),
        ("ada.l@example.org", ["mailto:ada.l@example.org"]),
        ("https://example.org/@ada/#x", ["https://example.org/@ada/#x"]),
        ("[https://a.example](https://b.example)", ["https://a.example", "https://b.example"]),
        ("「https://example.org」。", ["https://example.org"]),
    ],
)
def test_an_address_is_a_link(text: str, urls: list[str]) -> None:
    assert links(text) == urls


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt://example.org/%0aalert(1))",
        "data:text/html,x",
        "[x](data:text/html;base64,AAAA)",
        "[x](/groups/all)",
        "[x](//example.org)",
        "vbscript:x file:///etc/passwd",
        "https://",
        "http://bank.example@evil.example/",
        "http://.x",
        "xhttps://example.org",
        "www.",
        "`https://example.org`",
    ],
)
def test_nothing_else_is_a_link(text: str) -> None:
    assert links(text) == []


def test_a_link_keeps_its_label() -> None:
    assert tokens("[the docs](https://example.org)") == [Link("https://example.org", "the docs")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("*a*", [Em([Text("a")])]),
        ("_a_", [Em([Text("a")])]),
        ("**a**", [Strong([Text("a")])]),
        ("***a***", [Strong([Em([Text("a")])])]),
        ("***a* b**", [Strong([Em([Text("a")]), Text(" b")])]),
        ("**a _b_ c**", [Strong([Text("a "), Em([Text("b")]), Text(" c")])]),
        ("你**好**吗", [Text("你"), Strong([Text("好")]), Text("吗")]),
        ("**a *b**", [Strong([Text("a *b")])]),
        ("a\nb", [Text("a"), Break(), Text("b")]),
        ("`a*b*`", [Code("a*b*")]),
        ("`` ` ``", [Code("`")]),
        (r"\*a\*", [Text("*a*")]),
    ],
)
def test_marks(text: str, expected: list[Inline]) -> None:
    assert tokens(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "2*3*4",
        "snake_case_name",
        "a * b *c",
        "**",
        "****",
        "__init__",
        "a ** b ** c",
        "*a",
        "`a",
        r"\\server\share C:\Users",
        "[a](b",
        "[a]",
    ],
)
def test_no_marks(text: str) -> None:
    assert tokens(text) == [Text(text)]
