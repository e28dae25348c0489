"""The start-up check: is the database as old as the program, and what to do when it isn't.

The revision is read with one SELECT; Alembic is imported only when there is something to do. An older database is copied first
(`VACUUM INTO`), then upgraded: all steps in one transaction, checked before it is committed. When a step fails nothing has changed.
"""

from __future__ import annotations

import datetime as dt
import logging
from pathlib import Path

import sqlalchemy as sa

from desktop_app import place
from desktop_app.core.errors import KnownError
from desktop_app.core.words import Words
from desktop_app.storage import backends, failures
from desktop_app.storage.backends import sqlite
from desktop_app.storage.engines import Engines
from desktop_app.storage.upkeep import backup, revision

_LOG = logging.getLogger(__name__)

BEFORE_UPGRADES = "sebelum-pembaruan"
"""The folder, in the data folder, of the copies made before upgrades."""


def bring_up_to_date(file: Path, migrations: Path | None = None) -> Path | None:
    """Make, upgrade or leave alone; the copy that was made before an upgrade, if there was one.

    Raises `KnownError` when the database is newer than the program, isn't one, or could not be upgraded (then it is as it was).
    """
    migrations = migrations or place.migrations()
    steps = revision.steps(migrations)
    with failures.explained(file.parent):
        present = _present(file)
        revision.refuse_newer(present, steps)
        if steps and present == steps[-1]:
            return None
        if present is None:
            _upgrade(file, migrations)
            return None
        copy = _copy_before(file, present)
        try:
            _upgrade(file, migrations)
        except Exception as wrong:
            _LOG.exception("upgrade from %s failed", present)
            _as_it_was(file, copy, present)
            raise _failed(copy) from wrong
        return copy


def _present(file: Path) -> str | None:
    if not file.exists():
        return None
    raw = sqlite.open_raw(file)
    try:
        return revision.of(raw)
    finally:
        raw.close()


def _copy_before(file: Path, present: str) -> Path:
    folder = file.parent / BEFORE_UPGRADES
    folder.mkdir(exist_ok=True)
    copy = folder / f"pelita-{present}-{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%SZ}.db"
    backup.copy(file, copy)
    return copy


def bring_server_up_to_date(engines: Engines, migrations: Path | None = None, *, must_exist: bool) -> None:
    """The same for a database on a server, which its keeper backs up: all steps are made in one transaction, or none.

    Raises `KnownError` when it can't be reached, is newer than the program, isn't Pelita's, or `must_exist` and it is empty.
    """
    migrations = migrations or place.migrations()
    steps = revision.steps(migrations)
    with engines.explained():
        with engines.reader.begin() as connection:
            present = revision.on_server(connection)
        revision.refuse_newer(present, steps)
        if steps and present == steps[-1]:
            return
        if present is None and must_exist:
            raise KnownError(
                Words(
                    "Basis data di server ini masih kosong. Jalankan 'init' dahulu.",
                    "This database on the server is still empty. Run 'init' first.",
                )
            )
        with engines.writer.begin() as connection:  # a colleague may have been quicker: it is looked at again
            if revision.on_server(connection) != steps[-1]:
                _run_steps(connection, migrations)


def _upgrade(file: Path, migrations: Path) -> None:
    engines = Engines.of(file)
    try:
        with engines.writer.begin() as connection:
            _run_steps(connection, migrations)
    finally:
        engines.close()


def _run_steps(connection: sa.Connection, migrations: Path) -> None:
    from alembic import command  # noqa: PLC0415  (costs a tenth of a second, and is hardly ever needed)
    from alembic.config import Config  # noqa: PLC0415

    before = _counts(connection)
    config = Config()
    config.set_main_option("script_location", str(migrations))
    config.set_main_option("path_separator", "newline")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    _check(connection, before)


def _counts(connection: sa.Connection) -> dict[str, int]:
    """How many rows each table has that holds what people entered."""
    names = [
        name
        for name in sa.inspect(connection).get_table_names()
        if "_search" not in name and name != "alembic_version"
    ]
    return {
        name: connection.execute(sa.select(sa.func.count()).select_from(sa.table(name))).scalar_one()
        for name in names
    }


def _check(connection: sa.Connection, before: dict[str, int]) -> None:
    """Whether the upgraded database is sound and still has every row, while it can still be undone."""
    wrong = backends.of(connection).damage()
    after = _counts(connection)
    fewer = [name for name, rows in before.items() if after.get(name, 0) < rows]
    if wrong or fewer:
        raise RuntimeError(f"after the upgrade: {wrong[:3]} fewer rows in {fewer}")


def _as_it_was(file: Path, copy: Path, present: str) -> None:
    """The transaction was rolled back; only if the file is not what it was all the same, the copy takes its place."""
    try:
        raw = sqlite.open_raw(file)
        try:
            sound = revision.of(raw) == present and not sqlite.damage(raw)
        finally:
            raw.close()
    except (sqlite.Damaged, KnownError, OSError):
        _LOG.exception("the database can't be read after the failed upgrade")
        sound = False
    if not sound:
        backup.put_in_place(copy, file)


def _failed(copy: Path) -> KnownError:
    return KnownError(
        Words(
            f"Data tidak bisa diperbarui; data tetap seperti semula. Salinannya ada di {copy}. Hubungi yang mengurus Pelita.",
            f"The data could not be upgraded and is as it was. A copy is in {copy}. Tell whoever looks after Pelita.",
        )
    )
