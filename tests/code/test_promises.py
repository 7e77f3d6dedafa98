"""What the repository promises: no markup from strings, no test left out, no address of a registry, no dead link."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
MARKUP = re.compile(r"\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write|dangerouslySetInnerHTML)\b")
CODE = re.compile(r"(`+).*?\1", re.DOTALL)
LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")
LEFT_OUT = re.compile(
    r"\bmark\.(skip|skipif|xfail)\b|\bpytest\.(skip|xfail|importorskip)\(|\b(test|it|describe)\.skip\b"
)


def client() -> Iterator[Path]:
    for path in sorted((ROOT / "static").rglob("*")):
        if path.suffix in {".js", ".mjs", ".html"} and "vendor" not in path.parts:
            yield path


def found(pattern: re.Pattern[str], paths: Iterator[Path]) -> list[str]:
    return [str(path.relative_to(ROOT)) for path in paths if pattern.search(path.read_text("utf-8"))]


def test_the_client_makes_no_markup_from_strings() -> None:
    assert any(client()), "The client is elsewhere."
    assert MARKUP.search("node.innerHTML = text")
    assert found(MARKUP, client()) == []


def test_no_test_is_left_out() -> None:
    tests = (path for path in sorted((ROOT / "tests").rglob("*")) if path.suffix in {".py", ".js", ".mjs"})
    assert LEFT_OUT.search("@pytest.ma" + "rk.skip")
    assert found(LEFT_OUT, tests) == []


def test_the_lock_file_holds_sums_and_no_addresses_of_a_registry() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    installed = {name: package for name, package in packages.items() if name}
    assert installed
    assert not [name for name, package in installed.items() if "resolved" in package]
    assert not [name for name, package in installed.items() if "integrity" not in package]


def test_what_the_pages_link_to_exists() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    links = [(page, link) for page in pages for link in LINK.findall(CODE.sub("", page.read_text("utf-8")))]
    assert links
    assert [(page.name, link) for page, link in links if not (page.parent / link).exists()] == []
