"""Everybody who delivers the same bytes to the same sockets in the same run."""

from bench.peers.peer import Absent, Peer, Running, get, token_header
from bench.peers.roster import PEERS, named

__all__ = ["PEERS", "Absent", "Peer", "Running", "get", "named", "token_header"]
