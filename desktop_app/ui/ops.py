"""Work beside the window: one small object a piece of work, and one bus that says what changed and who started it.

    ops.run(lambda op: records.save(ctx, draft), lane="write", owner=self, done=self.saved,
            changes=Changed(frozenset({"park"}), uid, by=self))

The work is called in a worker and returns plain data; `done` gets it on the window's thread. The work is given its `Op`,
which is a `core.progress.Progress`: saying how far it is also learns whether to stop.
"""

from __future__ import annotations

import logging
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from shiboken6 import isValid

from desktop_app.core.errors import Cancelled, KnownError
from desktop_app.core.words import Words

_log = logging.getLogger(__name__)
T = TypeVar("T")

Lane = Literal["write", "draft", "quick", "slow", "long"]
LANES: tuple[Lane, ...] = ("write", "draft", "quick", "slow", "long")
"""A worker each, so that in none anything overtakes: what writes; what is being typed and must never wait for that; what
somebody is looking at and waits for (first rows, pages, one record); what may take a second (all ids, counts); what may take
minutes (exports, backups)."""

SLOW_AFTER_MS = 500  # screens.md: from here on, progress and Cancel are shown
_TELL_EVERY = 0.1  # seconds between two reports of progress: a bar needs no more


@dataclass(frozen=True)
class Changed:
    """What a piece of work changed: kinds by name, one record if it was one, and who started it (a page knows its own)."""

    kinds: frozenset[str]
    uid: str | None = None
    by: object = None


class Op(QObject):
    """One piece of work under way. Lives on the window's thread; `at`, `cancelled` and `interruptible` are for the worker."""

    advanced = Signal(object, object, object)
    """done, total or None, `Words` of what is being done or None"""
    slow = Signal()
    """It is taking longer than half a second."""
    ended = Signal()
    """Done, refused, broken or cancelled: whatever was shown for it can go."""

    def __init__(
        self,
        deliver: Callable[[Op, object, BaseException | None], None],
        lane: Lane,
        answered: Callable[[Op], object],
    ) -> None:
        """`deliver` is called on the window's thread, `answered` in the worker when there is something to deliver."""
        super().__init__()
        self.lane = lane
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._interrupts: list[Callable[[], None]] = []
        self._told_at = 0.0
        self._doing: Words | None = None
        self._deliver = deliver
        self._answered = answered
        self._here = threading.Event()
        self._result: object = None
        self._problem: BaseException | None = None
        self.dropped = False
        self.over = False
        self.told: tuple[int, int | None, Words | None] | None = None
        """The last report of progress."""
        self._timer = QTimer(self, singleShot=True, interval=SLOW_AFTER_MS)
        self._timer.timeout.connect(self.slow)
        self._timer.start()

    @property
    def cancelled(self) -> bool:
        """Whether the user, or a newer question, wants it to stop."""
        return self._stop.is_set()

    def at(self, done: int, total: int | None = None, doing: Words | None = None) -> None:
        """See `core.progress.Progress.at`."""
        if self._stop.is_set():
            raise Cancelled
        now = time.monotonic()
        if now - self._told_at >= _TELL_EVERY or (doing is not None and doing != self._doing):
            self._told_at, self._doing = now, doing
            self.told = (done, total, doing)
            self.advanced.emit(done, total, doing)

    @contextmanager
    def interruptible(self, interrupt: Callable[[], object]) -> Iterator[None]:
        """While inside, cancelling also calls `interrupt` (a database's own way to break off a query), from the window's thread."""
        with self._lock:
            if self._stop.is_set():
                raise Cancelled
            self._interrupts.append(interrupt)  # type: ignore[arg-type]
        try:
            yield
        finally:
            with self._lock:
                self._interrupts.remove(interrupt)  # type: ignore[arg-type]

    def cancel(self) -> None:
        """Ask it to stop; it ends when it has undone what it began."""
        with self._lock:
            self._stop.set()
            for interrupt in self._interrupts:
                interrupt()

    def drop(self) -> None:
        """Nobody waits for the answer any more: it is cancelled, and should it still come, it goes nowhere."""
        self.dropped = True
        self.cancel()

    def _work(self, work: Callable[[Op], object]) -> None:
        """In the worker. Nothing may escape from here: whatever happens becomes the answer.

        The answer is not a signal of this object: as soon as it is delivered the object may be deleted, while this thread would still
        be inside the signal.
        """
        try:
            if self._stop.is_set():
                raise Cancelled  # noqa: TRY301  (one way out for all)
            self._result = work(self)
        except BaseException as error:  # noqa: BLE001  (told on the window's thread)
            self._problem = error
        self._here.set()
        self._answered(self)

    def end(self) -> None:
        """It is over."""
        self._timer.stop()
        self.over = True

    def arrive(self) -> None:
        """On the window's thread: deliver the answer, once."""
        if not self.over:
            self.end()
            self._deliver(self, self._result, self._problem)

    def wait(self, seconds: float) -> bool:
        """On the window's thread, and for a blink only: wait for the answer, and deliver it now.

        False when it took longer, or was none: then it is delivered as ever.
        """
        if self.over or not self._here.wait(seconds) or self._problem is not None:
            return self.over
        self.arrive()
        return True


