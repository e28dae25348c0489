"""What a process of the program works out once, worked out once for all tests of a process.

A test opens stores as often as a hundred people start the program. The tables of a registry and the text of each statement are always
the same; making them anew took half of the tests' time. Only what is derived from the declaration alone is kept: no row, no connection.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any
from unittest import mock

import pytest
import sqlalchemy as sa

from desktop_app.storage.tables import Tables

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


@pytest.fixture(scope="session", autouse=True)
def prepared() -> Iterator[None]:
    """Keep the tables of each registry and the statements on them."""
    statements, create = Statements(), sa.create_engine

    def create_engine(*given: Any, **named: Any) -> sa.Engine:
        engine = create(*given, **named)
        engine.update_execution_options(compiled_cache=statements)
        return engine

    with (
        mock.patch("desktop_app.storage.store.Tables", cache(Tables)),
        mock.patch.object(sa, "create_engine", create_engine),
    ):
        yield
