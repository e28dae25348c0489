"""Asks how a field of another office's record should read, and why: headquarters will decide."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_app.core.words import tr
from desktop_app.services.proposals import Offered
from desktop_app.ui.dialogs.ask import Ask
from desktop_app.ui.widgets import Button, Label
from desktop_app.ui.widgets.choices import ComboBox


class ProposeDialog(Ask):
    """The fields of the record with what stands in them now, a line for what should stand there, and one for the reason."""

    given = Signal(str, str, str)
    """The field's name, the text typed and the reason."""

    def __init__(
        self, title: str, fields: Sequence[Offered], field: str = "", parent: QWidget | None = None
    ) -> None:
        send = Button(tr("Usulkan", "Propose"), "primary", "comment-edit-outline")
        super().__init__("propose_dialog", tr("Usulkan perubahan", "Propose a change"), send, 115, parent)
        self.tell(
            title,
            tr(
                "Catatan ini bukan tanggung jawab kantor Anda. Usulan ikut terkirim ke Pusat; keputusannya datang dengan jawaban Pusat.",
                "This record is not your office's. The proposal goes to headquarters; its decision comes with the next answer.",
            ),
        )
        self._now = {one.name: one.now for one in fields}
        self.field = ComboBox()
        for one in fields:
            self.field.addItem(one.label.say(), one.name)
        self.field.setCurrentIndex(max(0, self.field.findData(field)))
        self.ask(tr("Isian", "Field"), self.field, "propose_field")
        self.now = Label("", "meta", wrap=True)
        self.column.addWidget(self.now)
        self.text = QLineEdit()
        self.text.setMaxLength(1000)
        self.text.returnPressed.connect(self.answer)
        self.ask(
            tr("Seharusnya (kosong: dihapus)", "Should read (empty: cleared)"), self.text, "propose_text"
        )
        self.reason = self.ask_line(
            tr("Alasan, seperti yang akan dibaca Pusat", "Reason, as headquarters will read it"),
            "propose_reason",
            500,
            example=tr("misalnya: ketua regu sudah berganti", "for example: the crew has a new leader"),
        )
        self.field.currentIndexChanged.connect(self._show_now)
        self._show_now()
        self.finish(self.text)

    def _show_now(self) -> None:
        now = self._now.get(str(self.field.currentData()), "") or "-"
        self.now.setText(tr(f"Sekarang: {now}", f"Now: {now}"))

    def answer(self) -> None:
        """See `Ask.answer`."""
        reason = self.reason.text().strip()
        if reason and self.field.currentData():
            self.accept()
            self.given.emit(self.field.currentData(), self.text.text().strip(), reason)
