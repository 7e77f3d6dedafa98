"""A row made ready: everything that can be worked out before the first request is."""

from __future__ import annotations

import inspect
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

import msgspec
from msgspec import inspect as shapes
from starlette.types import Receive, Scope

from microblog.core.bounds import MAX_INT
from microblog.core.errors import Forbidden, Invalid, NotFound, Unauthorized
from microblog.core.viewer import Viewer
from microblog.db import Database
from microblog.http.idempotency import Asked, Raced, chosen_key, once
from microblog.http.reading import decode_body, decode_query, read_body
from microblog.http.request import Authenticate, Request, header
from microblog.http.rows import Reply, Row

LONGEST_SEGMENT = 200
"""Characters of one segment of a path."""


class Endpoint:
    """One row with its decoders. Raises TypeError for a row that could not keep the API's promises."""

    __slots__ = (
        "_authenticate",
        "_database",
        "_decode",
        "_default_query",
        "_lists",
        "_numeric",
        "names",
        "row",
    )

    def __init__(self, row: Row, database: Database, authenticate: Authenticate) -> None:
        if (row.call is None) == (row.handler is None):
            raise TypeError(f"{row.method} {row.path} needs either a call or a handler")
        self.row = row
        self.names = tuple(part[1:-1] for part in row.path.split("/") if part.startswith("{"))
        self._numeric = frozenset(name for name in self.names if _annotation(row, name) == "int")
        self._database = database
        self._authenticate = authenticate
        for shape in (row.body, row.query):
            if shape is not None:
                _check(shape, row)
        self._decode = msgspec.json.Decoder(row.body).decode if row.body is not None else None
        self._lists = _list_fields(row.query)
        self._default_query = _default(row.query)

    async def answer(self, scope: Scope, receive: Receive, segments: Sequence[str]) -> Reply:
        """Read, check and do what is asked. Raises Problem, and Gone where the client left."""
        row = self.row
        viewer = await self._viewer(scope)
        params = self._params(segments)
        query = self._query(scope["query_string"])
        body, sent = None, b""
        if self._decode is not None:
            length = header(scope, b"content-length")
            sent = await read_body(receive, None if length is None else length.decode("latin-1"))
            body = decode_body(self._decode, sent)
        if row.handler is not None:
            return await row.handler(Request(scope, self._database, viewer, params, body, query))
        drafts = [draft for draft in (body, query) if draft is not None]
        if row.prepare is not None:
            drafts += await row.prepare(self._database, viewer, *drafts, **params)
        return await self._work(scope, viewer, drafts, params, sent)

    async def _work(
        self,
        scope: Scope,
        viewer: Viewer | None,
        drafts: list[Any],
        params: Mapping[str, int | str],
        sent: bytes,
    ) -> Reply:
        row, call = self.row, self.row.call
        assert call is not None
        if row.method == "GET":
            result = await self._database.read(call, viewer, *drafts, **params)
        else:
            asked = self._asked(scope, drafts, sent)
            if asked is None or viewer is None:
                result = await self._database.write(call, viewer, *drafts, **params)
            else:
                result = await self._once(viewer, asked, drafts, params)
        return result if isinstance(result, Reply) else Reply(result)

    async def _once(
        self, viewer: Viewer, asked: Asked, drafts: list[Any], params: Mapping[str, int | str]
    ) -> Reply:
        try:
            return await self._database.write(once, viewer, self.row, asked, *drafts, **params)
        except Raced:
            return await self._database.write(once, viewer, self.row, asked, *drafts, **params)

    def _asked(self, scope: Scope, drafts: list[Any], sent: bytes) -> Asked | None:
        if self.row.subject is None:
            return None
        given = header(scope, b"idempotency-key")
        key = chosen_key(
            None if given is None else given.decode("latin-1"),
            getattr(drafts[0], "key", None) if drafts else None,
        )
        return None if key is None else Asked(key, scope["method"], scope["path"], sha256(sent).digest())

    async def _viewer(self, scope: Scope) -> Viewer | None:
        try:
            viewer = await self._authenticate(scope)
        except (Unauthorized, Forbidden):
            # A stale cookie, or one without an Origin, is no reason to refuse what needs none.
            if self.row.open:
                return None
            raise
        if self.row.needs not in viewer.scopes:
            raise Forbidden(f"This token does not have the scope {self.row.needs}.", code="scope")
        return viewer

    def _params(self, segments: Sequence[str]) -> dict[str, int | str]:
        params: dict[str, int | str] = {}
        for name, segment in zip(self.names, segments, strict=True):
            params[name] = _number(segment) if name in self._numeric else _word(segment)
        return params

    def _query(self, query: bytes) -> Any:
        if not query:
            if self._default_query is not None or self.row.query is None:
                return self._default_query
            return decode_query(query, self.row.query, self._lists)
        if self.row.query is None:
            name = query.split(b"=", 1)[0].decode("latin-1")[:LONGEST_SEGMENT]
            raise Invalid("This takes no query.", field=name)
        return decode_query(query, self.row.query, self._lists)


