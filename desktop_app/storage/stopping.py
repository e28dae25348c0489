"""How another thread ends a query that nobody waits for any more. Nothing here needs SQLAlchemy."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from desktop_app.core.errors import Cancelled

if TYPE_CHECKING:
    from desktop_app.storage.backends.base import Backend


class Stop:
    """Given to `Store.reading(stop)`; another thread calls it to end the running query. The reader then raises `Cancelled`."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: Backend | None = None
        self.asked = False

    def __call__(self) -> None:
        """End the query that is running, and every one after it."""
        with self._lock:
            self.asked = True
            if self._running is not None:
                self._running.interrupt()

    @contextmanager
    def over(self, running: Backend) -> Iterator[None]:
        """While in this block, calling the Stop ends the statement that runs on this connection."""
        with self._lock:
            if self.asked:
                raise Cancelled
            self._running = running
        try:
            yield
        except Exception as wrong:
            if running.was_interrupted(wrong) and self.asked:
                raise Cancelled from wrong
            raise
        finally:
            with self._lock:
                self._running = None
            running.settle()
