"""How old a database is: the name of the last migration step that it went through, read with one SELECT."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from desktop_app.core.errors import KnownError
from desktop_app.core.words import Words
from desktop_app.storage.backends.base import Raw


def steps(migrations: Path) -> list[str]:
    """The names of all steps, oldest first: the four digits that their files begin with."""
    return sorted(file.name[:4] for file in (migrations / "versions").glob("[0-9][0-9][0-9][0-9]_*.py"))


def of(raw: Raw) -> str | None:
    """The step that a database stands at; None when it is empty. Raises `KnownError` when it isn't Pelita's."""
    tables = {name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if "alembic_version" in tables:
        found = raw.execute("SELECT version_num FROM alembic_version").fetchone()
        if found:
            return str(found[0])
    if tables:
        raise KnownError(
            Words("Berkas ini bukan basis data Pelita.", "This file is not a database of Pelita.")
        )
    return None


def on_server(connection: sa.Connection) -> str | None:
    """The same for a database on a server."""
    there = connection.exec_driver_sql("SELECT to_regclass('alembic_version')::text").scalar()
    found = there and connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    if found:
        return str(found)
    if sa.inspect(connection).get_table_names():
        raise KnownError(
            Words(
                "Basis data di server ini bukan milik Pelita. Buat basis data kosong untuk Pelita.",
                "This database on the server is not Pelita's. Make an empty database for Pelita.",
            )
        )
    return None


def refuse_newer(found: str | None, known: list[str]) -> None:
    """Raise `KnownError` when a database was made by a program newer than this one."""
    if found is not None and found not in known:
        raise KnownError(
            Words(
                f"Data ini dibuat oleh Pelita yang lebih baru (langkah {found}). Perbarui Pelita di komputer ini, lalu buka lagi.",
                f"This data was made by a newer Pelita (step {found}). Update Pelita on this computer, then open it again.",
            )
        )
