"""The office that the journeys begin in, and a clerk at its window."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.core import words
from desktop_app.services.context import AppContext
from tests.journeys import city
from tests.journeys.clerk import Clerk
from tests.offices import busy_office, makers

__all__ = ["busy_office", "makers"]


@pytest.fixture(autouse=True)
def _indonesian() -> Iterator[None]:
    words.use("id")
    yield
    words.use("id")


@pytest.fixture(scope="session")
def books(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, city.Names]:
    """Made once: the folder, and the uids by name."""
    folder = tmp_path_factory.mktemp("books") / "data"
    return folder, city.build(folder)


@pytest.fixture
def names(books: tuple[Path, city.Names]) -> city.Names:
    return books[1]


@pytest.fixture
def office(books: tuple[Path, city.Names], tmp_path: Path) -> Iterator[AppContext]:
    """Kecamatan Metro Timur with its books, Friday 6 November 2026, ten in the morning."""
    folder = tmp_path / "office"
    shutil.copytree(books[0], folder)
    ctx = city.opened(folder)
    yield ctx
    ctx.close()


@pytest.fixture
def clerk(office: AppContext, qapp, qtbot) -> Iterator[Clerk]:
    one = Clerk(office, qapp, qtbot)
    yield one
    one.close()
