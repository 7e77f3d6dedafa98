"""Sending a request twice does it once (DESIGN section 4).

The client makes the key. It is kept in the transaction of the change it names: either both are there or neither. A repeat
answers the thing as it is *now* with the first status, because between the two it may have been revised or withdrawn.
"""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.exc import IntegrityError

from microblog.core.clock import Millis
from microblog.core.errors import Conflict, Invalid
from microblog.core.viewer import Viewer
from microblog.db import Hot, Tx
from microblog.http.rows import Reply, Row
from microblog.http.tables import requests

LONGEST_KEY = 200
KEPT_DAYS = 30

_FIND = Hot(
    select(
        requests.c.method, requests.c.path, requests.c.body_sha256, requests.c.status, requests.c.subject_id
    ).where(requests.c.actor_id == bindparam("actor_id"), requests.c.key == bindparam("key"))
)
_KEEP = Hot(insert(requests), columns=requests.columns.keys())


class Asked(msgspec.Struct, frozen=True, gc=False):
    """What a key stands for: the same key with another of these is a mistake of the client."""

    key: str
    method: str
    path: str
    body_sha256: bytes


class AlreadyCreated(Conflict):
    """The first answer held a secret, which is kept nowhere: what was made can only be named."""

    code = "already_created"

    def __init__(self, kind: str, subject: int) -> None:
        super().__init__(
            f"This {kind} was made already, with the id {subject}; its secret is shown only once."
        )
        self.subject = subject


class Raced(Exception):
    """The same key was kept by another request meanwhile; running once more will find it."""


def chosen_key(header: str | None, field: str | None) -> str | None:
    """The key of a request. Raises Invalid where header and body differ, or the header's can be none."""
    if header is not None and not (
        0 < len(header) <= LONGEST_KEY and header.isascii() and header.isprintable()
    ):
        raise Invalid(f"A key has 1 to {LONGEST_KEY} printable ASCII characters.", field="Idempotency-Key")
    if header is not None and field is not None and header != field:
        raise Invalid("The header Idempotency-Key says otherwise.", field="key")
    return field if header is None else header


def once(tx: Tx, viewer: Viewer, row: Row, asked: Asked, *args: Any, **params: Any) -> Reply:
    """Do the row's work unless this key did it before. Raises Conflict `key_reused`, AlreadyCreated and Raced."""
    earlier = tx.hot(_FIND, actor_id=viewer.id, key=asked.key)
    if earlier:
        return _again(tx, viewer, row, asked, earlier[0])
    assert row.call is not None
    assert row.subject is not None
    result = row.call(tx, viewer, *args, **params)
    reply = result if isinstance(result, Reply) else Reply(result)
    status = reply.status or row.status
    try:
        tx.hot(
            _KEEP,
            actor_id=viewer.id,
            key=asked.key,
            method=asked.method,
            path=asked.path,
            body_sha256=asked.body_sha256,
            status=status,
            subject_kind=row.subject,
            subject_id=_subject(reply),
            at=tx.now,
        )
    except IntegrityError as error:
        raise Raced from error
    return reply


def prune(tx: Tx, viewer: Viewer | None, before: Millis) -> int:
    """Forget the keys of requests before this time; answers how many."""
    return tx.execute(delete(requests).where(requests.c.at < before)).rowcount


def _again(tx: Tx, viewer: Viewer, row: Row, asked: Asked, earlier: tuple[Any, ...]) -> Reply:
    method, path, body_sha256, status, subject = earlier
    if (method, path, bytes(body_sha256)) != (asked.method, asked.path, asked.body_sha256):
        raise Conflict("This key was used for another request.", code="key_reused", field="key")
    if row.again is None:
        raise AlreadyCreated(row.subject or "", subject)
    result = row.again(tx, viewer, subject)
    if isinstance(result, Reply):
        return Reply(result.body, status, result.headers, subject)
    return Reply(result, status, (), subject)


def _subject(reply: Reply) -> int:
    if reply.subject is not None:
        return reply.subject
    found = reply.body["id"] if isinstance(reply.body, dict) else getattr(reply.body, "id")  # noqa: B009
    assert isinstance(found, int)
    return found
