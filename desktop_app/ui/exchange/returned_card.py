"""What headquarters gave back, as a to-do list: each line opens the form at the field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_app.core.words import tr
from desktop_app.services.context import AppContext
from desktop_app.ui import theme
from desktop_app.ui.exchange import telling
from desktop_app.ui.figures import grouped
from desktop_app.ui.widgets import Button, Card, ElidedLabel, Hairline, Label

if TYPE_CHECKING:
    from desktop_app.services.reviews import ReturnedItem

_AT_MOST = 20


class ReturnedCard(Card):
    """Hidden while there is nothing to put right. `wanted`: kind, uid and field of the record to open."""

    wanted = Signal(str, str, str)

    def __init__(self, ctx: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(tr("Dikembalikan oleh Pusat", "Given back by headquarters"), "…", parent=parent)
        self.setObjectName("returned_card")
        self.ctx = ctx
        self._lines: list[QWidget] = []
        self.hide()

    def show_items(self, items: Sequence[ReturnedItem]) -> None:
        """Replace what is shown."""
        for line in self._lines:
            self.body.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = []
        self.set_note(
            tr(
                f"{grouped(len(items))} catatan perlu diperbaiki, lalu dikirim lagi",
                f"{grouped(len(items))} records to be put right and sent again",
            )
        )
        for place, item in enumerate(items[:_AT_MOST]):
            if place:
                self._put(Hairline())
            self._put(self._line(item))
        if len(items) > _AT_MOST:
            more = grouped(len(items) - _AT_MOST)
            self._put(Label(tr(f"dan {more} lagi", f"and {more} more"), "meta"))
        self.setVisible(bool(items))

    def _put(self, line: QWidget) -> None:
        self._lines.append(line)
        self.body.addWidget(line)

    def _line(self, item: ReturnedItem) -> QWidget:
        look = theme.current()
        kind = self.ctx.registry[item.kind].label.say()
        title = ", ".join(part for part in (item.title, item.number) if part)
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, look.px(1), 0, look.px(1))
        row.setSpacing(look.px(3))
        icon = QLabel()
        icon.setPixmap(theme.pixmap("arrow-u-left-top", "bad", look.px(4.5), self.devicePixelRatioF()))
        words = QVBoxLayout()
        words.setSpacing(0)
        parts = (f"{kind} {item.number}".strip(), item.by, telling.day_and_time(self.ctx, item.at))
        first = QHBoxLayout()
        first.setSpacing(look.px(2))
        first.addWidget(Label(item.title or item.number, "strong"))
        first.addWidget(ElidedLabel(", ".join(part for part in parts if part), "meta"), 1)
        words.addLayout(first)
        words.addWidget(Label(f"{item.field.say()}: {item.reason}", "label", wrap=True))
        mend = Button(
            tr("Perbaiki", "Put right"), "outlined", "pencil-outline", dim="small", name=f"mend_{item.uid}"
        )
        mend.setAccessibleName(f"{tr('Perbaiki', 'Put right')} {title}: {item.field.say()}, {item.reason}")
        mend.clicked.connect(lambda: self.wanted.emit(item.kind, item.uid, item.field_name))
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(mend, 0, Qt.AlignmentFlag.AlignVCenter)
        return line
