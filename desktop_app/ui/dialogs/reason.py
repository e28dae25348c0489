"""Asks why something is done that stays in the history: a removal."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop_app.core.words import tr
from desktop_app.ui import theme
from desktop_app.ui.widgets import Button, Label


class ReasonDialog(QDialog):
    """A question, a line for the answer, and the button of the deed, which needs the answer."""

    given = Signal(str)

    def __init__(self, title: str, what: str, deed: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme.current()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("reason_dialog")
        self.setWindowTitle(title)
        self.setMinimumWidth(look.px(110))
        words = Label(tr("Alasan", "Reason"), "label")
        self.line = QLineEdit()
        self.line.setObjectName("reason")
        self.line.setMaxLength(500)
        self.line.setAccessibleName(words.text())
        self.line.setPlaceholderText(tr("misalnya: tercatat dua kali", "for example: recorded twice"))
        words.setBuddy(self.line)
        self.deed = Button(deed, "danger", "trash-can-outline", name="action_confirm")
        self.deed.setEnabled(False)
        self.deed.clicked.connect(self._give)
        cancel = Button(tr("Batal", "Cancel"), name="action_cancel")
        cancel.clicked.connect(self.reject)
        self.line.textChanged.connect(lambda text: self.deed.setEnabled(bool(text.strip())))
        self.line.returnPressed.connect(self._give)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(6), look.px(5), look.px(6), look.px(5))
        column.setSpacing(look.px(2))
        column.addWidget(Label(title, "section"))
        column.addWidget(Label(what, "label", wrap=True))
        column.addSpacing(look.px(1))
        column.addWidget(words)
        column.addWidget(self.line)
        column.addSpacing(look.px(2))
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.deed)
        column.addLayout(buttons)
        self.line.setFocus()

    def _give(self) -> None:
        reason = self.line.text().strip()
        if reason:
            self.accept()
            self.given.emit(reason)
