"""Asks what a saved view is to be called."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.core.words import tr
from desktop_app.services import views
from desktop_app.ui.dialogs.ask import Ask
from desktop_app.ui.widgets import Button


class ViewName(Ask):
    """A line for the name, and the button that keeps it."""

    given = Signal(str)

    def __init__(self, title: str, words: str, name: str, parent: QWidget) -> None:
        super().__init__("view_name", title, Button(tr("Simpan", "Save"), "primary"), 100, parent)
        self.tell(title, words)
        example = tr("misalnya: Tertunda di Iringmulyo", "for example: On hold in Iringmulyo")
        self.line = self.ask_line(
            tr("Nama tampilan", "Name of the view"), "name", views.LONGEST, example=example
        )
        self.line.setText(name)
        self.line.selectAll()
        self.finish(self.line)

    def answer(self) -> None:
        """See `Ask.answer`."""
        if self.line.text().strip():
            self.accept()
            self.given.emit(self.line.text())
