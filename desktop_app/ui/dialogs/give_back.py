"""Asks what is to be corrected in a record that headquarters gives back: which field, and why."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.core.fields import Computed
from desktop_app.core.spec import Kind
from desktop_app.core.words import tr
from desktop_app.ui.dialogs.ask import Ask
from desktop_app.ui.widgets import Button
from desktop_app.ui.widgets.choices import ComboBox


def fields_of(kind: Kind) -> list[tuple[str, str]]:
    """What a record can be given back for, by name and in words, in the order of the form."""
    return [
        (part.name, part.label.say())
        for section in kind.form
        for part in section.content
        if not getattr(part, "hidden", False) and not isinstance(part, Computed)
    ]


class GiveBackDialog(Ask):
    """A list of the record's fields, a line for the reason, and the button, which needs the reason."""

    given = Signal(str, str)
    """The field's name and the reason."""

    def __init__(
        self, title: str, fields: Sequence[tuple[str, str]], field: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(
            "give_back_dialog",
            tr("Kembalikan ke kantor", "Give back to the office"),
            Button(tr("Kembalikan", "Give back"), "primary", "arrow-u-left-top"),
            115,
            parent,
        )
        self.tell(
            title,
            tr(
                "Catatan ini masuk daftar perbaikan kantor dengan jawaban berikutnya.",
                "With the next answer the record is on the office's list of things to put right.",
            ),
        )
        self.field = ComboBox()
        for name, words in fields:
            self.field.addItem(words, name)
        self.field.setCurrentIndex(max(0, self.field.findData(field)))
        self.ask(tr("Isian yang perlu diperbaiki", "Field to be put right"), self.field, "give_back_field")
        self.reason = self.ask_line(
            tr("Alasan, seperti yang akan dibaca kantor", "Reason, as the office will read it"),
            "give_back_reason",
            500,
            example=tr(
                "misalnya: nomor tiang tidak terbaca di foto",
                "for example: the pole number can't be read in the photo",
            ),
        )
        self.finish(self.reason)

    def answer(self) -> None:
        """See `Ask.answer`."""
        reason = self.reason.text().strip()
        if reason and self.field.currentData():
            self.accept()
            self.given.emit(self.field.currentData(), reason)
