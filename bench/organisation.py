"""A made-up organisation as large as a benchmark needs: everyone with a token, in twelve groups, following thirty."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from pathlib import Path

from bench.filling import Filler, filling
from microblog.access.secrets import hash_of
from microblog.core.handles import handle_key, handle_shape

GROUPS = 12
FOLLOWS = 30
SIZE_OF_A_GROUP = 60
"""People in each group, so that an organisation of thousands has hundreds of groups, as real ones have."""

BOTS = 32
FIRST_PERSON = 1000
FIRST_GROUP = 10


def token(number: int) -> str:
    """The secret of the one with this number; the same in every run, so that stores can be kept."""
    return "mb_" + hashlib.sha256(b"bench %d" % number).hexdigest()[:43]


def people(count: int) -> list[str]:
    """The tokens of so many people."""
    return [token(FIRST_PERSON + number) for number in range(count)]


def bots() -> list[str]:
    """The tokens of those who post."""
    return [token(FIRST_PERSON - 1 - number) for number in range(BOTS)]


def found(url: str, data: Path, population: int) -> None:
    """Make the store and put the organisation into it."""
    with filling(url, data) as filler:
        put(filler, population)


def put(filler: Filler, population: int) -> None:
    """Everyone and everything but posts. Person `n` is in the groups after `n`, and follows the people after `n`."""
    now = time.time_ns() // 1_000_000
    persons = [FIRST_PERSON + number for number in range(population)]
    robots = [FIRST_PERSON - 1 - number for number in range(BOTS)]
    _actors(filler, persons, robots, now)
    groups = max(GROUPS, population * GROUPS // SIZE_OF_A_GROUP)
    filler.fill(
        "groups",
        ("id", "kind", "handle", "handle_key", "name", "created_at"),
        [(FIRST_GROUP + n, "public", f"group{n}", f"group{n}", f"Group {n}", now) for n in range(groups)],
    )
    filler.fill(
        "memberships",
        ("group_id", "actor_id", "role", "joined_at"),
        (
            (FIRST_GROUP + (n * 7 + place * max(1, groups // GROUPS)) % groups, person, "member", now)
            for n, person in enumerate(persons)
            for place in range(GROUPS)
        ),
    )
    filler.fill(
        "follows",
        ("follower_id", "author_id", "at"),
        (
            (person, persons[(n + place) % population], now)
            for n, person in enumerate(persons)
            for place in range(1, min(FOLLOWS, population - 1) + 1)
        ),
    )


def _actors(filler: Filler, persons: Sequence[int], robots: Sequence[int], now: int) -> None:
    everyone = [(number, "person") for number in persons] + [(number, "bot") for number in robots]
    filler.fill(
        "actors",
        ("id", "kind", "handle", "handle_key", "handle_shape", "name", "created_at"),
        (
            (number, kind, handle, handle_key(handle), handle_shape(handle), f"Colleague {number}", now)
            for number, kind in everyone
            for handle in [f"colleague{number}"]
        ),
    )
    filler.fill(
        "tokens",
        ("id", "actor_id", "name", "secret_hash", "scopes", "created_at"),
        ((number, number, "bench", hash_of(token(number)), "read write", now) for number, _ in everyone),
    )
