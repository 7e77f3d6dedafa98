"""Clients that misbehave, one at a time, over plain blocking sockets. What they do is the same in every run."""

from __future__ import annotations

import random
import socket
import struct
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bench.load.framing import CLOSE, PING, Reader, client_frame, header
from bench.load.greeting import upgrade
from bench.load.records import Dialect
from bench.peers.peer import get, token_header

_PATH = "/api/v1/stream"
_RESET = struct.pack("ii", 1, 0)
"""SO_LINGER that turns a close into a reset (socket(7))."""

RIGHT = frozenset(
    "101 200 400 401 403 404 405 414 426 431 501 503 505 1002 1003 1007 1009 echo lives closed".split()  # noqa: SIM905
)
"""Answers that can be right: a status of the handshake, 200 where it became a request for something else; a close code;
`echo` of a code that the client closed with, which ours for slow and revoked never meet here; `lives` where the frames
were legal after all; `closed` where the connection ended without a word, as when a request or a frame is cut off."""


@dataclass(frozen=True)
class Address:
    """Where to knock, and who one is there."""

    port: int
    token: str

    @property
    def handshake(self) -> bytes:
        return upgrade(Dialect("127.0.0.1", self.port, _PATH, (token_header("{token}"),)), self.token, "")

    def connect(self) -> socket.socket:
        opened = socket.create_connection(("127.0.0.1", self.port), 10)
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return opened


def listening(at: Address, many: int) -> list[socket.socket]:
    """So many that were greeted, and will read no more."""
    return [_greeted(at) for _ in range(many)]


def reset_one_by_one(doomed: Sequence[socket.socket], over: float) -> None:
    """Spread over so many seconds."""
    for each in doomed:
        each.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        each.close()
        time.sleep(over / len(doomed))


def says_half_with_the_handshake(at: Address) -> bool:
    """Whether a ping whose first half came in the segment of the handshake is answered once the rest has come."""
    ping = client_frame(b"half with the handshake", PING)
    with at.connect() as opened:
        opened.sendall(at.handshake + ping[:9])
        said = _until(opened, b'"hello"', b"")
        opened.sendall(ping[9:])
        return b"half with the handshake" in _until(opened, b"half with the handshake", said)


def mutated_handshakes(at: Address, many: int) -> Counter[str]:
    """The status of each answer, `closed` where none came."""
    chance = random.Random(6455)
    answers: Counter[str] = Counter()
    for _ in range(many):
        said = _mutated(at.handshake, chance)
        with at.connect() as opened:
            opened.sendall(said)
            if b"\r\n\r\n" not in said:
                # The rest would be waited for.
                opened.shutdown(socket.SHUT_WR)
            answers[_status(_first(opened))] += 1
    return answers


def mutated_frames(at: Address, many: int) -> Counter[str]:
    """The close code that each was answered with, `lives` where a ping behind it was still answered."""
    chance = random.Random(7692)
    answers: Counter[str] = Counter()
    for _ in range(many):
        with _greeted(at) as opened:
            frames = _mutated(chance.choice(_LEGAL), chance) + _STILL_THERE
            opened.sendall(frames)
            opened.shutdown(socket.SHUT_WR)
            answers[_verdict(_until(opened, _MARK, b""), _closed_with(frames))] += 1
    return answers


_MARK = b"still there?"
_STILL_THERE = client_frame(_MARK, PING)
_LEGAL = (
    client_frame(b'{"watch":"group:12"}'),
    client_frame(b'{"unwatch":"group:12"}'),
    client_frame('{"watch":"topic:ångström"}'.encode()),
    client_frame(b"here", PING),
    client_frame(struct.pack("!H", 1000), CLOSE),
    client_frame(b"x" * 200),
    b"\x01\x83\0\0\0\0abc\x80\x83\0\0\0\0def",
)


