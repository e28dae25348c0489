"""What is particular to SQLite (through SQLCipher's driver, unencrypted for now): connecting, and reading ids at full speed."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.dialects import sqlite as sqlite_dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from desktop_app.core.errors import KnownError
from desktop_app.core.words import Words

BUSY_SECONDS = 5
DIALECT = sqlite_dialect.dialect()
"""For writing out statements without a connection."""
_CACHE_KIB, _WRITER_CACHE_KIB = 8 * 1024, 32 * 1024
_PIECE = 64 * 1024  # letters
_LOG_LEFT = 64 * 1024 * 1024
"""How much of a write-ahead log that grew in a bulk load may stay on the disk."""
_WANTED = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 0, "busy_timeout": BUSY_SECONDS * 1000}

Damaged = dbapi2.DatabaseError
"""What the driver raises for a file that it can't make sense of (among other things)."""
NotUnique = dbapi2.IntegrityError
"""What the driver raises when a uid is there already."""
Raw = Any
"""A connection or cursor of the driver, which has no types."""


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


def open_unprepared(file: Path) -> Raw:
    """A connection for looking at a file without changing anything about it, not even how it is written."""
    return dbapi2.connect(
        f"{file.resolve().as_uri()}?mode=ro", uri=True, timeout=BUSY_SECONDS, isolation_level=None
    )


def names(raw: Raw) -> set[str]:
    """The names of all tables and indexes."""
    return {name for (name,) in raw.execute("SELECT name FROM sqlite_master")}


def raw_of(connection: sa.Connection) -> Raw:
    """The driver's connection below SQLAlchemy's."""
    return connection.connection.dbapi_connection


def literal(statement: sa.ClauseElement, connection: sa.Connection) -> tuple[str, tuple[object, ...]]:
    """A statement as the driver's SQL text and its parameters, in order."""
    compiled: Any = statement.compile(dialect=connection.dialect, compile_kwargs={"render_postcompile": True})
    params = compiled.construct_params()
    return str(compiled), tuple(params[name] for name in compiled.positiontup or ())


def insert(raw: Raw, table: str, rows: Sequence[Mapping[str, object]]) -> int:
    """Insert rows that all have the same columns in the same order; the `pk` of the last one. Several times as quick as a statement
    of SQLAlchemy. Raises `NotUnique` when a uid is there already.
    """
    if not rows:
        return 0
    columns = ", ".join(f'"{name}"' for name in rows[0])
    sql = f'INSERT INTO "{table}" ({columns}) VALUES ({", ".join("?" * len(rows[0]))})'
    if len(rows) == 1:
        return int(raw.execute(sql, tuple(rows[0].values())).lastrowid)
    raw.executemany(sql, (tuple(row.values()) for row in rows))
    return 0


def rows_with(
    raw: Raw, table: str, columns: Sequence[str], key: str, keys: Sequence[object]
) -> list[tuple[Any, ...]]:
    """The rows of a table whose `key` column has one of these contents: the columns asked for, in no order."""
    names = ", ".join(f'"{name}"' for name in columns)
    sql = f'SELECT {names} FROM "{table}" WHERE "{key}" IN ({", ".join("?" * len(keys))})'
    found: list[tuple[Any, ...]] = raw.execute(sql, tuple(keys)).fetchall()
    return found


def put(raw: Raw, table: str, key: str, row: Mapping[str, object]) -> None:
    """Insert a row, or change the one that has the same `key`."""
    changed = ", ".join(f'"{name}" = excluded."{name}"' for name in row if name != key)
    columns = ", ".join(f'"{name}"' for name in row)
    sql = f'INSERT INTO "{table}" ({columns}) VALUES ({", ".join("?" * len(row))}) ON CONFLICT ("{key}") DO UPDATE SET {changed}'
    raw.execute(sql, tuple(row.values()))


def update(raw: Raw, table: str, cells: Mapping[str, object], pk: int | None = None) -> None:
    """Change the row with this `pk`; without one, the only row that the table has."""
    changed = ", ".join(f'"{name}" = ?' for name in cells)
    which = "" if pk is None else f" WHERE pk = {pk:d}"
    raw.execute(f'UPDATE "{table}" SET {changed}{which}', tuple(cells.values()))


def id_array(connection: sa.Connection, statement: sa.Select[Any]) -> array[int]:
    """The numbers of a select of `pk` alone, in its order: a million take 8 MB."""
    sql, params = literal(statement, connection)
    return _numbers(raw_of(connection), f"SELECT group_concat(pk) FROM ({sql})", params)


