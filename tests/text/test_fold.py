"""Where a long text is cut for events and lists."""

from __future__ import annotations

import pytest

from microblog.core.text import FOLD, fold


def test_short_texts_stay_whole() -> None:
    assert fold("x" * FOLD) is None
    assert fold("é" * (FOLD // 2)) is None


def test_cut_before_the_last_space_that_fits() -> None:
    text = "word " * 2000
    start = fold(text)
    assert start is not None
    assert text.startswith(start)
    assert start.endswith("word")
    assert FOLD - 6 < len(start) <= FOLD


def test_an_address_is_never_cut_in_two() -> None:
    text = "see https://example.org/" + "a" * 5000 + " there"
    assert fold(text) == "see"


@pytest.mark.parametrize("character", ["e\u0301", "👩\u200d💻", "日"])
def test_without_spaces_a_character_is_not_cut_in_two(character: str) -> None:
    start = fold(character * 3000)
    assert start is not None
    assert len(start.encode()) <= FOLD
    assert len(start) % len(character) == 0
