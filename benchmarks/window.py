"""Is the event loop ever held up? The real window on a long list, worked by key and mouse events, with a heartbeat every 5 ms.

For each step: the longest time between two beats, the most that the window's own thread computed between two (the rest: other threads
and other programs), and how long until nothing was under way. `--brief` leaves out sorting, filtering and searching. `idle` is what the computer itself makes of it.
"""
# ruff: noqa: PLC0415  (the measuring process imports neither Qt nor the program)

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator
from typing import Any

from benchmarks import common
from benchmarks.common import KIND

BEAT_MS = 5
GOAL_MS = 50
TYPING_MS = 70
TYPED = ("mawar", "pju-0042", "sri wahyuni", "jl ki hajar", "0812")
Step = tuple[str, Any]


class Robot:
    """Goes through the steps; between two of them it waits until all is quiet."""

    def __init__(self, app: Any, *, brief: bool) -> None:
        from PySide6.QtCore import Qt, QTimer

        self.app, self.brief = app, brief
        self.now = ("start", time.perf_counter())
        self.gaps: dict[str, list[tuple[float, float]]] = {}
        self.took: dict[str, float] = {}
        self.last = (time.perf_counter(), time.thread_time())
        self.heart = QTimer(interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self.heart.timeout.connect(self.beat)
        self.heart.start()
        self.steps: Iterator[Step] = self.script()
        self.next = QTimer(interval=20)
        self.next.timeout.connect(self.go_on)
        self.next.start()
        self.pause_until = 0.0

    # --- measuring

    def beat(self) -> None:
        """One beat of the heart."""
        now, busy = time.perf_counter(), time.thread_time()
        self.gaps.setdefault(self.now[0], []).append((now - self.last[0], busy - self.last[1]))
        self.last = (now, busy)

    def go_on(self) -> None:
        """Take the next step when nothing is under way any more."""
        if time.monotonic() < self.pause_until or not self.quiet():
            return
        name, began = self.now
        self.took[name] = max(self.took.get(name, 0), time.perf_counter() - began)
        try:
            what, pause = next(self.steps)
        except StopIteration:
            self.next.stop()
            self.heart.stop()
            self.app.closeAllWindows()
            self.app.quit()
            return
        self.now = (what, time.perf_counter()) if what != name else self.now
        self.pause_until = time.monotonic() + pause

    def quiet(self) -> bool:
        """Whether the program has settled."""
        page = self.page()
        return page is None or not (page.ops.busy() or page.model.waiting() or page._debounce.isActive())  # noqa: SLF001

    # --- finding

    def find(self, name: str) -> Any:
        """A widget by its name; None when it isn't there."""
        from PySide6.QtWidgets import QWidget

        found = (window.findChild(QWidget, name) for window in self.app.topLevelWidgets())
        return next((one for one in found if one is not None), None)

    def page(self) -> Any:
        """The list page, once it is there."""
        return self.find(f"page_{KIND}")

    # --- acting

    def click(self, widget: Any, x: int = -1, y: int = -1) -> None:
        """A click in the middle of a widget, or at a point of it."""
        from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt
        from PySide6.QtGui import QMouseEvent

        at = widget.rect().center()
        point = QPointF(x if x >= 0 else at.x(), y if y >= 0 else at.y())
        left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
        for kind, held in ((QEvent.Type.MouseButtonPress, left), (QEvent.Type.MouseButtonRelease, none)):
            event = QMouseEvent(
                kind, point, widget.mapToGlobal(point), left, held, Qt.KeyboardModifier.NoModifier
            )
            QCoreApplication.postEvent(widget, event)

    def press(self, widget: Any, key: Any, text: str = "", modifier: Any = None) -> None:
        """One key."""
        from PySide6.QtCore import QCoreApplication, QEvent, Qt
        from PySide6.QtGui import QKeyEvent

        held = modifier or Qt.KeyboardModifier.NoModifier
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QCoreApplication.postEvent(widget, QKeyEvent(kind, key, held, text))

    # --- the script

    def script(self) -> Iterator[Step]:
        """Each step's name, and how long at least it lasts."""
        from PySide6.QtCore import Qt

        key = Qt.Key
        yield "settle", 1.0
        yield "idle", 3.0
        child = self.find(f"nav_{KIND}")
        if not child.isVisible():
            self.click(self.find("nav_lighting"))
            yield "unfold the section", 0.3
        self.click(child)
        yield "open the list", 0.5
        view = self.page().view
        for _ in range(3):
            self.press(view, key.Key_End)
            yield "jump to the end", 0.3
            self.press(view, key.Key_Home)
            yield "jump to the top", 0.3
        for _ in range(40):
            self.press(view, key.Key_PageDown)
            yield "page down", 0.03
        yield from self.drag(view)
        if not self.brief:
            yield from self.change(view)
        self.press(view, key.Key_A, modifier=Qt.KeyboardModifier.ControlModifier)
        yield "select everything", 0.3
        self.press(view, key.Key_Home)
        yield "back to the top", 0.3
        self.press(view, key.Key_Return)
        yield "open a record", 1.0
        yield "idle again", 2.0

    def change(self, view: Any) -> Iterator[Step]:
        """Sort by each column, filter, search."""
        head = view.horizontalHeader()
        for section in range(1, head.count()):
            if head.isSectionHidden(section):
                continue
            for way in ("up", "down"):
                self.click(head.viewport(), head.sectionViewportPosition(section) + 12)
                yield f"sort by {self.page().kind.columns[section - 1].field} {way}", 0.3
        for chip in ("filter_open", "filter_all"):
            if (button := self.find(chip)) is not None:
                self.click(button)
                yield f"filter: {chip.removeprefix('filter_')}", 0.3
        yield from self.type_searches()

    def drag(self, view: Any) -> Iterator[Step]:
        """The scroll bar, all over the list, faster than rows can come."""
        chance = random.Random(7)
        bar = view.verticalScrollBar()
        for _ in range(60):
            bar.setValue(chance.randrange(bar.maximum() or 1))
            self.pause_until = 0.0
            yield "drag the scroll bar", 0.03

    def type_searches(self) -> Iterator[Step]:
        """Several questions, letter by letter."""
        from PySide6.QtCore import Qt

        box = self.page().search()
        box.setFocus()
        for question in TYPED:
            for letter in question:
                self.press(box, Qt.Key.Key_unknown, letter)
                yield f"type '{question}'", TYPING_MS / 1000
            yield f"type '{question}'", 0.3
            self.press(box, Qt.Key.Key_Escape)
            yield "clear the search", 0.3
        for letter in TYPED[0]:
            self.press(box, Qt.Key.Key_unknown, letter)
            yield "type in one go", 0.0
        self.press(box, Qt.Key.Key_Escape)
        yield "clear the search", 0.3


def window(rows: int, *, brief: bool) -> None:
    from PySide6 import QtWidgets

    from desktop_app import __main__

    place = common.folder(rows)
    (place / "window.ini").unlink(missing_ok=True)
    robots: list[Robot] = []

    class Worked(QtWidgets.QApplication):
        def __init__(self, *given: Any) -> None:
            super().__init__(*given)
            robots.append(Robot(self, brief=brief))

    QtWidgets.QApplication = Worked  # type: ignore[misc]
    __main__.main(["--data-dir", str(place), "--page", "home"])
    common.answer(gaps=robots[0].gaps, took=robots[0].took)


def main() -> None:
    given = common.arguments(__doc__, 1_000_000)
    if given.side:
        window(given.rows, brief=given.brief)
        return
    common.folder(given.rows)
    ran = common.side("window", "window", given.rows, *(["--brief"] if given.brief else []))
    print("| step | longest gap, ms | longest computing here, ms | beats | until quiet, s |")
    print("|---|---|---|---|---|")
    over = []
    for name, beats in ran.answer["gaps"].items():
        gap, busy = max(gap for gap, _ in beats), max(busy for _, busy in beats)
        over += [name] if gap * 1000 > GOAL_MS and name not in ("start", "idle") else []
        took = ran.answer["took"].get(name, 0)
        print(f"| {name} | {gap * 1000:.0f} | {busy * 1000:.0f} | {len(beats)} | {took:.2f} |")
    said = f"over {GOAL_MS} ms: {', '.join(over)}" if over else f"never over {GOAL_MS} ms"
    print(f"The event loop: {said}. Peak memory {ran.peak:.0f} MB.")


if __name__ == "__main__":
    sys.exit(main())
