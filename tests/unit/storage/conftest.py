"""A store of the small city, made by migrations of its own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from desktop_app.storage.store import Store
from desktop_app.storage.upkeep import freeze, migrate
from tests.engines import Base
from tests.unit.storage.small import REGISTRY

ROOT = Path(__file__).parents[3]


def own_migrations(folder: Path, registry=REGISTRY) -> Path:
    """A migrations folder for a registry of the tests' own, written by the developers' tool."""
    made = folder / "migrations"
    (made / "versions").mkdir(parents=True)
    shutil.copy(ROOT / "migrations" / "env.py", made)
    scratch = folder / "scratch.db"
    migrate.bring_up_to_date(scratch, made)
    freeze.step(registry, made / "versions", "The first tables", scratch)
    scratch.unlink(missing_ok=True)
    return made


@pytest.fixture(scope="session")
def migrations(tmp_path_factory) -> Path:
    return own_migrations(tmp_path_factory.mktemp("own"))


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
