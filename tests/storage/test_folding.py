"""The write-ahead log is folded into the file in idle moments, not by a save."""

from __future__ import annotations

import pytest

from desktop_app.core.query import Query
from desktop_app.core.record import Record
from desktop_app.core.stamps import new_uid
from desktop_app.records.registry import REGISTRY
from desktop_app.storage.backends import sqlite
from desktop_app.storage.store import FILE, Store

USUAL = 1000 * 4096  # bytes after which SQLite by itself would have a save fold the log
EACH = 400


@pytest.fixture
def store(tmp_path):
    opened = Store.open(tmp_path, REGISTRY)
    yield opened
    opened.close()


def log_size(store: Store) -> int:
    return store.engines.file.with_name(f"{FILE}-wal").stat().st_size


def save(store: Store) -> None:
    with store.writing("Budi") as writer:
        for _ in range(EACH):
            writer.add(Record("crew", new_uid(), {"name": f"Mawar {new_uid()}"}))


def test_saves_leave_folding_to_idle_moments(store):
    saves = 0
    while log_size(store) < 2 * USUAL:  # folded and begun anew, it would not grow beyond the usual
        save(store)
        saves += 1
    before = log_size(store)
    assert sqlite.fold(store.engines.file)
    save(store)
    assert log_size(store) == before  # written from its beginning again
    with store.reading() as reader:
        assert reader.count(Query("crew")) == (saves + 1) * EACH


def test_folding_waits_for_nobody_and_takes_nothing_from_who_reads(store):
    save(store)
    with store.reading() as reader:
        assert reader.count(Query("crew")) == EACH
        save(store)
        assert not sqlite.fold(store.engines.file)  # not what came after the reader began
        assert reader.count(Query("crew")) == EACH
    assert sqlite.fold(store.engines.file)


def test_a_log_that_nobody_folds_does_not_grow_for_ever(store):
    with store.engines.writer.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA wal_autocheckpoint").scalar_one()
    assert USUAL < pages * 4096 <= 64 * 1024 * 1024
