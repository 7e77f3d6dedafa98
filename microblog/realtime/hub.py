"""The hub: channels and bytes. It knows nothing of posts, sockets or tasks.

Events come in by `deliver`, in seq order. A *pass* takes what has come in, plans who gets what, and writes it, at most
5 ms at a time; what comes in meanwhile leaves together in the next pass. When idle that adds no delay, and the more
there is to do the more leaves in one write.

`head` is the last event that was planned. Memberships change in the same walk as events are planned, so that nothing
numbered after a removal reaches the removed, and a subscriber that goes live hears exactly what comes after `head`.
"""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence

from microblog.journal.event import Committed, Control
from microblog.realtime import endings
from microblog.realtime.bundle import Bundle, Plan
from microblog.realtime.channels import Directory
from microblog.realtime.endings import Ending
from microblog.realtime.frames import Message
from microblog.realtime.messages import HEARTBEAT_SECONDS, heartbeat
from microblog.realtime.parking import Lot, Place
from microblog.realtime.ring import Ring
from microblog.realtime.subscriber import BUFFER_LIMIT, Subscriber

SLICE_SECONDS = 0.005
"""A pass yields to requests after this long; a pass over 15,000 sockets takes 100 ms and more."""

BUCKETS = 10 * HEARTBEAT_SECONDS
"""Heartbeats are spread over this many ticks of the wheel, a tenth of a second each."""

PASS_BYTES = 256 * 1024
"""A pass gives one subscriber about this much at most: a healthy one takes it in before the next, so that a burst alone
never makes it look slow."""

_STRIDE = 32
"""Writes between two looks at the clock, about a quarter of a millisecond."""

Work = Callable[[Plan], None]
log = logging.getLogger(__name__)


