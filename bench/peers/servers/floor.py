"""The floor: blocking sockets and `send()`, in the simplest loop there is. Nobody who sends one by one can be cheaper."""

from __future__ import annotations

import base64
import hashlib
import select
import socket
import sys
from collections.abc import Callable

from bench.load.framing import server_frame
from bench.peers.servers.publishing import ANSWER

_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


def main(port: int, publishing: int) -> None:
    epoll = select.epoll()
    listeners = {}
    for number in (port, publishing):
        listener = socket.create_server(("127.0.0.1", number), backlog=4096)
        epoll.register(listener, select.EPOLLIN)
        listeners[listener.fileno()] = listener
    talking: dict[int, socket.socket] = {}
    sends: list[Callable[[bytes], None]] = []
    kept: list[socket.socket] = []
    while True:
        for fd, _ in epoll.poll():
            if fd in listeners:
                sock, _ = listeners[fd].accept()
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                talking[sock.fileno()] = sock
                epoll.register(sock, select.EPOLLIN)
                continue
            sock = talking[fd]
            request = sock.recv(1 << 16)
            if request.startswith(b"POST "):
                frame = server_frame(_body(sock, request))
                for send in sends:
                    send(frame)
                sock.sendall(ANSWER)
                continue
            if request:
                sock.sendall(_upgraded(request))
                sends.append(sock.sendall)
                kept.append(sock)
            epoll.unregister(fd)
            del talking[fd]


def _body(sock: socket.socket, request: bytes) -> bytes:
    head, _, body = request.partition(b"\r\n\r\n")
    length = int(head.lower().split(b"content-length:", 1)[1].split(b"\r\n", 1)[0])
    while len(body) < length:
        body += sock.recv(length - len(body))
    return body


def _upgraded(request: bytes) -> bytes:
    key = request.split(b"Sec-WebSocket-Key: ", 1)[1].split(b"\r\n", 1)[0]
    accept = base64.b64encode(hashlib.sha1(key + _GUID, usedforsecurity=False).digest())
    return (
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Accept: " + accept + b"\r\n\r\n"
    )


main(int(sys.argv[1]), int(sys.argv[2]))
