"""What went wrong and has no place of its own on the screen: a bug with the report to pass on, or a refusal in one sentence."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop_app.core.words import Words, tr
from desktop_app.ui import theme
from desktop_app.ui.widgets import Button, Label


class Trouble(QDialog):
    """The report of a bug. Nothing that was typed is touched by it."""

    def __init__(self, report: str, parent: QWidget | None = None, log: Path | None = None) -> None:
        super().__init__(parent)
        look = theme.current()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("trouble")
        self.setWindowTitle(tr("Ada yang tidak beres", "Something went wrong"))
        self.setMinimumWidth(look.px(130))
        what = tr(
            "Pekerjaan tadi tidak selesai karena kesalahan di dalam program. Isian Anda tetap tersimpan sebagai konsep.",
            "That did not finish because of a fault in the program. What you typed is kept as a draft.",
        )
        do = tr(
            "Coba sekali lagi. Bila terulang, salin laporan ini dan kirimkan kepada pengelola aplikasi.",
            "Try once more. If it happens again, copy this report and send it to whoever looks after the program.",
        )
        self._report = QPlainTextEdit(report)
        self._report.setReadOnly(True)
        self._report.setAccessibleName(tr("Laporan kesalahan", "Fault report"))
        copy = Button(tr("Salin laporan", "Copy the report"), name="action_copy_report")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(report))
        close = Button(tr("Tutup", "Close"), "primary", name="action_close_report")
        close.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(6), look.px(5), look.px(6), look.px(5))
        column.setSpacing(look.px(3))
        for widget in (
            Label(self.windowTitle(), "section"),
            Label(what, wrap=True),
            Label(do, "label", wrap=True),
        ):
            column.addWidget(widget)
        column.addWidget(self._report, 1)
        if log is not None:
            also = tr(f"Catatan kejadiannya juga ada di {log}.", f"What happened is noted in {log}, too.")
            told = Label(also, "meta", wrap=True)
            told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(told)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(copy)
        buttons.addWidget(close)
        column.addLayout(buttons)
        close.setFocus()


class Told(QDialog):
    """One sentence, and a button that says it was read."""

    def __init__(self, name: str, title: str, words: str, read: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme.current()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName(name)
        self.setWindowTitle(title)
        self.setAccessibleName(words)
        self.setMinimumWidth(look.px(100))
        close = Button(read, "primary", name="action_close")
        close.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(6), look.px(5), look.px(6), look.px(5))
        column.setSpacing(look.px(3))
        column.addWidget(Label(self.windowTitle(), "section"))
        column.addWidget(Label(words, wrap=True))
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        close.setFocus()


class Refusal(Told):
    """One sentence that says what is wrong and what to do."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        title, read = tr("Tidak bisa", "Not possible"), tr("Tutup", "Close")
        super().__init__("refusal", title, words, read, parent)


def tell(parent: QWidget | None, report: str, log: Path | None = None) -> Trouble:
    """Show the report of a bug, which the log has too, without stopping the window."""
    dialog = Trouble(report, parent, log)
    dialog.open()
    return dialog


def refused(parent: QWidget | None, words: Words) -> Refusal:
    """Show a refusal that the page it happened on had no place for."""
    dialog = Refusal(words.say(), parent)
    dialog.open()
    return dialog
