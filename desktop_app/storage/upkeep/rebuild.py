"""What is derived from the records and can always be made anew: search indexes and the indexes that lists are sorted and filtered by.

They are no business of migrations. The declaration says what they should be; what is missing is made at once while a kind has few
records, else in the background by `catch_up`, in small transactions between which people go on saving.
"""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

import sqlalchemy as sa

from desktop_app.core.progress import Progress, Quiet
from desktop_app.core.spec import Kind
from desktop_app.core.words import Words
from desktop_app.storage import backends, reindex
from desktop_app.storage.derived import OURS, list_indexes, search_fingerprint
from desktop_app.storage.listing import Lists
from desktop_app.storage.tables import Tables

if TYPE_CHECKING:
    from desktop_app.storage.store import Store
    from desktop_app.storage.write import Writer

_FEW = 5_000
_BATCH = 2_000
_DOING = Words("Menyusun indeks pencarian", "Building the search index")


def prepare(writer: Writer) -> None:
    """At the start: make what is missing for kinds with few records, note the rest for `catch_up`."""
    connection, tables = writer.connection, writer.tables
    here = backends.of(connection)
    have = here.names()
    derived = tables.derived
    known = dict(connection.execute(sa.select(derived.c.name, derived.c.fingerprint)).all())
    for kind in writer.registry:
        fingerprint = search_fingerprint(tables, kind)
        wanted = list_indexes(tables, kind)
        lacking = [index for name, index in wanted.items() if name not in have]
        stale = known.get(kind.name) != fingerprint or f"{kind.name}_search" not in have
        if not (lacking or stale):
            continue
        few = len(_first_pks(writer, kind)) <= _FEW
        if few:
            for index in lacking:
                here.run(index.sql(tables, connection.dialect))
            for name in _unwanted(kind, wanted.keys(), have):
                here.run(f'DROP INDEX "{name}"')
        if stale:
            _search_anew(writer, kind, have, few=few)
            _enter_fingerprint(connection, tables, kind, fingerprint)


def is_prepared(reader: Lists) -> bool:
    """Whether `prepare` would have nothing to do."""
    derived, have = reader.tables.derived, backends.of(reader.connection).names()
    known = dict(reader.connection.execute(sa.select(derived.c.name, derived.c.fingerprint)).all())
    return all(
        known.get(kind.name) == search_fingerprint(reader.tables, kind)
        and f"{kind.name}_search" in have
        and list_indexes(reader.tables, kind).keys() <= have
        for kind in reader.registry
    )


def _first_pks(writer: Writer, kind: Kind) -> list[int]:
    table = writer.tables.main[kind.name]
    return list(
        writer.connection.execute(sa.select(table.c.pk).order_by(table.c.pk).limit(_FEW + 1)).scalars()
    )


def _search_anew(writer: Writer, kind: Kind, have: set[str], *, few: bool) -> None:
    if f"{kind.name}_search" not in have:
        backends.of(writer.connection).search_create(kind.name)
    if few:
        reindex.enter_again(writer, kind, _first_pks(writer, kind))
    else:
        reindex.note_all(writer, kind)


def _enter_fingerprint(connection: sa.Connection, tables: Tables, kind: Kind, fingerprint: str) -> None:
    derived = tables.derived
    connection.execute(sa.delete(derived).where(derived.c.name == kind.name))
    connection.execute(sa.insert(derived).values(name=kind.name, fingerprint=fingerprint))


def is_behind(store: Store) -> bool:
    """Whether `catch_up` has something to do."""
    with store.reading() as reader:
        have = backends.of(reader.connection).names()
        lacking = any(list_indexes(store.tables, kind).keys() - have for kind in store.registry)
        return lacking or reindex.waiting(reader)


def catch_up(store: Store, progress: Progress | None = None) -> int:
    """Make what `prepare` left and enter what is noted; how many records were entered. Cancelled, it goes on there the next time."""
    progress = progress or Quiet()
    for kind in store.registry:
        _indexes_of(store, kind, progress)
    with store.reading() as reader:
        left = sum(reader.counts().values()) if reindex.waiting(reader) else 0
    entered = 0
    while True:
        with store.writing("") as writer:
            if not reindex.waiting(writer):
                return entered
            entered += reindex.work_off(writer, _BATCH)
        progress.at(entered, max(left, entered), _DOING)


def _indexes_of(store: Store, kind: Kind, progress: Progress) -> None:
    """One transaction an index, so that saves come through in between."""
    wanted = list_indexes(store.tables, kind)
    with store.reading() as reader:
        have, dialect = backends.of(reader.connection).names(), reader.connection.dialect
    steps = [index.sql(store.tables, dialect) for name, index in wanted.items() if name not in have]
    steps += [f'DROP INDEX "{name}"' for name in _unwanted(kind, wanted.keys(), have)]
    for sql in steps:
        with store.writing("") as writer:
            backends.of(writer.connection).make_indexes([sql])
        progress.at(0, None, _DOING)


def _unwanted(kind: Kind, wanted: AbstractSet[str], have: set[str]) -> list[str]:
    """List indexes of an earlier declaration."""
    return [name for name in have - wanted if re.fullmatch(f"{OURS}{kind.name}_[0-9a-f]{{10}}", name)]


def rebuild(store: Store, progress: Progress | None = None) -> int:
    """Throw away and make anew everything that is derived; how many records were entered into the search indexes."""
    with store.writing("") as writer:
        here = backends.of(writer.connection)
        for kind in store.registry:
            for name in list_indexes(store.tables, kind):
                here.run(f'DROP INDEX IF EXISTS "{name}"')
            here.search_drop(kind.name)
            here.search_create(kind.name)
            _enter_fingerprint(writer.connection, store.tables, kind, search_fingerprint(store.tables, kind))
            reindex.note_all(writer, kind)
    return catch_up(store, progress)
