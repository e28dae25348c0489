"""The pictures in the help, cut out of the program's own windows: `python3 dev.py shots` makes them with those in docs/screens.

`resources/help/pictures/<language>/<name>-<light|dark>.png`, with 64 colours: small enough to travel with the program.
"""

from __future__ import annotations

from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, QPoint, QRect
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea, QWidget

from desktop_app import bootstrap
from desktop_app.core import words
from desktop_app.core.query import Query
from desktop_app.services import photos
from desktop_app.services.context import AppContext
from desktop_app.ui import app as ui_app
from desktop_app.ui import theme
from desktop_app.ui.form.record_view import RecordView
from tests import pictures, shots

COLOURS = 64
WIDE, TWO_CARDS = 560, 760
SIZE = (1366, 768)
LANGUAGES: tuple[words.Language, ...] = ("id", "en")


def keep(file: Path, image: QImage) -> None:
    """As a picture of few colours."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(bytes(buffer.data().data()))
    with Image.open(file) as full:
        few = full.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(file, optimize=True)


class Cutter:
    """Cuts pictures out of one program in one language and theme."""

    def __init__(self, ctx: AppContext, folder: Path, *, dark: bool) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.apply(app, dark=dark)
        self.folder, self.theme = folder, "dark" if dark else "light"
        self.program = ui_app.App(
            app, bootstrap.open_context, ui_app.Options(ctx.place, size=SIZE, dark=dark)
        )
        self.program.use(ctx)
        self.window = self.program.build()
        self.window.activateWindow()
        self.settle()

    def settle(self) -> None:
        shots.settle(self.program)

    def cut(self, name: str, widget: QWidget, high: int = 0, left: int = 0) -> None:
        """Keep a widget, or its upper left part."""
        self.settle()
        wide = min(WIDE, widget.width() - left)
        self.keep(
            name, widget.grab(QRect(left, 0, wide, min(high or widget.height(), widget.height()))).toImage()
        )

    def cut_narrow(self, name: str, widget: QWidget) -> None:
        """Keep a card as it is where there is little room."""
        widget.setFixedWidth(WIDE)
        self.cut(name, widget)

    def keep(self, name: str, image: QImage) -> None:
        """As a picture of few colours."""
        keep(self.folder / f"{name}-{self.theme}.png", image)

    def page(self, key: str) -> QWidget:
        self.window.open_page(key)
        self.settle()
        page = self.window.current_page()
        assert page is not None
        return page

    def record(self, kind: str, uid: str = "", **where: str) -> RecordView:
        desk = self.program.desk
        assert desk is not None
        desk.open_record(kind, uid or shots.first_uid(self.program.ctx, kind, **where))
        self.settle()
        return next(one for one in self.window.findChildren(RecordView) if one.isVisible())

    def close(self) -> None:
        self.window.close()
        self.program.ops.close()
        self.window.deleteLater()


def under(view: RecordView, name: str, above: int, high: int) -> QImage:
    """The part of a form around a widget in it."""
    widget = next(one for one in view.findChildren(QWidget, name) if one.isVisible())
    view.body.ensureWidgetVisible(widget, 0, high)
    QTest.qWait(300)
    top = widget.mapTo(view, QPoint(0, 0)).y() - above
    top = max(view.body.mapTo(view, QPoint(0, 0)).y(), top)
    return view.grab(QRect(0, top, min(WIDE, view.width()), min(high, view.height() - top))).toImage()


def with_materials(ctx: AppContext) -> str:
    """A repair that used some."""
    with ctx.store.reading() as reader:
        uids = [
            row.uid for row in reader.first(Query("streetlight_repair", where=(("status", ("DONE",)),)), 200)
        ]
        records = (reader.get("streetlight_repair", uid) for uid in uids)
        return next(one.uid for one in records if one is not None and len(one.lines.get("materials", ())) > 1)


def with_photos(ctx: AppContext) -> str:
    """A repair with a photo before and one after."""
    uid = shots.first_uid(ctx, "streetlight_repair", status="CONFIRMED")
    if not photos.photos(ctx, "streetlight_repair", uid):
        for stage, lamp in (("BEFORE", "#6b6f76"), ("AFTER", "#ffd65a")):
            data = pictures.photo_of(colour=lamp, position=None)
            photos.add(ctx, "streetlight_repair", uid, data, stage)
    return uid


def office(ctx: AppContext, folder: Path, *, dark: bool) -> None:
    """What an office sees."""
    used, seen = with_materials(ctx), with_photos(ctx)
    cutter = Cutter(ctx, folder, dark=dark)
    cutter.cut("home", cutter.page("home"), 420)
    cutter.cut("status", cutter.window.status, left=cutter.window.status.width() - WIDE)
    view = cutter.record("streetlight_repair", status="IN_PROGRESS")
    cutter.cut("list", cutter.page("streetlight_repair"), 330)
    cutter.cut("steps", view.head)
    shots.type_into(view, "finished_at", "3/1/2020 14.00")
    cutter.settle()
    cutter.keep("error", under(view, "finished_at", 90, 190))
    view.leave()
    view = cutter.record("streetlight_repair", uid=used)
    cutter.keep("grid", under(view, "grid_materials", 50, 230))
    view.leave()
    view = cutter.record("streetlight_repair", uid=seen)
    view.head.tab_chosen.emit("photos")
    cutter.settle()
    QTest.qWait(600)  # the small pictures are made in workers
    cutter.cut("photos", view, 500)
    view.leave()
    page = cutter.page("streetlight_repair")
    page.begin()  # type: ignore[attr-defined]
    cutter.settle()
    view = next(one for one in cutter.window.findChildren(RecordView) if one.isVisible())
    cutter.cut("form", view, 430)
    view.leave()
    exchange = cutter.page("exchange")
    for name in ("send", "receipt", "returned"):
        card: QWidget = getattr(exchange, {"send": "sending"}.get(name, name))
        cutter.cut_narrow(name, card)
    backup(cutter)
    cutter.close()


def backup(cutter: Cutter) -> None:
    """The end of the settings."""
    settings = cutter.page("settings")
    line, button = (settings.findChild(QWidget, name) for name in ("setting_backup", "action_backup"))
    assert isinstance(line, QLineEdit)
    assert button is not None
    line.setText("E:\\pelita_18.72.04_2026-11-20.db")
    area = settings.findChild(QScrollArea)
    assert area is not None
    area.ensureWidgetVisible(button, 0, 60)
    cutter.settle()
    bottom = button.mapTo(settings, QPoint(0, button.height())).y() + 16
    cutter.keep("backup", settings.grab(QRect(0, bottom - 120, WIDE, 120)).toImage())


def headquarters(ctx: AppContext, folder: Path, *, dark: bool) -> None:
    """What headquarters sees besides."""
    cutter = Cutter(ctx, folder, dark=dark)
    cutter.cut("inbox", cutter.page("inbox"), 330)
    cutter.cut("board", cutter.page("board"), 330)
    conflict: QWidget = cutter.page("review").conflict  # type: ignore[attr-defined]
    cutter.settle()
    cutter.keep("review", conflict.grab(QRect(0, 0, min(TWO_CARDS, conflict.width()), 500)).toImage())
    cutter.close()


def draw(head: AppContext, ctx: AppContext, folder: Path) -> None:
    """All pictures, in both languages and themes."""
    for spoken in LANGUAGES:
        for dark in (False, True):
            words.use(spoken)
            office(ctx, folder / spoken, dark=dark)
            headquarters(head, folder / spoken, dark=dark)
    words.use("id")
