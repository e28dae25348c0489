"""A robot at the real window: `python -m tests.hands.robot PLAN` is the program itself, unchanged, with hands at its keyboard.

The hands are a thread with a clock of its own: it presses on whether or not the window has answered, as people do, and notes what the
window's thread had worked (its CPU clock) when a key was pressed and when it was handled. That difference is the key's lag: other
processes that take the computer away are not counted. What was seen is written to the plan's log, a line of JSON each.

Without work it starts the program as people do, waits for the draft that is taken up, and tells what stands in the form.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractEventDispatcher, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from desktop_app import bootstrap
from desktop_app.__main__ import main
from desktop_app.services.context import AppContext
from desktop_app.ui import theme
from desktop_app.ui.form.record_view import RecordView
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.pages.list_page import ListPage
from tests.hands.keys import Stroke, press, strokes
from tests.journeys.city import NOW

LOOK_MS = 20
ROOT = Path(__file__).parents[2]
ENV = {"QT_QPA_PLATFORM": "offscreen", **os.environ, "PYTHONPATH": str(ROOT)}


@dataclass(frozen=True)
class Plan:
    """What a robot does: on the page of each kind, its texts of keys, one key every so many seconds. `log`: where it tells.

    `patient`: the next key is not pressed before the last one was handled, and it is told what stood in the form then; the first `hurry`
    keys follow without a pause. `begun` (monotonic seconds): when it was ten o'clock on the Friday of the slips.
    """

    folder: str
    log: str
    work: Sequence[tuple[str, Sequence[str]]]
    every: float = 0.1
    patient: bool = False
    hurry: int = 0
    begun: float = 0.0

    def write(self, file: Path) -> Path:
        """Put it into a file, for the process."""
        file.write_text(json.dumps(asdict(self)), "utf-8")
        return file


class Loop:
    """The event loop's turns: how long the window's thread worked at most without looking for the next key, by its CPU clock."""

    def __init__(self) -> None:
        self.longest, self.turns, self._last = 0.0, 0, time.thread_time()
        dispatcher = QAbstractEventDispatcher.instance()
        dispatcher.awake.connect(self._turn)
        dispatcher.aboutToBlock.connect(self._turn)

    def _turn(self) -> None:
        now = time.thread_time()
        self.longest = max(self.longest, now - self._last)
        self.turns += 1
        self._last = now

    def take(self) -> float:
        """The longest turn since the last time it was asked, in seconds."""
        longest, self.longest = self.longest, 0.0
        return longest


class Robot(QObject):
    """Finds the window, opens the pages, begins the records with Ctrl+N, and presses what the plan says."""

    _pressed = Signal(object, float, float)
    _asked = Signal(str)

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self._plan = plan
        self._out = Path(plan.log).open("a", encoding="utf-8")  # noqa: SIM115  (as long as the process lives)
        self._cpu = time.pthread_getcpuclockid(threading.get_ident())
        self._answered, self._handled = threading.Event(), threading.Event()
        self._hands = threading.Thread(target=self._work, daemon=True)
        self._loop: Loop | None = None
        self._count = 0
        self._heard: list[RecordView] = []
        self._pressed.connect(self._press)
        self._asked.connect(self._look_for)
        self._begin = QTimer(self, interval=LOOK_MS)
        self._begin.timeout.connect(self._find_window)
        self._begin.start()

    def _tell(self, **what: Any) -> None:
        self._out.write(json.dumps(what, ensure_ascii=False) + "\n")
        self._out.flush()

    # ---- the hands: a thread

    def _work(self) -> None:
        if not self._plan.work:
            self._wait("draft")
        for kind, texts in self._plan.work:
            self._wait(f"page {kind}")
            self._key(Stroke("", "Ctrl+N"))
            self._wait("form")
            for text in texts:
                for stroke in strokes(text):
                    if stroke.is_again:
                        self._wait("answer")
                    self._key(stroke)
            self._wait("rest")
            self._key(Stroke("", "Esc"))
        self._wait("end")

    def _wait(self, what: str) -> None:
        """The window is asked for something, and the hands rest until it is so."""
        self._answered.clear()
        self._asked.emit(what)
        self._answered.wait()

    def _key(self, stroke: Stroke) -> None:
        self._count += 1
        self._handled.clear()
        self._pressed.emit(stroke, time.monotonic(), time.clock_gettime(self._cpu))
        if self._plan.patient:
            self._handled.wait()
        if self._count > self._plan.hurry:
            time.sleep(self._plan.every)

    # ---- the window's thread

    def _window(self) -> MainWindow | None:
        shown = (one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow))
        return next((one for one in shown if one.isVisible()), None)

    def _view(self) -> RecordView | None:
        window = self._window()
        views = window.findChildren(RecordView) if window is not None else []
        return next((one for one in views if one.isVisible() and one.draft is not None), None)

    def _find_window(self) -> None:
        window = self._window()
        if window is None or not window.windowHandle().isExposed():
            return
        with warnings.catch_warnings():  # deprecated, and without a window system the only way that works
            warnings.simplefilter("ignore", DeprecationWarning)
            QApplication.setActiveWindow(window)
        self._begin.stop()
        self._loop = Loop()
        self._hands.start()

    def _look_for(self, what: str) -> None:
        """Look now and again until it is so."""
        if self._is_so(what):
            if what == "end":
                self._end()
            self._answered.set()
        else:
            QTimer.singleShot(LOOK_MS, self, lambda: self._look_for(what))

    def _is_so(self, what: str) -> bool:
        window, view = self._window(), self._view()
        assert window is not None, what
        if what.startswith("page "):
            kind = what.removeprefix("page ")
            if window.current_key() != kind:
                window.open_page(kind)
            page = window.current_page()
            return isinstance(page, ListPage) and not page.ops.busy()
        if what == "form":
            self._hear(view)
            return view is not None and view.body.has_focus()
        if what == "draft":
            if view is None or view.ops.busy() or not view.body.is_built() or not view.body.has_focus():
                return False
            self._tell(lamp=window.status.lamp.text(), **state(view))
            return True
        if what == "answer":
            return view is not None and not view.is_storing()
        page = window.current_page()
        if not isinstance(page, ListPage):
            return True
        return not page.ops.busy() and not (view is not None and view.is_storing())

    def _hear(self, view: RecordView | None) -> None:
        if view is not None and view not in self._heard:
            self._heard.append(view)
            view.saved.connect(lambda uid: self._was_stored(uid, view))

    def _was_stored(self, uid: str, view: RecordView) -> None:
        self._tell(stored=uid, kind=view.kind.name)
        if self._plan.patient:  # the keys that waited for it are in the next record then
            QTimer.singleShot(0, self, lambda: self._tell(after=state(view)))

    def _press(self, stroke: Stroke, at: float, worked: float) -> None:
        window, view = self._window(), self._view()
        assert window is not None
        assert self._loop is not None
        if stroke.is_again and view is not None and not view.draft.changed():
            self._handled.set()  # it was stored: nobody presses it again
            return
        turn = self._loop.take()
        before = state(view) if self._plan.patient else None
        press(stroke, window)
        lag, wall = time.clock_gettime(self._cpu) - worked, time.monotonic() - at
        stands = state(self._view()) if self._plan.patient else {}
        self._tell(
            key=stroke.name or stroke.letter,
            at=time.monotonic(),
            lag=lag,
            wall=wall,
            turn=turn,
            before=before,
            **stands,
        )
        self._handled.set()

    def _end(self) -> None:
        window = self._window()
        assert window is not None
        self._tell(end=True)
        window.close()


def state(view: RecordView | None) -> dict[str, Any]:
    """What stands in the form and where the cursor is; `safe`: there is nothing to lose."""
    if view is None or view.draft is None:
        return {"uid": "", "safe": True, "storing": False, "at_field": "", "at_cell": None, "stands": {}}
    draft = view.draft
    stands = {
        field.name: draft.text(field.name) for field in draft.kind.stored_fields if draft.text(field.name)
    }
    for lines in draft.kind.lines:
        for number, uid in enumerate(draft.rows(lines.name)):
            cells = {cell.name: draft.cell_text(lines.name, uid, cell.name) for cell in lines.fields}
            stands |= {f"{lines.name} {number} {name}": text for name, text in cells.items() if text}
    field, cell = view.body.where()
    return {
        "uid": draft.record.uid,
        "safe": not draft.changed(),
        "storing": view.is_storing(),
        "at_field": field,
        "at_cell": cell,
        "stands": stands,
    }


def on_that_friday(begun: float) -> None:
    """The program's clock: that Friday at ten, and on from there."""
    opened = bootstrap.open_for_window

    def open_for_window(folder: Path, **more: Any) -> tuple[AppContext, Any]:
        ctx, lock = opened(folder, **more)
        ctx.clock = lambda: NOW + dt.timedelta(seconds=time.monotonic() - begun)
        return ctx, lock

    bootstrap.open_for_window = open_for_window


def run(file: Path) -> int:
    """The process."""
    plan = Plan(**json.loads(file.read_text("utf-8")))
    on_that_friday(plan.begun)
    theme.application(sys.argv[:1])
    robot = Robot(plan)
    page = ["--page", plan.work[0][0]] if plan.work else []
    code = main(["--data-dir", plan.folder, "--person", "Sri Wahyuni", *page])
    del robot
    return code


def process(plan: Plan, file: Path) -> subprocess.Popen[bytes]:
    """The robot in a process of its own; `file` is where the plan is written to, its complaints stand beside the log."""
    command = [sys.executable, "-m", "tests.hands.robot", str(plan.write(file))]
    with Path(f"{plan.log}.err").open("ab") as complaints:
        return subprocess.Popen(command, cwd=ROOT, env=ENV, stderr=complaints)


def told(plan: Plan) -> list[dict[str, Any]]:
    """What a robot has written to its log until now; a line that was being written when it was killed is none."""
    lines = Path(plan.log).read_text("utf-8").splitlines(keepends=True) if Path(plan.log).exists() else []
    return [json.loads(line) for line in lines if line.endswith("\n")]


if __name__ == "__main__":
    sys.exit(run(Path(sys.argv[1])))
