"""The two ways into a database: reading and writing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from desktop_app.storage.backends import sqlite


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
