"""What a client sent, decoded and checked in one pass, and what to say where it can not be.

A body that is no JSON is a 400 with the byte at which it breaks; one that is JSON but not what was asked for is a 422
with the path of the field. msgspec raises three kinds of error for these (and RecursionError): all are told apart here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NoReturn, TypeVar
from urllib.parse import parse_qsl

import msgspec
from starlette.types import Receive

from microblog.core.errors import BadRequest, Invalid, Problem, TooLarge

LARGEST_BODY = 3 * 64 * 1024 + 4 * 1024
"""Bytes of a JSON body. A text may have 64 KiB; its letters may be sent as `\\u0439`, three times as long at most for what
is not ASCII (json.dumps does so unless told otherwise), and the rest is for what stands around it."""

MOST_FIELDS = 100
"""Fields of a query."""

T = TypeVar("T")

_AT = re.compile(r"(?P<said>.*?)(?: - at `(?P<path>.*)`)?", re.DOTALL)
_NAMED = re.compile(r"Object (?:missing required|contains unknown) field `(?P<name>.*)`", re.DOTALL)
_BYTE = re.compile(r"JSON is malformed: (?P<why>.*) \(byte (?P<byte>\d+)\)")
_LONE_SURROGATE = re.compile(
    rb"(?i)\\ud[89ab][0-9a-f]{2}(?!\\ud[c-f])|(?<!\\ud[89ab][0-9a-f]{2})\\ud[c-f][0-9a-f]{2}"
)
_NUL = b"\\u0000"
_LONGEST_WORDS = 200


class Gone(Exception):
    """The client closed the connection before it had sent its request."""


async def read_body(receive: Receive, declared: str | None, limit: int = LARGEST_BODY) -> bytes:
    """The whole body. Raises TooLarge before more than `limit` bytes are held, and Gone."""
    if declared is not None and declared.isascii() and declared.isdigit() and int(declared[:20]) > limit:
        raise _too_large(limit)
    message = await receive()
    if message["type"] == "http.request" and not message.get("more_body", False):
        body: bytes = message.get("body", b"")
        if len(body) > limit:
            raise _too_large(limit)
        return body
    parts, size = [], 0
    while message["type"] == "http.request":
        part: bytes = message.get("body", b"")
        size += len(part)
        if size > limit:
            raise _too_large(limit)
        parts.append(part)
        if not message.get("more_body", False):
            return b"".join(parts)
        message = await receive()
    raise Gone


def _too_large(limit: int) -> TooLarge:
    return TooLarge(f"A request's body may have at most {limit} bytes.")


def decode_body(decode: Callable[[bytes], T], body: bytes) -> T:
    """The draft in a JSON body. Raises BadRequest with the byte where it breaks, or Invalid with the field."""
    try:
        draft = decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise _unreadable(body, error) from None
    if _NUL in body:
        _refuse_nul(draft)
    return draft


def decode_query(query: bytes, shape: type[T], lists: frozenset[str]) -> T:
    """The draft in a query string. Raises BadRequest where it is not UTF-8, or Invalid with the field."""
    try:
        pairs = parse_qsl(
            query.decode(), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS, separator="&"
        )
    except UnicodeDecodeError:
        raise BadRequest("The query is not UTF-8.") from None
    except ValueError:
        raise BadRequest(f"A query may have at most {MOST_FIELDS} fields.") from None
    given: dict[str, str | list[str]] = {}
    for name, value in pairs:
        if name in lists:
            given.setdefault(name, []).append(value)  # type: ignore[union-attr]
        elif name in given:
            raise Invalid("This field is given twice.", field=name[:_LONGEST_WORDS])
        else:
            given[name] = value
    try:
        draft = msgspec.convert(given, shape, strict=False)
    except msgspec.ValidationError as error:
        raise invalid(error) from None
    if b"%00" in query:
        _refuse_nul(draft)
    return draft


def invalid(error: msgspec.ValidationError) -> Invalid:
    """The refusal that names the field by its path, as `people[3]` or `until`; `$` is the whole."""
    match = _AT.fullmatch(str(error))
    said, path = (match["said"], match["path"] or "$") if match else (str(error), "$")
    if named := _NAMED.fullmatch(said):
        path = f"{path}.{named['name'][:_LONGEST_WORDS]}"
        said = (
            "This field is needed." if "missing" in said[: named.start("name")] else "There is no such field."
        )
    else:
        said = said[:_LONGEST_WORDS].replace("`", "") + "."
    return Invalid(said, field=path.removeprefix("$.")[: 2 * _LONGEST_WORDS])


def _unreadable(body: bytes, error: Exception) -> Problem:
    if isinstance(error, msgspec.ValidationError):
        return invalid(error)
    if isinstance(error, RecursionError):
        return BadRequest("This is nested too deeply to be read.", code="broken_json")
    if isinstance(error, UnicodeDecodeError):
        # msgspec counts from the start of the string that holds the byte; we say where it is in the body.
        try:
            body.decode()
        except UnicodeDecodeError as wrong:
            return _broken(wrong.start, "no UTF-8")
    if found := _BYTE.fullmatch(str(error)):
        # It has read the first of the trailing characters when it says so.
        return _broken(int(found["byte"]) - (found["why"] == "trailing characters"), found["why"])
    if lone := _LONE_SURROGATE.search(body):
        return _broken(lone.start(), "half of a surrogate pair")
    return _broken(len(body), "it ends too early" if body else "a JSON body is needed")


def _broken(byte: int, why: str) -> BadRequest:
    return BadRequest(f"The JSON breaks at byte {byte}: {why}.", code="broken_json")


def _refuse_nul(draft: object) -> None:
    for path in _strings_with_nul(draft, ""):
        _refuse(path)


def _refuse(path: str) -> NoReturn:
    raise Invalid("A text can not hold the character NUL.", field=path or "$")


def _strings_with_nul(value: object, path: str) -> Iterator[str]:
    if isinstance(value, str):
        if "\0" in value:
            yield path
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from _strings_with_nul(getattr(value, name), f"{path}.{name}" if path else name)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _strings_with_nul(key, f"{path}[...]")
            yield from _strings_with_nul(item, f"{path}[...]")
    elif isinstance(value, (list, tuple, set, frozenset)):
        for place, item in enumerate(value):
            yield from _strings_with_nul(item, f"{path}[{place}]")
