"""Everybody is given the same bytes, with a slot for the number of the message."""

from __future__ import annotations

import json

import pytest

from bench.events import sample, template, text_in, text_of
from bench.load.records import SLOT
from bench.organisation import BOTS, bots, people


@pytest.mark.parametrize("length", [10, 20, 160, 1000])
def test_a_text_is_as_long_as_asked_and_begins_with_the_slot(length: int) -> None:
    assert len(text_of(length)) == length
    assert text_of(length).startswith(SLOT.decode())


@pytest.mark.parametrize("size", [600, 800, 1000])
def test_a_sample_is_about_as_large_as_asked(size: int) -> None:
    assert abs(len(sample(size)) - size) < 20
    assert sample(size).count(SLOT) == 2


def test_a_real_event_gets_its_slot_back() -> None:
    event = sample(800).replace(SLOT, b"1000000042")
    assert template(event, 1_000_000_042) == sample(800)
    assert text_in(sample(800)) == json.loads(sample(800))["data"]["text"]


def test_everyone_has_a_token_of_their_own() -> None:
    assert len({*people(100), *bots()}) == 100 + BOTS
    assert people(3) == people(100)[:3]
