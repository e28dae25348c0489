"""A store of the small city, made by migrations of its own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from desktop_app.storage.store import Store
from desktop_app.storage.upkeep import freeze, migrate
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
def empty_place(tmp_path_factory, migrations) -> Path:
    """A data folder with an empty database, to be copied: making one takes longer than most tests."""
    folder = tmp_path_factory.mktemp("empty") / "data"
    store = Store.open(folder, REGISTRY, migrations=migrations)
    with store.writing("Budi") as writer:
        writer.set_site("18.72.04", "office", "UPT Metro Timur")
    store.close()
    return folder


@pytest.fixture
def place(empty_place, tmp_path) -> Path:
    return Path(shutil.copytree(empty_place, tmp_path / "data"))


@pytest.fixture
def store(place, migrations):
    opened = Store.open(place, REGISTRY, migrations=migrations)
    yield opened
    opened.close()
