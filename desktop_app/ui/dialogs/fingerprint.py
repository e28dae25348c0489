"""Two people compare a fingerprint over the telephone: only then is a sender trusted."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.core.words import tr
from desktop_app.ui import theme
from desktop_app.ui.widgets import Button, Label
from desktop_app.ui.widgets.choices import CheckBox


class FingerprintDialog(QDialog):
    """Shows the fingerprint large; the button of trust needs the tick that the office read out the same one."""

    trusted = Signal(str)
    """The fingerprint that was compared."""

    def __init__(self, office: str, fingerprint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme.current()
        self._fingerprint = fingerprint
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("fingerprint_dialog")
        self.setWindowTitle(tr("Cocokkan sidik kunci", "Compare the fingerprint"))
        self.setMinimumWidth(look.px(120))
        do = tr(
            f"Telepon {office} ke nomor yang sudah Anda kenal. Minta dibacakan sidik kunci dari halaman Kirim & Terima, lalu bandingkan:",
            f"Call {office} at a number that you know already. Have them read out the fingerprint from their page Send & receive, and compare:",
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
        self.deed = Button(
            tr("Percayai pengirim ini", "Trust this sender"),
            "primary",
            "shield-check-outline",
            name="action_confirm",
        )
        self.deed.setEnabled(False)
        self.deed.clicked.connect(self._trust)
        cancel = Button(tr("Batal", "Cancel"), name="action_cancel")
        cancel.clicked.connect(self.reject)
        self.same.toggled.connect(self.deed.setEnabled)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(6), look.px(5), look.px(6), look.px(5))
        column.setSpacing(look.px(3))
        for widget in (
            Label(self.windowTitle(), "section"),
            Label(do, "label", wrap=True),
            shown,
            self.same,
            Label(warn, "meta", wrap=True),
        ):
            column.addWidget(widget)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.deed)
        column.addLayout(buttons)
        self.same.setFocus()

    def _trust(self) -> None:
        if self.same.isChecked():
            self.accept()
            self.trusted.emit(self._fingerprint)
