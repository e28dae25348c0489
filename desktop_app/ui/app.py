"""The program with its window: one Qt application, one frame, one desk; built anew when the language changes."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from desktop_app.core import words
from desktop_app.services.context import AppContext
from desktop_app.ui import navigation, theme
from desktop_app.ui.desk import Desk
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.ops import Ops
from desktop_app.ui.pages.start_page import StartPage

_SETTLE_MS = 50


@dataclass(frozen=True)
class Options:
    """What the command line may ask of the window. `shot`: draw it into this file and end; `size` in logical pixels."""

    shot: Path | None = None
    page: str = ""
    size: tuple[int, int] = (1366, 768)
    dark: bool | None = None
    language: str = ""


class App(QObject):
    """Holds the frame and rebuilds it; `open_context` opens the data folder."""

    def __init__(self, app: QApplication, ctx: AppContext, options: Options) -> None:
        super().__init__()
        self.app, self.ctx, self.options = app, ctx, options
        self.ops = Ops()
        self.window: MainWindow | None = None
        self.desk: Desk | None = None

    def build(self, page: str = navigation.HOME) -> MainWindow:
        """Make the frame and its pages in the language in use, at the page given; the old frame goes."""
        old, geometry = self.window, self.window.geometry() if self.window else None
        window = MainWindow(navigation.entries(self.ctx.registry, self.ctx.settings), self.ctx.settings.office_name)
        window.rebuild_requested.connect(lambda: self.build(navigation.SETTINGS))
        self.window, self.desk = window, Desk(self.ctx, window, self.ops)
        if geometry is not None:
            window.setGeometry(geometry)
        else:
            window.resize(*self.options.size)
        if old is not None:
            old.hide()
            old.deleteLater()
        window.show()
        window.open_page(page)
        return window

    def start(self) -> None:
        """Show the first page: an assistant while there is no office, else the newest draft, the page asked for, or home."""
        if not self.ctx.settings.site_code:
            start = StartPage(self.ctx, self.ops)
            start.resize(*self.options.size)
            start.finished.connect(lambda: (start.close(), self.build()))
            start.show()
            self._first = start
            return
        self.build(self.options.page or navigation.HOME)
        if not self.options.page and self.desk is not None:
            self.desk.offer_draft()

    def shoot(self, file: Path) -> None:
        """Draw what is shown into a file, once nothing is under way any more."""
        loop = QEventLoop()
        while self.ops.busy():
            QTimer.singleShot(_SETTLE_MS, loop.quit)
            loop.exec()
        self.app.processEvents()
        shown = self.window or self._first
        file.parent.mkdir(parents=True, exist_ok=True)
        shown.grab().save(str(file))


def main(open_context: Callable[[], AppContext], options: Options) -> int:
    """Run the program until its window is closed; the exit code."""
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("Pelita")
    ctx = open_context()
    if options.language:
        words.use("en" if options.language == "en" else "id")
    theme.apply(app, dark=ctx.settings.dark if options.dark is None else options.dark)
    program = App(app, ctx, options)
    program.start()
    if options.shot is not None:
        program.shoot(options.shot)
    else:
        app.exec()
    program.ops.close()
    ctx.close()
    return 0
