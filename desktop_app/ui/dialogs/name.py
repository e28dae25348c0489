"""Asks for the name of a person who is not on the list yet."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop_app.core.words import tr
from desktop_app.ui import theme
from desktop_app.ui.widgets import Button, Label


class NameDialog(QDialog):
    """A line for the name, and the button that takes it."""

    given = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme.current()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("name_dialog")
        self.setWindowTitle(tr("Petugas baru", "New person"))
        self.setMinimumWidth(look.px(90))
        words = Label(tr("Nama petugas", "Name"), "label")
        self.line = QLineEdit()
        self.line.setObjectName("person_name")
        self.line.setAccessibleName(words.text())
        self.line.setMaxLength(100)
        words.setBuddy(self.line)
        take = Button(tr("Pakai nama ini", "Use this name"), "primary", name="action_confirm")
        take.setEnabled(False)
        take.clicked.connect(self._give)
        cancel = Button(tr("Batal", "Cancel"), name="action_cancel")
        cancel.clicked.connect(self.reject)
        self.line.textChanged.connect(lambda text: take.setEnabled(len(text.strip()) > 1))
        self.line.returnPressed.connect(self._give)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(6), look.px(5), look.px(6), look.px(5))
        column.setSpacing(look.px(2))
        column.addWidget(words)
        column.addWidget(self.line)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(take)
        column.addLayout(buttons)
        self.line.setFocus()

    def _give(self) -> None:
        name = self.line.text().strip()
        if len(name) > 1:
            self.accept()
            self.given.emit(name)
