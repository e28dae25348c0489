"""The components on one sheet, as in the design's picture of them, for looking at.

`python -m tests.ui.gallery FOLDER` writes it, light, dark and at 150 %, and the empty frame in the three window sizes.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop_app.core.words import Words
from desktop_app.ui import theme
from desktop_app.ui.frame import NavEntry
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.page import Page
from desktop_app.ui.tokens import Family
from desktop_app.ui.widgets import (
    Banner,
    Button,
    Card,
    Chip,
    EmptyState,
    IconButton,
    Label,
    Lamp,
    MenuChip,
    MessageLine,
    Pill,
    Progress,
    SearchBox,
    SectionHeading,
    Tab,
    TabStrip,
)
from desktop_app.ui.widgets.choices import CheckBox, ComboBox, RadioButton
from desktop_app.ui.widgets.labels import Severity
from desktop_app.ui.widgets.pill import Shape
from desktop_app.ui.widgets.status import LampState
from desktop_app.ui.widgets.stepper import Step, Stepper

PILLS: tuple[tuple[tuple[str, Family, Shape], ...], ...] = (
    (("Konsep", "info", "ring"), ("Diterima", "info", "ring"), ("Diverifikasi", "info", "half")),
    (("Dijadwalkan", "accent", "half"), ("Dikerjakan", "accent", "dot"), ("Selesai", "ok", "check")),
    (("Dikonfirmasi", "ok", "check"), ("Ditunda", "warn", "bars"), ("Diteruskan", "info", "half")),
    (("Dikembalikan", "bad", "back"), ("Ditolak", "bad", "cross")),
)


def _row(*widgets: QWidget, gap: int = 8) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(gap)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row


def _type_card() -> Card:
    card = Card("Huruf dan warna")
    for role, words in (
        ("figure", "22 Angka kartu 12"),
        ("title", "16 Judul halaman"),
        ("record", "12 Judul catatan"),
        ("section", "11 Judul bagian"),
        ("body", "10 Isian, tabel, tombol"),
        ("meta", "9 Bantuan, kepala tabel, keadaan"),
    ):
        card.body.addWidget(Label(words, role))
    card.body.addWidget(
        Banner(
            "backup-restore", "Konsep PJU-0260, Jl. Kakap, belum disimpan.", [Button("Lanjutkan", "tonal")]
        )
    )
    for family in ("info", "ok", "warn", "bad"):
        card.body.addWidget(Banner("alert-circle", f"Satu kalimat ({family}).", family=family))
    tabs = TabStrip([Tab("a", "Isian"), Tab("b", "Foto", 2), Tab("c", "Riwayat", 4), Tab("d", "Terkait", 1)])
    card.body.addWidget(tabs)
    card.body.addWidget(
        Stepper(
            [
                Step("Diterima", "done", "05/11  Sri W."),
                Step("Diverifikasi", "done", "05/11  Agus P."),
                Step("Dijadwalkan", "now", "05/11  Agus P."),
                Step("Dikerjakan", "next"),
                Step("Selesai", "next"),
            ]
        )
    )
    card.body.addWidget(SearchBox("Cari nomor, jalan, pelapor…"))
    check, radio, off = CheckBox("Pilih"), RadioButton("Satu"), CheckBox("Mati")
    check.setChecked(True)
    radio.setChecked(True)
    off.setEnabled(False)
    card.body.addLayout(_row(check, CheckBox("Kosong"), radio, RadioButton("Lain"), off))
    card.body.addStretch(1)
    return card


def _button_card() -> Card:
    card = Card("Tombol, saringan, keadaan")
    off = Button("Ekspor", icon="export-variant")
    off.setEnabled(False)
    card.body.addLayout(
        _row(
            Button("Simpan", "primary", "content-save-outline"),
            Button("Mulai kerja", "tonal", "play-outline"),
            Button("Ekspor", icon="export-variant"),
            Button("Tambah baris", "quiet", "plus"),
            Button("Hapus…", "danger", "trash-can-outline"),
            off,
            IconButton("Gandakan", "content-duplicate"),
        )
    )
    on = Chip("Terbuka", 38)
    on.setChecked(True)
    chosen = MenuChip("Nov 2026")
    chosen.set_on(True)
    card.body.addLayout(_row(on, Chip("Dikembalikan", 2), MenuChip("Kelurahan"), chosen))
    for line in (PILLS[0] + PILLS[1], PILLS[2] + PILLS[3]):
        card.body.addLayout(_row(*(Pill(*pill) for pill in line)))
    lamps = []
    states: tuple[tuple[LampState, str], ...] = (
        ("saved", "Tersimpan 08.41.07"),
        ("saving", "Menyimpan konsep…"),
        ("draft", "Konsep saja, ada kesalahan"),
        ("failed", "Gagal menulis ke disk"),
    )
    for state, words in states:
        lamp = Lamp()
        lamp.show_state(state, words)
        lamps.append(lamp)
    card.body.addLayout(_row(*lamps, gap=12))
    return card


def _field(text: str, state: str = "", look: str = "", placeholder: str = "") -> QLineEdit:
    edit = QLineEdit(text)
    edit.setProperty("state", state)
    edit.setProperty("look", look)
    edit.setPlaceholderText(placeholder)
    return edit


def _message(severity: Severity, words: str, link: str = "") -> MessageLine:
    line = MessageLine()
    line.show_message(severity, words, link)
    return line


def _form_card() -> Card:
    card = Card("Isian")
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(0)
    grid.setColumnMinimumWidth(0, theme.current().px(31))
    village = ComboBox()
    village.addItems(["Yosodadi", "Iring Mulyo"])
    village.setObjectName("focused")
    price = _field("1.250.000")
    price.setAlignment(Qt.AlignmentFlag.AlignRight)
    price.setFixedWidth(theme.current().px(40))
    off = _field("", placeholder="Tidak dipakai di kantor ini")
    off.setEnabled(False)
    locked = _field("Jl. Jenderal Sudirman, Iring Mulyo", look="derived")
    locked.addAction(theme.icon("lock-outline", "text3"), QLineEdit.ActionPosition.TrailingPosition)
    finished = _field("03/11/2026", "error")
    finished.addAction(
        theme.icon("calendar-blank-outline", "text3"), QLineEdit.ActionPosition.TrailingPosition
    )
    finished.setFixedWidth(theme.current().px(34))
    rows: tuple[tuple[str, QWidget, QWidget | None], ...] = (
        ("Kelurahan", village, None),
        ("Harga satuan", price, _message("hint", "Ditulis seperti di slip. Titik dan koma dimengerti.")),
        (
            "Lampu",
            _field("PJU-0042", "warning"),
            _message("warning", "Lampu ini sudah punya laporan terbuka 03/11/2026.", "Lihat"),
        ),
        (
            "Selesai",
            finished,
            _message("error", "Tanggal selesai 03/11/2026 sebelum tanggal lapor 05/11/2026."),
        ),
        ("Tempat", locked, None),
        ("No. gardu", off, None),
    )
    for number, (label, editor, message) in enumerate(rows):
        grid.addWidget(Label(label, "label"), 2 * number, 0)
        grid.addWidget(editor, 2 * number, 1)
        grid.setRowMinimumHeight(2 * number, theme.current().px(10))
        if message is not None:
            grid.addWidget(message, 2 * number + 1, 1)
    card.body.addLayout(grid)
    card.body.addWidget(
        SectionHeading(
            "Material", "2 baris, Rp1.610.000", Button("Tambah baris", "quiet", "plus", dim="small")
        )
    )
    return card


def _work_card() -> Card:
    card = Card("Kerja panjang")
    progress = Progress()
    progress.start("", "baris")
    progress.show_at(2234, 5880, "Membaca paket Kec. Metro Utara", 40)
    card.body.addWidget(progress)
    return card


def sheet() -> QWidget:
    """The sheet with every component."""
    page = QWidget()
    page.resize(1366, 768)
    columns = QHBoxLayout(page)
    columns.setContentsMargins(24, 20, 24, 20)
    columns.setSpacing(20)
    columns.addWidget(_type_card(), 5)
    right = QVBoxLayout()
    right.setSpacing(16)
    for card in (_button_card(), _form_card(), _work_card()):
        right.addWidget(card)
    columns.addLayout(right, 8)
    return page


ENTRIES = (
    NavEntry("home", Words("Beranda", "Home"), "home-variant-outline"),
    NavEntry(
        "lighting",
        Words("Penerangan Jalan", "Streetlights"),
        "post-lamp",
        Words("Lampu", "Lamps"),
        (
            NavEntry("repair", Words("Perbaikan", "Repairs"), count=38),
            NavEntry("point", Words("Titik lampu", "Light points")),
            NavEntry("panel", Words("Panel", "Panels")),
        ),
    ),
    NavEntry(
        "parks",
        Words("Taman", "Parks"),
        "tree-outline",
        None,
        (NavEntry("park_work", Words("Pekerjaan", "Work")), NavEntry("park", Words("Taman", "Parks"))),
    ),
    NavEntry(
        "cemeteries",
        Words("Pemakaman", "Cemeteries"),
        "grave-stone",
        Words("Makam", "Graves"),
        (NavEntry("burial", Words("Pemakaman", "Burials")), NavEntry("plot", Words("Petak", "Plots"))),
    ),
    NavEntry(
        "slums",
        Words("Kawasan Kumuh", "Slum areas"),
        "home-group",
        Words("Kumuh", "Slums"),
        (
            NavEntry("unit", Words("Lokasi", "Sites")),
            NavEntry("decree", Words("SK & target", "Decrees & targets")),
        ),
    ),
    NavEntry(
        "send", Words("Kirim & Terima", "Send & receive"), "swap-vertical", Words("Kirim", "Send"), apart=True
    ),
    NavEntry("reports", Words("Laporan", "Reports"), "chart-box-outline"),
    NavEntry("settings", Words("Pengaturan", "Settings"), "cog-outline", Words("Setelan", "Settings")),
)


class EmptyPage(Page):
    """A list without records."""

    ground = "surface"

    def __init__(self) -> None:
        super().__init__()
        self._search = SearchBox("Cari kode, nama, alamat…")
        off = Button("Ekspor", icon="export-variant", shortcut="Ctrl+E", name="action_export")
        off.setEnabled(False)
        self._buttons = (off, Button("Baru", "primary", "plus", shortcut="Ctrl+N", name="action_new"))
        self.fits: list[tuple[bool, bool]] = []
        column = QVBoxLayout(self)
        column.addWidget(
            EmptyState(
                "fuse",
                "Belum ada panel",
                "Mulai dengan panel pertama, atau salin dari Excel yang sudah ada. Lampu boleh dicatat tanpa panel.",
                [
                    Button("Panel baru", "primary", "plus"),
                    Button("Impor dari Excel…", icon="file-excel-outline"),
                ],
            )
        )

    def title(self) -> str:
        return "Perbaikan lampu"

    def search(self) -> SearchBox:
        return self._search

    def header_widgets(self) -> tuple[QWidget, ...]:
        return self._buttons

    def fit(self, wide: bool, tall: bool) -> None:
        self.fits.append((wide, tall))


def frame() -> MainWindow:
    """The window with an empty page and a full status bar."""
    window = MainWindow(ENTRIES, "Kec. Metro Timur")
    for key in ("home", "repair", "point", "panel"):
        window.register(key, EmptyPage)
    window.open_page("repair")
    window.set_count("send", 12)
    window.set_count("home", 2, urgent=True)
    window.set_saved("saved", "Tersimpan 08.41.07")
    window.set_undo("Urungkan simpan terakhir")
    window.set_status(
        "12 belum terkirim", "Tanda terima No. 46, 29 Okt", "Cadangan teruji 04 Nov", "Sri Wahyuni"
    )
    return window


def picture(widget: QWidget, path: Path, focus: str = "") -> None:
    """Show `widget` with the focus on the part named `focus` and write what is seen to `path`."""
    widget.show()
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.setActiveWindow(widget)
    app.processEvents()
    target = widget.findChild(QWidget, focus) if focus else None
    (target or widget).setFocus()
    app.processEvents()
    widget.grab().save(str(path))


def main(folder: Path) -> None:
    """Write all pictures into `folder`."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    folder.mkdir(parents=True, exist_ok=True)
    for name, dark, scale in (("light", False, 1.0), ("dark", True, 1.0), ("150", False, 1.5)):
        theme.apply(app, dark, scale)
        page = sheet()
        picture(page, folder / f"components-{name}.png", "focused")
        page.close()
        for size in ((1366, 768), (1024, 768), (1093, 560)):
            window = frame()
            window.resize(*size)
            picture(window, folder / f"frame-{size[0]}-{name}.png", "search")
            window.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
