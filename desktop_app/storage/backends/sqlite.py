"""What is particular to SQLite (through SQLCipher's driver, unencrypted for now): its files, and `Sqlite`, how it is spoken to."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from desktop_app.core.errors import KnownError
from desktop_app.core.fields import Field
from desktop_app.core.words import Words
from desktop_app.storage.backends import sqlite_csv
from desktop_app.storage.backends.base import (
    Along,
    Backend,
    Cells,
    Columns,
    NotUniqueError,
    Piece,
    Raw,
    Terms,
    in_columns,
)
from desktop_app.storage.backends.expressions import fts_expression
from desktop_app.storage.giving_back import give_back

BUSY_SECONDS = 5
_CACHE_KIB, _WRITER_CACHE_KIB = 512, 32 * 1024  # a reader's is small: the system keeps pages too
_SORTING_CACHE_KIB = 2 * 1024
_SHORT, _FEW = 50_000, 1_000  # records; a longer list is a long one
_SAMPLES, _SAMPLE = 4, 1_000
"""Hits of a search in a list that is longer than _SHORT are counted up to _FEW; more are estimated from samples of so many records."""
_PIECE = 64 * 1024  # letters
_LOG_LEFT = 64 * 1024 * 1024
"""How much of a write-ahead log that grew in a bulk load may stay on the disk."""
_LOG_PAGES = _LOG_LEFT // 4096
"""How long the log may become before a save has to fold it into the file; the window does so in idle moments (`fold`)."""
_WANTED = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 0, "busy_timeout": BUSY_SECONDS * 1000}

_EMPTY = "nullif(?, '')"
"""A parameter that is given as an empty text where the column is to be empty: the driver takes longer for a None than for all the
rest of a cell."""

Damaged = dbapi2.DatabaseError
"""What the driver raises for a file that it can't make sense of (among other things)."""


