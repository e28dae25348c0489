"""Whole lists as they leave the house: child lines and moves of a query's records, and the machine CSV of all three.

Machine CSV comes in the order in which the records came here, so that the same data gives the same file; people's files in the list's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from desktop_app.core.fields import Computed, Field
from desktop_app.core.query import Query
from desktop_app.core.record import Moved
from desktop_app.storage import backends
from desktop_app.storage.backends.base import Along, Piece, csv_heading
from desktop_app.storage.backends.expressions import outer_first
from desktop_app.storage.columns import OF_LINE, Columns
from desktop_app.storage.convert import moved_of
from desktop_app.storage.listing import Lists
from desktop_app.storage.plain import Row

STAMPS = ("uid", "site_code", "born", "field_stamps")
OF_RECORD = (
    *STAMPS,
    "record_no",
    "status",
    "entry_by",
    "entry_at",
    "updated_by",
    "updated_at",
    "removed_at",
    "remove_reason",
)
"""The first columns of a kind's machine CSV. `status` is for readers: who receives it goes by the moves."""
OF_LINES = (*STAMPS, "parent_uid", "position", "removed_at")
OF_MOVES = (
    *STAMPS,
    "parent_uid",
    "move",
    "state_before",
    "state_after",
    "moved_at",
    "moved_by",
    "reason",
    "removed_at",
)

_PAGE = 2_000


class Streams(Lists):
    """The stream side of a reader; see `Reader`. Memory does not grow with the number of rows (but 8 bytes each for an order)."""

    def stream_lines(self, query: Query, lines: str) -> Iterator[Row]:
        """The child lines of all records that match, in the list's order; `record_no` and `status` are their record's."""
        kind = self.selecting.kind(query.kind)
        main, table = self.tables.main[kind.name], self.tables.lines[kind.name, lines]
        columns = self.tables.line_columns[kind.name, lines]
        pks = self.ids(query)
        joined = sa.select(main.c.pk, main.c.record_no, main.c.status, table).join(
            main, main.c.uid == table.c.parent_uid
        )
        living = joined.where(table.c.removed_at.is_(None)).order_by(table.c.position, table.c.uid)
        for start in range(0, len(pks), _PAGE):
            page = list(pks[start : start + _PAGE])
            found: dict[int, list[Row]] = {}
            for row in self.connection.execute(living.where(main.c.pk.in_(page))):
                found.setdefault(row[0], []).append(_line_row(row, columns))
            for pk in page:
                yield from found.get(pk, ())

    def stream_moves(self, query: Query) -> Iterator[tuple[str, Moved]]:
        """(uid of the record, move) of all that match, record by record as they came here, each record's moves oldest first."""
        kind = self.selecting.kind(query.kind)
        table = self.tables.moves.get(kind.name)
        if table is None:
            return
        main = self.tables.main[kind.name]
        made = (
            sa.select(table)
            .join(main, main.c.uid == table.c.parent_uid)
            .where(*self.selecting.conditions(query))
        )
        made = made.where(table.c.removed_at.is_(None)).order_by(main.c.pk, table.c.born, table.c.uid)
        for row in self.connection.execute(made.execution_options(yield_per=_PAGE)).mappings():
            yield row["parent_uid"], moved_of(dict(row))

    def csv_records(self, query: Query) -> Iterator[Piece]:
        """The machine CSV of the records that match: (0, heading), then (how many, bytes) again and again."""
        kind = self.selecting.kind(query.kind)
        table = self.tables.main[kind.name]
        here = backends.of(self.connection)
        names = (*OF_RECORD, *(field.name for field in kind.stored_fields))
        cells = [here.csv_cell(table.c[name], kind.by_name.get(name)) for name in names]
        yield csv_heading(names)
        source = sa.select(table.c.pk).where(*self.selecting.conditions(query))
        if _is_whole(query):
            yield from here.csv_rows(cells, source, Along(table.c.pk))
        else:
            yield from here.csv_rows(cells, source.order_by(table.c.pk))

    def csv_lines(self, query: Query, lines: str) -> Iterator[Piece]:
        """The machine CSV of the child lines of the records that match."""
        kind = self.selecting.kind(query.kind)
        table, declared = self.tables.lines[kind.name, lines], kind.lines_by_name[lines]
        typed = [name for name, field in declared.by_name.items() if not isinstance(field, Computed)]
        yield from self._csv_children(query, table, (*OF_LINES, *typed), table.c.position, declared.by_name)

    def csv_moves(self, query: Query) -> Iterator[Piece]:
        """The machine CSV of the life-cycle moves of the records that match."""
        table = self.tables.moves[self.selecting.kind(query.kind).name]
        yield from self._csv_children(query, table, OF_MOVES, table.c.born, {})

    def _csv_children(
        self,
        query: Query,
        table: sa.Table,
        names: tuple[str, ...],
        order: sa.Column[Any],
        fields: Mapping[str, Field],
    ) -> Iterator[Piece]:
        main, here = self.tables.main[query.kind], backends.of(self.connection)
        cells = [here.csv_cell(table.c[name], fields.get(name)) for name in names]
        yield csv_heading(names)
        if _is_whole(query):  # as they came here, without a look at each record
            gone = sa.select(main.c.uid).where(main.c.removed_at.is_not(None))
            whole = sa.select(table.c.pk).where(table.c.parent_uid.not_in(gone))
            yield from here.csv_rows(cells, whole, Along(table.c.pk))
            return
        # Record by record, so that only the rows of one are put in order: all of them at once would be sorted in memory.
        source = sa.select(table.c.pk).select_from(outer_first(main, table, main.c.uid == table.c.parent_uid))
        matching = source.where(*self.selecting.conditions(query)).order_by(main.c.pk, order, table.c.uid)
        yield from here.csv_rows(cells, matching)


def _is_whole(query: Query) -> bool:
    """Whether all living records of a kind are asked for."""
    return query == Query(query.kind, sort=query.sort)


def _line_row(row: Sequence[Any], columns: Columns) -> Row:
    _, record_no, status, pk, *cells = row
    system = dict(zip(OF_LINE, cells, strict=False))
    return Row(
        pk,
        system["uid"],
        columns.to_values(cells[len(OF_LINE) :]),
        status,
        system["change_no"],
        system["site_code"],
        record_no,
        None,
        frozenset(),
    )
