"""One record that is to be looked at: what it is called above, buttons beside it, and below a page that scrolls."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop_app.core.words import tr
from desktop_app.services.context import AppContext
from desktop_app.ui import theme
from desktop_app.ui.widgets import Button, ElidedLabel, Hairline


class RecordPane(QFrame):
    """`name` is that of the label with the title; the button that opens the record is called `opens`."""

    opened = Signal(str)
    """The record is to be opened, at this field (or none)."""
    asked = Signal(str)
    """The office is to be asked about this field."""

    def __init__(self, ctx: AppContext, name: str, opens: str, *others: Button) -> None:
        super().__init__()
        self.ctx = ctx
        self._title = ElidedLabel("", "record")
        self._title.setObjectName(name)
        self._number = ElidedLabel("", "meta")
        self.open = Button(
            tr("Buka catatan", "Open the record"), "outlined", "file-document-outline", name=opens
        )
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._number)
        self._top = QHBoxLayout()
        self._top.addLayout(words, 1)
        for button in (self.open, *others):
            self._top.addWidget(button)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.column.addLayout(self._top)
        self.column.addWidget(Hairline())
        self.column.addWidget(self._scroll, 1)
        self.restyle()
        theme.changed.connect(self.restyle)

    def restyle(self) -> None:
        """Sizes after a change of text size."""
        look = theme.current()
        self._top.setContentsMargins(look.px(6), look.px(3), look.px(6), look.px(3))
        self._top.setSpacing(look.px(2))

    def begin(self, title: str, subtitle: str) -> QVBoxLayout:
        """Another record: the column of its empty page."""
        look = theme.current()
        self._title.setText(title)
        self._number.setText(subtitle)
        page = QWidget()
        page.setProperty("kind", "scrolled")
        column = QVBoxLayout(page)
        column.setContentsMargins(look.px(6), look.px(5), look.px(6), look.px(6))
        column.setSpacing(look.px(3))
        old = self._scroll.takeWidget()
        if old is not None:
            old.deleteLater()
        self._scroll.setWidget(page)
        return column
