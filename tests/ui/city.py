"""A small data folder of an office with real records, made once a session and copied for every test."""

from __future__ import annotations

import datetime as dt
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
from tests.engines import Base, Engine

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


def opened(folder: Path, database: str = "") -> AppContext:
    """The data folder (or the server's database), opened by Sri Wahyuni on a fixed day."""
    ctx = bootstrap.open_context(folder, person="Sri Wahyuni", database=database)
    ctx.clock = lambda: NOW
    return ctx


@pytest.fixture(scope="session")
def city_base(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Base:
    if "city" not in engine.kept:
        base = engine.new(tmp_path_factory.mktemp("city") / "data")
        ctx = opened(base.folder, base.database)
        start.init(ctx, "18.72.04", "office", "Kec. Metro Timur")
        fill(ctx)
        ctx.close()
        engine.kept["city"] = base
    return engine.kept["city"]


@pytest.fixture(scope="session")
def city_folder(city_base: Base) -> Path:
    return city_base.folder


@pytest.fixture
def city(engine: Engine, city_base: Base, tmp_path: Path) -> Iterator[AppContext]:
    base = engine.copy(city_base, tmp_path / "city")
    ctx = opened(base.folder, base.database)
    yield ctx
    ctx.close()
    engine.drop(base)


@pytest.fixture
def ops(qapp: object) -> Iterator[Ops]:
    workers = Ops()
    yield workers
    workers.close()
