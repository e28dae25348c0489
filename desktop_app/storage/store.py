"""The store: one data folder's database, opened once, read from many threads and written by one at a time."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import sqlalchemy as sa

from desktop_app.core.errors import KnownError
from desktop_app.core.settings import Settings
from desktop_app.core.spec import Registry
from desktop_app.core.words import Words
from desktop_app.storage import backends, exchanging, identity
from desktop_app.storage.engines import Engines
from desktop_app.storage.glance import FILE as FILE  # noqa: PLC0414  (the name of the database file)
from desktop_app.storage.merging import absorbing
from desktop_app.storage.read import Reader
from desktop_app.storage.stopping import Stop
from desktop_app.storage.tables import Tables
from desktop_app.storage.upkeep import migrate, rebuild, revision
from desktop_app.storage.write import Writer

Now = Callable[[], dt.datetime]


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class Store:
    """What the services keep records in; made by `Store.open`."""

    def __init__(self, folder: Path, registry: Registry, engines: Engines, now: Now) -> None:
        self.folder = folder
        self.registry = registry
        self.tables = Tables(registry)
        self.engines = engines
        self.now = now
        self.settings = Settings()
        """What rules and derived figures are told; services set it from `Reader.settings`."""
        self._one_writer = threading.Lock()
        self._writing: int | None = None
        self._schema: str | None = None
        """The step that a server's database stood at when it was opened."""

    @classmethod
    def open(
        cls,
        place: Path | str,
        registry: Registry,
        *,
        must_exist: bool = False,
        now: Now = _now,
        migrations: Path | None = None,
        database: str = "",
    ) -> Self:
        """Open the database of a data folder; a new one is made, an older one is upgraded (backup, steps, check, else put back).

        With the address of a `database` on a PostgreSQL server the records are there, and the folder is this computer's own (drafts).
        There is then no identity file: a server's database is not put back by copying a file, and one that was restored there is
        recognised by what offices send (exchange.md, "Rolled back?").
        Raises `KnownError` when it comes from a newer program, is damaged, or `must_exist` and there is none.
        """
        folder = Path(place)
        engines = cls._on_server if database else cls._in_folder
        store = cls(folder, registry, engines(folder, database, migrations, must_exist=must_exist), now)
        try:
            store._begin()
        except BaseException:
            store.close()
            raise
        return store

    @staticmethod
    def _in_folder(folder: Path, _: str, migrations: Path | None, *, must_exist: bool) -> Engines:
        file = folder / FILE
        if must_exist and not file.exists():
            raise KnownError(
                Words(
                    f"Di {folder} belum ada data Pelita. Jalankan 'init' dahulu.",
                    f"There is no Pelita data in {folder} yet. Run 'init' first.",
                )
            )
        folder.mkdir(parents=True, exist_ok=True)
        migrate.bring_up_to_date(file, migrations)
        return Engines.of(file)

    @staticmethod
    def _on_server(folder: Path, database: str, migrations: Path | None, *, must_exist: bool) -> Engines:
        if (folder / FILE).exists():
            raise KnownError(
                Words(
                    f"Folder {folder} berisi data kantor sendiri. Pakai --data-dir lain untuk bekerja di server.",
                    f"The folder {folder} holds an office's own data. Give another --data-dir to work on a server.",
                )
            )
        engines = Engines.on_server(database)
        try:
            migrate.bring_server_up_to_date(engines, migrations, must_exist=must_exist)
        except BaseException:
            engines.close()
            raise
        return engines

    def _begin(self) -> None:
        """Give a new database its identity, a copied one another; make what is derived and missing."""
        if self._is_ready():
            return
        with self.engines.explained(), self.engines.writer.begin() as connection:
            if not connection.execute(sa.select(self.tables.site)).first():
                identity.enter(connection, identity.first())
        with self.writing("") as writer:
            rebuild.prepare(writer)
            absorbing.absorb_extras(writer)
            origin = identity.origin(self.folder, writer.site_row) if self.engines.is_file else "here"
            if origin != "here":  # the original of a copy may live on: its id is not given up
                exchanging.reid(writer, retires=origin == "backup")

    def _is_ready(self) -> bool:
        """Whether a server's database needs nothing: who starts must not wait for a colleague who is storing something."""
        if self.engines.is_file:
            return False
        with self.reading() as reader:
            self._schema = revision.on_server(reader.connection)
            has_identity = reader.connection.execute(sa.select(self.tables.site)).first() is not None
            return has_identity and rebuild.is_prepared(reader) and absorbing.is_done(reader)

    @contextmanager
    def reading(self, stop: Stop | None = None, *, person: str = "") -> Iterator[Reader]:
        """A reader on one state of the database, for one operation in its own thread. Calling `stop` from another thread ends it."""
        with (
            self.engines.explained_reading(),
            self.engines.reader.connect() as connection,
            connection.begin(),
        ):
            reader = Reader(connection, self.tables, person, self.now())
            if stop is None:
                yield reader
                return
            with stop.over(backends.of(connection)):
                yield reader

    @contextmanager
    def writing(self, person: str) -> Iterator[Writer]:
        """A writer; what it did is durable when the block ends, and undone when the block raises. One at a time."""
        if self._writing == threading.get_ident():
            raise RuntimeError("this thread is writing already: it would wait for itself")
        with self._one_writer, self.engines.explained(), self.engines.writer.connect() as connection:
            self._writing = threading.get_ident()
            try:
                yield from self._one_transaction(connection, person)
            finally:
                self._writing = None

    def _one_transaction(self, connection: sa.Connection, person: str) -> Iterator[Writer]:
        transaction = connection.begin()
        try:
            if not self.engines.is_file:
                self._refuse_another_schema(connection)
            writer = Writer(connection, self.tables, person, self.now(), self.settings)
            yield writer
            writer.finish()
        except BaseException:
            transaction.rollback()
            raise
        self._commit(transaction, writer)
        if self.engines.is_file:
            identity.keep(self.folder, writer.site_row)

    def _refuse_another_schema(self, connection: sa.Connection) -> None:
        """A colleague's newer program may have upgraded the server's database while this one is open."""
        if connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() != self._schema:
            raise KnownError(
                Words(
                    "Basis data di server sudah diperbarui oleh Pelita yang lebih baru. Tutup Pelita, perbarui, lalu buka lagi.",
                    "The database on the server was upgraded by a newer Pelita. Close Pelita, update it, then open it again.",
                )
            )

    def _commit(self, transaction: sa.Transaction, writer: Writer) -> None:
        """Commit. One that raised may be durable all the same: only what is stored then decides, never a blind second try."""
        known_by = backends.of(writer.connection).transaction_id()
        try:
            transaction.commit()
        except sa.exc.DBAPIError:
            transaction.close()
            writer.connection.invalidate()  # nothing more is asked of it: what is not durable ends with it
            if not self._is_durable(known_by, writer):
                raise

    def _is_durable(self, transaction: str, writer: Writer) -> bool:
        with self.reading() as reader:
            told = backends.of(reader.connection).is_committed(transaction)
            if told is not None:
                return told
            stored = identity.load(reader.connection)
        same = (stored.change_no, stored.clock) == (writer.site_row.change_no, writer.site_row.clock)
        return same and not writer.unchanged

    def close(self) -> None:
        """Close all connections."""
        self.engines.close()