class Hub:
    """`soon` runs a callback once in the next turn of the loop (`loop.call_soon`).

    `unread` are the bytes that waited, on average, for each subscriber of the last pass: what the company as a whole is
    behind, which writing ever more would turn into closed connections.
    """

    def __init__(
        self,
        head: int,
        epoch: str,
        soon: Callable[[Callable[[], None]], object],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.epoch = epoch
        self.ring = Ring(head)
        self.lot = Lot()
        self.writes = 0
        self.lost = 0
        self.unread = 0.0
        self._unread_seen = 0
        self._epoch_bytes = epoch.encode()
        self._soon = soon
        self._clock = clock
        self._directory = Directory()
        self._subscribers: list[Subscriber | None] = []
        self._vacant: list[int] = []
        self._left_in_pass: list[int] = []
        self._incoming: deque[tuple[float, Committed | Work]] = deque()
        self._pass: Iterator[tuple[int, Bundle]] | None = None
        self._pass_since = 0.0
        self._pass_size = 0
        self._scheduled = False

    @property
    def head(self) -> int:
        return self.ring.head

    def __len__(self) -> int:
        """How many are live."""
        return self._directory.population

    def deliver(self, events: Sequence[Committed]) -> None:
        """Take events in seq order, each following the last (`Intake` sees to that). They leave in the next turn."""
        now = self._clock()
        self._incoming.extend([(now, event) for event in events])
        self._schedule()

    def lag(self) -> float:
        """Seconds that the oldest event not yet handed to every subscriber's transport has waited; 0 when none does."""
        if self._pass is not None:
            return self._clock() - self._pass_since
        if self._incoming:
            return self._clock() - self._incoming[0][0]
        return 0.0

    def beat(self, bucket: int) -> None:
        """Send the heartbeats of one bucket, in their place among the events: complete up to what went before."""
        if len(self._subscribers) > bucket:
            self._enqueue(lambda plan: self._plan_heartbeat(plan, bucket))

    def tell(self, subscriber: Subscriber, messages: Callable[[], Sequence[Message]]) -> None:
        """Send one subscriber what `messages` answers at its turn, in its place among the events.

        `messages` may change the memberships of this subscriber. It is called even if the subscriber is gone by then.
        """
        self._enqueue(lambda plan: self._plan_private(plan, subscriber, messages))

    def go_live(self, place: Place, subscriber: Subscriber) -> None:
        """Leave the parking lot and hear everything after `head`. The subscriber has been sent everything up to it."""
        assert place.channels is not None
        assert place.ending is None
        self.lot.leave(place)
        if self._vacant:
            number = self._vacant.pop()
            self._subscribers[number] = subscriber
        else:
            number = len(self._subscribers)
            self._subscribers.append(subscriber)
        subscriber.number = number
        subscriber.watched = place.watched
        subscriber.mine = self._directory.enter(number, place.channels)

    def leave(self, subscriber: Subscriber) -> None:
        """Forget a subscriber. Harmless when it is forgotten already."""
        number = subscriber.number
        if number < 0 or subscriber.mine is None:
            return
        self._directory.leave(number, subscriber.mine)
        self._subscribers[number] = None
        subscriber.number = -1
        subscriber.mine = None
        # A pass knows its subscribers by number: it must not meet a newcomer under this one.
        (self._vacant if self._pass is None else self._left_in_pass).append(number)

    def hears(self, subscriber: Subscriber) -> set[str]:
        return set() if subscriber.mine is None else self._directory.names(subscriber.mine)

    def add(self, subscriber: Subscriber, channel: str) -> None:
        if subscriber.mine is not None:
            self._directory.add(subscriber.number, subscriber.mine, channel)

    def drop(self, subscriber: Subscriber, channel: str) -> None:
        if subscriber.mine is not None:
            self._directory.drop(subscriber.number, subscriber.mine, channel)

    def live(self) -> list[Subscriber]:
        return [subscriber for subscriber in self._subscribers if subscriber is not None]

    # A pass, in the order in which it happens.

    def _enqueue(self, work: Work) -> None:
        self._incoming.append((self._clock(), work))
        self._schedule()

    def _schedule(self) -> None:
        if not self._scheduled:
            self._scheduled = True
            self._soon(self._slice)

    def _slice(self) -> None:
        self._scheduled = False
        until = self._clock() + SLICE_SECONDS
        if self._pass is None:
            self._begin_pass(until)
        if self._pass is not None and self._write(self._pass, until):
            self._end_pass()
        if self._pass is not None or self._incoming:
            self._schedule()

    def _begin_pass(self, until: float) -> None:
        """Plan what has come in. Planning many crossing runs takes time too: what is left at `until` waits a pass."""
        if not self._incoming:
            return
        self._pass_since = self._incoming[0][0]
        self._pass = iter(())  # numbers of those who leave from here on are not given out before it ends
        plan = Plan()
        while self._incoming and plan.size < PASS_BYTES and self._clock() < until:
            _, item = self._incoming.popleft()
            if isinstance(item, Committed):
                self._plan_event(plan, item)
            else:
                item(plan)
        self._pass_size, self._pass = plan.finish()
        self.writes += self._pass_size

    def _write(self, due: Iterator[tuple[int, Bundle]], until: float) -> bool:
        """Write until the time is over; true when all is written. The hottest loop there is, hence inlined."""
        subscribers = self._subscribers
        epoch = self._epoch_bytes
        clock = self._clock
        stride = _STRIDE
        for number, bundle in due:
            subscriber = subscribers[number]
            if subscriber is None:
                continue
            data = bundle.joined[subscriber.form] or bundle.join(subscriber.form, epoch)
            try:
                if subscriber.stalled and not self._has_room(subscriber, len(data)):
                    continue
                subscriber.outlet.write(data)
            except Exception as error:
                # uvloop raises on a transport that died unnoticed; asyncio does not. One lost socket is no reason for
                # the others to wait.
                self.lost += 1
                log.debug("lost a subscriber in a pass: %r", error)
                self._let_go(subscriber, endings.BROKEN)
                continue
            stride -= 1
            if not stride:
                if clock() >= until:
                    return False
                stride = _STRIDE
        return True

    def _end_pass(self) -> None:
        self._pass = None
        self.unread = self._unread_seen / self._pass_size if self._pass_size else 0.0
        self._unread_seen = 0
        self._vacant += self._left_in_pass
        self._left_in_pass.clear()

    def _plan_event(self, plan: Plan, event: Committed) -> None:
        if event.control is not None:
            plan.settle()
            self._obey(event, event.control)
        message = self.ring.append(event)
        if event.channels:
            hearers = self._directory.hearers(event.channels)
            if hearers:
                plan.add(message, hearers)

    def _plan_heartbeat(self, plan: Plan, bucket: int) -> None:
        plan.settle()
        due = [s.number for s in self._subscribers[bucket::BUCKETS] if s is not None]
        plan.add(heartbeat(self.head), due)

    def _plan_private(
        self, plan: Plan, subscriber: Subscriber, messages: Callable[[], Sequence[Message]]
    ) -> None:
        plan.settle()
        said = messages()
        if subscriber.number >= 0:
            hearer = (subscriber.number,)
            for message in said:
                plan.add(message, hearer)

    def _has_room(self, subscriber: Subscriber, size: int) -> bool:
        waiting = subscriber.outlet.get_write_buffer_size()
        # Counted up to what one pass gives: some who read nothing at all must not look like everybody reading slowly.
        self._unread_seen += min(waiting, PASS_BYTES)
        if waiting + size <= BUFFER_LIMIT:
            return True
        self._let_go(subscriber, endings.SLOW)
        return False

    def _let_go(self, subscriber: Subscriber, ending: Ending) -> None:
        self.leave(subscriber)
        try:
            subscriber.end(ending)
        except Exception as error:
            log.debug("a subscriber ended badly: %r", error)

    # Rights.

    def _obey(self, event: Committed, control: Control) -> None:
        """Apply a change of rights at its place in the walk (DESIGN section 5)."""
        self.lot.obey(control)
        for person, channel in control.add:
            for subscriber in self._of(person):
                self.add(subscriber, channel)
                # No longer only because it asked: unwatching must not take it away.
                subscriber.watched = tuple(name for name in subscriber.watched if name != channel)
        for person, channel in control.drop:
            for subscriber in self._of(person):
                self._withdraw(subscriber, channel, event.seq)
        for credential in control.close:
            for subscriber in self._under(credential):
                self._let_go(subscriber, endings.REVOKED)
        if control.rewrite:
            self.ring.rewrite(event)

    def _withdraw(self, subscriber: Subscriber, channel: str, seq: int) -> None:
        """Take a channel away, and all that is watched with it: that a thread lies in a group only a query can tell."""
        suspended = tuple(name for name in subscriber.watched if name != channel)
        for name in (channel, *subscriber.watched):
            self.drop(subscriber, name)
        subscriber.watched = ()
        if suspended:
            subscriber.suspend(suspended, seq)

    def _of(self, person: int) -> list[Subscriber]:
        return [self._subscribers[number] for number in self._directory.members(f"person:{person}")]  # type: ignore[misc]

    def _under(self, credential: str) -> list[Subscriber]:
        kind, _, name = credential.partition(":")
        if kind == "person":
            return self._of(int(name))
        return [subscriber for subscriber in self.live() if subscriber.viewer.via == credential]
