"""The tabs beside the form: who changed what, and which records belong to this one."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop_app.core.show import number, show_any
from desktop_app.core.spec import Kind
from desktop_app.core.words import tr
from desktop_app.services import forms, history
from desktop_app.services.context import AppContext
from desktop_app.ui import theme
from desktop_app.ui.ops import Latest, Ops
from desktop_app.ui.widgets.buttons import Button
from desktop_app.ui.widgets.labels import Hairline, Label, SectionHeading

_AT_MOST = 200
"""So many changes are shown; nobody reads more, and each is a handful of labels."""


class RecordTab(QScrollArea):
    """A column of lines, asked for in a worker when a record is shown, made when the tab is first looked at."""

    counted = Signal(int)

    def __init__(self, ctx: AppContext, ops: Ops, kind: Kind, name: str, words: str) -> None:
        super().__init__()
        self.ctx, self.kind = ctx, kind
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.setProperty("kind", "reading")
        self.setWidgetResizable(True)
        self._asks = Latest(ops, "slow", self)
        self._stale = False
        self._lines: list[QWidget] = []
        self._page = QWidget()
        self._page.setProperty("kind", "scrolled")
        self._column = QVBoxLayout(self._page)
        self._column.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setWidget(self._page)
        self.restyle()
        theme.changed.connect(self.restyle)

    def restyle(self) -> None:
        """Sizes after a change of text size."""
        look = theme.current()
        self._column.setContentsMargins(look.px(6), look.px(4), look.px(6), look.px(6))
        self._column.setSpacing(look.px(2))
        self._page.setMaximumWidth(look.px(212))

    def _arrived(self, count: int) -> None:
        self.counted.emit(count)
        self._stale = True
        if self.isVisible():
            self._make()

    def showEvent(self, event: QShowEvent) -> None:
        """Make what is not made yet."""
        super().showEvent(event)
        if event.type() == QEvent.Type.Show and self._stale:
            self._make()

    def _make(self) -> None:
        self._stale = False
        for widget in self._lines:
            self._column.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._lines = list(self._fill())
        before: QWidget = self
        for widget in self._lines:
            self._column.addWidget(widget)
            for stop in widget.findChildren(QAbstractButton):
                QWidget.setTabOrder(before, stop)
                before = stop

    def _fill(self) -> Iterator[QWidget]:
        raise NotImplementedError


class HistoryTab(RecordTab):
    """Every change in human words: when, who, what it was and what it is."""

    def __init__(self, ctx: AppContext, ops: Ops, kind: Kind) -> None:
        super().__init__(ctx, ops, kind, "tab_history", tr("Riwayat", "History"))
        self._told: list[history.Event] = []

    def show_record(self, uid: str) -> None:
        """Ask for the history of a record and show it, newest first."""
        self._asks.run(lambda _op: history.history(self.ctx, self.kind.name, uid), self._answered)

    def _answered(self, told: list[history.Event]) -> None:
        self._told = told
        self._arrived(len(told))

    def _fill(self) -> Iterator[QWidget]:
        for place, event in enumerate(self._told[:_AT_MOST]):
            if place:
                yield Hairline()
            yield _event_line(event)
        if not self._told:
            yield Label(tr("Belum ada riwayat.", "No history yet."), "label", wrap=True)


def _event_line(event: history.Event) -> QWidget:
    look = theme.current()
    line = QWidget()
    grid = QGridLayout(line)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(look.px(3))
    grid.setVerticalSpacing(look.px(0.5))
    grid.setColumnStretch(1, 1)
    when = Label(show_any(event.at, zone=event.at.tzinfo), "meta")
    when.setFixedWidth(look.px(31))
    grid.addWidget(when, 0, 0, Qt.AlignmentFlag.AlignTop)
    grid.addWidget(Label(event.words.say(), "strong", wrap=True), 0, 1)
    who = Label(event.by, "meta", wrap=True)
    who.setFixedWidth(look.px(31))
    grid.addWidget(who, 1, 0, Qt.AlignmentFlag.AlignTop)
    empty = tr("(kosong)", "(empty)")
    said = [f"{one.label.say()}: {one.before or empty} → {one.after or empty}" for one in event.details]
    if event.reason:
        said.insert(0, tr("Alasan: ", "Reason: ") + event.reason)
    for place, words in enumerate(said, 1):
        grid.addWidget(Label(words, "label", wrap=True), place, 1)
    return line


class RelatedTab(RecordTab):
    """Parents and children, by kind; a click opens them."""

    open_other = Signal(str, str)

    def __init__(self, ctx: AppContext, ops: Ops, kind: Kind) -> None:
        super().__init__(ctx, ops, kind, "tab_related", tr("Terkait", "Related"))
        self._groups: list[forms.Related] = []

    def show_record(self, uid: str) -> None:
        """Ask for what belongs to a record and show it."""
        self._asks.run(lambda _op: forms.related(self.ctx, self.kind.name, uid), self._answered)

    def _answered(self, groups: list[forms.Related]) -> None:
        self._groups = groups
        self._arrived(sum(group.count for group in groups))

    def _fill(self) -> Iterator[QWidget]:
        for group in self._groups:
            yield SectionHeading(group.label.say(), number(group.count))
            for uid, title, subtitle in group.entries:
                yield self._entry(group.kind, uid, title, subtitle)
        if not self._groups:
            yield Label(tr("Belum ada catatan yang terkait.", "No related records yet."), "label", wrap=True)

    def _entry(self, kind: str, uid: str, title: str, subtitle: str) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.current().px(3))
        button = Button(title or uid[:8], "link", name=f"related_{uid}")
        button.clicked.connect(lambda: self.open_other.emit(kind, uid))
        row.addWidget(button)
        row.addWidget(Label(subtitle, "meta"), 1)
        return line
