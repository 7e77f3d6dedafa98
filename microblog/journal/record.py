"""Writing the journal: noting what happened during an action, and numbering it as the last thing before COMMIT."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec
from sqlalchemy import bindparam, insert, select, update

from microblog.core.wire import encode
from microblog.db import Hot, Tx
from microblog.journal.event import Committed, Event
from microblog.journal.tables import counter, events

COLUMNS = ("at", "type", "actor", "via", "subject_kind", "subject_id", "channels", "control", "data")


class Rewrite(msgspec.Struct, frozen=True, gc=False):
    """A replacement of the data of all earlier events of a subject."""

    subject_kind: str
    subject_id: int
    data: bytes


_take_numbers = Hot(
    update(counter)
    .where(counter.c.id == 1)
    .values(seq=counter.c.seq + bindparam("many"))
    .returning(counter.c.seq)
)
_number = select(counter.c.seq - bindparam("back", type_=counter.c.seq.type)).where(counter.c.id == 1)
_write = Hot(
    insert(events).from_select(
        ["seq", *COLUMNS],
        _number.add_columns(*(bindparam(name, type_=events.c[name].type) for name in COLUMNS)),
    )
)
_rewrite = Hot(
    update(events)
    .where(
        events.c.subject_kind == bindparam("kind"),
        events.c.subject_id == bindparam("subject"),
        events.c.seq <= _number.scalar_subquery(),
    )
    .values(data=bindparam("new_data"))
)


def record(tx: Tx, event: Event) -> None:
    """Note that something happened. It is numbered and written when the unit commits, and dropped when it fails."""
    tx.records.append(event)


def rewrite(tx: Tx, subject_kind: str, subject_id: int, data: bytes) -> None:
    """Replace the data of everything the journal holds of a subject so far: what is gone is not replayed either.

    Done at COMMIT, under the counter, so that an event which another unit is just writing does not slip past it. An event
    with `Control.rewrite` implies it, and tells the processes' rings as well.
    """
    tx.records.append(Rewrite(subject_kind, subject_id, data))


def seal(tx: Tx, records: Sequence[object]) -> Callable[[], list[Committed]]:
    """Number a commit's records: `db.Seal`. The last statements before COMMIT, none waiting for the one before.

    The counter's row is what makes numbers gap-free and in commit order: whoever has changed it keeps every other writer
    waiting until the commit is done. A bare sequence would let a reader see 2 before 1.
    """
    happened = [noted for noted in records if isinstance(noted, Event)]
    numbers = tx.hot_later(_take_numbers, many=len(happened))
    tx.hot_many(_write, [_row(tx, event, len(happened) - 1 - at) for at, event in enumerate(happened)])
    for back, replaced in _rewrites(records, len(happened)):
        tx.hot(
            _rewrite,
            kind=replaced.subject_kind,
            subject=replaced.subject_id,
            new_data=replaced.data,
            back=back,
        )
    return lambda: _numbered(tx, happened, numbers()[0][0])


def _row(tx: Tx, event: Event, back: int) -> dict[str, object]:
    return {
        "back": back,
        "at": tx.now,
        "type": event.type,
        "actor": event.actor,
        "via": event.via,
        "subject_kind": event.subject_kind,
        "subject_id": event.subject_id,
        "channels": " ".join(event.channels),
        "control": None if event.control is None else encode(event.control),
        "data": event.data,
    }


def _rewrites(records: Sequence[object], many: int) -> list[tuple[int, Rewrite]]:
    """Each replacement with how far the last event before it is from the newest; those that a later one repeats left out."""
    found: dict[Rewrite, int] = {}
    before = 0
    for noted in records:
        replaced = noted
        if isinstance(noted, Event):
            before += 1
            if noted.control is not None and noted.control.rewrite:
                replaced = Rewrite(noted.subject_kind, noted.subject_id, noted.data)
        if isinstance(replaced, Rewrite):
            # Taken out first: the last of equal ones must also run last.
            found.pop(replaced, None)
            found[replaced] = many - before
    return [(back, replaced) for replaced, back in found.items()]


def _numbered(tx: Tx, noted: Sequence[Event], newest: int) -> list[Committed]:
    first = newest - len(noted) + 1
    return [
        Committed(
            seq=first + at,
            at=tx.now,
            type=event.type,
            actor=event.actor,
            subject_kind=event.subject_kind,
            subject_id=event.subject_id,
            channels=event.channels,
            data=event.data,
            control=event.control,
        )
        for at, event in enumerate(noted)
    ]
