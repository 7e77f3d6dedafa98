"""The browser client's files, kept in memory with their validators and compressed forms.

The modules of the client import each other by relative addresses and there is no build step that could put a hash into
each. So the *tree* has a version: pages name everything below `/static/~VERSION/`, relative imports stay below it, and
what stands there may be kept for ever. Without the version, or with an old one, a file is asked for again each time.
"""

from __future__ import annotations

import os
import time
from hashlib import blake2b
from pathlib import Path, PurePosixPath

import msgspec

from microblog.http.answering import SMALLEST_GZIP, etag, gzipped

IMMUTABLE = b"public, max-age=31536000, immutable"
REVALIDATE = b"public, no-cache"

_TYPES = {
    ".css": b"text/css; charset=utf-8",
    ".html": b"text/html; charset=utf-8",
    ".ico": b"image/x-icon",
    ".jpg": b"image/jpeg",
    ".js": b"text/javascript; charset=utf-8",
    ".json": b"application/json",
    ".map": b"application/json",
    ".mjs": b"text/javascript; charset=utf-8",
    ".mp3": b"audio/mpeg",
    ".png": b"image/png",
    ".svg": b"image/svg+xml",
    ".txt": b"text/plain; charset=utf-8",
    ".webmanifest": b"application/manifest+json",
    ".webp": b"image/webp",
    ".woff2": b"font/woff2",
}
"""Only these are served. Anything else in the folder is none of a browser's business."""

_COMPRESSIBLE = frozenset({".css", ".html", ".js", ".json", ".map", ".mjs", ".svg", ".txt", ".webmanifest"})

_VERSION_LASTS = 2.0
"""Seconds after which the tree is looked at again: whoever edits a file sees it at the next reload."""


class File(msgspec.Struct, frozen=True, gc=False):
    """One file, ready to be sent."""

    changed: tuple[int, int]
    kind: bytes
    plain: bytes
    packed: bytes | None
    etag: bytes


class Tree:
    """A folder of files for browsers."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[str, File] = {}
        self._version = ""
        self._looked = -_VERSION_LASTS

    def file(self, name: str) -> File | None:
        """The file of this name below the folder, as `core/api.js`; None where there is none that may be served."""
        path = PurePosixPath(name)
        kind = _TYPES.get(path.suffix)
        if (
            kind is None
            or path.is_absolute()
            or any(part.startswith(".") for part in path.parts)
            or "\0" in name
        ):
            return None
        try:
            stat = os.stat(self._folder / path)
            changed = (stat.st_mtime_ns, stat.st_size)
            known = self._files.get(name)
            if known is None or known.changed != changed:
                known = self._files[name] = _read(self._folder / path, changed, kind)
        except OSError:
            return None
        return known

    def split(self, path: str) -> tuple[str, bool]:
        """`~VERSION/core/api.js` → the name, and whether the version is the one of now."""
        if path.startswith("~"):
            version, _, name = path[1:].partition("/")
            return name, version == self.version()
        return path, False

    def version(self) -> str:
        """Changes whenever a file of the tree does."""
        now = time.monotonic()
        if now - self._looked >= _VERSION_LASTS:
            self._version, self._looked = self._digest(), now
        return self._version

    def _digest(self) -> str:
        seen = blake2b(digest_size=8)
        for folder, folders, names in os.walk(self._folder):
            folders.sort()
            for name in sorted(names):
                stat = os.stat(os.path.join(folder, name))
                seen.update(f"{folder}/{name}\0{stat.st_mtime_ns}\0{stat.st_size}\n".encode())
        return seen.hexdigest()


def _read(path: Path, changed: tuple[int, int], kind: bytes) -> File:
    plain = path.read_bytes()
    packed = None
    if path.suffix in _COMPRESSIBLE and len(plain) >= SMALLEST_GZIP:
        packed = gzipped(plain, level=9)
    return File(changed, kind, plain, packed, etag(plain))
