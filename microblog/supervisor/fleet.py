"""Several workers under one supervisor, which does nothing but start them, watch them and end them."""

from __future__ import annotations

import ctypes
import errno
import gc
import logging
import os
import selectors
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field

log = logging.getLogger("microblog.supervisor")

Work = Callable[[int, Callable[[], None]], None]
"""What a worker does: `(number from 0, call this when ready)`, until it is sent SIGTERM."""

FIRST_PAUSE = 0.1
LONGEST_PAUSE = 10.0
"""Seconds between the death of a worker and its successor, doubled for each that did not live `SETTLED` seconds."""

SETTLED = 5.0

GONE_WITHIN = 14.5
"""Seconds that workers get to stop; then they are killed. A little more than they allow themselves."""

OURS = (signal.SIGTERM, signal.SIGINT, signal.SIGCHLD)
"""Signals that the supervisor takes, and its workers do not take from it."""

PR_SET_PDEATHSIG = 1
"""prctl(2)."""


@dataclass
class _Place:
    """One of the N workers, through all its lives."""

    number: int
    process: int | None = None
    ready: int | None = None
    """The end of a pipe on which it says that it listens; closed once it has, or has died."""
    listens: bool = False
    started: float = 0.0
    due: float = 0.0
    pause: float = FIRST_PAUSE


@dataclass
class Fleet:
    """`count` workers, forked so that they share what was loaded before. Linux only (SO_REUSEPORT, PR_SET_PDEATHSIG)."""

    count: int
    work: Work
    on_ready: Callable[[], None] = lambda: None
    _places: list[_Place] = field(default_factory=list)
    _stopping: bool = False
    _deadline: float = 0.0
    _answered: bool = False
    _status: int = 0

    def run(self) -> int:
        """Run until SIGTERM or SIGINT, and answer the exit status. To be called in the main thread."""
        self._places = [_Place(number) for number in range(self.count)]
        self._watch = selectors.DefaultSelector()
        bell, self._signalled = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        self._watch.register(bell, selectors.EVENT_READ, None)
        for number in OURS:
            signal.signal(
                number, lambda *_: None
            )  # a handler must exist for the wakeup descriptor to be written
        signal.set_wakeup_fd(self._signalled, warn_on_full_buffer=False)
        gc.freeze()  # or the first collection in a worker would copy every shared page
        while True:
            self._start_the_due()
            for key, _ in self._watch.select(self._until_next()):
                self._hear(key.fd) if key.data is None else self._note_ready(key.data)
            self._bury()
            if self._stopping and not any(place.process for place in self._places):
                return self._status

    # Starting

    def _start_the_due(self) -> None:
        if self._stopping:
            if time.monotonic() > self._deadline:
                self._signal_all(signal.SIGKILL)
            return
        for place in self._places:
            if place.process is None and time.monotonic() >= place.due:
                self._fork(place)

    def _fork(self, place: _Place) -> None:
        supervisor = os.getpid()
        place.ready, told = os.pipe2(os.O_CLOEXEC)
        # Until the child has its own dispositions a signal waits: the supervisor's handler, which it inherits, would
        # swallow the one by which it is told to stop right after its birth.
        signal.pthread_sigmask(signal.SIG_BLOCK, OURS)
        process = os.fork()
        if process == 0:
            self._become(place.number, told, supervisor)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, OURS)
        os.close(told)
        place.process, place.listens, place.started = process, False, time.monotonic()
        self._watch.register(place.ready, selectors.EVENT_READ, place)

    def _become(self, number: int, told: int, supervisor: int) -> None:
        """The child's whole life. Never returns, whatever happens: above it lies the supervisor's stack."""
        status = 1
        try:
            _die_with(supervisor)
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            signal.signal(
                signal.SIGINT, signal.SIG_IGN
            )  # Ctrl-C reaches the whole terminal; the supervisor passes it on
            signal.pthread_sigmask(signal.SIG_UNBLOCK, OURS)
            self._watch.close()
            self.work(number, lambda: os.close(told) if os.write(told, b"1") else None)
            status = 0
        except SystemExit as leaving:
            status = leaving.code if isinstance(leaving.code, int) else 1
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status)

    # Watching

    def _until_next(self) -> float | None:
        if self._stopping:
            return max(0.0, self._deadline - time.monotonic()) + 0.01
        waiting = [place.due for place in self._places if place.process is None]
        return max(0.0, min(waiting) - time.monotonic()) if waiting else None

    def _note_ready(self, place: _Place) -> None:
        """The worker has said that it listens, or has closed the pipe by dying; `_bury` tells the second."""
        assert place.ready is not None
        place.listens = bool(os.read(place.ready, 1))
        self._close_pipe(place)
        # Not "has closed its pipe": one that died did that too, and may not have been buried yet.
        if not self._answered and all(each.listens for each in self._places):
            self._answered = True
            self.on_ready()

    def _close_pipe(self, place: _Place) -> None:
        if place.ready is not None:
            self._watch.unregister(place.ready)
            os.close(place.ready)
            place.ready = None

    def _bury(self) -> None:
        while True:
            try:
                process, status = os.waitpid(-1, os.WNOHANG)
            except OSError as error:
                if error.errno == errno.ECHILD:
                    return
                raise
            if process == 0:
                return
            for place in self._places:
                if place.process == process:
                    self._lost(place, os.waitstatus_to_exitcode(status))

    def _lost(self, place: _Place, status: int) -> None:
        lived = time.monotonic() - place.started
        process, place.process = place.process, None
        self._close_pipe(place)
        if self._stopping:
            self._status = self._status or max(0, status)
            return
        if not self._answered:
            log.error("Worker %d (process %s) could not start.", place.number, process)
            self._status = 1
            self._stop()
            return
        pause = FIRST_PAUSE if lived > SETTLED else place.pause
        place.due, place.pause = time.monotonic() + pause, min(LONGEST_PAUSE, pause * 2)
        how = f"was killed by signal {-status}" if status < 0 else f"ended with status {status}"
        log.error("Worker %d (process %s) %s; a new one starts in %.1f s.", place.number, process, how, pause)

    # Stopping

    def _hear(self, bell: int) -> None:
        for number in os.read(bell, 64):
            if number in (signal.SIGTERM, signal.SIGINT):
                if self._stopping and number == signal.SIGINT:
                    self._signal_all(signal.SIGKILL)
                else:
                    self._stop()

    def _stop(self) -> None:
        if not self._stopping:
            self._stopping = True
            self._deadline = time.monotonic() + GONE_WITHIN
            self._signal_all(signal.SIGTERM)

    def _signal_all(self, number: signal.Signals) -> None:
        for place in self._places:
            if place.process is not None:
                os.kill(place.process, number)


def _die_with(supervisor: int) -> None:
    """Have the kernel kill this process when its parent dies, so that no orphan holds the port and the store.

    SIGKILL, because whoever starts the next server needs both at once, and nothing acknowledged is lost by it.
    """
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != supervisor:  # it died before we asked
        os._exit(1)
