"""Every setting of the server: one frozen Struct, read once at start and passed down.

A setting `redis_url` is the environment variable `MICROBLOG_REDIS_URL` or the key `redis_url` in the TOML file that
`MICROBLOG_CONFIG` names. The command line wins over the environment, the environment over the file.
"""

from __future__ import annotations

import difflib
import ipaddress
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, get_type_hints
from urllib.parse import urlsplit

import msgspec
from msgspec import Meta

PREFIX = "MICROBLOG_"
CONFIG = "MICROBLOG_CONFIG"
"""The one variable that is no setting: it names the TOML file that holds settings."""

_CREDENTIALS = re.compile(r"(?<=://)(?P<user>[^:/@]*):[^@]*(?=@)")


class BadSetting(Exception):
    """A setting can not be read. The message names the variable or key and what it must be."""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What an operator can set. Each field's description is what `microblog settings` prints."""

    data: Annotated[
        Path, Meta(description="Folder of the store: the SQLite file, uploaded files and locks.")
    ] = Path("data")
    database_url: Annotated[
        str,
        Meta(
            description="PostgreSQL to keep everything in, as postgresql://user:password@host/name. "
            "Empty: SQLite, in the data folder."
        ),
    ] = ""
    redis_url: Annotated[
        str,
        Meta(
            description="Redis that rings the bell between workers, as redis://host:6379/0. Needed for more than one."
        ),
    ] = ""
    public_url: Annotated[
        str,
        Meta(
            description="Address that people's browsers use, such as https://microblog.example. "
            "Empty: the address that the server listens on."
        ),
    ] = ""
    host: Annotated[str, Meta(description="Address or name to listen on.")] = "127.0.0.1"
    port: Annotated[int, Meta(ge=0, le=65535, description="Port to listen on; 0 takes a free one.")] = 8000
    workers: Annotated[
        int, Meta(ge=1, le=64, description="Processes that serve. More than one needs Redis.")
    ] = 1
    proxies: Annotated[
        tuple[str, ...],
        Meta(
            description="Addresses or networks (CIDR, separated by commas) of reverse proxies whose X-Forwarded-For "
            "and X-Forwarded-Proto are believed. Empty: none."
        ),
    ] = ()
    log_format: Annotated[
        Literal["text", "json"], Meta(description="How log lines on standard error look: text or json.")
    ] = "text"
    log_level: Annotated[
        Literal["debug", "info", "warning", "error"], Meta(description="The least serious lines to log.")
    ] = "info"


class Loaded(msgspec.Struct, frozen=True):
    """The settings, where each came from, and variables that look like settings but are none."""

    settings: Settings
    sources: Mapping[str, str]
    unknown: tuple[str, ...] = ()

    def lines(self) -> Iterator[tuple[str, str, str, str]]:
        """`(variable, value, source, description)` of each setting, passwords masked."""
        for field in msgspec.structs.fields(Settings):
            value = _shown(getattr(self.settings, field.name))
            yield variable(field.name), value, self.sources[field.name], describe(field.name)


def variable(name: str) -> str:
    """The environment variable of a setting: `redis_url` → `MICROBLOG_REDIS_URL`."""
    return PREFIX + name.upper()


def names() -> tuple[str, ...]:
    """The names of all settings, in the order in which they are explained."""
    return Settings.__struct_fields__


def describe(name: str) -> str:
    """What a setting is for, in one or two sentences."""
    return _meta(name).description or ""


def load(environ: Mapping[str, str], command_line: Mapping[str, object] | None = None) -> Loaded:
    """Read the settings. Values of None on the command line were not given. Raises BadSetting."""
    values: dict[str, object] = {}
    sources = dict.fromkeys(names(), "default")
    for origin, given in _layers(environ, command_line or {}):
        for name, value in given.items():
            values[name] = _converted(name, value, _spoken(name, origin))
            sources[name] = origin
    known = {variable(name) for name in names()} | {CONFIG}
    unknown = tuple(sorted(key for key in environ if key.startswith(PREFIX) and key not in known))
    return Loaded(settings=Settings(**values), sources=sources, unknown=unknown)  # type: ignore[arg-type]


def resembling(unknown: str) -> str | None:
    """The variable that somebody who wrote `unknown` may have meant."""
    near = difflib.get_close_matches(unknown, [variable(name) for name in names()], n=1, cutoff=0.8)
    return near[0] if near else None


def _layers(
    environ: Mapping[str, str], command_line: Mapping[str, object]
) -> Iterator[tuple[str, dict[str, object]]]:
    if path := environ.get(CONFIG):
        yield path, _file(Path(path))
    given = {name: environ[variable(name)] for name in names() if variable(name) in environ}
    yield "environment", dict(given)
    yield "command line", {name: value for name, value in command_line.items() if value is not None}


def _file(path: Path) -> dict[str, object]:
    try:
        given = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise BadSetting(f"{CONFIG}: {path} can not be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadSetting(f"{CONFIG}: {path} is no TOML: {error}.") from error
    for key in given:
        if key not in names():
            near = difflib.get_close_matches(key, names(), n=1)
            hint = f" Did you mean {near[0]}?" if near else ""
            raise BadSetting(f"{path}: {key} is no setting.{hint}")
    return given


def _spoken(name: str, origin: str) -> str:
    """A setting as whoever wrote it knows it."""
    if origin == "environment":
        return variable(name)
    return f"--{name}" if origin == "command line" else f"{origin}: {name}"


def _converted(name: str, value: object, spoken: str) -> object:
    if name == "proxies" and isinstance(value, str):
        value = [part.strip() for part in value.split(",") if part.strip()]
    field = next(field for field in msgspec.structs.fields(Settings) if field.name == name)
    try:
        converted = msgspec.convert(value, field.type, strict=False, dec_hook=_path)
        if name in _CHECKS:
            _CHECKS[name](converted)
    except (msgspec.ValidationError, ValueError) as error:
        raise BadSetting(f"{spoken}: {str(error).rstrip('.')}.") from error
    return converted


def _path(kind: type, value: object) -> object:
    if kind is Path and isinstance(value, str) and value:
        return Path(value).expanduser()
    raise ValueError("Expected the path of a folder")


def _postgresql(value: str) -> None:
    parts = urlsplit(value)
    if value and not (parts.scheme in ("postgresql", "postgres") and parts.path.strip("/")):
        raise ValueError("Expected postgresql://user:password@host/name, or nothing for SQLite")


def _redis(value: str) -> None:
    if value and urlsplit(value).scheme not in ("redis", "rediss", "unix"):
        raise ValueError("Expected redis://host:6379/0, rediss:// or unix://")


def _origin(value: str) -> None:
    parts = urlsplit(value)
    if value and not (parts.scheme in ("http", "https") and parts.hostname and parts.path in ("", "/")):
        raise ValueError("Expected http:// or https:// and a host, without a path")


def _networks(value: tuple[str, ...]) -> None:
    for network in value:
        ipaddress.ip_network(network)


_CHECKS: dict[str, Callable[[Any], None]] = {
    "database_url": _postgresql,
    "redis_url": _redis,
    "public_url": _origin,
    "proxies": _networks,
}


def _meta(name: str) -> Meta:
    hint = get_type_hints(Settings, include_extras=True)[name]
    return next(extra for extra in hint.__metadata__ if isinstance(extra, Meta))


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return ",".join(value)
    return _CREDENTIALS.sub(r"\g<user>:…", str(value))
