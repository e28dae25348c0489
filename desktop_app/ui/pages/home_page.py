"""Beranda: drafts to go on with, and the sections' work as counts that open the list behind them."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop_app.core.show import long_date, weekday
from desktop_app.core.words import tr
from desktop_app.services import drafts, home
from desktop_app.services.context import AppContext
from desktop_app.ui import theme
from desktop_app.ui.figures import grouped
from desktop_app.ui.ops import Changed, Latest, Ops
from desktop_app.ui.page import Page
from desktop_app.ui.widgets import Banner, Button, Label

_COLUMNS = 4


def greeting(hour: int, person: str) -> str:
    """Good morning, by the office's clock."""
    words = (
        tr("Selamat pagi", "Good morning")
        if hour < 11
        else tr("Selamat siang", "Good day")
        if hour < 15
        else tr("Selamat sore", "Good afternoon")
        if hour < 18
        else tr("Selamat malam", "Good evening")
    )
    return f"{words}, {person}" if person else words


class Door(QFrame):
    """A count that opens the list behind it: icon and word, the figure, one link."""

    opened = Signal(str)

    def __init__(self, count: home.Count, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setObjectName(f"door_{count.kind}")
        look = theme.current()
        box = QVBoxLayout(self)
        box.setContentsMargins(look.px(6), look.px(4), look.px(6), look.px(4))
        top = QHBoxLayout()
        icon = QLabel()
        icon.setPixmap(theme.pixmap(count.icon, "accent_text", look.px(4.5), self.devicePixelRatioF()))
        top.addWidget(icon)
        top.addWidget(Label(count.label.say(), "label"), 1)
        figure = QHBoxLayout()
        figure.addWidget(Label(grouped(count.number), "figure"))
        figure.addWidget(Label(count.note.say(), "meta"), 1)
        link = Button(tr("Buka daftar", "Open the list"), "link", name=f"open_{count.kind}")
        link.setAccessibleName(f"{tr('Buka daftar', 'Open the list')}: {count.label.say()}")
        link.clicked.connect(lambda: self.opened.emit(count.kind))
        box.addLayout(top)
        box.addLayout(figure)
        box.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)


def _empty(layout: QLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


class HomePage(Page):
    """`open_kind` asks for a list, `go_on` for a draft to be taken up."""

    open_kind = Signal(str)
    go_on = Signal(object)  # drafts.Kept

    def __init__(self, ctx: AppContext, ops: Ops, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx, self.ops = ctx, ops
        self._asks = Latest(ops, "slow", self)
        inner = QWidget()
        inner.setProperty("kind", "scrolled")
        self._drafts = QVBoxLayout()
        self._doors = QGridLayout()
        box = QVBoxLayout(inner)
        look = theme.current()
        for layout in (self._drafts, self._doors):
            layout.setSpacing(look.px(4))
            box.addLayout(layout)
        box.setContentsMargins(look.px(6), look.px(5), look.px(6), look.px(6))
        box.setSpacing(look.px(4))
        box.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inner)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)
        ops.changed.connect(self._changed)

    def title(self) -> str:
        """See `Page.title`."""
        return greeting(self._now().hour, self.ctx.person.split()[0] if self.ctx.person else "")

    def note(self) -> str:
        """Today, written out."""
        today = self._now().date()
        return f"{weekday(today)}, {long_date(today)}"

    def _now(self) -> dt.datetime:
        return self.ctx.clock().astimezone(self.ctx.settings.zone)

    def activate(self) -> None:
        """See `Page.activate`."""
        self._asks.run(lambda _op: home.overview(self.ctx), self._show)

    def _changed(self, _changed: Changed) -> None:
        if self.isVisible():
            self.activate()

    def _show(self, overview: home.Overview) -> None:
        for layout in (self._drafts, self._doors):
            _empty(layout)
        for kept in overview.drafts:
            self._drafts.addWidget(self._banner(kept))
        for number, count in enumerate(overview.counts):
            door = Door(count)
            door.opened.connect(self.open_kind)
            self._doors.addWidget(door, number // _COLUMNS, number % _COLUMNS)
        for column in range(_COLUMNS):
            self._doors.setColumnStretch(column, 1)

    def _throw(self, kept: drafts.Kept) -> None:
        drafts.throw(self.ctx, kept)
        self.activate()

    def _banner(self, kept: drafts.Kept) -> Banner:
        go_on = Button(
            tr("Lanjutkan", "Go on"), "outlined", "pencil-outline", dim="small", name=f"go_on_{kept.uid}"
        )
        throw = Button(tr("Buang", "Throw away"), "quiet", dim="small", name=f"throw_{kept.uid}")
        at = kept.at.astimezone(self.ctx.settings.zone)
        words = tr(
            f"Konsep {kept.title}, belum disimpan sejak {at:%d/%m %H.%M}. Isiannya utuh.",
            f"Draft {kept.title}, not saved since {at:%d/%m %H.%M}. Its entries are complete.",
        )
        banner = Banner("backup-restore", words, [throw, go_on])
        go_on.clicked.connect(lambda: self.go_on.emit(kept))
        throw.clicked.connect(lambda: self._throw(kept))
        return banner
