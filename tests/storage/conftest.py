"""A store of the small city, made by migrations of its own; and real processes on a real data folder."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app import place as program
from desktop_app.storage.store import Store
from tests.engines import Base
from tests.storage.own import own_migrations
from tests.storage.small import REGISTRY


@pytest.fixture(scope="session")
def migrations(tmp_path_factory) -> Path:
    return own_migrations(tmp_path_factory.mktemp("own"), REGISTRY)


@pytest.fixture(scope="session")
def empty_base(engine, tmp_path_factory, migrations) -> Base:
    """An empty database of the small city, to be copied: making one takes longer than most tests."""
    if "small" not in engine.kept:
        base = engine.new(tmp_path_factory.mktemp("empty") / "data")
        store = Store.open(base.folder, REGISTRY, migrations=migrations, database=base.database)
        with store.writing("Budi") as writer:
            writer.set_site("18.72.04", "office", "UPT Metro Timur")
        store.close()
        engine.kept["small"] = base
    return engine.kept["small"]


@pytest.fixture
def base(engine, empty_base, tmp_path):
    copied = engine.copy(empty_base, tmp_path / "data")
    yield copied
    engine.drop(copied)


@pytest.fixture
def place(base) -> Path:
    return base.folder


@pytest.fixture
def store(base, migrations):
    opened = Store.open(base.folder, REGISTRY, migrations=migrations, database=base.database)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def module_store(engine, empty_base, migrations, tmp_path_factory):
    """An empty store for a whole module, which fills it once."""
    base = engine.copy(empty_base, tmp_path_factory.mktemp("module") / "data")
    opened = Store.open(base.folder, REGISTRY, migrations=migrations, database=base.database)
    yield opened
    opened.close()
    engine.drop(base)


@pytest.fixture
def other_store(engine, empty_base, migrations, tmp_path):
    """A second empty store."""
    base = engine.copy(empty_base, tmp_path / "other")
    opened = Store.open(base.folder, REGISTRY, migrations=migrations, database=base.database)
    yield opened
    opened.close()
    engine.drop(base)


@pytest.fixture
def run(tmp_path):
    """Start a Python process of the program's with some code; it is ended with the test."""
    started: list[subprocess.Popen] = []

    def start(code: str, *prefix: str) -> subprocess.Popen:
        file = tmp_path / f"process{len(started)}.py"
        file.write_text(code, "utf-8")
        process = subprocess.Popen(
            [*prefix, sys.executable, str(file)],
            cwd=program.program_folder(),
            env={"PYTHONPATH": str(program.program_folder()), "PATH": "/usr/bin:/bin"},
            stdout=subprocess.PIPE,
            stdin=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def new_place(tmp_path) -> Path:
    """A data folder that is not there yet."""
    return tmp_path / "data"
