"""What processes cost: processor time to the nanosecond, resident memory as the kernel counts it (Linux only)."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import msgspec

_TICK = 1 / os.sysconf("SC_CLK_TCK")


_TELLING = 1.0
"""Seconds, a hundred ticks: with less a split says more about the clock than about the program."""


class Cpu(msgspec.Struct, frozen=True):
    """Seconds of user and system time, in ticks of 10 ms."""

    user: float
    system: float

    def __add__(self, other: Cpu) -> Cpu:
        return Cpu(self.user + other.user, self.system + other.system)

    def __sub__(self, other: Cpu) -> Cpu:
        return Cpu(self.user - other.user, self.system - other.system)

    def share_of_user(self) -> float | None:
        """In percent; None where too little was measured to tell."""
        total = self.user + self.system
        return self.user / total * 100 if total >= _TELLING else None


class Memory(NamedTuple):
    """Bytes. `pss` shares out what several processes map."""

    rss: int
    pss: int


def cpu_seconds(pids: Iterable[int]) -> float:
    """Processor time of all threads of these processes, from their own clocks (clock_getcpuclockid(3)).

    Raises ProcessLookupError when one of them is gone: a figure without it would be too good.
    """
    total = 0.0
    for pid in pids:
        try:
            total += time.clock_gettime((~pid << 3) | 2)
        except OSError as error:
            raise ProcessLookupError(f"process {pid} has ended while it was measured") from error
    return total


def cpu_split(pids: Iterable[int]) -> Cpu:
    user = system = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        user += int(fields[11])
        system += int(fields[12])
    return Cpu(user * _TICK, system * _TICK)


def memory(pids: Iterable[int]) -> Memory:
    rss = pss = 0
    for pid in pids:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Rss:"):
                rss += int(line.split()[1]) * 1024
            elif line.startswith("Pss:"):
                pss += int(line.split()[1]) * 1024
    return Memory(rss, pss)


def descriptors(pids: Iterable[int]) -> int:
    """Open files and sockets of these processes together."""
    return sum(len(os.listdir(f"/proc/{pid}/fd")) for pid in pids)


def family(pid: int) -> list[int]:
    """A process and all that descend from it."""
    found = [pid]
    for parent in found:
        for task in Path(f"/proc/{parent}/task").iterdir():
            found += [int(child) for child in (task / "children").read_text().split()]
    return found
