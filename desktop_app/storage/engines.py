"""The two ways into a database: reading and writing."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import sqlalchemy as sa

from desktop_app.core.errors import KnownError
from desktop_app.core.words import Words
from desktop_app.storage import failures
from desktop_app.storage.backends import sqlite

ON_SERVER = Words(
    "Basis data ini ada di server: cadangkan dan pulihkan di sana dengan pg_dump dan pg_restore.",
    "This database is on a server: back it up and restore it there, with pg_dump and pg_restore.",
)


@dataclass(frozen=True)
class Engines:
    """The reader's and the writer's engine of one database: a file, or a database on a server (`at` is then its address).

    `explained` is a block in which failures that a person can do something about become `KnownError`; `explained_reading` the same
    for questions, where a file has none of its own.
    """

    at: Path | sa.URL
    reader: sa.Engine
    writer: sa.Engine
    explained: Callable[[], AbstractContextManager[None]]
    explained_reading: Callable[[], AbstractContextManager[None]] = nullcontext

    @classmethod
    def of(cls, file: Path) -> Engines:
        """Both engines on this file."""
        return cls(
            file,
            sqlite.engine(file, writes=False),
            sqlite.engine(file, writes=True),
            partial(failures.explained, file.parent),
        )

    @classmethod
    def on_server(cls, address: str) -> Engines:
        """Both engines on a database of a server. Raises `KnownError` when that is no address of one."""
        from desktop_app.storage.backends import postgres  # noqa: PLC0415  (an office never loads its driver)

        url = postgres.address(address)
        reader, writer = postgres.engine(url, writes=False), postgres.engine(url, writes=True)
        return cls(url, reader, writer, postgres.explained, postgres.explained)

    @property
    def file(self) -> Path:
        """The database file. Raises `KnownError` when the database is on a server: that is backed up and restored there."""
        if isinstance(self.at, Path):
            return self.at
        raise KnownError(ON_SERVER)

    @property
    def is_file(self) -> bool:
        """Whether the database is a file of this computer's, which may be copied or put back from a backup by hand."""
        return isinstance(self.at, Path)

    def close(self) -> None:
        """Close all connections; the last one folds the write-ahead log into the file."""
        self.reader.dispose()
        self.writer.dispose()
