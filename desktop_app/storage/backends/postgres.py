"""What is particular to PostgreSQL, for headquarters: connecting to a server, and `Postgres`, how it is spoken to.

Writers take turns by a lock of the transaction (one operator's save waits for another's), readers see one state of the database
and can't write. All texts have the collation "C" (migrations/env.py), so that they are ordered as SQLite orders them.
"""

from __future__ import annotations

import logging
import sys
import threading
import time
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

import psycopg
import sqlalchemy as sa
from psycopg import errors
from sqlalchemy import event
from sqlalchemy.dialects.postgresql import psycopg as psycopg_dialect

from desktop_app.core.errors import KnownError
from desktop_app.core.fields import Field
from desktop_app.core.words import Words
from desktop_app.storage.backends import postgres_copy, postgres_csv
from desktop_app.storage.backends.base import Along, Backend, Cells, Columns, NotUniqueError, Piece, Terms
from desktop_app.storage.backends.expressions import like_pattern

_log = logging.getLogger(__name__)

WAIT_SECONDS = 20
"""How long a save waits for another operator's."""
_DRIVER = "postgresql+psycopg"
_WRITERS = 0x50656C697461  # "Pelita": the lock that writers of one database take in turn
_CONNECT_SECONDS = 10
_STOP_SECONDS = 2.0
_KEPT_ALIVE = {"keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3}
_UNTIL_GIVEN_UP = {
    "tcp_keepalives_idle": 10,
    "tcp_keepalives_interval": 5,
    "tcp_keepalives_count": 3,
    "idle_in_transaction_session_timeout": "5min",
}
"""When a computer goes off in the middle of a save, its turn must not be held for hours: everybody else would wait."""
_CERTAIN_WITHIN_SECONDS, _LOOK_AGAIN_SECONDS = 10.0, 0.1
_NUMBERED: sa.Dialect = psycopg_dialect.dialect(paramstyle="format")  # type: ignore[no-untyped-call]
"""For statements whose parameters are wanted in order."""
_NO_SERVER = ("08", "28", "3D", "53", "57")
"""Classes of errors: no connection, not let in, no such database, out of resources, shut down ."""
_ADVICE = (
    (
        errors.LockNotAvailable,
        Words(
            "Operator lain sedang menyimpan banyak data. Tunggu sebentar, lalu simpan lagi.",
            "Another operator is storing a lot of data. Wait a moment, then save again.",
        ),
    ),
    (
        errors.DiskFull,
        Words(
            "Disk server basis data penuh: tidak ada yang disimpan. Hubungi pengelola server; isian Anda masih ada di formulir.",
            "The database server's disk is full: nothing was saved. Tell who runs the server; what you typed is still in the form.",
        ),
    ),
    (
        (errors.InsufficientPrivilege, errors.ReadOnlySqlTransaction),
        Words(
            "Server basis data tidak mengizinkan ini. Minta hak tulis kepada pengelola server.",
            "The database server does not allow this. Ask who runs the server for the right to write.",
        ),
    ),
)


def address(text: str) -> sa.URL:
    """The address of a database, as `--database` gives it. Raises `KnownError` when it is none."""
    try:
        url = sa.make_url(text)
    except (sa.exc.ArgumentError, ValueError):
        url = None
    if url is None or url.drivername not in ("postgresql", "postgres", _DRIVER) or not url.database:
        raise KnownError(
            Words(
                "Alamat basis data harus seperti postgresql+psycopg://nama@server/basisdata.",
                "The address of the database must be like postgresql+psycopg://name@server/database.",
            )
        )
    return url.set(drivername=_DRIVER)


def engine(url: sa.URL, *, writes: bool) -> sa.Engine:
    """An engine on this database. A writer waits for its turn when it begins, a reader sees one state and can't write."""
    asked = str(url.query.get("options", ""))
    settings = {"lock_timeout": f"{WAIT_SECONDS}s", "synchronous_commit": "on", **_UNTIL_GIVEN_UP}
    options = " ".join([asked, *(f"-c {name}={value}" for name, value in settings.items())])
    made = sa.create_engine(
        url,
        connect_args={
            "connect_timeout": _CONNECT_SECONDS,
            "application_name": "Pelita",
            "client_encoding": "utf8",
            **_KEPT_ALIVE,
            "options": options.strip(),
        },
        execution_options={
            "isolation_level": "READ COMMITTED" if writes else "REPEATABLE READ",
            "postgresql_readonly": not writes,
        },
        pool_size=1 if writes else 3,
        max_overflow=0 if writes else 8,
        pool_timeout=60,
        pool_pre_ping=True,
    )
    if writes:

        @event.listens_for(made, "begin")
        def begun(connection: sa.Connection) -> None:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS})")

    return made