def _closed_with(frames: bytes) -> int | None:
    """The code in the first close frame of a client (RFC 6455 section 5.5.1), 1000 for one without; None without either."""
    at = 0
    while (known := header(frames, at, len(frames))) is not None:
        masked = at + known[0]
        key, payload = frames[masked : masked + 4], frames[masked + 4 : masked + 4 + known[1]]
        if frames[at] & 0x0F == CLOSE:
            code = bytes(octet ^ key[place % 4] for place, octet in enumerate(payload[:2]))
            return int.from_bytes(code, "big") if code else 1000
        at = masked + 4 + known[1]
    return None


def _verdict(said: bytes, closed_with: int | None) -> str:
    for opcode, payload in Reader().feed(said):
        if opcode == CLOSE:
            code = int.from_bytes(payload[:2], "big") if payload else 1000
            return "echo" if code == closed_with else str(code)
    return "lives" if _MARK in said else "closed"


@dataclass
class Client:
    """Somebody who is connected when the server has to go, and the bytes that mean: come back. None is the end itself."""

    opened: socket.socket
    awaited: bytes | None

    def told_to_come_back(self) -> bool:
        with self.opened:
            if self.awaited is not None:
                return self.awaited in _until(self.opened, self.awaited, b"")
            self.opened.settimeout(20)
            try:
                while self.opened.recv(65536):
                    continue
            except OSError:
                return False
            return True


def every_kind(at: Address) -> list[Client]:
    """A WebSocket, server-sent events, a long-poll, and a WebSocket that has said half a frame."""
    restart = struct.pack("!H", 1012)
    clients = [Client(_greeted(at), restart)]
    events = at.connect()
    events.sendall(get(at.port, _PATH, [token_header(at.token), "Accept: text/event-stream"]))
    _until(events, b'"hello"', b"")
    clients.append(Client(events, None))
    poll = at.connect()
    poll.sendall(get(at.port, "/api/v1/events?wait=25", [token_header(at.token)]))
    time.sleep(0.3)
    clients.append(Client(poll, b"HTTP/1.1 "))
    half = _greeted(at)
    half.sendall(client_frame(b"never finished")[:8])
    clients.append(Client(half, restart))
    return clients


def _greeted(at: Address) -> socket.socket:
    """Let in, after as many tries as it takes: admission may say 503."""
    while True:
        opened = at.connect()
        opened.sendall(at.handshake)
        if b'"hello"' in _until(opened, b'"hello"', b"", refusal=b"HTTP/1.1 503"):
            return opened
        opened.close()
        time.sleep(0.2)


def _until(opened: socket.socket, wanted: bytes, said: bytes, refusal: bytes = b"\0\0") -> bytes:
    """Read until this was said, or the connection is over."""
    opened.settimeout(20)
    while wanted not in said:
        try:
            data = opened.recv(65536)
        except OSError:
            break
        said += data
        if not data or said.startswith(refusal):
            break
    return said


def _first(opened: socket.socket) -> bytes:
    opened.settimeout(20)
    try:
        return opened.recv(65536)
    except ConnectionError:
        return b""


def _status(line: bytes) -> str:
    return line[9:12].decode("latin-1") if line.startswith(b"HTTP/1.1 ") else "closed"


def _mutated(data: bytes, chance: random.Random) -> bytes:
    """One to three bytes changed, put in, taken out or repeated, or the end cut off."""
    mutant = bytearray(data)
    for _ in range(chance.randint(1, 3)):
        place = chance.randrange(len(mutant)) if mutant else 0
        how = chance.randrange(6)
        if how == 0:
            mutant[place : place + 1] = bytes((chance.randrange(256),))
        elif how == 1 and mutant:
            mutant[place] ^= 1 << chance.randrange(8)
        elif how == 2:
            mutant.insert(place, chance.randrange(256))
        elif how == 3:
            del mutant[place : place + chance.randint(1, 4)]
        elif how == 4:
            mutant[place:place] = mutant[place : place + chance.randint(1, 16)]
        else:
            del mutant[place:]
    return bytes(mutant)
