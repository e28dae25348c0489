"""Every database that an older program left opens in this one, with all that was in it."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from desktop_app.core.query import Query
from desktop_app.records.registry import REGISTRY
from desktop_app.storage.store import FILE, Store
from desktop_app.storage.upkeep import check, revision
from tests.data import old_databases

OLD = sorted(old_databases.FOLDER.glob("schema-*.sql"))


def test_there_is_one_of_the_first_step():
    assert "schema-0001.sql" in [file.name for file in OLD]


@pytest.mark.parametrize("old", OLD, ids=lambda file: file.stem)
def test_an_old_database_is_upgraded_with_all_that_was_in_it(old, tmp_path):
    file = tmp_path / FILE
    old_databases.restore(old.read_text("utf-8"), file)
    with closing(sqlite3.connect(file)) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        before = {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}
        uids = {
            kind.name: [uid for (uid,) in database.execute(f'SELECT uid FROM "{kind.name}"')]
            for kind in REGISTRY
            if kind.name in before
        }
        assert revision.of(database) == old.stem.removeprefix("schema-")
    store = Store.open(tmp_path, REGISTRY)
    assert check.check(store).sound
    with store.reading() as reader:
        for kind in REGISTRY:
            assert reader.counts()[kind.name] == len(uids.get(kind.name, []))
            for row, uid in zip(reader.stream_rows(Query(kind.name)), uids.get(kind.name, []), strict=True):
                assert reader.get(kind.name, row.uid).values == row.values
                assert reader.get(kind.name, uid).entry_at is not None
        assert reader.count(Query("region", search="imopuro")) == 1
        for name in set(before) - {"alembic_version", "derived", "site", "setting"}:
            count = reader.connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one()
            assert count >= before[name], name
    store.close()
    assert sum(map(len, uids.values())) >= old_databases.RECORDS