@contextmanager
def explained() -> Iterator[None]:
    """Turn the failures that a person can do something about into `KnownError`."""
    try:
        yield
    except (sa.exc.DBAPIError, psycopg.Error) as wrong:
        cause = getattr(wrong, "orig", None) or wrong
        for sort, words in _ADVICE:
            if isinstance(cause, sort):
                raise KnownError(words) from wrong
        if isinstance(cause, psycopg.OperationalError) and _is_without_server(cause):
            raise KnownError(_unreachable(cause)) from wrong
        raise


def _is_without_server(cause: psycopg.OperationalError) -> bool:
    return (cause.sqlstate or "08")[:2] in _NO_SERVER and not isinstance(cause, errors.QueryCanceled)


def _unreachable(cause: psycopg.OperationalError) -> Words:
    lines = str(cause).strip().splitlines() or ["?"]
    _, refused, why = str(cause).partition("FATAL: ")
    if refused:
        reason = why.splitlines()[0].strip()
        return Words(
            f"Server basis data menolak ({reason}). Periksa alamat, nama dan kata sandi.",
            f"The database server refuses ({reason}). Check the address, the name and the password.",
        )
    reason = lines[-1].strip()
    return Words(
        f"Server basis data tidak bisa dihubungi atau terputus ({reason}). Periksa jaringan, lalu coba lagi.",
        f"The database server can't be reached, or the connection broke ({reason}). Check the network, then try again.",
    )


