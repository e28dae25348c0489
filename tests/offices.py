"""An office's data, made once and copied for each test: making it takes longer than most tests. On either engine (tests/engines.py)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop_app import bootstrap
from desktop_app.core import words
from desktop_app.services import demo, start
from desktop_app.services.context import AppContext
from tests.engines import Base, Engine

SRI, RUDI = "Sri Wahyuni", "Rudi Hartono"


@pytest.fixture(autouse=True)
def _indonesian() -> Iterator[None]:
    words.use("id")
    yield
    words.use("id")


class Makers:
    """Makes each kind of office once for an engine. `filled` is what the others are made of."""

    def __init__(self, engine: Engine, folders: pytest.TempPathFactory) -> None:
        self.engine, self.folders = engine, folders

    def filled(
        self, name: str, begin: Base | None, fill: Callable[[AppContext], object], person: str = SRI
    ) -> Base:
        """A copy of `begin` (or a new database) with something done to it."""
        if name not in self.engine.kept:
            folder = self.folders.mktemp(name) / "data"
            base = self.engine.copy(begin, folder) if begin else self.engine.new(folder)
            ctx = bootstrap.open_context(folder, person=person, database=base.database)
            fill(ctx)
            ctx.close()
            self.engine.kept[name] = base
        return self.engine.kept[name]

    def bare(self) -> Base:
        """Nobody has set it up."""
        return self.filled("bare", None, lambda _: None)

    def empty(self) -> Base:
        """Kecamatan Metro Pusat before its first record."""
        return self.filled(
            "office", self.bare(), lambda ctx: start.init(ctx, "18.72.01", "office", "Kecamatan Metro Pusat")
        )

    def busy(self) -> Base:
        """The same with four hundred made-up records."""
        return self.filled("busy", self.empty(), lambda ctx: demo.fill(ctx, 400, seed=5))

    def headquarters(self) -> Base:
        """The city's headquarters before its first package; a computer with an id of its own."""
        return self.filled(
            "headquarters",
            None,
            lambda ctx: start.init(ctx, "18.72", "headquarters", "Dinas Perkim Kota Metro"),
            RUDI,
        )

    def together(
        self, name: str, begin: tuple[Base, Base], happens: Callable[[AppContext, AppContext, Path], object]
    ) -> tuple[Base, Base]:
        """Copies of an office and of headquarters with something done between them; the folder is for what is carried."""
        names = (f"{name}, office", f"{name}, headquarters")
        if names[0] not in self.engine.kept:
            folder = self.folders.mktemp(name)
            bases = tuple(
                self.engine.copy(base, folder / one)
                for base, one in zip(begin, ("office", "head"), strict=True)
            )
            office, head = (
                bootstrap.open_context(base.folder, person=person, database=base.database)
                for base, person in zip(bases, (SRI, RUDI), strict=True)
            )
            happens(office, head, folder)
            office.close()
            head.close()
            self.engine.kept.update(zip(names, bases, strict=True))
        return self.engine.kept[names[0]], self.engine.kept[names[1]]

    def opened(self, base: Base, folder: Path, person: str = SRI) -> Iterator[AppContext]:
        """A copy of it, open until the test ends."""
        copied = self.engine.copy(base, folder)
        ctx = bootstrap.open_context(folder, person=person, database=copied.database)
        yield ctx
        ctx.close()
        self.engine.drop(copied)


@pytest.fixture(scope="session")
def makers(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Makers:
    return Makers(engine, tmp_path_factory)


@pytest.fixture(scope="session")
def bare_place(makers: Makers) -> Path:
    return makers.bare().folder


@pytest.fixture(scope="session")
def busy_office(makers: Makers) -> Path:
    return makers.busy().folder


@pytest.fixture
def nowhere(makers: Makers, tmp_path: Path) -> Iterator[AppContext]:
    """Data that nobody has set up."""
    yield from makers.opened(makers.bare(), tmp_path / "bare")


@pytest.fixture
def office(makers: Makers, tmp_path: Path) -> Iterator[AppContext]:
    """Kecamatan Metro Pusat before its first record."""
    yield from makers.opened(makers.empty(), tmp_path / "data")


@pytest.fixture
def busy(makers: Makers, tmp_path: Path) -> Iterator[AppContext]:
    """Kecamatan Metro Pusat with four hundred made-up records."""
    yield from makers.opened(makers.busy(), tmp_path / "busy")


@pytest.fixture
def pusat(makers: Makers, tmp_path: Path) -> Iterator[AppContext]:
    """The city's headquarters before its first package."""
    yield from makers.opened(makers.headquarters(), tmp_path / "pusat", RUDI)
