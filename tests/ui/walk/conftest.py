"""Headquarters, an office with records of every kind, an office without any, and a first start: made once, each with one window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop_app.core import words
from desktop_app.services import receiving, sending, start
from desktop_app.services.context import AppContext
from desktop_app.ui import theme
from tests.ui.exchange import both_ends
from tests.ui.walk.theatre import Theatre

RECORDS = 120


class Stages:
    """One window at a time: a page is opened in the one that its place needs, in the looks asked for."""

    def __init__(self, app: QApplication, folder: Path) -> None:
        self.app, self.folder = app, folder
        self.places: dict[str, AppContext | Path] = {}
        self._now: tuple[object, ...] = ()
        self._theatre: Theatre | None = None

    def place(self, name: str) -> AppContext | Path:
        """The data of a place: "office", "headquarters", "empty" or "first"."""
        if name not in self.places:
            self._make(name)
        return self.places[name]

    def _make(self, name: str) -> None:
        if name == "first":
            self.places[name] = self.folder / "nowhere"
        elif name == "empty":
            ctx = both_ends._opened(self.folder / "empty", "Sri Wahyuni")
            start.init(ctx, "18.72.01", "office", "Kecamatan Metro Pusat")
            self.places[name] = ctx
        else:
            head, office = both_ends.begin(self.folder / "both", RECORDS)
            receiving.receive(head, sending.send(office, self.folder).files)
            self.places.update(office=office, headquarters=head)

    def at(
        self, place: str, *, size: tuple[int, int] = (1366, 768), dark: bool = False, scale: float = 1.0
    ) -> Theatre:
        """The window at that place, built anew when anything is different from the last time."""
        wanted = (place, size, dark, scale, words.language(), words._told)
        if self._theatre is None or wanted != self._now:
            self.end()
            self._now = wanted
            ctx = self.place(place)
            words.use(wanted[4], wanted[5])  # whose data is opened for the first time brings its own language
            self._theatre = Theatre(self.app, ctx, size=size, dark=dark, scale=scale)
        return self._theatre

    def end(self) -> None:
        """No window any more."""
        if self._theatre is not None:
            self._theatre.close()
            self._theatre = None

    def close(self) -> None:
        """No data either."""
        self.end()
        for ctx in self.places.values():
            if isinstance(ctx, AppContext):
                ctx.close()


@pytest.fixture(scope="module")
def stages(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stages]:
    qapp.setCursorFlashTime(0)
    made = Stages(qapp, tmp_path_factory.mktemp("walk"))
    yield made
    made.close()
    words.use("id")
    theme.apply(qapp, dark=False)


@pytest.fixture(autouse=True)
def _indonesian(stages: Stages) -> Iterator[None]:
    words.use("id")
    yield
    words.use("id")
