"""What the sides that open the program or a window share. Imported by sides only: it loads Qt or the program."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication, QTableView

from benchmarks.common import KIND, Taken
from desktop_app import bootstrap
from desktop_app.core.query import Query
from desktop_app.core.spec import Kind
from desktop_app.services.context import AppContext
from desktop_app.services.lists import Source
from desktop_app.ui import theme
from desktop_app.ui.ops import Ops
from desktop_app.ui.table.model import RowsModel
from desktop_app.ui.table.view import RowsView

SIZE = (1100, 700)


def application() -> QApplication:
    """Qt, with nothing of ours."""
    found = QApplication.instance()
    return found if isinstance(found, QApplication) else QApplication(["benchmark"])


class Listed:
    """The program's list of repairs in a window of its own."""

    def __init__(self, place: Path) -> None:
        self.app = application()
        theme.apply(self.app, dark=False)
        self.ctx: AppContext = bootstrap.open_context(place, person="benchmark")
        self.kind: Kind = self.ctx.kind(KIND)
        self.ops = Ops()
        self.model = RowsModel(self.kind, Source(self.ctx), self.ops)
        self.view = shown(RowsView(self.model, "list"))
        self._answers = 0
        self.model.answered.connect(self._answered)

    def _answered(self) -> None:
        self._answers += 1

    def ask(self, query: Query) -> None:
        """Ask, and wait until the first rows are painted."""
        before = self._answers
        self.model.ask(query)
        wait(self.app, lambda: self._answers > before)
        self.view.viewport().repaint()

    def settle(self) -> None:
        """Wait until nothing is under way."""
        wait(self.app, lambda: not self.ops.busy() and not self.model.waiting())

    def here(self) -> bool:
        """Whether all rows that are seen have come."""
        first, fit = self.view.seen()
        last = min(first + fit, self.model.rowCount())
        return all(self.model.row(number) is not None for number in range(first, last))

    def go(self, number: int) -> None:
        """Bring a row to the top, and wait until what is seen is painted."""
        jump(self.view, number)
        if not self.here():
            wait(self.app, self.here)
            self.view.viewport().repaint()

    def close(self) -> None:
        """End."""
        self.ops.close()
        self.ctx.close()


def shown(view: QTableView) -> QTableView:
    """The view in a window on the screen that isn't there."""
    view.resize(*SIZE)
    view.show()
    application().processEvents()
    return view


def jump(view: QTableView, number: int) -> None:
    """Scroll so that this row is on top, and paint."""
    bar = view.verticalScrollBar()
    height = max(1, view.verticalHeader().defaultSectionSize())
    per_pixel = view.verticalScrollMode() == QTableView.ScrollMode.ScrollPerPixel
    bar.setValue(number * height if per_pixel else number)
    view.viewport().repaint()


def wait(app: QApplication, until: Callable[[], bool]) -> None:
    """Work events off until it is so."""
    flags = QEventLoop.ProcessEventsFlag.AllEvents | QEventLoop.ProcessEventsFlag.WaitForMoreEvents
    while not until():
        app.processEvents(flags)


def by_turns(
    rounds: list[list[Callable[[], object]]], between: Callable[[], object] = lambda: None
) -> list[Taken]:
    """In each round one thing of each side, one after the other; what is done `between` the rounds is not measured."""
    sides = [Taken([], 0.0) for _ in rounds[0]]
    for works in rounds:
        between()
        for number, work in enumerate(works):
            one = each([work])
            sides[number] = Taken([*sides[number].wall, *one.wall], sides[number].cpu + one.cpu)
    return sides


def each(works: list[Callable[[], object]], between: Callable[[], object] = lambda: None) -> Taken:
    """Do one after the other; what is done `between` them is not measured."""
    walls, cpu = [], 0.0
    for work in works:
        between()
        began, busy = time.perf_counter(), time.process_time()
        work()
        walls.append(time.perf_counter() - began)
        cpu += time.process_time() - busy
    return Taken(walls, cpu)