def _numbers(raw: Raw, sql: str, params: tuple[object, ...]) -> array[int]:
    """Whole numbers that SQLite has put into one text: a quarter of the work of fetching rows, and meanwhile the window goes on.

    The text is read in pieces, because the window waits while one is read.
    """
    text, found, begin = raw.execute(sql, params).fetchone()[0] or "", array("q"), 0
    while begin < len(text):
        end = text.find(",", begin + _PIECE)
        end = len(text) if end < 0 else end
        found.extend(map(int, text[begin:end].split(",")))
        begin = end + 1
    return found


def search_create(raw: Raw, kind: str) -> None:
    """Make the empty search index of a kind. Contentless: the text is in the records already."""
    raw.execute(
        f'CREATE VIRTUAL TABLE "{kind}_search" USING fts5(words, tokenize="trigram", content="", contentless_delete=1)'
    )


def search_drop(raw: Raw, kind: str) -> None:
    """Take the search index of a kind away."""
    raw.execute(f'DROP TABLE IF EXISTS "{kind}_search"')


def search_put(raw: Raw, kind: str, entries: Iterable[tuple[int, str]]) -> None:
    """Enter or replace (pk, words); quickest in ascending order of pk."""
    raw.executemany(f'INSERT OR REPLACE INTO "{kind}_search" (rowid, words) VALUES (?, ?)', entries)


@contextmanager
def search_in_bulk(raw: Raw, kind: str) -> Iterator[None]:
    """While many records are entered: larger pieces in memory, and merging of pieces left for later."""
    _search_option(raw, kind, "hashsize", 64 * 1024 * 1024)
    try:
        yield
    finally:
        _search_option(raw, kind, "hashsize", 1024 * 1024)


def _search_option(raw: Raw, kind: str, name: str, value: int) -> None:
    raw.execute(f'INSERT INTO "{kind}_search" ("{kind}_search", rank) VALUES (?, ?)', (name, value))


def search_size(raw: Raw, kind: str) -> int:
    """How many records a search index knows."""
    return int(raw.execute(f'SELECT count(*) FROM "{kind}_search_docsize"').fetchone()[0])


def search_hits(kind: str, expression: str, limit: int | None = None) -> sa.Select[Any]:
    """The `pk` of the records that match an expression of the search index, oldest first."""
    index, whole = _search_table(kind)
    return sa.select(index.c.rowid).where(whole.op("MATCH")(expression)).limit(limit)


def search_has(kind: str, expression: str, pk: sa.ColumnElement[int]) -> sa.ColumnElement[bool]:
    """Whether this one record matches."""
    index, whole = _search_table(kind)
    return sa.exists().where(whole.op("MATCH")(expression), index.c.rowid == pk).select_from(index)


def search_number(raw: Raw, kind: str, expression: str, most: int) -> int:
    """How many records match; it looks no further than `most`."""
    sql = f'SELECT count(*) FROM (SELECT 1 FROM "{kind}_search" WHERE "{kind}_search" MATCH ? LIMIT ?)'
    return int(raw.execute(sql, (expression, most)).fetchone()[0])


def search_marks(raw: Raw, kind: str, expression: str) -> bytearray:
    """For every `pk` of a kind 1 when the record matches, else 0."""
    marks = bytearray(raw.execute(f'SELECT ifnull(max(pk), 0) + 1 FROM "{kind}"').fetchone()[0])
    sql = f'SELECT group_concat(rowid) FROM "{kind}_search" WHERE "{kind}_search" MATCH ?'
    for pk in _numbers(raw, sql, (expression,)):
        marks[pk] = 1
    return marks


def _search_table(kind: str) -> tuple[sa.TableClause, sa.ColumnClause[Any]]:
    return sa.table(f"{kind}_search", sa.column("rowid")), sa.column(f"{kind}_search")


class _OuterFirst(sa.sql.selectable.Join):
    """A join that is worked through from left to right: in the order of the left side's index, without sorting."""

    inherit_cache = True


@compiles(_OuterFirst)
def _cross_join(join: _OuterFirst, compiler: Any, **given: Any) -> str:
    return str(compiler.visit_join(join, **given)).replace(" JOIN ", " CROSS JOIN ", 1)


def outer_first(left: sa.FromClause, right: sa.FromClause, on: sa.ColumnElement[bool]) -> sa.FromClause:
    """A join whose left side SQLite goes through first, as it stands (it takes CROSS JOIN to mean that)."""
    return _OuterFirst(left, right, on)