class Postgres(Backend):
    """What storage asks of PostgreSQL."""

    mark = "%s"

    def __init__(self, connection: sa.Connection) -> None:
        super().__init__(connection)
        self._asking: list[threading.Thread] = []

    def literal(self, statement: sa.ClauseElement) -> tuple[str, tuple[object, ...]]:
        """See `Backend.literal`."""
        compiled: Any = statement.compile(dialect=_NUMBERED, compile_kwargs={"render_postcompile": True})
        params = compiled.construct_params()
        return str(compiled), tuple(params[name] for name in compiled.positiontup or ())

    def id_array(self, statement: sa.Select[Any]) -> array[int]:
        """See `Backend.id_array`."""
        sql, params = self.literal(statement)
        return self._numbers(f"({sql}) AS found", params)

    def _numbers(self, source: str, params: Sequence[object]) -> array[int]:
        """The `pk` of a FROM clause, in its order, as one block of bytes: eight a number."""
        sql = f"SELECT string_agg(int8send(pk), ''::bytea) FROM {source}"
        numbers = array("q", self.raw.execute(sql, params, binary=True).fetchone()[0] or b"")
        if sys.byteorder == "little":
            numbers.byteswap()
        return numbers

    def interrupt(self) -> None:
        """See `Backend.interrupt`."""
        # It speaks to the server by a connection of its own, which may take its time.
        asking = threading.Thread(target=self._cancel, name="pelita-cancel", daemon=True)
        self._asking.append(asking)
        asking.start()

    def _cancel(self) -> None:
        try:
            self.raw.cancel_safe(timeout=_STOP_SECONDS)
        except psycopg.Error as wrong:  # the answer comes, and nobody waits for it
            _log.info("a query could not be cancelled: %s", type(wrong).__name__)

    def settle(self) -> None:
        """See `Backend.settle`."""
        for asking in self._asking:
            asking.join()

    def was_interrupted(self, wrong: Exception) -> bool:
        """See `Backend.was_interrupted`."""
        return isinstance(getattr(wrong, "orig", None) or wrong, errors.QueryCanceled)

    def transaction_id(self) -> str:
        """See `Backend.transaction_id`."""
        return str(self.raw.execute("SELECT pg_current_xact_id()::text").fetchone()[0])

    def is_committed(self, transaction: str) -> bool | None:
        """See `Backend.is_committed`."""
        status = "SELECT pg_xact_status(%s::text::xid8)"
        end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_xid::text = %s"
        until = time.monotonic() + _CERTAIN_WITHIN_SECONDS
        while (found := self.raw.execute(status, (transaction,)).fetchone()[0]) == "in progress":
            # The server still waits on the line that broke: it is told to give up, so that nothing is stored later.
            self.raw.execute("SELECT pg_stat_clear_snapshot()")
            self.raw.execute(end, (str(int(transaction) % 2**32),))
            if time.monotonic() > until:
                break
            time.sleep(_LOOK_AGAIN_SECONDS)
        return bool(found == "committed")

    def insert_one(self, table: str, row: Cells) -> int:
        """See `Backend.insert_one`."""
        columns = ", ".join(f'"{name}"' for name in row)
        # Nothing is tried to see whether it works: a refused statement would spoil the transaction.
        sql = f'INSERT INTO "{table}" ({columns}) VALUES ({", ".join(["%s"] * len(row))}) ON CONFLICT DO NOTHING RETURNING pk'
        found = self.raw.execute(sql, tuple(row.values())).fetchone()
        if found is None:
            raise NotUniqueError(table)
        if "pk" in row:
            self._numbered_to(table, row["pk"])
        return int(found[0])

    def insert_columns(self, table: str, columns: Columns) -> None:
        """See `Backend.insert_columns`: one COPY. Columns without any content are left out."""
        texts = {name: cells for name, given in columns.items() if (cells := postgres_copy.column(given))}
        if not texts:
            return
        names = ", ".join(f'"{name}"' for name in texts)
        try:
            with self.raw.cursor() as cursor, cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
                copy.write(postgres_copy.lines(texts.values()))
        except errors.UniqueViolation as wrong:
            raise NotUniqueError(table) from wrong
        if "pk" in columns:
            self._numbered_to(table, columns["pk"][-1])

    def _numbered_to(self, table: str, pk: object) -> None:
        self.raw.execute("SELECT setval(pg_get_serial_sequence(%s, 'pk'), %s)", (f'"{table}"', pk))

    def update(self, table: str, cells: Cells, pk: int | None = None) -> None:
        """See `Backend.update`."""
        changed = ", ".join(f'"{name}" = %s' for name in cells)
        which = "" if pk is None else f" WHERE pk = {pk:d}"
        self.raw.execute(f'UPDATE "{table}" SET {changed}{which}', tuple(cells.values()))

    def update_many(self, table: str, rows: Sequence[Cells]) -> None:
        """See `Backend.update_many`: one statement, from one array a column."""
        if not rows:
            return
        given = {name: [row[name] for row in rows] for name in rows[0]}
        types = {name: _type_of(cells) for name, cells in given.items()}
        filled = [name for name, of_column in types.items() if of_column]
        columns = ", ".join(f'"{name}"' for name in filled)
        arrays = ", ".join(f"%s::{types[name]}[]" for name in filled)
        changed = ", ".join(
            f'"{name}" = given."{name}"' if types[name] else f'"{name}" = NULL'
            for name in given
            if name != "pk"
        )
        sql = (
            f'UPDATE "{table}" AS old SET {changed} FROM unnest({arrays}) AS given ({columns})'
            " WHERE old.pk = given.pk"
        )
        self.raw.execute(sql, [given[name] for name in filled])

    def put(self, table: str, key: str, row: Cells) -> None:
        """See `Backend.put`."""
        changed = ", ".join(f'"{name}" = excluded."{name}"' for name in row if name != key)
        columns = ", ".join(f'"{name}"' for name in row)
        given = ", ".join(["%s"] * len(row))
        sql = f'INSERT INTO "{table}" ({columns}) VALUES ({given}) ON CONFLICT ("{key}") DO UPDATE SET {changed}'
        self.raw.execute(sql, tuple(row.values()))

    def rows_with(
        self, table: str, columns: Sequence[str], key: str, keys: Sequence[object]
    ) -> list[tuple[Any, ...]]:
        """See `Backend.rows_with`."""
        names = ", ".join(f'"{name}"' for name in columns)
        sql = f'SELECT {names} FROM "{table}" WHERE "{key}" = ANY(%s)'
        found: list[tuple[Any, ...]] = self.raw.execute(sql, (list(keys),)).fetchall()
        return found

    def names(self) -> set[str]:
        """See `Backend.names`."""
        sql = "SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace"
        return {name for (name,) in self.raw.execute(sql)}

    def damage(self) -> list[str]:
        """See `Backend.damage`."""
        return []

    def search_create(self, kind: str) -> None:
        """See `Backend.search_create`. Without the extension pg_trgm the words are looked through from first to last."""
        self.raw.execute(
            f'CREATE TABLE "{kind}_search" (pk bigint PRIMARY KEY, words text COLLATE "C" NOT NULL)'
        )
        if self._has_trigrams():
            self.raw.execute(
                f'CREATE INDEX "{kind}_search_words" ON "{kind}_search" USING gin (words gin_trgm_ops)'
            )

    def _has_trigrams(self) -> bool:
        """Whether pg_trgm is there, or could be made: the server must have it, and allow it to this user."""
        if self.raw.execute("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'").fetchone():
            return True
        if not self.raw.execute("SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm'").fetchone():
            return False
        try:
            with self.raw.transaction():  # a savepoint: a refusal must not spoil what surrounds it
                self.raw.execute("CREATE EXTENSION pg_trgm")
        except errors.InsufficientPrivilege:
            return False
        return True

    def search_put(self, kind: str, entries: Iterable[tuple[int, str]]) -> None:
        """See `Backend.search_put`."""
        pks, words = zip(*found, strict=True) if (found := list(entries)) else ((), ())
        sql = (
            f'INSERT INTO "{kind}_search" (pk, words) SELECT * FROM unnest(%s::bigint[], %s::text[])'
            " ON CONFLICT (pk) DO UPDATE SET words = excluded.words"
        )
        self.raw.execute(sql, (list(pks), list(words)))

    def search_forget(self, kind: str, pk: int) -> None:
        """See `Backend.search_forget`."""
        self.raw.execute(f'DELETE FROM "{kind}_search" WHERE pk = %s', (pk,))

    def search_in_bulk(self, kind: str) -> AbstractContextManager[None]:  # noqa: ARG002
        """See `Backend.search_in_bulk`: nothing is to be prepared."""
        return nullcontext()

    def search_size(self, kind: str) -> int:
        """See `Backend.search_size`."""
        return int(self.raw.execute(f'SELECT count(*) FROM "{kind}_search"').fetchone()[0])

    def search_number(self, kind: str, terms: Terms, most: int) -> int:
        """See `Backend.search_number`."""
        source, params = _matching(kind, terms)
        sql = f"SELECT count(*) FROM (SELECT 1 FROM {source} LIMIT %s) AS found"
        return int(self.raw.execute(sql, (*params, most)).fetchone()[0])

    def search_marks(self, kind: str, terms: Terms) -> bytearray:
        """See `Backend.search_marks`."""
        marks = bytearray(self.next_pk(kind))
        for pk in self._numbers(*_matching(kind, terms)):
            marks[pk] = 1
        return marks

    def csv_cell(self, column: sa.Column[Any], field: Field | None) -> str:
        """See `Backend.csv_cell`."""
        return postgres_csv.cell(column, field)

    def csv_rows(
        self, cells: Sequence[str], source: sa.Select[Any], along: Along | None = None
    ) -> Iterator[Piece]:
        """See `Backend.csv_rows`."""
        pk: Any = source.selected_columns.pk
        whole: sa.ColumnClause[Any] = sa.literal_column(postgres_csv.line(cells))
        if along is not None:
            source = source.where(along.column > along.after).order_by(along.column, pk)
        sql, params = self.literal(source.with_only_columns(whole, maintain_column_froms=True))
        return postgres_csv.rows(self.raw, sql, params)


def _type_of(cells: Iterable[object]) -> str:
    """The type of a column by what it is to hold; empty when that is nothing at all."""
    some = next((cell for cell in cells if cell is not None), None)
    return "" if some is None else "bigint" if isinstance(some, int) else "text"


def _matching(kind: str, terms: Terms) -> tuple[str, tuple[str, ...]]:
    """The FROM clause of the words that hold all terms, and its parameters."""
    each = " AND ".join(["words LIKE %s"] * len(terms))
    return f'"{kind}_search" WHERE {each}', tuple(map(like_pattern, terms))
