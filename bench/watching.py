"""Looking at a server's memory and its open sockets while something else goes on."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import msgspec

from bench.meter import descriptors, memory

EVERY = 0.25
"""Seconds between two looks."""


class Look(msgspec.Struct):
    """`at` is in seconds from the beginning, `rss` in bytes."""

    at: float
    rss: int
    descriptors: int


@contextmanager
def watched(pids: Sequence[int]) -> Iterator[list[Look]]:
    """Look at these processes again and again, in a thread of its own, until left. The first look is done on entry."""
    began = time.monotonic()
    looks: list[Look] = []
    over = threading.Event()

    def look() -> None:
        looks.append(Look(time.monotonic() - began, memory(pids).rss, descriptors(pids)))

    def go_on() -> None:
        while not over.wait(EVERY):
            look()

    look()
    thread = threading.Thread(target=go_on, daemon=True)
    thread.start()
    try:
        yield looks
    finally:
        over.set()
        thread.join()
