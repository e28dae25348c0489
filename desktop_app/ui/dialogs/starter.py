"""Asks for which office a starter file is to be made, and what shall be in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.core.words import tr
from desktop_app.services import start
from desktop_app.ui.dialogs.ask import Ask
from desktop_app.ui.dialogs.office import OfficeLine
from desktop_app.ui.form.picking import Pick
from desktop_app.ui.ops import Ops
from desktop_app.ui.widgets import Button
from desktop_app.ui.widgets.choices import CheckBox


@dataclass(frozen=True)
class Wish:
    """The office's code; whether its former computer is gone for good; whether personal fields shall be in the file."""

    site_code: str
    replaces: bool
    personal: bool


class StarterDialog(Ask):
    """`code` and `name` are those of an office on the board; without them the office is looked up by its name."""

    wished = Signal(object)  # Wish

    def __init__(
        self,
        ops: Ops,
        offices: Callable[[str], list[start.Office]],
        code: str = "",
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        title = tr("Berkas awal", "Starter file")
        make = Button(tr("Buat berkas…", "Make the file…"), "primary", "file-key-outline")
        super().__init__("starter_dialog", title, make, 120, parent)
        self.tell(
            tr(f"Berkas awal untuk {name}", f"Starter file for {name}")
            if name
            else tr("Kantor baru", "New office"),
            tr(
                "Menyiapkan komputer baru sebuah kantor: kode dan nama kantor, kunci Pusat, wilayah dan daftar acuan, dan catatan kantor itu sendiri yang ada di sini.",
                "Sets up a new computer of an office: its code and name, headquarters' keys, regions and reference data, and the office's own records that are here.",
            ),
        )

        def find(text: str) -> list[Pick]:
            return [Pick(one.code, one.name, one.within, one.code) for one in offices(text)]

        self.office = OfficeLine("starter_office", ops, find, code)
        self.office.setPlaceholderText(
            tr("Ketik nama kelurahan atau kecamatan", "Type a village or district")
        )
        self.office.decided.connect(lambda code: self.deed.setEnabled(bool(code)))
        which = self.ask(tr("Kantor", "Office"), self.office, "starter_office")
        self.replaces = CheckBox(
            tr(
                "Komputer lamanya hilang atau rusak: kuncinya jangan diterima lagi",
                "Its former computer is gone: don't accept its key any more",
            )
        )
        self.replaces.setObjectName("starter_replaces")
        self.personal = CheckBox(
            tr(
                "Sertakan data pribadi (berkas ini tidak terkunci)",
                "With personal data (this file is not locked)",
            )
        )
        self.personal.setObjectName("starter_personal")
        for box in (self.replaces, self.personal):
            self.column.addWidget(box)
        self.replaces.setVisible(bool(code))
        which.setVisible(not code)
        self.office.setVisible(not code)
        self.deed.setEnabled(bool(code))
        self.finish(self.deed if code else self.office)

    def answer(self) -> None:
        """See `Ask.answer`."""
        if self.office.code:
            self.accept()
            self.wished.emit(Wish(self.office.code, self.replaces.isChecked(), self.personal.isChecked()))
