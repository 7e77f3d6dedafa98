"""Who works at the made-up company, where, and in which groups: `company.toml`."""

from __future__ import annotations

from pathlib import Path

import msgspec

FOLDER = Path(__file__).parent


class Person(msgspec.Struct, array_like=True, frozen=True):
    """One of the forty."""

    handle: str
    name: str
    department: str
    place: str
    language: str


class Bot(msgspec.Struct, array_like=True, frozen=True):
    """A program, and the person who answers for it."""

    handle: str
    name: str
    owner: str


class Group(msgspec.Struct, array_like=True, frozen=True):
    """A group; the first of its members made it. No members means everybody."""

    handle: str
    name: str
    kind: str
    description: str
    members: list[str]


class Follows(msgspec.Struct, array_like=True, frozen=True):
    """Somebody, and the people or topics that they follow."""

    who: str
    what: list[str]


class Company(msgspec.Struct, frozen=True):
    """Everything that is known of it before anybody says anything."""

    name: str
    logins: list[str]
    admins: list[str]
    people: list[Person]
    bots: list[Bot]
    groups: list[Group]
    follows: list[Follows]
    topics: list[Follows]
    builds: list[str]


def company() -> Company:
    """The company as its file describes it."""
    return msgspec.toml.decode((FOLDER / "company.toml").read_bytes(), type=Company)
