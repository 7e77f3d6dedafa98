"""Reading the journal."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import bindparam, select

from microblog.core.clock import Millis
from microblog.db import Hot, Tx, at_most
from microblog.journal.event import Committed, Control
from microblog.journal.tables import counter, events

_control = msgspec.json.Decoder(Control)

_since = Hot(
    select(
        events.c.seq,
        events.c.at,
        events.c.type,
        events.c.actor,
        events.c.subject_kind,
        events.c.subject_id,
        events.c.channels,
        events.c.data,
        events.c.control,
    )
    .where(events.c.seq > bindparam("after"))
    .order_by(events.c.seq)
    .limit(at_most("most"))
)
_heard = Hot(
    select(events.c.channels)
    .distinct()
    .where(events.c.subject_kind == bindparam("kind"), events.c.subject_id == bindparam("subject"))
)
_counter = Hot(select(counter.c.seq, counter.c.pruned, counter.c.epoch).where(counter.c.id == 1))


def since(tx: Tx, after: int, limit: int) -> list[Committed]:
    """The events with a higher number than `after`, oldest first, at most `limit`. Those before `pruned` are gone."""
    return [_committed(*row) for row in tx.hot(_since, after=after, most=limit)]


def heard(tx: Tx, subject_kind: str, subject_id: int) -> set[str]:
    """Every channel on which the journal's events about a subject went out."""
    rows = tx.hot(_heard, kind=subject_kind, subject=subject_id)
    return {channel for (channels,) in rows for channel in channels.split()}


def head(tx: Tx) -> int:
    """The number of the newest event; 0 when nothing ever happened."""
    seq: int = tx.hot(_counter)[0][0]
    return seq


def pruned(tx: Tx) -> int:
    """The number of the newest event that the journal no longer holds; a position before it can not be resumed."""
    seq: int = tx.hot(_counter)[0][1]
    return seq


def epoch(tx: Tx) -> str:
    """Which numbering this is: random, made with the store, changed only by a restore."""
    name: str = tx.hot(_counter)[0][2]
    return name


def _committed(
    seq: int,
    at: Millis,
    kind: str,
    actor: int,
    subject_kind: str,
    subject_id: int,
    channels: str,
    data: bytes,
    control: Any,
) -> Committed:
    return Committed(
        seq=seq,
        at=at,
        type=kind,
        actor=actor,
        subject_kind=subject_kind,
        subject_id=subject_id,
        channels=tuple(channels.split()),
        data=data,
        control=None if control is None else _control.decode(control),
    )
