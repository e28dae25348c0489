"""Draw the pictures in docs/screens and in the help again: `python3 dev.py shots [FOLDER]`. Every page, from the program, on demo data.

`python3 dev.py shots --full FOLDER` draws every page, form and dialog instead, in both languages, light and dark, at 100 % and 150 %.

Names are `<page>[-<size>]-<light|dark>.png`; sizes as in docs: 1366x768 (no suffix), 1024x768, and what 125 % leaves of 1366x768.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app import bootstrap
from desktop_app.core import words
from desktop_app.core.query import Query
from desktop_app.services import reviews
from desktop_app.services.context import AppContext
from desktop_app.ui import app as ui_app
from desktop_app.ui import theme
from desktop_app.ui.form.body import FormBody
from desktop_app.ui.form.record_view import RecordView
from tests import shots_both, shots_city, shots_stations

SIZES = {"": (1366, 768), "-1024": (1024, 768), "-125": (1093, 560)}
RECORDS = 3000


def settle(program: ui_app.App, milliseconds: int = 150) -> None:
    """Wait until nothing is under way and everything is painted."""
    loop = QEventLoop()
    while True:
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()
        forms = [one for one in QApplication.allWidgets() if isinstance(one, FormBody) and one.isVisible()]
        if not program.ops.busy() and all(one.is_built() for one in forms):
            QApplication.processEvents()  # what the last answer changed is laid out
            return


def first_uid(ctx: AppContext, kind: str, **where: str) -> str:
    """The first record of a kind in its list."""
    with ctx.store.reading() as reader:
        return reader.first(Query(kind, where=tuple((name, (value,)) for name, value in where.items())), 1)[
            0
        ].uid


class Camera:
    """Takes the pictures of one program in one size and theme."""

    def __init__(self, program: ui_app.App, folder: Path, suffix: str) -> None:
        self.program, self.folder, self.suffix = program, folder, suffix

    def take(self, name: str) -> None:
        """Keep what the window shows."""
        settle(self.program)
        assert self.program.window is not None
        self.program.window.grab().save(str(self.folder / f"{name}{self.suffix}.png"))

    def page(self, key: str, name: str = "") -> None:
        """A page as it opens."""
        assert self.program.window is not None
        self.program.window.open_page(key)
        self.take(name or key)

    def open_at(self, kind: str, uid: str, field: str) -> None:
        """A record with the cursor in a field."""
        assert self.program.desk is not None
        self.program.desk.open_record(kind, uid, field)
        settle(self.program)

    def record(
        self, kind: str, name: str, do: Callable[[RecordView], None] | None = None, **where: str
    ) -> None:
        """A record beside its list (or over it, in a narrow window), after `do`."""
        desk, window = self.program.desk, self.program.window
        assert desk is not None
        assert window is not None
        desk.open_record(kind, first_uid(self.program.ctx, kind, **where))
        settle(self.program)
        view = window.findChild(RecordView)
        views = [one for one in window.findChildren(RecordView) if one.isVisible()]
        if do is not None and view is not None:
            do(views[0])
        self.take(name)
        views[0].leave()


def type_into(view: RecordView, name: str, text: str) -> None:
    """Type over what stands in a field."""
    for _ in range(100):  # a form is built in slices
        if view.findChild(QWidget, name) is not None:
            break
        QTest.qWait(50)
    editor = view.findChild(QWidget, name)
    assert editor is not None
    editor.setFocus()
    QTest.keyClick(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, Qt.Key.Key_Tab)


def with_error(view: RecordView) -> None:
    """A finished date before the report."""
    type_into(view, "finished_at", "3/1/2020 14.00")


def session(
    ctx: AppContext, folder: Path, suffix: str, size: tuple[int, int], *, dark: bool, full: bool
) -> None:
    """All pictures of one size and theme."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, dark=dark)
    program = ui_app.App(app, bootstrap.open_context, ui_app.Options(ctx.place, size=size, dark=dark))
    program.use(ctx)
    window = program.build()
    window.activateWindow()
    camera = Camera(program, folder, suffix)
    camera.take("home")
    camera.page("streetlight_repair", "list")
    camera.record("streetlight_repair", "repair", status="SCHEDULED")
    camera.record("streetlight_repair", "repair-error", with_error, status="IN_PROGRESS")
    if full:
        for kind in (one for one in ctx.registry if one.own_page):
            camera.page(kind.name, f"list-{kind.name}")
            camera.record(kind.name, f"form-{kind.name}")
        camera.page("reports")
    camera.page("exchange")
    item = reviews.returned(ctx)[0]
    camera.open_at(item.kind, item.uid, item.field_name)
    camera.take("returned")
    camera.page("settings")
    window.close()
    program.ops.close()
    window.deleteLater()


def headquarters(ctx: AppContext, folder: Path, suffix: str, size: tuple[int, int], *, dark: bool) -> None:
    """The pages that only headquarters has."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, dark=dark)
    program = ui_app.App(app, bootstrap.open_context, ui_app.Options(ctx.place, size=size, dark=dark))
    program.use(ctx)
    window = program.build()
    window.activateWindow()
    camera = Camera(program, folder, suffix)
    for key in ("inbox", "board", "review"):
        camera.page(key)
    window.close()
    program.ops.close()
    window.deleteLater()


def main(folder: Path, help_folder: Path) -> int:
    """Make a city of demo data and draw it."""
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as place:
        head, ctx = shots_city.begin(Path(place), RECORDS)
        words.use("id")
        for suffix, size in SIZES.items():
            for dark in (False, True) if not suffix else (False,):  # small windows: once
                session(
                    ctx,
                    folder,
                    suffix + ("-dark" if dark else "-light"),
                    size,
                    dark=dark,
                    full=suffix == "" and not dark,
                )
                headquarters(head, folder, suffix + ("-dark" if dark else "-light"), size, dark=dark)
        assert isinstance(app, QApplication)
        shots_stations.few(app, shots_stations.places(Path(place), head, ctx), folder)
        shots_both.draw(app, Path(place) / "both", folder)
        from tests import shots_help, shots_start

        shots_help.draw(head, ctx, help_folder)
        shots_start.draw(app, Path(place) / "start", folder, help_folder)
        ctx.close()
        head.close()
    app.processEvents()
    return 0


def full(folder: Path) -> int:
    """Everything there is to look at, for looking at."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    with tempfile.TemporaryDirectory() as place:
        head, ctx = shots_city.begin(Path(place), RECORDS)
        shots_stations.everything(app, shots_stations.places(Path(place), head, ctx), folder)
    return 0


if __name__ == "__main__":
    if "--full" in sys.argv:
        sys.exit(full(Path(sys.argv[-1])))
    root = Path(__file__).parent.parent
    given = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    sys.exit(
        main(
            given or root / "docs" / "screens",
            given / "help" if given else root / "resources" / "help" / "pictures",
        )
    )
