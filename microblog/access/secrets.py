"""Secrets that we make: sessions, tokens, invitation codes. Shown once, kept as a hash.

They hold 256 random bits, so a plain SHA-256 is enough: there is nothing to guess, unlike with passwords.
"""

from __future__ import annotations

from hashlib import sha256
from secrets import token_urlsafe

TOKEN_PREFIX = "mb_"
"""What a token begins with, so that scanners of repositories and people recognise one."""


def new_secret(prefix: str = "") -> str:
    """A new secret of 43 URL-safe characters behind `prefix`."""
    return prefix + token_urlsafe(32)


def hash_of(secret: str) -> bytes:
    """What is kept of a secret: 32 bytes."""
    return sha256(secret.encode("utf-8", "surrogateescape")).digest()
