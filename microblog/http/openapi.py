"""The API described (OpenAPI 3.1) from the very rows that serve it, so that neither can say something else."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

import msgspec

from microblog.http.answering import Refused
from microblog.http.dispatch import PREFIX
from microblog.http.idempotency import LONGEST_KEY
from microblog.http.rows import Row

_REF = "#/components/schemas/{name}"
_JSON = "application/json"

DESCRIPTION = """Everything that happens on this server is said, read and followed through these operations.

**Who you are.** `Authorization: Bearer TOKEN`; make a token under Settings or with `microblog token HANDLE`.
**Errors** are `{"error": {"code", "message", "field"}}`. What you may not see is a 404, exactly like what is not there.
**Sending twice does it once** with a key of your own: the header `Idempotency-Key`, or `key` in the body.
**Lists** answer `items`, `next` (the `before` of the following page) and `head`, the place in the stream from which
`GET /api/v1/stream?after=HEAD` goes on without a gap.
"""

_STREAM = {
    "get": {
        "summary": "Hear everything as it happens: WebSocket, or SSE with Accept: text/event-stream",
        "operationId": "get_stream",
        "tags": ["stream"],
        "parameters": [
            {"name": "after", "in": "query", "schema": {"type": "integer", "minimum": 0}},
            {"name": "epoch", "in": "query", "schema": {"type": "string"}},
            {"name": "watch", "in": "query", "schema": {"type": "string"}},
        ],
        "responses": {
            "101": {"description": "WebSocket frames, each one JSON text"},
            "200": {
                "description": "Events",
                "content": {"text/event-stream": {"schema": {"type": "string"}}},
            },
        },
    }
}
_EVENTS = {
    "get": {
        "summary": "The same events by long-poll, for networks that let nothing else through",
        "operationId": "get_events",
        "tags": ["stream"],
        "parameters": [
            *_STREAM["get"]["parameters"],
            {"name": "wait", "in": "query", "schema": {"type": "integer", "minimum": 0, "maximum": 60}},
        ],
        "responses": {
            "200": {"description": "Events since `after`", "content": {_JSON: {"schema": {"type": "object"}}}}
        },
    }
}


def describe(rows: Sequence[Row], *, version: str, server: str = "") -> dict[str, Any]:
    """The OpenAPI 3.1 document of these rows."""
    shapes = [Refused, *(row.answers for row in rows if row.answers is not None)]
    shapes += [row.body for row in rows if row.body is not None]
    _, components = msgspec.json.schema_components(shapes, ref_template=_REF)
    paths: dict[str, dict[str, Any]] = {}
    for row in rows:
        paths.setdefault(PREFIX + row.path, {})[row.method.lower()] = _operation(row)
    paths[f"{PREFIX}/stream"] = _STREAM
    paths[f"{PREFIX}/events"] = _EVENTS
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "microblog",
            "version": version,
            "description": DESCRIPTION,
            "license": {"name": "MIT"},
        },
        "servers": [{"url": server or "/"}],
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": components,
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer"},
                "session": {"type": "apiKey", "in": "cookie", "name": "__Host-session"},
            },
        },
        "security": [{"token": []}, {"session": []}],
    }


def _operation(row: Row) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "summary": row.summary,
        "operationId": _operation_id(row),
        "tags": [row.path.split("/")[1]],
        "parameters": [*_path_parameters(row), *_query_parameters(row), *_key_parameter(row)],
        "responses": _responses(row),
    }
    if doc := inspect.getdoc(row.call or row.handler):
        operation["description"] = doc
    if row.body is not None:
        operation["requestBody"] = {"required": True, "content": {_JSON: {"schema": _schema(row.body)}}}
    if row.open:
        operation["security"] = [{}]
    return operation


def _operation_id(row: Row) -> str:
    words = [part.strip("{}").replace("-", "_").replace(".", "_") for part in row.path.split("/")[1:]]
    return "_".join([row.method.lower(), *words])


def _path_parameters(row: Row) -> Iterable[dict[str, Any]]:
    called = row.call or row.handler
    assert called is not None
    hints = inspect.signature(called).parameters
    for part in row.path.split("/"):
        if part.startswith("{"):
            name = part[1:-1]
            annotation = hints[name].annotation if name in hints else str
            schema = (
                {"type": "integer", "minimum": 1}
                if annotation in (int, "int")
                else {"type": "string", "minLength": 1}
            )
            yield {"name": name, "in": "path", "required": True, "schema": schema}


def _query_parameters(row: Row) -> Iterable[dict[str, Any]]:
    if row.query is None:
        return
    (reference,), components = msgspec.json.schema_components([row.query], ref_template=_REF)
    shape: Mapping[str, Any] = components[reference["$ref"].rsplit("/", 1)[1]]
    for field in msgspec.structs.fields(row.query):
        schema = dict(shape["properties"][field.encode_name])
        if schema.get("default", ...) is None:
            del schema["default"]
        yield {
            "name": field.encode_name,
            "in": "query",
            "required": field.encode_name in shape.get("required", ()),
            "schema": _without_null(schema),
        }


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """A query has no null: what may be left out may simply be left out."""
    choices = [choice for choice in schema.get("anyOf", ()) if choice != {"type": "null"}]
    if len(choices) == 1:
        rest = {name: value for name, value in schema.items() if name != "anyOf"}
        return {**choices[0], **rest}
    return schema


def _key_parameter(row: Row) -> Iterable[dict[str, Any]]:
    if row.subject is not None:
        schema = {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY, "pattern": "^[ -~]+$"}
        yield {"name": "Idempotency-Key", "in": "header", "required": False, "schema": schema}


def _responses(row: Row) -> dict[str, Any]:
    refused = {"description": "Refused", "content": {_JSON: {"schema": _schema(Refused)}}}
    status = row.status if row.answers is not None or row.status != 200 else 204
    done: dict[str, Any] = {"description": HTTPStatus(status).phrase}
    if row.answers is not None:
        done["content"] = {_JSON: {"schema": _schema(row.answers)}}
    return {str(status): done, "4XX": refused, "5XX": refused}


def _schema(shape: object) -> dict[str, Any]:
    (schema,), _ = msgspec.json.schema_components([shape], ref_template=_REF)
    return schema
