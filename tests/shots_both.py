"""The walk of `tests.ui.exchange.both_ends` as pictures: `both-<station>.png`."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.services.context import AppContext
from desktop_app.ui import theme
from tests.ui.exchange.both_ends import BothEnds, begin
from tests.ui.exchange.seat import Seat

RECORDS = 150
SIZE = (1366, 768)


class Waits:
    """What a `Seat` needs of qtbot, outside of pytest."""

    def waitUntil(self, holds: Callable[[], object], timeout: int = 20_000) -> None:  # noqa: N802
        """Go on once something holds; pictures may take three times as long as a test."""
        until = time.monotonic() + 3 * timeout / 1000
        while not holds():
            if time.monotonic() > until:
                raise TimeoutError(f"{holds} after {timeout} ms")
            QTest.qWait(10)

    def waitExposed(self, window: QWidget) -> None:  # noqa: N802
        """Wait until a window is painted."""
        self.waitUntil(window.isVisible)


def draw(app: QApplication, place: Path, folder: Path) -> None:
    """Walk once, and keep a picture of every station."""
    theme.apply(app, dark=False)
    head, office = begin(place, RECORDS)
    stick = place / "FLASHDISK"
    stick.mkdir()

    def sit(ctx: AppContext) -> Seat:
        return Seat(Waits(), app, ctx, SIZE)

    def picture(name: str, widget: QWidget) -> None:
        QTest.qWait(200)
        number, _, words = name.partition("-")
        widget.grab().save(str(folder / f"both-{int(number):02}-{words.replace('_', '-')}.png"))

    BothEnds(head, office, stick, sit, picture).walk()
    office.close()
    head.close()
