"""Headquarters and an office, each with its own data folder and window; what goes between them are real files."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop_app import bootstrap
from desktop_app.services import receiving, sending, sites, start, starting_files
from desktop_app.services.context import AppContext
from tests.services.slips import repair
from tests.ui.exchange.seat import Seat

NOW = dt.datetime(2026, 11, 21, 2, 10, tzinfo=dt.UTC)
OFFICE, HEAD = "18.72.04", "18.72"


def opened(folder: Path, person: str) -> AppContext:
    ctx = bootstrap.open_context(folder, person=person)
    ctx.clock = lambda: NOW
    return ctx


@pytest.fixture(scope="session")
def two_places(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Headquarters, and an office set up by its starter file whose fingerprint was compared."""
    folder = tmp_path_factory.mktemp("two")
    head = opened(folder / "head", "Rudi Hartono")
    start.init(head, HEAD, "headquarters", "Dinas Perkim")
    file = starting_files.make(head, OFFICE, folder, name="Kec. Metro Timur")
    office = opened(folder / "office", "Sri Wahyuni")
    start.begin_with(office, file, "Sri Wahyuni", "id")
    (folder / "first").mkdir()
    receiving.receive(head, sending.send(office, folder / "first").files)
    sites.trust(head, OFFICE, sites.own_fingerprint(office))
    receiving.receive(office, sending.send(head, folder / "first", OFFICE).files)
    office.close()
    head.close()
    return folder


@pytest.fixture
def places(two_places: Path, tmp_path: Path) -> Path:
    for name in ("head", "office"):
        shutil.copytree(two_places / name, tmp_path / name)
    (tmp_path / "stick").mkdir()
    return tmp_path


@pytest.fixture
def stick(places: Path) -> Path:
    """The folder by which files go from one to the other."""
    return places / "stick"


@pytest.fixture
def head(places: Path) -> Iterator[AppContext]:
    ctx = opened(places / "head", "Rudi Hartono")
    yield ctx
    ctx.close()


@pytest.fixture
def office(places: Path) -> Iterator[AppContext]:
    ctx = opened(places / "office", "Sri Wahyuni")
    yield ctx
    ctx.close()


@pytest.fixture
def sit(qtbot, qapp) -> Iterator[Callable[[AppContext], Seat]]:
    """Open the program's window on a data folder."""
    seats: list[Seat] = []

    def sit_down(ctx: AppContext, size: tuple[int, int] = (1366, 768)) -> Seat:
        seats.append(Seat(qtbot, qapp, ctx, size))
        return seats[-1]

    yield sit_down
    for seat in seats:
        seat.leave()


__all__ = ["repair"]
