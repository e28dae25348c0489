"""The settings: organisation, sections, language, looks, people, backup. Every line is checked in words before it is kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop_app import __version__
from desktop_app.core.errors import KnownError
from desktop_app.core.words import Words, tr
from desktop_app.services import people, practice, settings
from desktop_app.services.context import AppContext
from desktop_app.services.settings import Entry
from desktop_app.ui import theme
from desktop_app.ui.ops import Changed, Ops
from desktop_app.ui.page import Page
from desktop_app.ui.widgets import Button, Label, MessageLine, SectionHeading
from desktop_app.ui.widgets.choices import CheckBox, ComboBox
from desktop_app.ui.working import Working

GROUPS: tuple[tuple[Words, tuple[str, ...]], ...] = (
    (Words("Tampilan", "Looks"), ("language", "dark")),
    (
        Words("Kantor", "Office"),
        (
            "site_code",
            "role",
            "office_name",
            "installation_letter",
            "organisation",
            "letterhead",
            "signatory_name",
            "signatory_nip",
        ),
    ),
    (Words("Bagian yang dipakai", "Sections in use"), ("sections",)),
    (Words("Kirim dan terima", "Sending and receiving"), ("part_megabytes", "escrow_recipient")),
    (
        Words("Wilayah dan aturan", "Region and rules"),
        (
            "responsible_agency",
            "city_code",
            "city_box",
            "city_area_ha",
            "timezone",
            "idpel_prefixes",
            "sla_hours",
            "sla_hours_max",
            "permit_validity_months",
            "stacking_min_years",
            "stacking_max",
            "hectares_method",
            "credit_road_work_to_buildings",
        ),
    ),
)
_SHORT = (
    *("site_code", "installation_letter", "city_code", "city_area_ha", "sla_hours", "sla_hours_max"),
    *("permit_validity_months", "stacking_min_years", "stacking_max", "part_megabytes", "responsible_agency"),
)
"""A code or a number: its line is not wider than what stands in it."""
AT_ONCE = ("language", "dark", "sections", "role")
"""What the whole window shows: a change dresses it anew."""


class SettingsPage(Page):
    """One column of sections. A line is kept when it is left; what can't be is told below it and stays as it was."""

    ground = "surface"

    window_changed = Signal()
    about_asked = Signal()
    practice_asked = Signal()
    practice_left = Signal()
    practice_cleared = Signal()

    def __init__(self, ctx: AppContext, ops: Ops, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx, self.ops = ctx, ops
        self._messages: dict[str, MessageLine] = {}
        self._lines: dict[str, QLineEdit] = {}
        self._row = 0
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        inner.setProperty("kind", "scrolled")
        self._grid = QGridLayout(inner)
        look = theme.current()
        self._grid.setContentsMargins(look.px(6), look.px(5), look.px(6), look.px(6))
        self._grid.setHorizontalSpacing(look.px(3))
        self._grid.setVerticalSpacing(look.px(2))
        self._grid.setColumnMinimumWidth(0, look.px(48))
        self._grid.setColumnStretch(1, 1)
        inner.setMaximumWidth(look.px(200))
        by_name = {entry.name: entry for entry in settings.ENTRIES}
        for heading, names in GROUPS:
            self._heading(heading.say())
            for name in names:
                self._entry(by_name[name])
        self._heading(tr("Petugas", "People"))
        self._people()
        self._heading(tr("Cadangan", "Backup"))
        self._backup()
        self._heading(tr("Mode latihan", "Practice"))
        self._practice()
        self._heading(tr("Tentang Pelita", "About Pelita"))
        self._about()
        self._grid.setRowStretch(self._row, 1)
        scroll.setWidget(inner)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(scroll)

    def title(self) -> str:
        """See `Page.title`."""
        return tr("Pengaturan", "Settings")

    def activate(self) -> None:
        """The cursor to the first setting."""
        first = self.findChild(QWidget, "setting_language")
        if first is not None:
            first.setFocus()

    # ---- building

    def _heading(self, words: str) -> None:
        look, heading = theme.current(), SectionHeading(words)
        heading.setContentsMargins(0, look.px(4) if self._row else 0, 0, look.px(1))
        self._grid.addWidget(heading, self._row, 0, 1, 2)
        self._row += 1

    def _add(self, label: str, editor: QWidget, name: str) -> None:
        editor.setObjectName(f"setting_{name}")
        editor.setAccessibleName(label)
        message = MessageLine()
        message.setObjectName(f"error_{name}")
        self._messages[name] = message
        self._grid.addWidget(Label(label, "label"), self._row, 0)
        self._grid.addWidget(editor, self._row, 1)
        self._grid.addWidget(message, self._row + 1, 1)
        self._row += 2

    def _entry(self, entry: Entry) -> None:
        text = entry.text(self.ctx.settings)
        if entry.name == "sections":
            self._sections(entry, text)
        elif entry.name in ("dark", "credit_road_work_to_buildings"):
            box = CheckBox(entry.words.say())
            box.setChecked(text == "true")
            box.clicked.connect(
                lambda checked, name=entry.name: self._keep(name, "true" if checked else "false")
            )
            self._add("", box, entry.name)
            box.setAccessibleName(entry.words.say())
        elif entry.choices:
            combo = ComboBox()
            for code, words in entry.choices:
                combo.addItem(words.say(), code)
            combo.setCurrentIndex(combo.findData(text))
            combo.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            combo.activated.connect(
                lambda _i, name=entry.name, combo=combo: self._keep(name, combo.currentData())
            )
            self._add(entry.words.say(), combo, entry.name)
        else:
            line = QLineEdit(text)
            line.setToolTip(entry.must_be.say())
            if entry.name in _SHORT:
                line.setFixedWidth(theme.current().px(34))
            self._lines[entry.name] = line
            line.editingFinished.connect(lambda name=entry.name, line=line: self._keep(name, line.text()))
            self._add(entry.words.say(), line, entry.name)

    def _sections(self, entry: Entry, text: str) -> None:
        chosen = set(text.split(","))
        for section in self.ctx.registry.sections:
            if section.name == "shared":
                continue
            box = CheckBox(section.label.say())
            box.setChecked(section.name in chosen)
            box.clicked.connect(self._keep_sections)
            self._add("", box, f"section_{section.name}")
            box.setAccessibleName(section.label.say())
        self._messages[entry.name] = self._messages["section_lighting"]

    def _keep_sections(self) -> None:
        names = [section.name for section in self.ctx.registry.sections if section.name != "shared"]
        boxes = {name: self.findChild(CheckBox, f"setting_section_{name}") for name in names}
        self._keep(
            "sections", ",".join(name for name, box in boxes.items() if box is not None and box.isChecked())
        )

    def _people(self) -> None:
        for name in people.people(self.ctx):
            button = Button(tr("Hapus dari daftar", "Take off the list"), "quiet", dim="small")
            button.clicked.connect(
                lambda _checked=False, name=name: self._do(lambda: people.remove(self.ctx, name), "person")
            )
            self._grid.addWidget(Label(name), self._row, 0)
            self._grid.addWidget(button, self._row, 1)
            self._row += 1
        line = QLineEdit()
        line.setPlaceholderText(tr("Nama petugas baru, lalu Enter", "Name of a new person, then Enter"))
        line.returnPressed.connect(lambda: self._do(lambda: people.add(self.ctx, line.text()), "person"))
        self._add(tr("Tambah", "Add"), line, "person")

    def _backup(self) -> None:
        """One file with everything; proven by reading it before it counts. A server's database is backed up there."""
        if not self.ctx.store.engines.is_file:
            from desktop_app.services import upkeep  # noqa: PLC0415  (an office's window needs none of it here)

            told = Label(upkeep.ON_SERVER.say(), "label", wrap=True)
            told.setObjectName("backup_on_server")
            self._grid.addWidget(told, self._row, 0, 1, 2)
            self._row += 1
            return
        documents = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        folder = documents if documents.is_dir() else Path.home()
        of_what = f"{'latihan_' if self.ctx.practice else ''}{self.ctx.settings.site_code}"
        line = QLineEdit(str(folder / f"pelita_{of_what}_{self.ctx.where().today.isoformat()}.db"))
        self._add(tr("Simpan cadangan ke", "Keep the backup in"), line, "backup")
        button = Button(
            tr("Buat cadangan", "Make a backup"), "outlined", "shield-check-outline", name="action_backup"
        )
        button.clicked.connect(lambda: self._make_backup(Path(line.text().strip())))
        self._working = Working()
        self._grid.addWidget(button, self._row, 1, Qt.AlignmentFlag.AlignLeft)
        self._grid.addWidget(self._working, self._row + 1, 1)
        self._row += 2

    def _make_backup(self, file: Path) -> None:
        from desktop_app.services import upkeep  # noqa: PLC0415  (not needed to show the settings)

        def made(_answer: object) -> None:
            self._messages["backup"].show_message(
                "hint", tr(f"Cadangan teruji: {file}", f"Backup proven: {file}")
            )
            self.ops.changed.emit(Changed(frozenset()))

        def refused(error: KnownError) -> None:
            self._messages["backup"].show_message("error", error.words.say())

        op = self.ops.run(
            lambda op: upkeep.backup(self.ctx, file, op), lane="long", owner=self, done=made, failed=refused
        )
        self._working.watch(op, Words("Membuat cadangan", "Making a backup"))

    def _practice(self) -> None:
        """Made-up records to play with, in a folder of their own; `show_practice` shows what can be done now."""
        words = Label(
            tr(
                "Berlatih dengan catatan karangan di folder tersendiri. Data kantor tidak tersentuh, tidak ada yang sampai ke"
                " Pusat.",
                "Practise with made-up records in a folder of their own. The office's records are not touched, nothing"
                " reaches headquarters.",
            ),
            "label",
            wrap=True,
        )
        self._to_practice = Button("", "outlined", "school-outline", name="action_practice")
        self._to_practice.clicked.connect(self.practice_left if self.ctx.practice else self.practice_asked)
        self._clear = Button(
            tr("Hapus data latihan…", "Delete the practice data…"),
            "danger",
            "trash-can-outline",
            name="action_clear_practice",
        )
        self._clear.clicked.connect(self.practice_cleared)
        row = QHBoxLayout()
        row.setSpacing(theme.current().px(2))
        row.addWidget(self._to_practice)
        row.addWidget(self._clear)
        row.addStretch(1)
        self._grid.addWidget(words, self._row, 0, 1, 2)
        self._grid.addLayout(row, self._row + 1, 0, 1, 2)
        self._row += 2
        self.show_practice()

    def _about(self) -> None:
        """The version, and the way to the licences."""
        button = Button(
            tr("Versi dan lisensi…", "Version and licences…"),
            "outlined",
            "information-outline",
            name="action_about",
        )
        button.clicked.connect(self.about_asked)
        self._grid.addWidget(Label(f"Pelita {__version__}"), self._row, 0)
        self._grid.addWidget(button, self._row, 1, Qt.AlignmentFlag.AlignLeft)
        self._row += 1

    def show_practice(self) -> None:
        """Whether there is practice to go on with, and to clear away."""
        there = self.ctx.practice or practice.is_there(self.ctx.place)
        if self.ctx.practice:
            words = tr("Kembali ke data kantor", "Back to the office's records")
        elif there:
            words = tr("Lanjutkan latihan…", "Go on practising…")
        else:
            words = tr("Mulai latihan…", "Begin to practise…")
        self._to_practice.set_words(words)
        self._clear.setVisible(there)

    # ---- keeping

    def _keep(self, name: str, text: str) -> None:
        old = {entry.name: entry.text(self.ctx.settings) for entry in settings.ENTRIES}[name]
        if text != old:
            self._do(lambda: settings.change(self.ctx, {name: text}), name)

    def _do(self, work: Callable[[], object], name: str) -> None:
        def kept(_answer: object) -> None:
            self._messages[name].clear()
            if name in (*AT_ONCE, "person", "office_name"):
                self.window_changed.emit()

        def refused(error: KnownError) -> None:
            self._messages[name].show_message("error", error.words.say())

        self.ops.run(lambda _op: work(), lane="write", owner=self, done=kept, failed=refused)