class Ops(QObject):
    """The workers of one window."""

    changed = Signal(object)
    """`Changed`: after every write; lists, counts and forms look whether it concerns them."""
    refused = Signal(object)
    """`Words`: a refusal that the one who started the work has no place for."""
    broke = Signal(str)
    """A bug, as text to report; it is in the log too. Connect `dialogs.trouble.tell`."""
    started = Signal(object)
    """`Op`, for who shows that something is going on."""
    _answered = Signal(object)
    """`Op`, from its worker: it outlives every worker, unlike the piece of work."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._answered.connect(self._arrived)
        self._workers = {lane: ThreadPoolExecutor(1, f"pelita-{lane}") for lane in LANES}
        self._running: set[Op] = set()
        self._closed = False

    def run(
        self,
        work: Callable[[Op], T],
        *,
        lane: Lane = "slow",
        owner: QObject | None = None,
        done: Callable[[T], object] | None = None,
        failed: Callable[[KnownError], object] | None = None,
        stopped: Callable[[], object] | None = None,
        changes: Changed | Callable[[T], Changed | None] | None = None,
    ) -> Op:
        """Call `work` in the worker of `lane`, then one of the others on the window's thread.

        `owner`: when it has been deleted meanwhile, nobody is told. `failed` gets a `KnownError` (without it: `refused`).
        `stopped` is told of a cancel. `changes` goes over the bus after `done`; asked of the result, None is nothing.
        """

        def deliver(op: Op, result: object, problem: BaseException | None) -> None:
            self._running.discard(op)
            try:
                if not op.dropped and (owner is None or isValid(owner)):
                    self._answer(result, problem, done, failed, stopped)
                elif problem is not None and not op.cancelled:
                    self._trouble(problem)
            finally:
                op.ended.emit()
                op.deleteLater()
                changed = changes(result) if problem is None and callable(changes) else changes  # type: ignore[arg-type]
                if problem is None and changed is not None:
                    # What is stored is stored, whether or not anybody still waits: the bus must hear of it.
                    self.changed.emit(changed)

        op = Op(deliver, lane, self._answered.emit)
        if self._closed:  # a window that is going away loses the focus, and asks
            op.end()
            return op
        self._running.add(op)
        self.started.emit(op)
        self._workers[lane].submit(op._work, work)  # noqa: SLF001  (the two are one thing)
        return op

    @Slot(object)
    def _arrived(self, op: Op) -> None:
        op.arrive()

    def _answer(
        self,
        result: Any,
        problem: BaseException | None,
        done: Callable[[Any], object] | None,
        failed: Callable[[KnownError], object] | None,
        stopped: Callable[[], object] | None,
    ) -> None:
        if problem is None:
            if done is not None:
                done(result)
        elif isinstance(problem, Cancelled):
            if stopped is not None:
                stopped()
        elif isinstance(problem, KnownError) and failed is not None:
            failed(problem)
        else:
            self._trouble(problem)

    def _trouble(self, problem: BaseException) -> None:
        if isinstance(problem, KnownError):
            self.refused.emit(problem.words)
        elif not isinstance(problem, Cancelled):
            _log.error("work beside the window broke", exc_info=problem)
            # Frames and type, not the message: it may quote what somebody typed.
            self.broke.emit("".join(traceback.format_tb(problem.__traceback__)) + type(problem).__name__)

    def busy(self, lane: Lane | None = None) -> bool:
        """Whether anything is under way (in this lane)."""
        return any(lane in (None, op.lane) for op in self._running)

    def close(self) -> None:
        """Cancel everything and wait for the workers; nobody is told any more, and nothing is begun any more.

        A write that began is finished, drafts are kept.
        """
        self._closed = True
        for op in self._running:
            if op.lane == "draft":
                op.dropped = True
            else:
                op.drop()
        for worker in self._workers.values():
            worker.shutdown(wait=True)


class Latest:
    """A question of which only the newest answer counts: asking again drops and interrupts the one before."""

    def __init__(self, ops: Ops, lane: Lane, owner: QObject) -> None:
        self._ops, self._lane, self._owner = ops, lane, owner
        self._op: Op | None = None

    def run(
        self,
        work: Callable[[Op], T],
        done: Callable[[T], object],
        failed: Callable[[KnownError], object] | None = None,
    ) -> Op:
        """Ask; see `Ops.run`."""
        self.drop()
        self._op = self._ops.run(work, lane=self._lane, owner=self._owner, done=done, failed=failed)
        return self._op

    def drop(self) -> None:
        """Wait for no answer any more."""
        if self.waiting():
            self._op.drop()  # type: ignore[union-attr]
        self._op = None

    def waiting(self) -> bool:
        """Whether an answer is to come."""
        return self._op is not None and not self._op.over

    def wait(self, seconds: float) -> bool:
        """See `Op.wait`; False without a question."""
        return self._op is not None and self._op.wait(seconds)
