"""A small data folder of an office with real records, made once a session and copied for every test."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app import bootstrap
from desktop_app.records.lighting import samples as lighting
from desktop_app.records.sampling import World
from desktop_app.records.shared import samples as shared
from desktop_app.services import start
from desktop_app.services.context import AppContext
from desktop_app.ui.ops import Ops

TODAY = dt.date(2026, 11, 6)
NOW = dt.datetime(2026, 11, 6, 3, tzinfo=dt.UTC)
PANELS, LAMPS, REPAIRS = 12, 60, 320


def fill(ctx: AppContext, repairs: int = REPAIRS, lamps: int = LAMPS) -> None:
    """Panels, lamps and repairs of Metro Timur, the same every time."""
    world = World.begin(today=TODAY, seed=7)
    with ctx.store.writing("Sri Wahyuni") as writer:
        writer.load("crew", [shared.crew(world) for _ in range(4)])
        writer.load("material", [shared.material(world) for _ in range(8)])
        writer.load("power_panel", [lighting.power_panel(world) for _ in range(PANELS)])
        writer.load("light_point", [lighting.light_point(world) for _ in range(lamps)])
        writer.load("streetlight_repair", (lighting.streetlight_repair(world) for _ in range(repairs)))


def opened(folder: Path) -> AppContext:
    """The data folder, opened by Sri Wahyuni on a fixed day."""
    ctx = bootstrap.open_context(folder, person="Sri Wahyuni")
    ctx.clock = lambda: NOW
    return ctx


@pytest.fixture(scope="session")
def city_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("city") / "data"
    ctx = opened(folder)
    start.init(ctx, "18.72.04", "office", "Kec. Metro Timur")
    fill(ctx)
    ctx.close()
    return folder


@pytest.fixture
def city(city_folder: Path, tmp_path: Path) -> Iterator[AppContext]:
    folder = tmp_path / "city"
    shutil.copytree(city_folder, folder)
    ctx = opened(folder)
    yield ctx
    ctx.close()


@pytest.fixture
def ops(qapp: object) -> Iterator[Ops]:
    workers = Ops()
    yield workers
    workers.close()
