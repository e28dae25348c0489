"""What is said about a new version: that it is ready, and, should it fail, that the one before is used again."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.core.words import Words, tr
from desktop_app.services import going_back
from desktop_app.ui.dialogs.ask import Ask
from desktop_app.ui.dialogs.trouble import Told
from desktop_app.ui.widgets import Button, Label


class ReadyDialog(Ask):
    """A new version lies beside this one. `agreed`: begin it now."""

    agreed = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(
            "update_ready_dialog",
            tr("Versi baru siap", "A new version is ready"),
            Button(tr("Mulai lagi sekarang", "Start anew now"), "primary", "restart"),
            120,
            parent,
        )
        self.tell(tr("Versi baru siap", "A new version is ready"), words.say())
        later = tr(
            "Pelita menutup diri dan terbuka lagi dengan versi baru. Semua yang sudah diketik tetap tersimpan.",
            "Pelita closes and opens again with the new version. Everything that was typed is kept.",
        )
        self.column.addWidget(Label(later, "label", wrap=True))
        self.finish(self.deed, tr("Nanti saja", "Later"))

    def answer(self) -> None:
        """See `Ask.answer`."""
        self.accept()
        self.agreed.emit()


class WentBackDialog(Told):
    """The new version failed; the old one and the data are as they were. Told once."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        title = tr("Kembali ke versi sebelumnya", "Back to the version before")
        super().__init__("went_back", title, words.say(), tr("Baik", "All right"), parent)
        self.finished.connect(lambda _: going_back.told())
