"""Asks for the name of a person who is not on the list yet."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.core.words import tr
from desktop_app.ui.dialogs.ask import Ask
from desktop_app.ui.widgets import Button

_LEAST = 2


class NameDialog(Ask):
    """A line for the name, and the button that takes it."""

    given = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        title = tr("Petugas baru", "New person")
        super().__init__(
            "name_dialog", title, Button(tr("Pakai nama ini", "Use this name"), "primary"), 90, parent
        )
        self.tell(title)
        self.line = self.ask_line(tr("Nama petugas", "Name"), "person_name", 100, _LEAST)
        self.finish(self.line)

    def answer(self) -> None:
        """See `Ask.answer`."""
        name = self.line.text().strip()
        if len(name) >= _LEAST:
            self.accept()
            self.given.emit(name)
