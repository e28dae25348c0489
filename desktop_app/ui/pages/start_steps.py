"""The three steps of the first start: the language, who uses this computer, which office it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop_app.core import words
from desktop_app.core.words import Words, tr
from desktop_app.services import start
from desktop_app.ui import theme
from desktop_app.ui.form.editors import LineEditor
from desktop_app.ui.form.picking import Pick
from desktop_app.ui.ops import Latest, Ops
from desktop_app.ui.pages.start_parts import SoFar, WayCard
from desktop_app.ui.widgets import Button, Label
from desktop_app.ui.widgets.choices import RadioButton

LANGUAGES = (
    ("id", "Bahasa Indonesia", "Semua halaman, bantuan, dan pesan dalam bahasa Indonesia."),
    ("en", "English", "All pages, help and messages in English."),
)
_ROLES = {
    "office": Words("Kantor kecamatan atau kelurahan", "A district or village office"),
    "headquarters": Words("Pusat (dinas)", "Headquarters (agency)"),
}
_BY_KEYS = Qt.FocusReason.TabFocusReason


class Step(QWidget):
    """A step: its words, where the cursor begins, and what is still missing. What is answered goes into `so_far` at once."""

    changed = Signal()
    shows = Signal(QWidget)
    entered = Signal()  # Enter on the last thing asked: on
    heading = ""
    sentence = ""

    def __init__(self, so_far: SoFar) -> None:
        super().__init__()
        self.so_far = so_far
        self.first: QWidget = self
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.current().px(3))

    def missing(self) -> tuple[Words, QWidget] | None:
        """What must be answered first, and where."""
        return None


class LanguageStep(Step):
    """Which language; the words change with the choice."""

    spoken = Signal(str)
    heading = "Bahasa apa yang dipakai? / Which language?"

    def __init__(self, so_far: SoFar) -> None:
        super().__init__(so_far)
        self.sentence = tr("Bisa diganti kapan saja.", "It can be changed at any time.")
        for code, name, sentence in LANGUAGES:
            card = WayCard("translate", name, sentence, f"start_language_{code}")
            card.setChecked(words.language() == code)
            card.toggled.connect(partial(self._speak, code))
            card.entered.connect(self.entered)
            self.column.addWidget(card)
            if card.isChecked():
                self.first = card

    def _speak(self, code: str, on: bool) -> None:
        if on:
            self.spoken.emit(code)


class RoleStep(Step):
    """An office or headquarters, the name of who sits here, and (`ask_whose`) whose the data is."""

    def __init__(self, so_far: SoFar, *, ask_whose: bool) -> None:
        super().__init__(so_far)
        self.heading = tr("Siapa yang memakai komputer ini?", "Who uses this computer?")
        self.sentence = tr(
            "Kantor mencatat dan mengirim; Pusat menerima dari semua kantor.",
            "An office records and sends; headquarters receives from all offices.",
        )
        self.person = QLineEdit(so_far.person)
        icons = {"office": "home-city-outline", "headquarters": "office-building-outline"}
        tells = {
            "office": tr("Mencatat pekerjaan di wilayahnya.", "Records the work in its area."),
            "headquarters": tr("Mengumpulkan catatan semua kantor.", "Gathers the records of all offices."),
        }
        for role, name in _ROLES.items():
            card = WayCard(icons[role], name.say(), tells[role], f"start_role_{role}")
            card.setChecked(so_far.role == role)
            card.toggled.connect(partial(self._be, role))
            card.entered.connect(lambda: self.person.setFocus(_BY_KEYS))
            self.column.addWidget(card)
            if card.isChecked():
                self.first = card
        self.person.setObjectName("start_person")
        self.person.setAccessibleName(tr("Nama Anda", "Your name"))
        self.person.setPlaceholderText(tr("misalnya Sri Wahyuni", "for example Sri Wahyuni"))
        self.person.textChanged.connect(self._called)
        self.person.returnPressed.connect(self.entered)
        label = Label(
            tr("Nama Anda, untuk dicatat pada setiap perubahan", "Your name, kept with every change"), "label"
        )
        label.setBuddy(self.person)
        self.column.addWidget(label)
        self.column.addWidget(self.person)
        if ask_whose:
            self._ask_whose()

    def missing(self) -> tuple[Words, QWidget] | None:
        """See `Step.missing`."""
        if self.so_far.person.strip():
            return None
        return Words("Tulis dahulu nama Anda.", "Write your name first."), self.person

    def _called(self, text: str) -> None:
        self.so_far.person = text
        self.changed.emit()

    def _be(self, role: str, on: bool) -> None:
        if on and role != self.so_far.role:
            self.so_far.site_code = self.so_far.office = self.so_far.typed = ""
            self.so_far.role = role

    def _ask_whose(self) -> None:
        """Only where several accounts of one PC can share a folder."""
        mine = RadioButton(tr("Hanya saya (akun Windows ini)", "Only me (this Windows account)"))
        mine.setObjectName("start_only_me")
        all_ = RadioButton(tr("Semua yang memakai PC ini", "All who use this PC"))
        all_.setObjectName("start_for_all")
        (all_ if self.so_far.for_all else mine).setChecked(True)
        all_.toggled.connect(lambda on: setattr(self.so_far, "for_all", on))
        self._whose = QButtonGroup(self)
        self.column.addWidget(Label(tr("Data ini untuk", "The data is for"), "label"))
        for radio in (mine, all_):
            self._whose.addButton(radio)
            self.column.addWidget(radio)


class RegionStep(Step):
    """Headquarters' starter file, or the region chosen by hand, or made-up records to try it out first."""

    way_taken = Signal()
    answered = Signal()  # the one thing asked for is there: the deed is next

    def __init__(
        self, so_far: SoFar, ops: Ops, offices: Callable[[str], list[start.Office]], *, practised: bool
    ) -> None:
        super().__init__(so_far)
        self._offices, self._practised = offices, practised
        self._asks = Latest(ops, "quick", self)
        self._at_head = so_far.role == "headquarters"
        if self._at_head:
            self.heading = tr("Kota mana yang dilayani?", "Which city is it?")
            self.sentence = tr(
                "Wilayah kota ini langsung terisi.", "The city's regions are filled in at once."
            )
        else:
            self.heading = tr("Kantor mana yang memakai komputer ini?", "Which office uses this computer?")
            self.sentence = tr(
                "Dengan berkas awal, daftar lampu, taman, makam, dan pemakai langsung terisi.",
                "With a starter file the lists of lamps, parks, graves and people are filled in at once.",
            )
        self.ways: dict[str, WayCard] = {}
        if not self._at_head:
            self._starter_card()
        self._region_card()
        self._practice_card()
        if so_far.way not in self.ways:
            so_far.way = "region"
        for way, card in self.ways.items():
            card.setChecked(way == so_far.way)
            card.show_more()
            card.toggled.connect(partial(self._take_way, way))
            self.column.addWidget(card)
        self.region.setEnabled(so_far.way == "region")
        self.first = self.region if so_far.way == "region" else self.ways[so_far.way]

    def missing(self) -> tuple[Words, QWidget] | None:
        """See `Step.missing`."""
        if self.so_far.way == "region" and not self.so_far.site_code:
            return (
                Words(
                    "Pilih dulu kantornya: ketik namanya, lalu pilih dari daftar.",
                    "Choose the office first: type its name, then pick it from the list.",
                ),
                self.region,
            )
        if self.so_far.way == "starter" and self.so_far.starter is None:
            return Words("Buka dulu berkas awalnya.", "Open the starter file first."), self._open
        return None

    # ---- the cards

    def _starter_card(self) -> None:
        """Whoever has a starter file needs to answer nothing about the office."""
        card = self.ways["starter"] = WayCard(
            "file-key-outline",
            tr("Pakai berkas awal dari Pusat", "Use headquarters' starter file"),
            tr(
                "Berkas .pelita dari flashdisk atau WhatsApp.", "A .pelita file from a USB stick or WhatsApp."
            ),
            "start_way_starter",
        )
        self._told = Label("", "label", wrap=True)
        self._told.setObjectName("starter_words")
        self._open = Button(
            tr("Buka berkas awal…", "Open the starter file…"),
            "outlined",
            "folder-open-outline",
            dim="small",
            name="action_open_starter",
        )
        self._open.clicked.connect(self._ask_starter)
        card.entered.connect(self._open.click)
        row = QHBoxLayout()
        row.addWidget(self._open)
        row.addWidget(self._told, 1)
        card.asked.addLayout(row)
        self._show_starter()

    def _region_card(self) -> None:
        begin = tr("Bisa mulai hari ini.", "You can begin today.")
        follow = tr(" Berkas awal boleh menyusul.", " A starter file may follow.")
        card = self.ways["region"] = WayCard(
            "map-marker-outline",
            tr("Pilih wilayah sendiri", "Choose the region yourself"),
            begin if self._at_head else begin + follow,
            "start_way_region",
        )
        self.region = LineEditor("start_region", self._look_up)
        self.region.setText(self.so_far.typed)
        self.region.setAccessibleName(tr("Kantor mana?", "Which office?"))
        self.region.setPlaceholderText(
            tr("Ketik nama kota", "Type the name of the city")
            if self._at_head
            else tr("Ketik nama kelurahan atau kecamatan", "Type the name of a village or district")
        )
        self.region.typed.connect(self._typed)
        self.region.chosen.connect(self._chosen)
        self.region.entered.connect(self.answered)
        card.entered.connect(lambda: self.region.setFocus(_BY_KEYS))
        card.asked.addWidget(self.region)

    def _practice_card(self) -> None:
        new = tr(
            "1.000 catatan karangan, terpisah dari data kantor.",
            "1,000 made-up records, apart from the office's.",
        )
        known = tr("Lanjutkan latihan yang sudah ada.", "Go on with the practice that is there.")
        card = self.ways["practice"] = WayCard(
            "sprout-outline",
            tr("Coba dulu dengan data contoh", "Try it with made-up records first"),
            known if self._practised else new,
            "start_way_practice",
        )
        card.entered.connect(self.entered)

    def _take_way(self, way: str, on: bool) -> None:
        self.ways[way].show_more()
        if not on:
            return
        self.so_far.way = way
        self.region.setEnabled(way == "region")
        self.changed.emit()
        self.way_taken.emit()
        self.shows.emit(self.ways[way])

    # ---- the starter file

    def _ask_starter(self) -> None:
        dialog = QFileDialog(self, tr("Berkas awal dari Pusat", "Starter file from headquarters"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda file: self.take_starter(Path(file)))
        dialog.open()

    def take_starter(self, file: Path) -> None:
        """The file says which office this is: nothing else is wanted."""
        self.so_far.starter = file
        self.ways["starter"].setChecked(True)
        self._show_starter()
        self.changed.emit()
        self.answered.emit()

    def _show_starter(self) -> None:
        file = self.so_far.starter
        self._told.setText(tr(f"Berkas awal: {file.name}", f"Starter file: {file.name}") if file else "")

    # ---- the region

    def _look_up(self, text: str) -> None:
        def show(found: Sequence[start.Office]) -> None:
            fitting = [one for one in found if one.is_city == self._at_head]
            self.region.offer([Pick(one.code, one.called, one.within, one.code) for one in fitting], text)

        self._asks.run(lambda _op: self._offices(text), show)

    def _typed(self, text: str) -> None:
        self.so_far.typed, self.so_far.site_code = text, ""
        self.changed.emit()

    def _chosen(self, code: object) -> None:
        self.so_far.site_code = str(code)
        self.so_far.office = self.so_far.typed = self.region.text()
        self.changed.emit()
