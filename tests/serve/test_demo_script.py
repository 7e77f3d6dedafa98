"""The demo's conversations can be read, and everyone and everything they name exists."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from microblog.demo.script import Line, Unreadable, conversations

DEMO = Path(__file__).parents[2] / "microblog" / "demo"
THURSDAY = datetime(2026, 11, 26, 10, 30, tzinfo=UTC)


def read(folder: Path, text: str) -> list[list[Line]]:
    (folder / "one.txt").write_text(text, "utf-8")
    return conversations(folder, THURSDAY)


def test_a_conversation_with_everything_in_it(tmp_path: Path) -> None:
    ((post, reply, answer),) = read(
        tmp_path,
        "# About nothing.\n\n@@ 2 di 09:15 ada java\nHello\n\n> a quotation\n++ like grace linus\n"
        ">> 10m grace\nHi\n~~ 2m\nHello back\n>>> 1h linus\nMe too\n-- 5m\n",
    )
    assert (post.who, post.group, post.text) == ("ada", "java", "Hello\n\n> a quotation")
    assert post.at == datetime(2026, 11, 10, 9, 15, 17, tzinfo=UTC)
    assert post.reactions == [("like", "grace"), ("like", "linus")]
    assert reply.at == post.at + timedelta(minutes=10)
    assert reply.answers is post
    assert reply.revision == (reply.at + timedelta(minutes=2), "Hello back")
    assert (answer.answers, answer.group, answer.withdrawn) == (
        reply,
        "java",
        reply.at + timedelta(minutes=65),
    )


@pytest.mark.parametrize(("ago", "at"), [("3h", "26 07:30"), ("8h", "25 18:30"), ("13h", "25 21:30")])
def test_nobody_writes_at_night(tmp_path: Path, ago: str, at: str) -> None:
    ((post,),) = read(tmp_path, f"@@ {ago} ada java\nHello\n")
    assert post.at is not None
    assert post.at.strftime("%d %H:%M") == at


def test_a_live_conversation_has_no_times(tmp_path: Path) -> None:
    ((post, reply),) = read(tmp_path, "@@ ada all\nHello\n>> grace\nHi\n")
    assert (post.at, reply.at, reply.answers) == (None, None, post)


@pytest.mark.parametrize("wrong", ["@@ 2 xx 09:15 ada all", "@@ ada", ">> 3m ada", "@@ 3x ada all"])
def test_what_is_written_wrongly_is_named(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(Unreadable, match=r"one\.txt, line 2: "):
        read(tmp_path, f"\n{wrong}\nHello\n")


@pytest.mark.parametrize("folder", ["past", "live"])
def test_everyone_and_every_group_exists_and_may_be_there(folder: str) -> None:
    company = tomllib.loads((DEMO / "company.toml").read_text("utf-8"))
    handles = {row[0] for row in company["people"]} | {row[0] for row in company["bots"]}
    members = {row[0]: set(row[4]) for row in company["groups"] if row[2] == "private"}
    groups = {row[0] for row in company["groups"]} | {"all"}
    told = conversations(DEMO / folder, THURSDAY)
    for line in (line for conversation in told for line in conversation):
        who = {line.who, *(who for _, who in line.reactions)}
        assert who <= members.get(line.group, handles), line
        assert line.group in groups, line
        assert line.text, line
        assert len(set(line.reactions)) == len(line.reactions), line
        assert line.who not in {who for _, who in line.reactions}, line


def test_there_are_weeks_of_it_and_nothing_lies_in_the_future() -> None:
    times = [
        line.at for talk in conversations(DEMO / "past", THURSDAY) for line in talk if line.at is not None
    ]
    assert max(times) < THURSDAY
    assert min(times) < THURSDAY - timedelta(weeks=5)
    assert len(times) > 250
