"""What an operator can set stands on the page for operators, with its default."""

from __future__ import annotations

from pathlib import Path

import pytest

from microblog import settings

ROOT = Path(__file__).parents[2]
ROWS = {
    line.split("`")[1]: line
    for line in (ROOT / "docs" / "operations.md").read_text("utf-8").splitlines()
    if line.startswith("| `MICROBLOG_")
}


@pytest.mark.parametrize("name", settings.names())
def test_every_setting_is_documented(name: str) -> None:
    assert settings.variable(name) in ROWS
    default = getattr(settings.Settings(), name)
    if default:
        assert f"`{default}`" in ROWS[settings.variable(name)]


def test_every_documented_setting_exists() -> None:
    assert set(ROWS) == {settings.variable(name) for name in settings.names()}
