"""What a text can not hold."""

from __future__ import annotations

import pytest

from microblog.core.errors import Invalid
from microblog.core.text import clean


@pytest.mark.parametrize("char", ["\x00", "\x07", "\r", "\x1b", "\x7f", "\x85", "\ud800"])
def test_control_characters_are_refused_by_name_and_place(char: str) -> None:
    with pytest.raises(Invalid, match=f"U\\+{ord(char):04X} at 3") as refused:
        clean(f"abc{char}d", "text")
    assert refused.value.field == "text"


def test_tabs_and_newlines_of_either_kind_are_kept() -> None:
    assert clean("a\tb\nc\r\nd", "text") == "a\tb\nc\nd"


def test_everything_else_may_be_said() -> None:
    text = "\u202e\u200b\ufeff\U0010ffff😀"
    assert clean(text, "text") == text
