"""The first start: which language, which office uses this computer, who sits before it. Everything can be changed later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop_app.core import words
from desktop_app.core.errors import KnownError
from desktop_app.core.words import Words, tr
from desktop_app.services import start
from desktop_app.ui import theme
from desktop_app.ui.form.editors import LineEditor
from desktop_app.ui.form.picking import Pick
from desktop_app.ui.ops import Latest, Ops
from desktop_app.ui.widgets import Button, Label, MessageLine
from desktop_app.ui.widgets.choices import RadioButton

LANGUAGES = (("id", "Bahasa Indonesia"), ("en", "English"))


@dataclass(frozen=True)
class Answers:
    """What was answered: the office's region code and name, its role, who sits here, in which language, whose the data is.

    `starter`: headquarters' starter file, which says which office it is.
    """

    site_code: str
    role: str
    office: str
    person: str
    language: str
    for_all: bool = False
    starter: Path | None = None


class StartPage(QFrame):
    """One card in the middle of the window. `begin` sets the office up, in a worker; `finished` carries what it answered.

    `shared`: the folder for all who use the PC; None does not ask whose the data is.
    """

    finished = Signal(object)

    def __init__(
        self,
        ops: Ops,
        offices: Callable[[str], list[start.Office]],
        begin: Callable[[Answers], object],
        shared: Path | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.ops, self._offices, self._begin, self._shared = ops, offices, begin, shared
        self._asks = Latest(ops, "quick", self)
        self._site = ""
        self._starter: Path | None = None
        self.setProperty("look", "window")
        self.setWindowTitle("Pelita")
        self._outer = QVBoxLayout(self)
        self._build()

    def _build(self) -> None:
        look = theme.current()
        card = QFrame()
        card.setProperty("kind", "card")
        card.setMaximumWidth(look.px(160))
        box = QVBoxLayout(card)
        box.setContentsMargins(look.px(9), look.px(8), look.px(9), look.px(8))
        box.setSpacing(look.px(3))
        box.addWidget(Label(tr("Selamat datang di Pelita", "Welcome to Pelita"), "title"))
        box.addWidget(
            Label(
                tr("Semua bisa diubah nanti di Pengaturan.", "Everything can be changed later in Settings."),
                "label",
            )
        )
        box.addLayout(self._language_row())
        box.addLayout(self._starter_row())
        box.addWidget(Label(tr("Komputer ini dipakai oleh", "This computer is used by"), "section"))
        self._office = RadioButton(tr("Kantor kecamatan atau kelurahan", "A district or village office"))
        self._hq = RadioButton(tr("Pusat (dinas)", "Headquarters (agency)"))
        self._office.setChecked(True)
        self._roles = QButtonGroup(self)
        for radio in (self._office, self._hq):
            self._roles.addButton(radio)
            box.addWidget(radio)
        box.addWidget(Label(tr("Kantor mana?", "Which office?"), "section"))
        self._region = LineEditor("start_region", self._look_up)
        self._region.setAccessibleName(tr("Kantor mana?", "Which office?"))
        self._region.setPlaceholderText(
            tr("Ketik nama kelurahan, kecamatan, atau kota", "Type a village, district or city")
        )
        self._region.chosen.connect(self._chosen)
        self._region.entered.connect(self.focusNextChild)
        box.addWidget(self._region)
        box.addWidget(Label(tr("Nama Anda", "Your name"), "section"))
        self._person = QLineEdit()
        self._person.setObjectName("start_person")
        self._person.setAccessibleName(tr("Nama Anda", "Your name"))
        self._person.returnPressed.connect(self.focusNextChild)
        box.addWidget(self._person)
        self._place(box)
        self._message = MessageLine()
        self._message.setObjectName("error_start")
        box.addWidget(self._message)
        self._go = Button(
            tr("Mulai memakai Pelita", "Start using Pelita"), "primary", "check", name="action_start"
        )
        self._go.clicked.connect(self._finish)
        box.addWidget(self._go, 0, Qt.AlignmentFlag.AlignRight)
        self._centre(card)
        self._region.setFocus()

    def _centre(self, card: QFrame) -> None:
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(card, 4)
        row.addStretch(1)
        inner = QWidget()
        inner.setProperty("kind", "scrolled")
        middle = QVBoxLayout(inner)
        middle.addStretch(1)
        middle.addLayout(row)
        middle.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        self._outer.addWidget(scroll)
        self._scroll = scroll

    def _place(self, box: QVBoxLayout) -> None:
        """Whose the data is; asked only where several accounts of one PC can share a folder."""
        self._for_all = RadioButton(tr("Semua yang memakai PC ini", "All who use this PC"))
        self._for_all.setObjectName("start_for_all")
        if self._shared is None:
            return
        mine = RadioButton(tr("Hanya saya (akun Windows ini)", "Only me (this Windows account)"))
        mine.setObjectName("start_only_me")
        mine.setChecked(True)
        self._whose = QButtonGroup(self)
        box.addWidget(Label(tr("Data ini untuk", "The data is for"), "section"))
        for radio in (mine, self._for_all):
            self._whose.addButton(radio)
            box.addWidget(radio)

    def _language_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        for code, name in LANGUAGES:
            radio = RadioButton(name)
            radio.setObjectName(f"start_language_{code}")
            radio.setAutoExclusive(False)
            radio.setChecked(words.language() == code)
            radio.clicked.connect(lambda _checked=False, code=code: self._speak(code))
            row.addWidget(radio)
        row.addStretch(1)
        return row

    def _starter_row(self) -> QHBoxLayout:
        """Whoever has a starter file needs to answer nothing about the office."""
        self._starter_words = Label(
            tr("Punya berkas awal dari Pusat?", "Have a starter file from headquarters?"), "label", wrap=True
        )
        self._starter_words.setObjectName("starter_words")
        button = Button(
            tr("Buka berkas awal…", "Open the starter file…"),
            "outlined",
            "file-key-outline",
            dim="small",
            name="action_open_starter",
        )
        button.clicked.connect(self._ask_starter)
        row = QHBoxLayout()
        row.addWidget(self._starter_words, 1)
        row.addWidget(button)
        return row

    def _ask_starter(self) -> None:
        dialog = QFileDialog(self, tr("Berkas awal dari Pusat", "Starter file from headquarters"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda file: self.take_starter(Path(file)))
        dialog.open()

    def take_starter(self, file: Path) -> None:
        """The file says which office this is; only the name of the person is still wanted."""
        self._starter = file
        self._starter_words.setText(tr(f"Berkas awal: {file.name}", f"Starter file: {file.name}"))
        for widget in (self._office, self._hq, self._region):
            widget.setEnabled(False)
        self._message.clear()
        self._person.setFocus()

    def _speak(self, code: str) -> None:
        words.use("en" if code == "en" else "id")
        self._outer.removeWidget(self._scroll)
        self._scroll.hide()
        self._scroll.deleteLater()
        self._build()
        if self._starter is not None:
            self.take_starter(self._starter)

    def _look_up(self, text: str) -> None:
        def show(found: list[start.Office]) -> None:
            self._region.offer([Pick(one.code, one.name, one.within, one.code) for one in found])

        self._asks.run(lambda _op: self._offices(text), show)

    def _chosen(self, code: object) -> None:
        self._site = str(code)

    def _finish(self) -> None:
        if not self._site and self._starter is None:
            self._refused(
                KnownError(
                    Words(
                        "Pilih dulu kantornya: ketik namanya, lalu pilih dari daftar.",
                        "Choose the office first: type its name, then pick it from the list.",
                    )
                )
            )
            self._region.setFocus()
            return
        role = "headquarters" if self._hq.isChecked() else "office"
        answers = Answers(
            self._site,
            role,
            self._region.text(),
            self._person.text(),
            words.language(),
            self._for_all.isChecked(),
            self._starter,
        )
        self.ops.run(
            lambda _op: self._begin(answers),
            lane="write",
            owner=self,
            done=self.finished.emit,
            failed=self._refused,
        )

    def _refused(self, error: KnownError) -> None:
        self._message.show_message("error", error.words.say())
