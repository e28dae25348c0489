"""Pictures of the first start and of practice, for docs/screens and (cut smaller) for the help."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRect
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFrame

from desktop_app import bootstrap
from desktop_app.core import words
from desktop_app.core.progress import Quiet
from desktop_app.services import practice
from desktop_app.services.context import AppContext
from desktop_app.ui import app as ui_app
from tests import shots, shots_help

RECORDS = 400
CUT = QRect(0, 0, 560, 230)


def _first(app: QApplication, place: Path, size: tuple[int, int], step: int, *, dark: bool) -> ui_app.App:
    """The first start at a step, as somebody who has answered those before."""
    program = ui_app.App(app, bootstrap.open_context, ui_app.Options(place / "nothing", size=size, dark=dark))
    program.start()
    page = program.assistant
    assert page is not None
    page.so_far.step, page.so_far.person = step, "Sri Wahyuni"
    page._build()
    page.activateWindow()
    QTest.qWait(100)
    return program


def _end(program: ui_app.App) -> None:
    for one in (program.window, program.assistant):
        if one is not None:
            one.hide()
            one.deleteLater()
    program.ops.close()
    QApplication.processEvents()


def _practising(app: QApplication, ctx: AppContext, size: tuple[int, int], *, dark: bool) -> ui_app.App:
    program = ui_app.App(app, bootstrap.open_context, ui_app.Options(ctx.place, size=size, dark=dark))
    program.use(ctx)
    program.build()
    shots.settle(program)
    return program


def screens(app: QApplication, place: Path, ctx: AppContext, folder: Path) -> None:
    """The three steps, and Beranda, a list and the settings of practice."""
    for suffix, size in shots.SIZES.items():
        for dark in (False, True) if not suffix else (False,):
            end = f"{suffix}-{'dark' if dark else 'light'}"
            for step in range(3):
                program = _first(app, place, size, step, dark=dark)
                assert program.assistant is not None
                program.assistant.grab().save(str(folder / f"first-{step + 1}{end}.png"))
                _end(program)
            program = _practising(app, ctx, size, dark=dark)
            camera = shots.Camera(program, folder, end)
            for key in ("home", "streetlight_repair", "settings"):
                camera.page(key, f"practice-{key}")
            _end(program)


def cuttings(app: QApplication, place: Path, ctx: AppContext, folder: Path) -> None:
    """The same for the help, in both languages and themes."""
    for spoken in shots_help.LANGUAGES:
        for dark in (False, True):
            words.use(spoken)
            end = f"{'dark' if dark else 'light'}.png"
            program = _first(app, place, (1024, 700), 2, dark=dark)
            card = next(
                one for one in program.assistant.findChildren(QFrame) if one.property("kind") == "card"
            )
            shots_help.keep(folder / spoken / f"first-start-{end}", card.grab().toImage())
            _end(program)
            program = _practising(app, ctx, (1100, 700), dark=dark)
            assert program.window is not None
            shots_help.keep(folder / spoken / f"practice-{end}", program.window.grab(CUT).toImage())
            _end(program)
    words.use("id")


def draw(app: QApplication, place: Path, folder: Path, help_folder: Path) -> None:
    """All of them."""
    wanted = practice.Wanted("18.72.04", "office", "Kec. Metro Timur", "Sri Wahyuni")
    practice.make(bootstrap.open_context, place, wanted, Quiet(), RECORDS)
    ctx = bootstrap.open_context(practice.folder_of(place), person="Sri Wahyuni")
    screens(app, place, ctx, folder)
    cuttings(app, place, ctx, help_folder)
    ctx.close()
