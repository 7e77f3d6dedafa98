"""Passwords: argon2id in a bounded pool.

The one rule is length, at least eight characters. NIST SP 800-63B (section 3.1.1) found that rules about digits and signs
make people choose `Password1!`, and that changing passwords by the calendar makes them worse; length is what guards.
"""

from __future__ import annotations

import asyncio
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from microblog.core.errors import Invalid, Unavailable

P = ParamSpec("P")
T = TypeVar("T")

SHORTEST = 8
LONGEST = 1000
"""Characters. The upper bound keeps a login from being a way to make us hash megabytes."""

_hasher = PasswordHasher(time_cost=3, memory_cost=32 * 1024, parallelism=1)
"""32 MiB and three passes: above OWASP's minimum (19 MiB, 2), and two at once fit in a small machine. About 50 ms."""

_NOBODY = "$argon2id$v=19$m=32768,t=3,p=1$bi9NoiW1REg90wm1rekP+A$QWBKm/KG/zJrLbGc/7/jOKj41fZzxoEx8NjYFnYaT3g"
"""Verifying against this costs what verifying against a real one does: an unknown account answers no sooner."""


def check_length(password: str, field: str = "password") -> str:
    """The password in the form that is hashed. Raises Invalid where it is too short or too long."""
    normal = unicodedata.normalize("NFKC", password)
    if len(normal) < SHORTEST:
        raise Invalid(
            f"A password has at least {SHORTEST} characters. Length is the only rule: a few words in a row are easy to "
            "keep and hard to guess.",
            code="too_short",
            field=field,
        )
    if len(normal) > LONGEST:
        raise Invalid(f"A password has at most {LONGEST} characters.", code="too_long", field=field)
    return normal


def hash_password(password: str) -> str:
    """The argon2id hash of a password; takes some 50 ms. Raises Invalid where its length is wrong."""
    return _hasher.hash(check_length(password))


def verify_password(kept: str | None, password: str) -> bool:
    """Whether this is the password; `kept` None (no account, or one without a password) costs the same and is False."""
    normal = unicodedata.normalize("NFKC", password)
    try:
        _hasher.verify(kept or _NOBODY, normal)
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def outdated(kept: str) -> bool:
    """Whether a hash was made with other parameters than today's and should be made anew at this login."""
    return _hasher.check_needs_rehash(kept)


class PasswordPool:
    """Hashes on threads of its own (argon2 lets go of the GIL), never more than a few at once.

    Each takes 32 MiB and 50 ms of a core; without a bound, a burst of logins would take the machine's memory.
    """

    def __init__(self, *, threads: int = 2, waiting: int = 64) -> None:
        self._threads = ThreadPoolExecutor(threads, "password")
        self._free = threads + waiting

    async def hash(self, password: str) -> str:
        """`hash_password` off the loop. Raises Unavailable when too many wait."""
        return await self._run(hash_password, password)

    async def verify(self, kept: str | None, password: str) -> bool:
        """`verify_password` off the loop. Raises Unavailable when too many wait."""
        return await self._run(verify_password, kept, password)

    def close(self) -> None:
        """Let the threads end."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _run(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        if self._free <= 0:
            raise Unavailable("Very many people are logging in; try again in a moment.", retry_after=2.0)
        self._free -= 1
        try:
            return await asyncio.get_running_loop().run_in_executor(
                self._threads, partial(call, *args, **kwargs)
            )
        finally:
            self._free += 1
