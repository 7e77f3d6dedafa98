"""Who takes part, in the order of the tables."""

from __future__ import annotations

from collections.abc import Sequence

from bench.peers.centrifugo import CENTRIFUGO
from bench.peers.microblog import MICROBLOG
from bench.peers.nats import NATS
from bench.peers.nchan import NCHAN
from bench.peers.peer import Peer
from bench.peers.python import BROADCAST, FLOOR, SOCKETIO, STARLETTE

PEERS: Sequence[Peer] = (MICROBLOG, FLOOR, NCHAN, STARLETTE, BROADCAST, SOCKETIO, NATS, CENTRIFUGO)


def named(*names: str) -> list[Peer]:
    """Raises KeyError on a name that nobody has."""
    known = {peer.name: peer for peer in PEERS}
    return [known[name] for name in names]
