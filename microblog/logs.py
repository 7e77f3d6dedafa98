"""Log lines on standard error, in one shape whoever writes them: structlog's (ours) and the standard library's (uvicorn's,
SQLAlchemy's). One write(2) per line, so that lines of several workers do not mix."""

from __future__ import annotations

import logging
import os
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from typing import Literal

import msgspec
import structlog
from structlog.typing import EventDict, WrappedLogger

from microblog.core.clock import now, rfc3339

Render = Callable[[str, str, str, Mapping[str, object]], str]
"""`(level, logger, event, more)` → the line."""

QUIET = ("uvicorn", "asyncio", "alembic")
"""Libraries of which only warnings are of interest: they tell of every start and stop, as we do ourselves."""


def configure(form: Literal["text", "json"], level: str) -> None:
    """Set both kinds of logger up for this process. To be called once, before anything logs."""
    render: Render = _json if form == "json" else _text
    number = logging.getLevelNamesMapping()[level.upper()]
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(number),
        processors=[structlog.processors.add_log_level, _Rendered(render)],
        logger_factory=_Line,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(_Formatter(render))
    logging.basicConfig(handlers=[handler], level=number, force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(max(number, logging.WARNING))


class _Line:
    """Where structlog's lines end up. Knows its logger's name, which structlog itself forgets."""

    def __init__(self, name: str = "microblog") -> None:
        self.name = name

    def msg(self, line: str) -> None:
        sys.stderr.write(line)
        sys.stderr.flush()

    debug = info = warning = error = critical = msg


class _Rendered:
    def __init__(self, render: Render) -> None:
        self._render = render

    def __call__(self, logger: WrappedLogger, method: str, event: EventDict) -> str:
        more = dict(event)
        if error := more.pop("exc_info", None):
            more["traceback"] = _traceback(error)
        return self._render(str(more.pop("level")), logger.name, str(more.pop("event")), more) + "\n"


class _Formatter(logging.Formatter):
    def __init__(self, render: Render) -> None:
        super().__init__()
        self._render = render

    def format(self, record: logging.LogRecord) -> str:
        more = {"traceback": _traceback(record.exc_info)} if record.exc_info else {}
        return self._render(record.levelname.lower(), record.name, record.getMessage(), more)


def _text(level: str, logger: str, event: str, more: Mapping[str, object]) -> str:
    clock = time.strftime("%H:%M:%S")
    below = f"\n{more['traceback']}" if "traceback" in more else ""
    pairs = "".join(f" {name}={_plain(value)}" for name, value in more.items() if name != "traceback")
    return f"{clock} {level:<7} {logger}: {event}{pairs}{below}"


def _json(level: str, logger: str, event: str, more: Mapping[str, object]) -> str:
    line = {"at": rfc3339(now()), "level": level, "logger": logger, "process": os.getpid(), "event": event}
    return msgspec.json.encode({**line, **more}, enc_hook=str).decode()


def _plain(value: object) -> str:
    """One word, or quoted: what a client sent can not look like a line of its own."""
    text = str(value)
    return text if text.isprintable() and " " not in text and text else repr(text)


def _traceback(error: object) -> str:
    if error is True:
        error = sys.exc_info()
    if isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        return "".join(traceback.format_exception(error)).rstrip()
    return ""