def engine(file: Path, *, writes: bool) -> sa.Engine:
    """An engine on this file. A writer takes the write lock when it begins (BEGIN IMMEDIATE), a reader can't write at all.

    Two engines, because on a shared one plain SELECTs would take the lock too. Connections are made for one thread at a time.
    """
    made = sa.create_engine(
        f"sqlite+pysqlite:///{file}",
        module=dbapi2,
        connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False, "isolation_level": None},
        poolclass=QueuePool,
        pool_size=1 if writes else 3,
        max_overflow=0 if writes else 8,
        pool_timeout=60,
    )

    @event.listens_for(made, "connect")
    def connected(raw: Raw, _: object) -> None:
        prepare(raw, writes=writes)
        raw.execute(f"PRAGMA wal_autocheckpoint={_LOG_PAGES}")

    @event.listens_for(made, "begin")
    def begun(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return made


def prepare(raw: Raw, *, writes: bool) -> None:
    """Set what durability needs on a new connection and read it back: a pragma that is not understood is silently ignored."""
    for name, value in _WANTED.items():
        raw.execute(f"PRAGMA {name}={value}").fetchall()
        found = raw.execute(f"PRAGMA {name}").fetchone()[0]
        if found != value:
            raise KnownError(
                Words(
                    f"Basis data tidak bisa dipakai dengan aman di tempat ini ({name} = {found}). Pindahkan folder data ke disk setempat.",
                    f"The database can't be used safely in this place ({name} = {found}). Move the data folder to a local disk.",
                )
            )
    raw.execute(f"PRAGMA cache_size=-{_WRITER_CACHE_KIB if writes else _CACHE_KIB}")
    raw.execute(f"PRAGMA journal_size_limit={_LOG_LEFT}")
    if not writes:
        raw.execute("PRAGMA query_only=ON")


def open_raw(file: Path, *, writes: bool = False) -> Raw:
    """A connection of the driver alone, prepared like the others; `writes=False` can't change anything."""
    raw = dbapi2.connect(str(file), timeout=BUSY_SECONDS, check_same_thread=False, isolation_level=None)
    try:
        prepare(raw, writes=writes)
    except BaseException:
        raw.close()
        raise
    return raw


def fold(file: Path) -> bool:
    """Fold the write-ahead log into the file as far as nobody reads from it, beside readers and writers; whether all of it was."""
    raw = open_raw(file)
    try:
        busy, frames, folded = raw.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    finally:
        raw.close()
    return not busy and frames == folded


def open_unprepared(file: Path) -> Raw:
    """A connection for looking at a file without changing anything about it, not even how it is written."""
    return dbapi2.connect(
        f"{file.resolve().as_uri()}?mode=ro", uri=True, timeout=BUSY_SECONDS, isolation_level=None
    )


def names(raw: Raw) -> set[str]:
    """The names of all tables and indexes."""
    return {name for (name,) in raw.execute("SELECT name FROM sqlite_master")}


def damage(raw: Raw) -> list[str]:
    """What SQLite's own check finds, up to 100 sentences; empty when all is well."""
    return [str(row[0]) for row in raw.execute("PRAGMA integrity_check") if row[0] != "ok"]


class Sqlite(Backend):
    """What storage asks of SQLite."""

    mark = "?"

    def make_indexes(self, statements: Sequence[str]) -> None:
        """See `Backend.make_indexes`. This driver sorts all of an index in memory, as it keeps nothing readable in files of its own, and
        reads and writes from one end to the other: what pages were kept for so far is given up for it.
        """
        if not statements:
            return  # the pages that are kept stay
        self.raw.execute(f"PRAGMA cache_size=-{_SORTING_CACHE_KIB}")
        try:
            for sql in statements:
                give_back()
                self.run(sql)
        finally:
            self.raw.execute(f"PRAGMA cache_size=-{_WRITER_CACHE_KIB}")

    def literal(self, statement: sa.ClauseElement) -> tuple[str, tuple[object, ...]]:
        """See `Backend.literal`."""
        compiled: Any = statement.compile(
            dialect=self.connection.dialect, compile_kwargs={"render_postcompile": True}
        )
        params = compiled.construct_params()
        return str(compiled), tuple(params[name] for name in compiled.positiontup or ())

    def id_array(self, statement: sa.Select[Any]) -> array[int]:
        """See `Backend.id_array`."""
        sql, params = self.literal(statement)
        found = self._numbers(f"SELECT group_concat(pk) FROM ({sql})", params)
        if len(found) > _SHORT:
            give_back()  # sorting them took sixty bytes each
        return found

    def _numbers(self, sql: str, params: tuple[object, ...]) -> array[int]:
        """Whole numbers that SQLite has put into one text: a quarter of the work of fetching rows, and meanwhile the window goes on.

        The text is read in pieces, because the window waits while one is read.
        """
        text, found, begin = self.raw.execute(sql, params).fetchone()[0] or "", array("q"), 0
        while begin < len(text):
            end = text.find(",", begin + _PIECE)
            end = len(text) if end < 0 else end
            found.extend(map(int, text[begin:end].split(",")))
            begin = end + 1
        return found

    def interrupt(self) -> None:
        """See `Backend.interrupt`."""
        self.raw.interrupt()

    def was_interrupted(self, wrong: Exception) -> bool:
        """See `Backend.was_interrupted`."""
        return "interrupt" in str(wrong)

    def transaction_id(self) -> str:
        """See `Backend.transaction_id`."""
        return ""

    def is_committed(self, transaction: str) -> bool | None:  # noqa: ARG002
        """See `Backend.is_committed`."""
        return None

    def insert_one(self, table: str, row: Cells) -> int:
        """See `Backend.insert_one`."""
        columns, given = ", ".join(f'"{name}"' for name in row), tuple(row.values())
        mark = "?"
        if "" not in given:
            given, mark = tuple("" if cell is None else cell for cell in given), _EMPTY
        sql = f'INSERT INTO "{table}" ({columns}) VALUES ({", ".join([mark] * len(row))})'
        try:
            return int(self.raw.execute(sql, given).lastrowid)
        except dbapi2.IntegrityError as wrong:
            raise NotUniqueError(str(wrong)) from wrong

    def insert_columns(self, table: str, columns: Columns) -> None:
        """See `Backend.insert_columns`."""
        bound = _bound(columns)
        if not bound:
            return
        names = ", ".join(f'"{name}"' for name in bound)
        sql = f'INSERT INTO "{table}" ({names}) VALUES ({", ".join(mark for mark, _ in bound.values())})'
        try:
            self.raw.executemany(sql, zip(*(cells for _, cells in bound.values()), strict=True))
        except dbapi2.IntegrityError as wrong:
            raise NotUniqueError(str(wrong)) from wrong

    def update(self, table: str, cells: Cells, pk: int | None = None) -> None:
        """See `Backend.update`."""
        changed = ", ".join(f'"{name}" = ?' for name in cells)
        which = "" if pk is None else f" WHERE pk = {pk:d}"
        self.raw.execute(f'UPDATE "{table}" SET {changed}{which}', tuple(cells.values()))

    def update_many(self, table: str, rows: Sequence[Cells]) -> None:
        """See `Backend.update_many`."""
        columns = dict(in_columns(rows))
        bound = _bound(columns)
        if bound:
            pks = bound.pop("pk")[1]
            changed = ", ".join(
                f'"{name}" = {bound[name][0] if name in bound else "NULL"}'
                for name in columns
                if name != "pk"
            )
            sql = f'UPDATE "{table}" SET {changed} WHERE pk = ?'
            self.raw.executemany(sql, zip(*(cells for _, cells in bound.values()), pks, strict=True))

    def put(self, table: str, key: str, row: Cells) -> None:
        """See `Backend.put`."""
        changed = ", ".join(f'"{name}" = excluded."{name}"' for name in row if name != key)
        columns = ", ".join(f'"{name}"' for name in row)
        sql = f'INSERT INTO "{table}" ({columns}) VALUES ({", ".join("?" * len(row))}) ON CONFLICT ("{key}") DO UPDATE SET {changed}'
        self.raw.execute(sql, tuple(row.values()))

    def rows_with(
        self, table: str, columns: Sequence[str], key: str, keys: Sequence[object]
    ) -> list[tuple[Any, ...]]:
        """See `Backend.rows_with`."""
        names = ", ".join(f'"{name}"' for name in columns)
        sql = f'SELECT {names} FROM "{table}" WHERE "{key}" IN ({", ".join("?" * len(keys))})'
        found: list[tuple[Any, ...]] = self.raw.execute(sql, tuple(keys)).fetchall()
        return found

    def names(self) -> set[str]:
        """See `Backend.names`."""
        return names(self.raw)

    def damage(self) -> list[str]:
        """See `Backend.damage`."""
        return damage(self.raw)

    def search_create(self, kind: str) -> None:
        """See `Backend.search_create`. Contentless: the text is in the records already."""
        self.raw.execute(
            f'CREATE VIRTUAL TABLE "{kind}_search" USING fts5(words, tokenize="trigram", content="", contentless_delete=1)'
        )

    def search_put(self, kind: str, entries: Iterable[tuple[int, str]]) -> None:
        """See `Backend.search_put`."""
        self.raw.executemany(f'INSERT OR REPLACE INTO "{kind}_search" (rowid, words) VALUES (?, ?)', entries)

    def search_forget(self, kind: str, pk: int) -> None:
        """See `Backend.search_forget`."""
        self.raw.execute(f'DELETE FROM "{kind}_search" WHERE rowid = ?', (pk,))

    @contextmanager
    def search_in_bulk(self, kind: str) -> Iterator[None]:
        """See `Backend.search_in_bulk`: larger pieces in memory, and merging of pieces left for later."""
        self._search_option(kind, "hashsize", 16 * 1024 * 1024)
        try:
            yield
        finally:
            self._search_option(kind, "hashsize", 1024 * 1024)

    def _search_option(self, kind: str, name: str, value: int) -> None:
        self.raw.execute(f'INSERT INTO "{kind}_search" ("{kind}_search", rank) VALUES (?, ?)', (name, value))

    def search_size(self, kind: str) -> int:
        """See `Backend.search_size`."""
        return int(self.raw.execute(f'SELECT count(*) FROM "{kind}_search_docsize"').fetchone()[0])

    def search_number(self, kind: str, terms: Terms, most: int) -> int:
        """See `Backend.search_number`. Many are not counted: it would take longer than to find the first rows of them."""
        last, question = self.next_pk(kind) - 1, fts_expression(terms)
        matching = f'SELECT 1 FROM "{kind}_search" WHERE "{kind}_search" MATCH ?'
        counted = most if last <= _SHORT else min(most, _FEW)
        number = int(
            self.raw.execute(f"SELECT count(*) FROM ({matching} LIMIT ?)", (question, counted)).fetchone()[0]
        )
        if number < counted or counted == most:
            return number
        sql, found = f"SELECT count(*) FROM ({matching} AND rowid BETWEEN ? AND ?)", 0
        for sample in range(
            _SAMPLES
        ):  # only where there are many: from a place without hits the index is read to its end
            begin = 1 + last * sample // _SAMPLES
            found += self.raw.execute(sql, (question, begin, begin + _SAMPLE - 1)).fetchone()[0]
        return min(most, max(number, found * last // (_SAMPLES * _SAMPLE)))

    def search_marks(self, kind: str, terms: Terms) -> bytearray:
        """See `Backend.search_marks`."""
        marks = bytearray(self.next_pk(kind))
        sql = f'SELECT group_concat(rowid) FROM "{kind}_search" WHERE "{kind}_search" MATCH ?'
        for pk in self._numbers(sql, (fts_expression(terms),)):
            marks[pk] = 1
        return marks

    def csv_cell(self, column: sa.Column[Any], field: Field | None) -> str:
        """See `Backend.csv_cell`."""
        return sqlite_csv.cell(column, field)

    def csv_rows(
        self, cells: Sequence[str], source: sa.Select[Any], along: Along | None = None
    ) -> Iterator[Piece]:
        """See `Backend.csv_rows`."""
        pk: Any = source.selected_columns.pk
        whole: sa.ColumnElement[Any] = sa.literal_column(sqlite_csv.line(cells)).label("line")
        if along is None:
            sql, params = self.literal(source.with_only_columns(pk, whole, maintain_column_froms=True))
            return sqlite_csv.rows(self.raw, sql, params, pk.table.name, cells)
        table = pk.table.name
        walked = source.with_only_columns(pk, along.column.label("place"), whole, maintain_column_froms=True)
        behind: Any = sa.literal_column(f'("{table}"."{along.column.name}", "{table}".pk) > (?, ?)')
        sql, params = self.literal(walked.where(behind).order_by(along.column, pk))
        return sqlite_csv.along(self.raw, sql, params, along.after, table, cells)


def _bound(columns: Columns) -> dict[str, tuple[str, Sequence[object]]]:
    """What stands for each column in a statement, and what is given for it. Columns without any content are left out."""
    bound: dict[str, tuple[str, Sequence[object]]] = {}
    for name, cells in columns.items():
        different = set(cells)
        if None not in different or "" in different:
            bound[name] = "?", cells
        elif len(different) > 1:
            bound[name] = _EMPTY, ["" if cell is None else cell for cell in cells]
    return bound
