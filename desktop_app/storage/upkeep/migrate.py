"""Make the database of a new data folder."""

from __future__ import annotations

from pathlib import Path

from desktop_app.core.spec import Registry
from desktop_app.storage import identity
from desktop_app.storage.backends import sqlite
from desktop_app.storage.engines import Engines
from desktop_app.storage.tables import APPEND_ONLY, Tables


def bring_up_to_date(file: Path, registry: Registry) -> None:
    if file.exists():
        return
    engines = Engines.of(file)
    tables = Tables(registry)
    with engines.writer.begin() as connection:
        tables.metadata.create_all(connection)
        for sql in APPEND_ONLY:
            connection.exec_driver_sql(sql)
        for kind in registry:
            sqlite.search_create(sqlite.raw_of(connection), kind.name)
        identity.enter(connection, tables, identity.first())
    engines.close()
