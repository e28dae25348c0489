"""What a process of the program works out once, worked out once for all tests of a process.

A test opens stores as often as a hundred people start the program. The tables of a registry, the text of each statement and the file in
which all migrations were run and nothing else are always the same; making them anew took half of the tests' time. Only what is derived
from the declaration alone is kept: no row, no connection.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
import sqlalchemy as sa
import sqlcipher3.dbapi2 as sqlite

from desktop_app import place
from desktop_app.records.registry import REGISTRY
from desktop_app.storage.store import FILE, Store
from desktop_app.storage.tables import Tables
from desktop_app.storage.upkeep import migrate

_MOST = 5_000


class Statements:
    """The compiled statements of all engines of one dialect; SQLAlchemy's own cache asks for the same dialect object."""

    def __init__(self) -> None:
        self._kept: sa.util.LRUCache[Any, Any] = sa.util.LRUCache(_MOST)

    @staticmethod
    def _key(given: Any) -> Any:
        dialect, *statement = given
        return (dialect.name, *statement)

    def get(self, key: Any) -> Any:
        return self._kept.get(self._key(key))

    def __setitem__(self, key: Any, compiled: Any) -> None:
        self._kept[self._key(key)] = compiled


def _forget_identity(file: Path) -> None:
    """Nobody has opened it yet."""
    with closing(sqlite.connect(file)) as raw:
        raw.execute("DELETE FROM site")
        raw.execute("DELETE FROM secret")
        raw.commit()
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


class Migrations:
    """The module `migrate` as a store knows it; a new database is a copy of the first one that all migrations made, with what is derived."""

    def __init__(self, folder: Path) -> None:
        self._steps, self._first = place.migrations(), folder / FILE

    def __getattr__(self, name: str) -> Any:
        return getattr(migrate, name)

    def bring_up_to_date(self, file: Path, migrations: Path | None = None) -> Path | None:
        if file.exists() or (migrations or place.migrations()) != self._steps:
            return migrate.bring_up_to_date(file, migrations)
        if not self._first.exists():
            migrate.bring_up_to_date(self._first)
            Store.open(self._first.parent, REGISTRY).close()
            _forget_identity(self._first)
        try:
            shutil.copyfile(self._first, file)
        except OSError:  # the program says it in its own words
            return migrate.bring_up_to_date(file)
        return None


@pytest.fixture(scope="session", autouse=True)
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the tables of each registry, the statements on them, and an empty database."""
    statements, create = Statements(), sa.create_engine

    def create_engine(*given: Any, **named: Any) -> sa.Engine:
        engine = create(*given, **named)
        engine.update_execution_options(compiled_cache=statements)
        return engine

    with (
        mock.patch("desktop_app.storage.store.Tables", cache(Tables)),
        mock.patch("desktop_app.storage.store.migrate", Migrations(tmp_path_factory.mktemp("first"))),
        mock.patch.object(sa, "create_engine", create_engine),
    ):
        yield
