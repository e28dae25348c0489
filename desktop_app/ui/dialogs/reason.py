"""Asks why something is done that stays in the history: a removal, a proposal rejected."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.core.words import tr
from desktop_app.ui.dialogs.ask import Ask
from desktop_app.ui.widgets import Button


class ReasonDialog(Ask):
    """A question, a line for the answer, and the button of the deed, which needs the answer."""

    given = Signal(str)

    def __init__(
        self,
        title: str,
        what: str,
        deed: str,
        parent: QWidget | None = None,
        *,
        icon: str = "trash-can-outline",
        example: str = "",
    ) -> None:
        super().__init__("reason_dialog", title, Button(deed, "danger", icon), 110, parent)
        self.tell(title, what)
        example = example or tr("misalnya: tercatat dua kali", "for example: recorded twice")
        self.line = self.ask_line(tr("Alasan", "Reason"), "reason", 500, example=example)
        self.finish(self.line)

    def answer(self) -> None:
        """See `Ask.answer`."""
        reason = self.line.text().strip()
        if reason:
            self.accept()
            self.given.emit(reason)
