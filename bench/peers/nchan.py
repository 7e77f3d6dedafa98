"""nginx with nchan: the yardstick. One worker, its buffers large enough that it loses nothing under a burst."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.load import Dialect
from bench.peers.debian import unpacked
from bench.peers.peer import Absent, Peer, Running, posted
from bench.places import SERVER_CORE
from bench.process import Pinned
from tests.support.children import free_port

_CONFIGURATION = """
load_module {module};
daemon off;
master_process on;
worker_processes 1;
worker_rlimit_nofile 20000;
error_log {folder}/error.log error;
pid {folder}/pid;
events {{ worker_connections 19000; use epoll; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  client_body_buffer_size 64k;
  keepalive_requests 1000000000; keepalive_timeout 1h;
  tcp_nodelay on;
  nchan_shared_memory_size 512M;
  server {{
    listen 127.0.0.1:{port} backlog=4096;
    location = /subscribe {{
      nchan_subscriber websocket; nchan_channel_id bench; nchan_subscriber_first_message newest;
      nchan_websocket_ping_interval 0; nchan_subscriber_timeout 0;
    }}
    location = /publish {{
      nchan_publisher; nchan_channel_id bench; nchan_message_buffer_length 20000; nchan_message_timeout 120s;
    }}
  }}
}}
"""

_PACKAGES = ("nginx", "nginx-common", "libnginx-mod-nchan")


_BODIES = Path("/var/lib/nginx")
"""nginx makes a folder in it even where the configuration names others: nchan brings a server block of its own."""


def _ready() -> Path:
    """The root below which nginx and nchan lie. Raises Absent."""
    if Path("/usr/lib/nginx/modules/ngx_nchan_module.so").exists():
        return Path("/")
    root = unpacked(*_PACKAGES)
    try:
        _BODIES.mkdir(exist_ok=True)
    except OSError:
        raise Absent(
            f"{_BODIES} can not be made: install nginx and libnginx-mod-nchan, or run this as root"
        ) from None
    return root


@contextmanager
def _start(sockets: int, event: bytes) -> Iterator[Running]:
    root = _ready()
    with tempfile.TemporaryDirectory(prefix="bench-nchan-") as name:
        folder, port = Path(name), free_port()
        folder.chmod(0o777)
        module = root / "usr/lib/nginx/modules/ngx_nchan_module.so"
        (folder / "nginx.conf").write_text(_CONFIGURATION.format(module=module, folder=folder, port=port))
        server = Pinned(
            [root / "usr/sbin/nginx", "-p", folder, "-e", "stderr", "-c", folder / "nginx.conf"],
            SERVER_CORE,
            port=port,
        )
        try:
            server.await_family(2)
            yield Running(
                server.pids,
                Dialect("127.0.0.1", port, "/subscribe"),
                posted(port, "/publish", event),
                [""] * sockets,
            )
        finally:
            server.stop()


def _version() -> str:
    nginx = subprocess.run([_ready() / "usr/sbin/nginx", "-v"], capture_output=True, text=True, check=True)
    package = subprocess.run(
        ["apt-cache", "show", "--no-all-versions", "libnginx-mod-nchan"],
        capture_output=True,
        text=True,
        check=False,
    )
    number = next(
        (line.split()[1] for line in package.stdout.splitlines() if line.startswith("Version:")), ""
    )
    return f"{nginx.stderr.partition(':')[2].strip()}, nchan {number}".strip()


NCHAN = Peer("nchan", "nginx + nchan", _start, _version)
