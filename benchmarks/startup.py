"""Starting the program against a hello-world window of PySide6: first paint, ready to save, memory.

The program starts as a user starts it, on the list of repairs (`first paint`) and on its home page (`memory, window open`). Compiled
files are kept, and the files are in the computer's memory: a second start of the day.
"""
# ruff: noqa: PLC0415  (what is imported when is what is measured)

from __future__ import annotations

import os
import sys
import time
from typing import Any

from benchmarks import common
from benchmarks.common import KIND, middle, ms, tell

BEGAN = "PELITA_BENCHMARK_BEGAN"
_SETTLED = 1.0  # seconds without work beside the window before memory is read


class Watch:
    """Notes when the first window has been painted, then when there are rows, then when all is quiet; ends the program.

    Only the main window's own events are looked at: watching those of all objects would have PySide load every class of widgets.
    """

    def __init__(self, page: str = "") -> None:
        self.page = page
        self.app: Any = None
        self.told: dict[str, Any] = {}
        self.quiet_since = 0.0

    def begin(self) -> None:
        """Have Qt's main window be one that tells of its first paint, and the application one that is known."""
        from PySide6 import QtWidgets
        from PySide6.QtCore import QEvent, QTimer

        watch = self

        class Application(QtWidgets.QApplication):
            def __init__(self, *given: Any) -> None:
                super().__init__(*given)
                watch.app, watch.tick = self, QTimer(interval=5)
                watch.tick.timeout.connect(watch.look)

        class Window(QtWidgets.QMainWindow):
            def event(self, event: QEvent) -> bool:
                taken = super().event(event)
                if event.type() == QEvent.Type.Paint and "paint" not in watch.told:
                    QTimer.singleShot(0, watch.painted)  # when this paint is through
                return taken

        QtWidgets.QApplication, QtWidgets.QMainWindow = Application, Window  # type: ignore[misc]

    def note(self, name: str) -> None:
        """The moment, on the clock since the process began and in CPU seconds."""
        self.told.setdefault(name, (time.time() - float(os.environ[BEGAN]), time.process_time()))

    def painted(self) -> None:
        """The first paint is done."""
        self.note("paint")
        self.tick.start()

    def look(self) -> None:
        """Every few milliseconds afterwards."""
        from PySide6.QtWidgets import QWidget

        found = (window.findChild(QWidget, f"page_{self.page}") for window in self.app.topLevelWidgets())
        page = next((one for one in found if one is not None), None)
        if page is not None:
            if hasattr(page, "model") and page.model.rowCount():
                self.note("rows")
            if getattr(page.ctx.store, "is_ready", _yes)():
                self.note("ready")
        if self.page and ("ready" not in self.told or page.ops.busy()):
            self.quiet_since = 0.0
        elif not self.quiet_since:
            self.quiet_since = time.monotonic()
            self.note("quiet")
        elif time.monotonic() - self.quiet_since > _SETTLED:
            self.tick.stop()
            self.told["memory"] = common.memory("VmRSS")
            self.app.closeAllWindows()
            self.app.quit()


def _yes() -> bool:
    return True


def hello(_rows: int, _page: str) -> None:
    watch = Watch()
    watch.begin()
    from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

    app = QApplication(["hello"])
    window = QMainWindow()
    window.setCentralWidget(QLabel("Halo, dunia"))
    window.resize(1366, 768)
    window.show()
    app.exec()
    common.answer(**watch.told)


def program(rows: int, page: str) -> None:
    from desktop_app import __main__  # before Qt, as in a start by hand

    (common.folder(rows) / "window.ini").unlink(missing_ok=True)
    watch = Watch(page)
    watch.begin()
    __main__.main(["--data-dir", str(common.folder(rows)), "--page", page])
    common.answer(**watch.told)


def main() -> None:
    given = common.arguments(__doc__, 1_000_000)
    if given.side:
        globals()[given.side](given.rows, given.to)
        return
    common.folder(given.rows)
    sides = {"hello": ("hello", ""), "list": ("program", KIND), "home": ("program", "home")}
    ran: dict[str, list[common.Ran]] = {name: [] for name in sides}
    for number in range(given.times + 1):
        for name, (which, page) in sides.items():
            os.environ[BEGAN] = str(time.time())
            found = common.side("startup", which, given.rows, "--to", page)
            if number:  # the first compiles
                ran[name].append(found)
    common.head()
    n = given.times
    _tell("first paint", "2.0 CPU", ran, "list", "paint", n)
    _tell("first rows in it", "", ran, "list", "rows", n)
    _tell("ready to save", "4.5 CPU", ran, "list", "ready", n)
    for what, name, goal in (("window open", "home", "2.0"), (f"list of {given.rows:,}", "list", "2.5")):
        one, two = (middle([r.answer["memory"] for r in ran[side]]) for side in (name, "hello"))
        tell(f"memory, {what}", one / two, goal, f"{one:.0f} MB", f"{two:.0f} MB hello window", n)


def _tell(what: str, goal: str, ran: dict[str, list[common.Ran]], name: str, moment: str, n: int) -> None:
    wall, cpu = (middle([r.answer[moment][place] for r in ran[name]]) for place in (0, 1))
    other, other_cpu = (middle([r.answer["paint"][place] for r in ran["hello"]]) for place in (0, 1))
    clock = f"on the clock {ms(wall)} / {ms(other)} = {wall / other:.2f}x"
    tell(what, cpu / other_cpu, goal, f"{ms(cpu)} CPU", f"{ms(other_cpu)} CPU hello window", n, clock)


if __name__ == "__main__":
    sys.exit(main())
