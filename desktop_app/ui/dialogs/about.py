"""Tentang Pelita: the version, what to tell somebody who helps, and whose work is in the program under which licence."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QUrl, qVersion
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from desktop_app.core.words import tr
from desktop_app.services import about
from desktop_app.services.about import Part
from desktop_app.services.context import AppContext, log_file
from desktop_app.ui import theme
from desktop_app.ui.frame.brand import Sign
from desktop_app.ui.widgets import Button, Label

_PART = Qt.ItemDataRole.UserRole
_OF_THE_WINDOW = 0.95


class AboutDialog(QDialog):
    """Nothing is asked here; Esc or the button closes it."""

    def __init__(self, ctx: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme.current()
        self._facts = about.facts(ctx, qVersion())
        self._log = log_file(ctx.place)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("about")
        self.setWindowTitle(tr("Tentang Pelita", "About Pelita"))
        room = parent.window().size() if parent is not None else QSize(look.px(220), look.px(140))
        self.resize(QSize(look.px(220), look.px(140)).boundedTo(room * _OF_THE_WINDOW))
        self.list = QListWidget()
        self.list.setObjectName("about_parts")
        self.list.setAccessibleName(tr("Yang ikut di dalam Pelita", "What is part of Pelita"))
        self.list.setMinimumWidth(look.px(56))
        self.text = QPlainTextEdit()
        self.text.setObjectName("about_licence")
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(tr("Naskah lisensi", "The licence"))
        self.licence = Label("", "strong", wrap=True)
        self.list.currentItemChanged.connect(lambda item, _before: self._show(item))
        self._build()
        self.list.addItem(tr("Komputer ini", "This computer"))
        for part in about.parts():
            item = QListWidgetItem(f"{part.name} {part.version}")
            item.setData(_PART, part)
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _build(self) -> None:
        look = theme.current()
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(6), look.px(5), look.px(6), look.px(5))
        column.setSpacing(look.px(3))
        head = QHBoxLayout()
        head.setSpacing(look.px(3))
        head.addWidget(Sign(), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(f"Pelita {self._facts[0][1]}", "section"))
        does = tr("Catatan lapangan kota, tanpa internet.", "A city's field records, without the internet.")
        words.addWidget(Label(does, "label", wrap=True))
        head.addLayout(words, 1)
        column.addLayout(head)
        inside = tr(
            "Pelita sendiri berlisensi MIT. Di dalamnya ikut karya orang lain, masing-masing dengan lisensinya:",
            "Pelita itself has the MIT licence. In it is the work of others, each under its own licence:",
        )
        column.addWidget(Label(inside, "label", wrap=True))
        both = QHBoxLayout()
        both.setSpacing(look.px(3))
        both.addWidget(self.list)
        right = QVBoxLayout()
        right.setSpacing(look.px(1))
        right.addWidget(self.licence)
        right.addWidget(self.text, 1)
        both.addLayout(right, 1)
        column.addLayout(both, 1)
        column.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        copy = Button(
            tr("Salin keterangan", "Copy the details"), "outlined", "content-copy", name="action_copy_facts"
        )
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._told()))
        log = Button(
            tr("Buka folder log", "Open the log's folder"),
            "outlined",
            "folder-open-outline",
            name="action_open_log",
        )
        log.setEnabled(self._log.parent.is_dir())
        log.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._log.parent))))
        close = Button(tr("Tutup", "Close"), "primary", name="action_close_about")
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addWidget(copy)
        row.addWidget(log)
        row.addStretch(1)
        row.addWidget(close)
        close.setFocus()
        return row

    def _told(self) -> str:
        return "\n".join(f"{name}: {value}" for name, value in self._facts)

    def _show(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        part: Part | None = item.data(_PART)
        if part is None:
            self.licence.setText(tr("Untuk yang membantu Anda", "For whoever helps you"))
            self.text.setPlainText(self._told())
            return
        within = tr(f", bagian dari {part.part_of}", f", part of {part.part_of}") if part.part_of else ""
        self.licence.setText(f"{part.name} {part.version}{within}: {part.licence}")
        self.text.setPlainText(
            about.text_of(part)
            or tr("Naskah lisensinya tidak ikut disimpan.", "The text of the licence is not kept with it.")
        )
