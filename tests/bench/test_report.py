"""What readers are shown: tables, promises, charts, and that everything is kept."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import msgspec
import pytest

from bench.report import Chart, Check, Column, Outcome, Series, Table, at_least, at_most, holds
from bench.report.keep import circumstances, keep
from bench.report.outcome import table_of

TABLE = Table(
    "Servers",
    [Column("server"), Column("cost", 2, "µs"), Column("deliveries")],
    [("microblog", 7.2, 1_800_000), ("a | b", None, 12)],
)
CHART = Chart(
    "cost",
    "Cost <per> delivery",
    "µs",
    ["microblog", "nchan"],
    [Series("cost", [7.2, None])],
    ours="microblog",
)


def test_a_table_for_a_terminal_is_aligned() -> None:
    title, head, line, ours, theirs = TABLE.text().splitlines()
    assert (title, len(set(line))) == ("Servers", 1)
    assert len(head) == len(ours) == len(theirs)
    assert "7.20 µs" in ours
    assert "–" in theirs


def test_a_table_in_markdown_keeps_its_columns() -> None:
    lines = [line for line in TABLE.markdown().splitlines() if line.startswith("|")]
    assert {line.count("|") for line in lines} == {4}


@pytest.mark.parametrize(
    ("check", "passed"),
    [
        (at_most("1", "cost", 1.0, 1.0), True),
        (at_most("1", "cost", 1.01, 1.0), False),
        (at_least("2", "yield", 5.0, 5.0), True),
        (at_least("2", "yield", 4.99, 5.0), False),
        (holds("8", "errors", 0), True),
        (holds("8", "errors", 1), False),
    ],
)
def test_a_promise_holds_at_its_bound_and_not_beyond(check: Check, passed: bool) -> None:
    assert check.passed is passed


def test_a_promise_that_does_not_hold_is_seen() -> None:
    broken = holds("8", "errors", 3)
    assert broken.line().startswith("FAIL")
    assert "| NO |" in table_of([broken]).markdown()


def test_a_chart_is_an_image_with_a_bar_for_each_figure() -> None:
    image = ET.fromstring(CHART.svg())
    assert len(image.findall("{*}rect")) == 1
    words = [text.text for text in image.findall("{*}text")]
    assert "Cost <per> delivery (µs)" in words
    assert "absent" in words


def test_everything_is_kept_with_its_circumstances(tmp_path: Path) -> None:
    outcome = Outcome(
        name="fanout", title="Fan-out", tables=[TABLE], checks=[holds("1", "order", 0)], charts=[CHART]
    )
    keep(outcome, circumstances("python -m bench fanout"), tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"fanout.json", "fanout.md", "cost.svg"}
    kept = msgspec.json.decode((tmp_path / "fanout.json").read_bytes())
    assert kept["outcome"]["checks"][0]["passed"] is True
    assert kept["circumstances"]["versions"]["sqlite"]
    assert "python -m bench fanout" in (tmp_path / "fanout.md").read_text()
