"""The load generator: a process of its own, on a core of its own, made of raw sockets that mostly count."""

from bench.load.client import Load
from bench.load.records import Burst, Connected, Dialect, Paced, Publisher, Storm

__all__ = ["Burst", "Connected", "Dialect", "Load", "Paced", "Publisher", "Storm"]
