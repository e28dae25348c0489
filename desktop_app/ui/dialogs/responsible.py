"""Asks which office is to be responsible for records from now on, and why."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_app.core.words import tr
from desktop_app.services.responsibility import Responsible
from desktop_app.ui.dialogs.ask import Ask
from desktop_app.ui.dialogs.office import OfficeLine
from desktop_app.ui.form.picking import Pick
from desktop_app.ui.ops import Ops
from desktop_app.ui.widgets import Button


class ResponsibleDialog(Ask):
    """`title` calls the record or says how many; `offices` finds offices by what is typed; `proposed` is filled in to begin with."""

    given = Signal(str, str)
    """The office's code and the reason ("" when none was given)."""

    def __init__(
        self,
        ops: Ops,
        offices: Callable[[str], list[Responsible]],
        title: str,
        proposed: Responsible | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            "responsible_dialog",
            tr("Pindahkan tanggung jawab", "Make another office responsible"),
            Button(tr("Pindahkan", "Move"), "primary", "account-switch-outline"),
            120,
            parent,
        )
        self.tell(
            title,
            tr(
                "Catatan beserta baris, riwayat status, dan fotonya menjadi tanggung jawab kantor ini. Kantor itu menerimanya dengan paket berikutnya; kantor yang lama diberi tahu dan sesudah itu hanya dapat melihatnya. Yang menjadi milik Pusat dikirim ke semua kantor.",
                "The records, with their lines, steps and photos, come under this office. It gets them with its next package; the former office is told and can only look at them from then on. What becomes headquarters' own goes to all offices.",
            ),
        )

        def find(text: str) -> list[Pick]:
            return [Pick(one.site_code, one.name.say(), one.within, one.site_code) for one in offices(text)]

        self.office = OfficeLine(
            "responsible_office", ops, find, proposed.site_code if proposed is not None else ""
        )
        self.office.setPlaceholderText(
            tr("Ketik nama kelurahan, kecamatan, atau Pusat", "Type a village, a district or Pusat")
        )
        if proposed is not None:
            self.office.setText(proposed.name.say())
        self.office.decided.connect(lambda code: self.deed.setEnabled(bool(code)))
        self.ask(tr("Kantor yang bertanggung jawab", "Office responsible"), self.office, "responsible_office")
        self.reason = QLineEdit()
        self.reason.setMaxLength(500)
        self.reason.returnPressed.connect(self.answer)
        self.ask(tr("Alasan (boleh kosong)", "Reason (may be left empty)"), self.reason, "responsible_reason")
        self.deed.setEnabled(bool(self.office.code))
        self.finish(self.reason if proposed is not None else self.office)

    def answer(self) -> None:
        """See `Ask.answer`."""
        if self.office.code:
            self.accept()
            self.given.emit(self.office.code, " ".join(self.reason.text().split()))
