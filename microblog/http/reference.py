"""The API to read, at `/api`: the OpenAPI document as one page, without a script of anybody's."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import Any

from starlette.types import Scope

from microblog.http.headers import page_headers
from microblog.http.rows import Headers
from microblog.http.sheet import sheet

_CODE = re.compile(r"`([^`]+)`")
_BOLD = re.compile(r"\*\*([^*]+)\*\*")


class Reference:
    """Renders once; the document does not change while the process lives."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._html = _page(document).encode()
        self._headers: Headers = (
            (b"content-type", b"text/html; charset=utf-8"),
            (b"cache-control", b"no-cache"),
            *page_headers(self._html),
        )

    async def page(self, scope: Scope) -> tuple[int, Headers, bytes]:
        """The page at `/api`."""
        return 200, self._headers, self._html


def _page(document: Mapping[str, Any]) -> str:
    groups: dict[str, list[str]] = {}
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            groups.setdefault(operation["tags"][0], []).append(_operation(path, method, operation))
    chapters = "".join(
        f'<section id="{escape(tag)}"><h2>{escape(tag)}</h2>{"".join(found)}</section>'
        for tag, found in sorted(groups.items())
    )
    contents = "".join(f'<a href="#{escape(tag)}">{escape(tag)}</a>' for tag in sorted(groups))
    schemas = "".join(
        f'<details id="schema-{escape(name)}"><summary><code>{escape(name)}</code></summary>{_fields(schema)}</details>'
        for name, schema in sorted(document["components"]["schemas"].items())
    )
    body = (
        f"<header><h1>The API of microblog</h1>{_prose(document['info']['description'])}"
        '<p><a href="/api/v1/openapi.json">openapi.json</a></p></header>'
        f'<nav class="chapters">{contents}<a href="#shapes">shapes</a></nav>{chapters}'
        f'<section id="shapes"><h2>Shapes</h2>{schemas}</section>'
    )
    return sheet("en", "API · microblog", body)


def _operation(path: str, method: str, operation: Mapping[str, Any]) -> str:
    parts = [f"<p>{_inline(operation['summary'])}</p>"]
    if description := operation.get("description"):
        parts.append(_prose(description))
    if parameters := operation.get("parameters"):
        rows = "".join(
            f"<tr><td><code>{escape(found['name'])}</code></td><td>{escape(found['in'])}</td>"
            f"<td>{_kind(found['schema'])}</td></tr>"
            for found in parameters
        )
        parts.append(f"<table>{rows}</table>")
    if body := operation.get("requestBody"):
        parts.append(f"<p>Body: {_kind(_json_schema(body))}</p>")
    for status, answer in operation["responses"].items():
        if status[0] in "12":
            shape = f": {_kind(_json_schema(answer))}" if _json_schema(answer) else ""
            parts.append(f"<p>{status} {escape(answer['description'])}{shape}</p>")
    return (
        f'<details><summary><b class="verb">{method.upper()}</b> <code>{escape(path)}</code> '
        f"<span>{_inline(operation['summary'])}</span></summary>{''.join(parts)}</details>"
    )


def _json_schema(holder: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = holder.get("content", {}).get("application/json", {}).get("schema", {})
    return found


def _fields(schema: Mapping[str, Any]) -> str:
    rows = "".join(
        f"<tr><td><code>{escape(name)}</code></td><td>{_kind(field)}</td>"
        f"<td>{'needed' if name in schema.get('required', ()) else ''}</td></tr>"
        for name, field in schema.get("properties", {}).items()
    )
    words = _prose(schema["description"]) if schema.get("description") else ""
    return f"{words}<table>{rows}</table>" if rows else words or f"<p>{_kind(schema)}</p>"


def _kind(schema: Mapping[str, Any]) -> str:
    if "$ref" in schema:
        name = escape(schema["$ref"].rsplit("/", 1)[1])
        return f'<a href="#schema-{name}">{name}</a>'
    if "anyOf" in schema:
        return " or ".join(_kind(choice) for choice in schema["anyOf"])
    if "enum" in schema:
        return " or ".join(f"<code>{escape(str(value))}</code>" for value in schema["enum"])
    if schema.get("type") == "array":
        return f"list of {_kind(schema.get('items') or {})}"
    words = escape(str(schema.get("type", "anything")))
    low, high = schema.get("minimum", schema.get("minLength")), schema.get("maximum", schema.get("maxLength"))
    return words if low is None and high is None else f"{words} <small>{_range(low, high)}</small>"


def _range(low: object, high: object) -> str:
    if high is None:
        return f"from {low}"
    return f"up to {high}" if low is None else f"{low} … {high}"


def _prose(text: str) -> str:
    return "".join(f"<p>{_inline(paragraph)}</p>" for paragraph in text.strip().split("\n\n"))


def _inline(text: str) -> str:
    return _BOLD.sub(r"<strong>\1</strong>", _CODE.sub(r"<code>\1</code>", escape(text)))
