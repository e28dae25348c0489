"""Many new records at once (demo, first load): the rows that `Writer.add` would make, written by the driver in bulk.

While a nearly empty table is filled its list indexes are taken away and made anew at the end, in the same transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING

import sqlalchemy as sa

from desktop_app.core.errors import KnownError
from desktop_app.core.progress import Progress, Quiet
from desktop_app.core.record import Record
from desktop_app.core.spec import Kind
from desktop_app.core.words import Words
from desktop_app.storage import backends, reindex, search
from desktop_app.storage.backends.base import NotUniqueError
from desktop_app.storage.derived import list_indexes
from desktop_app.storage.making import Made, Maker

if TYPE_CHECKING:
    from desktop_app.storage.write import Writer

_BATCH = 1_000
_NEARLY_EMPTY = 5_000


def load(writer: Writer, kind: Kind, records: Iterable[Record], progress: Progress | None = None) -> int:
    """Store new records; how many there were. Nothing is stored when it is cancelled or one of them is here already."""
    progress = progress or Quiet()
    maker, here = Maker(writer, kind), backends.of(writer.connection)
    batches = _batches(records)
    first = next(batches, [])
    indexes = take_indexes_away(writer, kind) if len(first) == _BATCH else []
    done = 0
    with here.search_in_bulk(kind.name):
        for batch in chain([first], batches):
            _store(writer, kind, [maker.made(record) for record in batch])
            done += len(batch)
            progress.at(done, None, kind.plural)
    here.make_indexes(indexes)
    _heal_referrers(writer, kind, done)
    return done


def take_indexes_away(writer: Writer, kind: Kind) -> list[str]:
    """Drop the list indexes of a kind that has few records, before many are loaded; the statements that make them again."""
    if _is_filled(writer, kind):
        return []
    here, indexes = backends.of(writer.connection), list_indexes(writer.tables, kind)
    for name in indexes:
        here.run(f'DROP INDEX IF EXISTS "{name}"')
    return [index.sql(writer.tables, writer.connection.dialect) for index in indexes.values()]


def _batches(records: Iterable[Record]) -> Iterator[list[Record]]:
    rest = iter(records)
    while batch := list(islice(rest, _BATCH)):
        yield batch


def _is_filled(writer: Writer, kind: Kind) -> bool:
    table = writer.tables.main[kind.name]
    few = sa.select(table.c.pk).limit(_NEARLY_EMPTY).subquery()
    return (
        int(writer.connection.execute(sa.select(sa.func.count()).select_from(few)).scalar_one())
        == _NEARLY_EMPTY
    )


def _store(writer: Writer, kind: Kind, made: list[Made]) -> None:
    tables, here = writer.tables, backends.of(writer.connection)
    first_pk = here.next_pk(kind.name)
    main = [{"pk": pk, **one.main} for pk, one in enumerate(made, first_pk)]
    try:
        here.insert(kind.name, main)
    except NotUniqueError as wrong:
        raise KnownError(
            Words(
                f"{kind.id}: sebagian data yang dimuat sudah ada; tidak ada yang disimpan.",
                f"{kind.en}: some of the records to be loaded are here already; nothing was stored.",
            )
        ) from wrong
    for place, lines in enumerate(kind.lines):
        here.insert(
            tables.lines[kind.name, lines.name].name, [cells for one in made for cells in one.lines[place]]
        )
    if kind.life_cycle:
        here.insert(tables.moves[kind.name].name, [cells for one in made for cells in one.moves])
    here.insert(tables.journal.name, [one.journal for one in made])
    known = writer.names_in(kind, [one.record.values for one in made])
    given = {
        name: [one.record.values.get(name) for one in made]
        for name in tables.searched_columns[kind.name].names
    }
    words = search.Words(kind).of_many(given, [one.record.record_no for one in made], known)
    here.search_put(kind.name, enumerate(words, first_pk))


def _heal_referrers(writer: Writer, kind: Kind, loaded: int) -> None:
    """Records may have been waiting for those that came now: a region list is often loaded later. They are found by name from now on."""
    if not (loaded and kind.natural_key):
        return
    for referrer in writer.registry:
        if reindex.searched_by_name(referrer, kind.name) and _is_used(writer, referrer):
            reindex.note_all(writer, referrer)


def _is_used(writer: Writer, kind: Kind) -> bool:
    return (
        writer.connection.execute(sa.select(writer.tables.main[kind.name].c.pk).limit(1)).first() is not None
    )
