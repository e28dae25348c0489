"""What storage asks of a database engine, beyond what SQLAlchemy makes equal (see the package's docstring)."""

from __future__ import annotations

from abc import ABC, abstractmethod
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, ClassVar, NamedTuple

import sqlalchemy as sa

from desktop_app.core.fields import Field

Raw = Any
"""A connection or cursor of a driver, which has no types."""
Cells = Mapping[str, object]
"""A row to be written: column -> content."""
Columns = Mapping[str, Sequence[object]]
"""Rows to be written, column by column: name -> the contents, one for each row."""
Terms = tuple[str, ...]
"""What must all be in the kept words of a record (`core.searchtext.query_terms`)."""
Piece = tuple[int, bytes]
"""Some rows of machine CSV: how many, and their bytes."""


class Along(NamedTuple):
    """The order of a column of whole numbers that has an index, from behind a number on."""

    column: sa.Column[Any]
    after: int = 0


class NotUniqueError(Exception):
    """A row with this uid (or another column that is unique) is there already."""


class Backend(ABC):
    """One connection, spoken to in its engine's own way; made by `backends.of`. It holds nothing and costs nothing to make."""

    mark: ClassVar[str]
    """What stands for a parameter in SQL given to `run`."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection
        self.raw: Raw = connection.connection.dbapi_connection

    # ---- statements

    def run(self, sql: str, values: Sequence[object] = ()) -> Raw:
        """Run a statement by the driver alone; the driver's cursor."""
        return self.raw.execute(sql, values) if values else self.raw.execute(sql)

    def make_indexes(self, statements: Sequence[str]) -> None:
        """Run statements that make indexes of many rows."""
        for sql in statements:
            self.run(sql)

    @abstractmethod
    def literal(self, statement: sa.ClauseElement) -> tuple[str, tuple[object, ...]]:
        """A statement as the driver's SQL text and its parameters, in order."""

    @abstractmethod
    def id_array(self, statement: sa.Select[Any]) -> array[int]:
        """The numbers of a select of `pk` alone, in its order: a million take 8 MB."""

    @abstractmethod
    def interrupt(self) -> None:
        """End the statement that runs; called from another thread, which it does not hold up."""

    def settle(self) -> None:  # noqa: B027  (only where there is something to wait for)
        """Wait until an `interrupt` has done its work: it must not hit what this connection does next."""

    @abstractmethod
    def was_interrupted(self, wrong: Exception) -> bool:
        """Whether this was raised because of `interrupt`."""

    @abstractmethod
    def transaction_id(self) -> str:
        """What the running transaction is known by afterwards; empty where there is no such thing."""

    @abstractmethod
    def is_committed(self, transaction: str) -> bool | None:
        """Whether that transaction is durable; None where the engine can't tell, and what is stored must."""

    # ---- rows

    def insert(self, table: str, rows: Sequence[Cells]) -> int:
        """Insert rows that all have the same columns in the same order; the `pk` when it is only one. Several times as quick as a
        statement of SQLAlchemy. Raises `NotUniqueError` when a uid is there already; of several rows some may then be written.
        """
        if len(rows) == 1:
            return self.insert_one(table, rows[0])
        self.insert_columns(table, in_columns(rows))
        return 0

    @abstractmethod
    def insert_one(self, table: str, row: Cells) -> int:
        """Insert one row; its `pk`."""

    @abstractmethod
    def insert_columns(self, table: str, columns: Columns) -> None:
        """Insert rows that are given as columns, which is how many are checked and written quickest; otherwise as `insert`."""

    @abstractmethod
    def update(self, table: str, cells: Cells, pk: int | None = None) -> None:
        """Change the row with this `pk`; without one, the only row that the table has."""

    @abstractmethod
    def update_many(self, table: str, rows: Sequence[Cells]) -> None:
        """Change many rows, each once: it has `pk` first, and then the same columns in the same order."""

    @abstractmethod
    def put(self, table: str, key: str, row: Cells) -> None:
        """Insert a row, or change the one that has the same `key` (a unique column)."""

    @abstractmethod
    def rows_with(
        self, table: str, columns: Sequence[str], key: str, keys: Sequence[object]
    ) -> list[tuple[Any, ...]]:
        """The rows of a table whose `key` column has one of these contents (a few thousand at most): the columns asked for, in no
        order.
        """

    def next_pk(self, table: str) -> int:
        """One more than the greatest `pk`: rows loaded in bulk are numbered by the caller."""
        return int(self.run(f'SELECT coalesce(max(pk), 0) + 1 FROM "{table}"').fetchone()[0])

    # ---- the database

    @abstractmethod
    def names(self) -> set[str]:
        """The names of all tables and indexes."""

    @abstractmethod
    def damage(self) -> list[str]:
        """What the engine's own check of its file finds, in sentences; empty when all is well, or when that is the server's business."""

    # ---- search: one index a kind, of (pk, words); expressions for statements are in `backends.expressions`

    @abstractmethod
    def search_create(self, kind: str) -> None:
        """Make the empty search index of a kind."""

    def search_drop(self, kind: str) -> None:
        """Take the search index of a kind away."""
        self.run(f'DROP TABLE IF EXISTS "{kind}_search"')

    @abstractmethod
    def search_put(self, kind: str, entries: Iterable[tuple[int, str]]) -> None:
        """Enter or replace (pk, words); quickest in ascending order of pk."""

    @abstractmethod
    def search_forget(self, kind: str, pk: int) -> None:
        """Take the words of a record that goes for good out of the index."""

    @abstractmethod
    def search_in_bulk(self, kind: str) -> AbstractContextManager[None]:
        """While many records are entered."""

    @abstractmethod
    def search_size(self, kind: str) -> int:
        """How many records a search index knows."""

    @abstractmethod
    def search_number(self, kind: str, terms: Terms, most: int) -> int:
        """About how many records match, at `most`: enough to choose a way of finding them."""

    @abstractmethod
    def search_marks(self, kind: str, terms: Terms) -> bytearray:
        """For every `pk` of a kind 1 when the record matches, else 0."""

    # ---- machine CSV, put together by SQL

    @abstractmethod
    def csv_cell(self, column: sa.Column[Any], field: Field | None) -> str:
        """The SQL of one cell of machine CSV, the text that `formats.machine_csv` would write. `field` is None for a system column."""

    @abstractmethod
    def csv_rows(
        self, cells: Sequence[str], source: sa.Select[Any], along: Along | None = None
    ) -> Iterator[Piece]:
        """The rows of a select of a table's `pk`, as these cells; a few thousand at a time. They come in the order of the select, or, if it
        has none, `along` a column, which is quicker.
        """


def in_columns(rows: Sequence[Cells]) -> Columns:
    """Rows that all have the same columns in the same order, as columns."""
    return dict(zip(rows[0], zip(*(row.values() for row in rows), strict=True), strict=True)) if rows else {}


def csv_heading(names: Sequence[str]) -> Piece:
    """The first line of machine CSV."""
    return 0, (",".join(names) + "\r\n").encode()
