"""The two ways into a database (reading, writing) and how another thread stops a query that nobody waits for any more."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from desktop_app.core.errors import Cancelled
from desktop_app.storage.backends import sqlite


class Stop:
    """Given to `Store.reading(stop)`; another thread calls it to end the running query. The reader then raises `Cancelled`."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: Any = None
        self.asked = False

    def __call__(self) -> None:
        """End the query that is running, and every one after it."""
        with self._lock:
            self.asked = True
            if self._running is not None:
                self._running.interrupt()

    @contextmanager
    def over(self, raw: Any) -> Iterator[None]:
        """While in this block, calling the Stop interrupts this connection of the driver."""
        with self._lock:
            if self.asked:
                raise Cancelled
            self._running = raw
        try:
            yield
        except Exception as wrong:
            if "interrupt" in str(wrong) and self.asked:
                raise Cancelled from wrong
            raise
        finally:
            with self._lock:
                self._running = None


@dataclass(frozen=True)
class Engines:
    """The reader's and the writer's engine of one database file."""

    file: Path
    reader: sa.Engine
    writer: sa.Engine

    @classmethod
    def of(cls, file: Path) -> Engines:
        """Both engines on this file."""
        return cls(file, sqlite.engine(file, writes=False), sqlite.engine(file, writes=True))

    def close(self) -> None:
        """Close all connections; the last one folds the write-ahead log into the file."""
        self.reader.dispose()
        self.writer.dispose()
