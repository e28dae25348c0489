"""The tabs beside the form: who changed what, and which records belong to this one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop_app.core.spec import Kind
from desktop_app.core.words import tr
from desktop_app.services import forms, history
from desktop_app.services.context import AppContext
from desktop_app.ui import theme
from desktop_app.ui.ops import Latest, Ops
from desktop_app.ui.widgets.buttons import Button
from desktop_app.ui.widgets.labels import Hairline, Label, SectionHeading


class _Tab(QScrollArea):
    """A column of lines, filled in by a worker."""

    def __init__(self, ctx: AppContext, ops: Ops, kind: Kind, name: str) -> None:
        super().__init__()
        self.ctx, self.kind = ctx, kind
        self.setObjectName(name)
        self.setWidgetResizable(True)
        self._asks = Latest(ops, "quick", self)
        self._page = QWidget()
        self._page.setProperty("kind", "scrolled")
        self._column = QVBoxLayout(self._page)
        self._column.setAlignment(Qt.AlignmentFlag.AlignTop)
        look = theme.current()
        self._column.setContentsMargins(look.px(6), look.px(3), look.px(6), look.px(6))
        self._column.setSpacing(look.px(1))
        self.setWidget(self._page)

    def _clear(self) -> None:
        while self._column.count():
            widget = self._column.takeAt(0).widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _say(self, words: str) -> None:
        self._clear()
        self._column.addWidget(Label(words, "label", wrap=True))


class HistoryTab(_Tab):
    """Every change in human words: when, who, what it was and what it is."""

    def __init__(self, ctx: AppContext, ops: Ops, kind: Kind) -> None:
        super().__init__(ctx, ops, kind, "tab_history")

    def show_record(self, uid: str) -> None:
        """Ask for the history of a record and show it, newest first."""
        self._asks.run(lambda _op: history.history(self.ctx, self.kind.name, uid), self._show)

    def _show(self, told: list[history.Event]) -> None:
        self._clear()
        for event in told:
            self._column.addWidget(SectionHeading(event.words.say(), f"{event.at:%d/%m/%Y %H.%M}, {event.by}"))
            if event.reason:
                self._column.addWidget(Label(f"{tr('Alasan', 'Reason')}: {event.reason}", "body", wrap=True))
            for detail in event.details:
                change = f"{detail.before or tr('kosong', 'empty')} → {detail.after or tr('kosong', 'empty')}"
                self._column.addWidget(Label(f"{detail.label.say()}: {change}", "label", wrap=True))
        if not told:
            self._say(tr("Belum ada riwayat.", "No history yet."))


class RelatedTab(_Tab):
    """Parents and children, by kind; a click opens them."""

    open_other = Signal(str, str)

    def __init__(self, ctx: AppContext, ops: Ops, kind: Kind) -> None:
        super().__init__(ctx, ops, kind, "tab_related")

    def show_record(self, uid: str) -> None:
        """Ask for what belongs to a record and show it."""
        self._asks.run(lambda _op: forms.related(self.ctx, self.kind.name, uid), self._show)

    def _show(self, groups: list[forms.Related]) -> None:
        self._clear()
        for group in groups:
            self._column.addWidget(SectionHeading(group.label.say(), str(group.count)))
            for uid, title, subtitle in group.entries:
                line = QWidget()
                row = QHBoxLayout(line)
                row.setContentsMargins(0, 0, 0, 0)
                button = Button(title, "quiet", dim="small")
                button.clicked.connect(lambda _checked=False, kind=group.kind, uid=uid: self.open_other.emit(kind, uid))
                row.addWidget(button)
                row.addWidget(Label(subtitle, "meta"), 1)
                self._column.addWidget(line)
            self._column.addWidget(Hairline())
        if not groups:
            self._say(tr("Belum ada catatan yang terkait.", "No related records yet."))
