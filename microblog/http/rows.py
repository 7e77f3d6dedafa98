"""A route is a row of data. Dispatch, validation, the work in one hop and OpenAPI are all made from it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

import msgspec

if TYPE_CHECKING:
    from microblog.http.request import Request

Scope = Literal["read", "write"]
Headers = tuple[tuple[bytes, bytes], ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer that needs more than a body.

    `body` is a Struct or dict to encode, `msgspec.Raw` or bytes sent as they are, or None for an empty body. `status`
    None means the row's own. `subject` is the id of what a POST made, for rows that take an idempotency key.
    """

    body: object = None
    status: int | None = None
    headers: Headers = ()
    subject: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One operation of the API. `path` is below `/api/v1`, as `/posts/{id}`.

    `call(tx, viewer, [body], [query], **path_params)` is a plain synchronous function that runs on the database's
    thread: in `database.read` for GET, in `database.write` otherwise. The annotations of its path parameters (`int` or
    `str`) say what a segment must be; one that is not is not found. It returns a Struct, a dict, `msgspec.Raw` (JSON
    that is already encoded), None (204) or a `Reply`.

    `prepare(database, viewer, [body], **path_params)` does beforehand what would hold the database for too long; what it
    answers is handed to `call` after the drafts.

    A row whose work is asynchronous has `handler(request) -> Reply` instead.

    `open` rows take anonymous requests; their `viewer` may be None. `secret` rows answer `no-store`. `subject` names the
    kind of thing that a POST makes; such a row takes an idempotency key, and `again(tx, viewer, id)` renders the thing
    as it is now for a repeat. With `secret` and no `again` a repeat is a 409 `already_created` with the id.
    """

    method: str
    path: str
    call: Callable[..., object] | None = None
    status: int = 200
    body: type[msgspec.Struct] | None = None
    query: type[msgspec.Struct] | None = None
    answers: object = None
    open: bool = False
    summary: str = ""
    scope: Scope | None = None
    handler: Callable[[Request], Awaitable[Reply]] | None = None
    subject: str | None = None
    again: Callable[..., object] | None = None
    secret: bool = False
    prepare: Callable[..., Awaitable[Sequence[object]]] | None = None

    @property
    def needs(self) -> Scope:
        """The scope that a token must have: `read` for GET, `write` otherwise, unless the row says so."""
        return self.scope or ("read" if self.method == "GET" else "write")


T = TypeVar("T")


class Listing(msgspec.Struct, Generic[T], frozen=True, gc=False):
    """What every list answers.

    `mine` holds, by id, what is personal about an item; `next` is the `before` of the following page, None at the end;
    `head` is the journal's newest seq, read in the same snapshot.
    """

    items: list[T]
    head: int
    next: int | None = None
    mine: dict[str, Any] = {}
