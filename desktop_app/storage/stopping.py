"""How another thread ends a query that nobody waits for any more. Nothing here needs SQLAlchemy."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from desktop_app.core.errors import Cancelled


class Stop:
    """Given to `Store.reading(stop)`; another thread calls it to end the running query. The reader then raises `Cancelled`."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._interrupt: Callable[[], None] | None = None
        self.asked = False

    def __call__(self) -> None:
        """End the query that is running, and every one after it."""
        with self._lock:
            self.asked = True
            if self._interrupt is not None:
                self._interrupt()

    @contextmanager
    def over(self, interrupt: Callable[[], None]) -> Iterator[None]:
        """While in this block, calling the Stop calls `interrupt`, which ends the statement that runs."""
        with self._lock:
            if self.asked:
                raise Cancelled
            self._interrupt = interrupt
        try:
            yield
        except Exception as wrong:
            if "interrupt" in str(wrong) and self.asked:
                raise Cancelled from wrong
            raise
        finally:
            with self._lock:
                self._interrupt = None
