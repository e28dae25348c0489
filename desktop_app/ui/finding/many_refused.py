"""Tells which of many records stayed as they were, and why; each can be opened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop_app.core.words import tr
from desktop_app.services.many import Refused
from desktop_app.ui import theme
from desktop_app.ui.widgets import Button, Label

_UID = Qt.ItemDataRole.UserRole


class ManyRefused(QDialog):
    """`chosen` carries the uid of a record that is to be opened."""

    chosen = Signal(str)

    def __init__(
        self, words: str, refused: Sequence[Refused], titles: Mapping[str, str], parent: QWidget
    ) -> None:
        super().__init__(parent)
        look = theme.current()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("many_refused")
        title = tr("Tidak semua bisa diubah", "Not all could be changed")
        self.setWindowTitle(title)
        self.setMinimumSize(look.px(150), look.px(80))
        self.list = QListWidget()
        self.list.setObjectName("many_refused_list")
        self.list.setAccessibleName(title)
        self.list.setWordWrap(True)
        self.list.setSpacing(look.px(1))
        for one in refused:
            item = QListWidgetItem(f"{titles.get(one.uid, one.uid[:8])}\n{one.words.say()}")
            item.setData(_UID, one.uid)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.itemActivated.connect(self._open)
        close = Button(tr("Tutup", "Close"), "primary", name="action_close")
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(6), look.px(5), look.px(6), look.px(5))
        column.setSpacing(look.px(2))
        column.addWidget(Label(title, "section"))
        column.addWidget(Label(words, "label", wrap=True))
        column.addWidget(self.list, 1)
        hint = tr("Enter membuka catatan untuk diperbaiki.", "Enter opens the record, to put it right.")
        column.addWidget(Label(hint, "meta"))
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(close)
        column.addLayout(buttons)
        self.list.setFocus()

    def _open(self, item: QListWidgetItem) -> None:
        uid = str(item.data(_UID))
        self.accept()
        self.chosen.emit(uid)
