"""An office's data folder, made once and copied for each test: making one takes longer than most tests."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app import bootstrap
from desktop_app.core import words
from desktop_app.services import demo, start
from desktop_app.services.context import AppContext


@pytest.fixture(autouse=True)
def _indonesian() -> Iterator[None]:
    words.use("id")
    yield
    words.use("id")


@pytest.fixture(scope="session")
def bare_place(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("bare") / "data"
    bootstrap.open_context(folder, person="Sri Wahyuni").close()
    return folder


@pytest.fixture(scope="session")
def empty_office(tmp_path_factory, bare_place) -> Path:
    folder = tmp_path_factory.mktemp("office") / "data"
    shutil.copytree(bare_place, folder)
    ctx = bootstrap.open_context(folder, person="Sri Wahyuni")
    start.init(ctx, "18.72.01", "office", "Kecamatan Metro Pusat")
    ctx.close()
    return folder


@pytest.fixture(scope="session")
def busy_office(tmp_path_factory, empty_office) -> Path:
    folder = tmp_path_factory.mktemp("busy") / "data"
    shutil.copytree(empty_office, folder)
    ctx = bootstrap.open_context(folder, person="Sri Wahyuni")
    demo.fill(ctx, 400, seed=5)
    ctx.close()
    return folder


def _opened(template: Path, folder: Path) -> Iterator[AppContext]:
    shutil.copytree(template, folder)
    ctx = bootstrap.open_context(folder, person="Sri Wahyuni")
    yield ctx
    ctx.close()


@pytest.fixture
def nowhere(bare_place, tmp_path) -> Iterator[AppContext]:
    """A data folder that nobody has set up."""
    yield from _opened(bare_place, tmp_path / "bare")


@pytest.fixture
def office(empty_office, tmp_path) -> Iterator[AppContext]:
    """Kecamatan Metro Pusat before its first record."""
    yield from _opened(empty_office, tmp_path / "data")


@pytest.fixture
def busy(busy_office, tmp_path) -> Iterator[AppContext]:
    """Kecamatan Metro Pusat with four hundred made-up records."""
    yield from _opened(busy_office, tmp_path / "busy")
