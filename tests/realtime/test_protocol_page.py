"""The page that clients are written by names everything that the server may say."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from microblog.realtime import endings, messages
from microblog.realtime.endings import Ending
from microblog.realtime.history import MAX_MISSED
from microblog.realtime.messages import Ask

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "protocol.md").read_text("utf-8")
CODES = {int(code): line for line in PAGE.splitlines() for code in re.findall(r"^\| (\d{4}) ", line)}
ADVICE = {"resume": "| yes, with your position |", "sign in": "| no: sign in first |", "fix": "| no |"}
FRAMES = (ROOT / "microblog" / "realtime" / "messages.py").read_text("utf-8")
RECORDED = {
    kind
    for path in (ROOT / "microblog").rglob("*.py")
    for kind in re.findall(r'"((?:post|person|group|mine)\.[a-z]+)"', path.read_text("utf-8"))
}


@pytest.mark.parametrize("ending", endings.ALL, ids=lambda ending: str(ending.code))
def test_every_close_code_stands_there_with_what_to_do(ending: Ending) -> None:
    assert ADVICE[ending.advice] in CODES[ending.code]
    assert ending.reason.partition(":")[0] in CODES[ending.code]
    assert len(ending.reason.encode()) <= 123


def test_no_other_close_code_does() -> None:
    assert set(CODES) == {ending.code for ending in endings.ALL}
    assert {ending for ending in vars(endings).values() if isinstance(ending, Ending)} == set(endings.ALL)


def test_every_message_and_every_ask_stands_there() -> None:
    spoken = set(re.findall(r'"type"?: ?"(\w+)"', FRAMES.replace("\\", ""))) | {"heartbeat"}
    assert spoken == {"hello", "reset", "heartbeat", "watching", "error"}
    for name in spoken:
        assert f"\n| `{name}` |" in PAGE
    for field in Ask.__struct_fields__:
        assert f'"{field}":' in PAGE
    for field in inspect.signature(messages.error).parameters:
        assert f"`{field}`" in PAGE


def test_every_event_that_is_recorded_stands_there() -> None:
    assert "post.published" in RECORDED
    assert {kind for kind in RECORDED if f"`{kind}`" not in PAGE} == set()


def test_the_limits_on_it_are_those_that_hold() -> None:
    assert f"{MAX_MISSED:,} events" in PAGE
    assert "`heartbeat` | `seq` |" in PAGE
    assert f'"heartbeat":{messages.HEARTBEAT_SECONDS}' in PAGE
