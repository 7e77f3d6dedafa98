"""What goes between the suite and its load generators: how to speak to a server, and what was seen."""

from __future__ import annotations

import msgspec


class Dialect(msgspec.Struct, frozen=True):
    """How a peer's subscriber connects.

    `headers` may hold `{token}`. `greetings` is how many frames the server sends after its 101 before the
    socket is ready; `said` are payloads that the client sends then, each followed by as many further greetings.
    """

    host: str
    port: int
    path: str
    headers: tuple[str, ...] = ()
    greetings: int = 0
    said: tuple[tuple[bytes, int, int], ...] = ()
    """`(payload, opcode, greetings that follow)`."""
    unit: int = 0
    """Bytes of one message where a frame may hold several, so that two sockets can differ by some headers; else 0."""


class Publisher(msgspec.Struct, frozen=True):
    """How a peer is told to publish: requests with a slot of ten digits, `SLOT`, for the number of the message.

    `kind` is `http` (one request, one response with Content-Length) or `nats` (PUB and PING, answered by PONG). Writer
    `i` of several uses `requests[i % len]`.
    """

    host: str
    port: int
    requests: tuple[bytes, ...]
    kind: str = "http"
    accepted: tuple[int, ...] = (200, 201, 202)


SLOT = b"0123456789"
"""Stands in a request where the number of the message goes, so that no request needs to be built while measuring."""


class Connected(msgspec.Struct):
    """`refused` counts answers of 503, which were asked again when the server said; `failed` everything else."""

    sockets: int
    seconds: float
    refused: int
    failed: dict[str, int]


class Probed(msgspec.Struct):
    """What the probes, which parse every frame, saw."""

    probes: int
    events: int
    disordered: int
    gaps: int
    lacking: int
    """Messages that were acknowledged and that some probe did not get."""


class Paced(msgspec.Struct):
    """One window of publishing at a fixed rate. Times in seconds."""

    sockets: int
    published: int
    seconds: float
    deliveries: int
    expected: int
    cpu: float
    """Of the server, user and system, from before the first request until the last socket had the last message."""
    latencies: list[float]
    """Per message: from sending the request until the last socket had the message."""
    answers: list[float]
    """Per message: from sending the request until it was answered."""
    late: float
    """How late the generator was, at worst, in sending a request."""
    busy: float
    """Share of its core that the generator used."""
    closed: int
    probed: Probed
    frame: int
    """Bytes of one message on the wire."""


class Burst(msgspec.Struct):
    """One window of publishing flat out. Times in seconds."""

    sockets: int
    writers: int
    seconds: float
    published: int
    """Acknowledged within the window."""
    refused: dict[int, int]
    delivered: int
    """Messages that reached sockets within the window."""
    cpu: float
    busy: float
    closed: int
    complete: bool
    """Whether every socket had every byte once all was quiet."""
    missing: int
    drained: float
    """Seconds from the last acknowledgement until every socket had everything."""
    reads: list[float]
    """Seconds that each request to read took meanwhile."""
    answers: list[float]
    probed: Probed
    frame: int


class Storm(msgspec.Struct):
    """Everybody is cut and returns at once."""

    sockets: int
    missed: int
    seconds: float
    """From the cut until the last one had all that it missed."""
    cpu: float
    refused: int
    failed: dict[str, int]
    incomplete: int
    busy: float
    surplus: int
    """Sockets that got more than they missed."""


class Slow(msgspec.Struct):
    """Some who never read, among healthy ones."""

    sockets: int
    codes: dict[int, int]
    """How often each close code stood at the end of what was left unread; 0 is none."""
    resumed: int
    complete: int


class Answered(msgspec.Struct):
    """Requests over plain HTTP. Times in seconds."""

    requests: int
    seconds: float
    answers: list[float]
    statuses: dict[int, int]
    cpu: float
    busy: float
    late: float
