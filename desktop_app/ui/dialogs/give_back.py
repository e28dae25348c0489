"""Asks what is to be corrected in a record that headquarters gives back: which field, and why."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop_app.core.fields import Computed
from desktop_app.core.spec import Kind
from desktop_app.core.words import tr
from desktop_app.ui import theme
from desktop_app.ui.widgets import Button, Label
from desktop_app.ui.widgets.choices import ComboBox


def fields_of(kind: Kind) -> list[tuple[str, str]]:
    """What a record can be given back for, by name and in words, in the order of the form."""
    return [
        (part.name, part.label.say())
        for section in kind.form
        for part in section.content
        if not getattr(part, "hidden", False) and not isinstance(part, Computed)
    ]


class GiveBackDialog(QDialog):
    """A list of the record's fields, a line for the reason, and the button, which needs the reason."""

    given = Signal(str, str)
    """The field's name and the reason."""

    def __init__(
        self, title: str, fields: Sequence[tuple[str, str]], field: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        look = theme.current()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("give_back_dialog")
        self.setWindowTitle(tr("Kembalikan ke kantor", "Give back to the office"))
        self.setMinimumWidth(look.px(115))
        which = Label(tr("Isian yang perlu diperbaiki", "Field to be put right"), "label")
        self.field = ComboBox()
        self.field.setObjectName("give_back_field")
        self.field.setAccessibleName(which.text())
        for name, words in fields:
            self.field.addItem(words, name)
        self.field.setCurrentIndex(max(0, self.field.findData(field)))
        which.setBuddy(self.field)
        why = Label(
            tr("Alasan, seperti yang akan dibaca kantor", "Reason, as the office will read it"), "label"
        )
        self.reason = QLineEdit()
        self.reason.setObjectName("give_back_reason")
        self.reason.setAccessibleName(why.text())
        self.reason.setMaxLength(500)
        self.reason.setPlaceholderText(
            tr(
                "misalnya: nomor tiang tidak terbaca di foto",
                "for example: the pole number can't be read in the photo",
            )
        )
        why.setBuddy(self.reason)
        self.deed = Button(
            tr("Kembalikan", "Give back"), "primary", "arrow-u-left-top", name="action_confirm"
        )
        self.deed.setEnabled(False)
        self.deed.clicked.connect(self._give)
        cancel = Button(tr("Batal", "Cancel"), name="action_cancel")
        cancel.clicked.connect(self.reject)
        self.reason.textChanged.connect(lambda text: self.deed.setEnabled(bool(text.strip())))
        self.reason.returnPressed.connect(self._give)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(6), look.px(5), look.px(6), look.px(5))
        column.setSpacing(look.px(2))
        told = tr(
            "Catatan ini masuk daftar perbaikan kantor dengan jawaban berikutnya.",
            "With the next answer the record is on the office's list of things to put right.",
        )
        for widget in (
            Label(title, "section", wrap=True),
            Label(told, "label", wrap=True),
            which,
            self.field,
            why,
            self.reason,
        ):
            column.addWidget(widget)
        column.addSpacing(look.px(2))
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.deed)
        column.addLayout(buttons)
        self.reason.setFocus()

    def _give(self) -> None:
        reason = self.reason.text().strip()
        if reason and self.field.currentData():
            self.accept()
            self.given.emit(self.field.currentData(), reason)