def _number(segment: str) -> int:
    if segment.isascii() and segment.isdigit() and len(segment) <= 16 and int(segment) <= MAX_INT:
        return int(segment)
    raise NotFound("There is nothing under this address.")


def _word(segment: str) -> str:
    # U+FFFD is what the server puts where the address is no UTF-8.
    if segment and len(segment) <= LONGEST_SEGMENT and segment.isprintable() and "\ufffd" not in segment:
        return segment
    raise NotFound("There is nothing under this address.")


def _annotation(row: Row, name: str) -> str:
    if row.call is None:
        return "int" if name == "id" else "str"
    parameter = inspect.signature(row.call).parameters.get(name)
    if parameter is None:
        raise TypeError(f"{row.method} {row.path}: {row.call.__qualname__} takes no {name}")
    kind = parameter.annotation
    spoken = kind if isinstance(kind, str) else getattr(kind, "__name__", "")
    if spoken not in ("int", "str"):
        raise TypeError(f"{row.method} {row.path}: {name} must be annotated int or str, not {spoken}")
    return spoken


def _check(shape: type[msgspec.Struct], row: Row) -> None:
    """Every body and query refuses unknown fields and bounds every int, or the server does not start."""
    if not shape.__struct_config__.forbid_unknown_fields:
        raise TypeError(f"{row.method} {row.path}: {shape.__name__} must forbid unknown fields")
    for path, bounded in _ints(shapes.type_info(shape), shape.__name__):
        if not bounded:
            raise TypeError(f"{row.method} {row.path}: {path} needs bounds (core.bounds.Int)")


def _ints(shape: object, path: str) -> list[tuple[str, bool]]:
    if isinstance(shape, shapes.IntType):
        return [
            (path, shape.le is not None and shape.ge is not None and abs(shape.ge) <= MAX_INT >= shape.le)
        ]
    if isinstance(shape, shapes.StructType):
        return [found for field in shape.fields for found in _ints(field.type, f"{path}.{field.name}")]
    if isinstance(shape, shapes.UnionType):
        return [found for part in shape.types for found in _ints(part, path)]
    inner = [getattr(shape, name, None) for name in ("item_type", "key_type", "value_type", "type")]
    return [found for part in inner if part is not None for found in _ints(part, path + "[]")]


def _list_fields(shape: type[msgspec.Struct] | None) -> frozenset[str]:
    if shape is None:
        return frozenset()
    info = shapes.type_info(shape)
    assert isinstance(info, shapes.StructType)
    collections = (shapes.ListType, shapes.VarTupleType, shapes.SetType, shapes.FrozenSetType)
    return frozenset(field.encode_name for field in info.fields if isinstance(field.type, collections))


def _default(shape: type[msgspec.Struct] | None) -> Any:
    if shape is None:
        return None
    try:
        return shape()
    except TypeError:
        return None
