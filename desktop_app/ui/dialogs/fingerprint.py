"""Two people compare a fingerprint over the telephone: only then is a sender trusted."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.core.words import tr
from desktop_app.ui.dialogs.ask import Ask
from desktop_app.ui.widgets import Button, Label
from desktop_app.ui.widgets.choices import CheckBox


class FingerprintDialog(Ask):
    """Shows the fingerprint large; the button of trust needs the tick that the office read out the same one."""

    trusted = Signal(str)
    """The fingerprint that was compared."""

    def __init__(self, office: str, fingerprint: str, parent: QWidget | None = None) -> None:
        title = tr("Cocokkan sidik kunci", "Compare the fingerprint")
        trust = Button(tr("Percayai pengirim ini", "Trust this sender"), "primary", "shield-check-outline")
        super().__init__("fingerprint_dialog", title, trust, 120, parent)
        self._fingerprint = fingerprint
        self.tell(
            title,
            tr(
                f"Telepon {office} ke nomor yang sudah Anda kenal. Minta dibacakan sidik kunci dari halaman Kirim & Terima, lalu bandingkan:",
                f"Call {office} at a number that you know already. Have them read out the fingerprint from their page Send & receive, and compare:",
            ),
        )
        shown = Label(fingerprint, "title")
        shown.setObjectName("fingerprint_shown")
        shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.same = CheckBox(tr("Keenam kelompok sama persis", "All six groups are exactly the same"))
        self.same.setObjectName("fingerprint_same")
        warn = tr(
            "Bila satu huruf saja berbeda, jangan percayai: paketnya mungkin dibuat orang lain.",
            "If a single letter differs, don't trust it: somebody else may have made the package.",
        )
        for widget in (shown, self.same, Label(warn, "meta", wrap=True)):
            self.column.addWidget(widget)
        self.deed.setEnabled(False)
        self.same.toggled.connect(self.deed.setEnabled)
        self.finish(self.same)

    def answer(self) -> None:
        """See `Ask.answer`."""
        if self.same.isChecked():
            self.accept()
            self.trusted.emit(self._fingerprint)
