"""Several peers at once, each with its own sockets and its own load generator, measured in turns."""

from __future__ import annotations

import functools
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from bench.events import template, text_of
from bench.load import Load
from bench.load.records import Connected
from bench.peers import Absent, Peer, Running
from bench.peers.microblog import organised
from bench.places import LOAD_CORE

T = TypeVar("T")


@dataclass(frozen=True)
class Contestant:
    """A peer that serves, its subscribers connected."""

    peer: Peer
    running: Running
    load: Load
    connected: Connected


@dataclass
class Contest:
    """Who takes part, and who could not be had, with the reason."""

    contestants: list[Contestant] = field(default_factory=list)
    absent: dict[str, str] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)

    def rounds(self, count: int, measure: Callable[[Contestant], T], what: str) -> dict[str, list[T]]:
        """Measure everybody once, then again: what changes on the machine in the course of a run meets all alike."""
        found: dict[str, list[T]] = {contestant.peer.name: [] for contestant in self.contestants}
        for number in range(count):
            for contestant in self.contestants:
                found[contestant.peer.name].append(measure(contestant))
                say(f"  {what}, round {number + 1} of {count}: {contestant.peer.title}")
        return found


@contextmanager
def contest(peers: Sequence[Peer], sockets: int, event: bytes) -> Iterator[Contest]:
    """Start every peer that can be had and connect so many sockets to each. Raises RuntimeError when some fail."""
    with ExitStack() as open_ones:
        taking_part = Contest()
        for peer in peers:
            try:
                running = open_ones.enter_context(peer.start(sockets, event))
            except Absent as why:
                taking_part.absent[peer.title] = str(why)
                continue
            load = open_ones.enter_context(
                Load(LOAD_CORE, running.dialect, running.publisher, numbered=peer.numbered)
            )
            connected = load.connect(running.tokens)
            if connected.sockets < sockets:
                raise RuntimeError(
                    f"{peer.title}: only {connected.sockets} of {sockets} connected: {connected.failed}"
                )
            taking_part.versions[peer.title] = peer.version()
            taking_part.contestants.append(Contestant(peer, running, load, connected))
            say(f"  {peer.title}: {sockets} sockets in {connected.seconds:.1f} s")
        yield taking_part


@functools.cache
def event_of(size: int) -> bytes:
    """An event of about `size` bytes, with its slot, as this product really sends it.

    Asked of the product itself: a post is published and its event is taken from a socket, twice, as the text stands in
    it more than once.
    """
    with organised(1) as microblog:
        texts = [text_of(100), text_of(200)]
        events = [_published(microblog.running(text)) for text in texts]
        growth = (len(events[1]) - len(events[0])) / 100
        text = text_of(max(20, 100 + round((size - len(events[0])) / growth)))
        return _published(microblog.running(text))


def _published(running: Running) -> bytes:
    with Load(LOAD_CORE, running.dialect, running.publisher) as load:
        load.connect(running.tokens)
        payload = load.sample()
    return template(payload, int(json.loads(payload)["data"]["text"][:10]))


def say(words: str) -> None:
    """Tell whoever waits how far it has come."""
    print(words, file=sys.stderr, flush=True)
