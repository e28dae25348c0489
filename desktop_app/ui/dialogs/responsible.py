"""Asks which office is to be responsible for records from now on, and why."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_app.core.words import tr
from desktop_app.services.responsibility import Responsible
from desktop_app.ui.dialogs.ask import Ask
from desktop_app.ui.form.editors import LineEditor
from desktop_app.ui.form.picking import Pick
from desktop_app.ui.ops import Latest, Ops
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
        self._offices = offices
        self._code = proposed.site_code if proposed is not None else ""
        self._asks = Latest(ops, "quick", self)
        self.tell(
            title,
            tr(
                "Catatan beserta baris, riwayat status, dan fotonya menjadi tanggung jawab kantor ini. Kantor itu menerimanya dengan paket berikutnya; kantor yang lama diberi tahu dan sesudah itu hanya dapat melihatnya. Yang menjadi milik Pusat dikirim ke semua kantor.",
                "The records, with their lines, steps and photos, come under this office. It gets them with its next package; the former office is told and can only look at them from then on. What becomes headquarters' own goes to all offices.",
            ),
        )
        self.office = LineEditor("responsible_office", self._look_up)
        self.office.setPlaceholderText(
            tr("Ketik nama kelurahan, kecamatan, atau Pusat", "Type a village, a district or Pusat")
        )
        if proposed is not None:
            self.office.setText(proposed.name.say())
        self.office.chosen.connect(self._chosen)
        self.ask(tr("Kantor yang bertanggung jawab", "Office responsible"), self.office, "responsible_office")
        self.reason = QLineEdit()
        self.reason.setMaxLength(500)
        self.reason.returnPressed.connect(self.answer)
        self.ask(tr("Alasan (boleh kosong)", "Reason (may be left empty)"), self.reason, "responsible_reason")
        self.deed.setEnabled(bool(self._code))
        self.finish(self.reason if proposed is not None else self.office)

    def _look_up(self, text: str) -> None:
        def show(found: list[Responsible]) -> None:
            self.office.offer(
                [Pick(one.site_code, one.name.say(), one.within, one.site_code) for one in found]
            )

        self._asks.run(lambda _op: self._offices(text), show)

    def _chosen(self, code: object) -> None:
        self._code = str(code) if code else ""
        self.deed.setEnabled(bool(self._code))

    def answer(self) -> None:
        """See `Ask.answer`."""
        if self._code:
            self.accept()
            self.given.emit(self._code, " ".join(self.reason.text().split()))
