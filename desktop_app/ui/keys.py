"""The keyboard, in one table: shortcuts are made from it, tooltips name them from it, and the sheet (Ctrl+/) shows it.

What a widget answers to in its own `keyPressEvent` (arrows, Enter, Esc) stands here too; `tests/ui/help/test_keys.py` presses every key
of the table in the real window, and fails for a shortcut in the window that is not in the table.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop_app.core.words import Words

_SHOWN = {
    "Return": Words("Enter", "Enter"),
    "Up": Words("↑", "↑"),
    "Down": Words("↓", "↓"),
    "Left": Words("←", "←"),
    "Right": Words("→", "→"),
    "Space": Words("Spasi", "Space"),
    "Del": Words("Del", "Del"),
    "PgUp": Words("PgUp", "PgUp"),
    "PgDown": Words("PgDn", "PgDn"),
}


class Key(NamedTuple):
    """One thing that keys do: the sequences as Qt writes them, and in words what they do."""

    keys: tuple[str, ...]
    words: Words

    @property
    def first(self) -> str:
        """The sequence that is named in tooltips."""
        return self.keys[0]

    def shown(self) -> list[str]:
        """The sequences as they stand on a keyboard, each once."""
        return list(dict.fromkeys(_on_the_keyboard(keys) for keys in self.keys))


def _on_the_keyboard(keys: str) -> str:
    if keys.endswith("++"):
        return keys
    return "+".join(_SHOWN[part].say() if part in _SHOWN else part for part in keys.split("+"))


def _key(keys: str, indonesian: str, english: str) -> Key:
    return Key(tuple(keys.split()), Words(indonesian, english))


HELP = _key("F1", "Bantuan untuk halaman atau isian ini", "Help for this page or field")
SHEET = _key("Ctrl+/", "Semua tombol pintas", "All shortcuts")
UNDO = _key("Ctrl+Z", "Urungkan simpan atau hapus terakhir", "Undo the last save or removal")
SEARCH = _key("Ctrl+F", "Ke kotak cari", "To the search box")
EVERYWHERE = _key("Ctrl+K", "Cari di semua data", "Search all records")
LIST_NEW = _key("Ctrl+N", "Catatan baru", "New record")
EXPORT = _key("Ctrl+E", "Ekspor ke Excel, CSV, peta", "Export to Excel, CSV, map")
RELOAD = _key("F5", "Muat ulang daftar", "Reload the list")
OPEN = _key("Return", "Buka catatan", "Open the record")
COPY = _key("Ctrl+C", "Salin baris, untuk ditempel di Excel", "Copy rows, to paste into Excel")
SELECT_ALL = _key("Ctrl+A", "Pilih semua baris", "Select all rows")
REMOVE = _key("Del", "Hapus (ditanya alasannya)", "Remove (asks why)")
MANY = _key("Ctrl+M", "Ubah semua baris yang dipilih sekaligus", "Change all selected rows at once")
SAVE = _key("Ctrl+S", "Simpan", "Save")
SAVE_NEW = _key("Ctrl+Return Ctrl+Enter", "Simpan, lalu isi yang baru", "Save and begin a new one")
FOLLOW = _key("Ctrl+L", "Buka tautan pada pesan di bawah isian", "Follow the link in the field's message")
PHOTO_PASTE = _key("Ctrl+V", "Tempel foto", "Paste a photo")
PHOTO_BACK = _key("PgUp", "Foto sebelumnya", "The photo before")
PHOTO_ON = _key("PgDown", "Foto berikutnya", "The next photo")
READ = _key("Ctrl+O", "Baca paket", "Read packages")
NEW_OFFICE = _key("Ctrl+N", "Kantor baru", "New office")
OFFICE_SAYS = _key("Alt+K", "Pakai tulisan kantor", "Take what the office wrote")
HEAD_SAYS = _key("Alt+P", "Pakai tulisan Pusat", "Take what headquarters wrote")
DECIDE = _key("Ctrl+S", "Simpan keputusan, lalu yang berikutnya", "Save the decision, then the next")

CARRY = _key("Ctrl+D", "Salin isian ini dari catatan sebelumnya", "Copy this field from the record before")
PARK = _key("Ctrl+Shift+S", "Simpan sementara, lalu isi yang baru", "Keep for later, then begin a new one")
MESSAGE = _key(
    "Ctrl+Shift+V", "Isi dari pesan WhatsApp yang disalin", "Fill in from a copied WhatsApp message"
)
BESIDE = _key(
    "Ctrl+B", "Lihat catatan yang mungkin ganda di samping", "See the possible double beside this form"
)
PIN = _key(
    "Ctrl+Shift+D", "Sematkan isian ini untuk catatan berikutnya", "Keep this field for the next records"
)

BACK = _key("Esc", "Kembali ke daftar; ketikan tetap disimpan", "Back to the list; what was typed is kept")
NEXT = _key(
    "Return Tab",
    "Ke isian berikutnya (Enter: yang masih kosong)",
    "To the next field (Enter: the next empty one)",
)
BEFORE = _key("Shift+Tab", "Ke isian sebelumnya", "To the field before")
DROP_DOWN = _key("Down F4", "Buka daftar pilihan", "Open the list of choices")
CALENDAR = _key("F4", "Buka kalender pada isian tanggal", "Open the calendar in a date field")
TICK = _key("Space", "Beri atau hapus centang", "Tick or untick")
CLEAR_SEARCH = _key("Esc", "Kosongkan kotak cari", "Empty the search box")
TO_LIST = _key("Down", "Dari kotak cari ke daftar", "From the search box into the list")
CELL_ON = _key("Return Tab", "Ke sel berikutnya", "To the next cell")
CELL_DOWN = _key("Down", "Ke baris di bawahnya", "To the line below")
CELL_UP = _key("Up", "Ke baris di atasnya", "To the line above")
LINE_REMOVE = _key("Ctrl+Del", "Hapus baris", "Remove the line")
LINE_UNDO = _key("Ctrl+Z", "Urungkan di tabel isian", "Undo in the grid")
CELL_LEAVE = _key("Esc", "Keluar dari sel; ↓ masuk lagi", "Out of the cell; ↓ goes back in")
HELP_CLOSE = _key("Esc", "Tutup bantuan", "Close the help")
HELP_BACK = _key("Alt+Left", "Halaman bantuan sebelumnya", "Back in the help")
HELP_ON = _key("Alt+Right", "Maju lagi", "Forward again")
HELP_SEARCH = _key("Ctrl+F", "Cari dalam bantuan", "Search the help")
HELP_HOME = _key("F1", "Daftar isi bantuan", "The help's contents")

GROUPS: tuple[tuple[Words, tuple[Key, ...]], ...] = (
    (Words("Di mana pun", "Everywhere"), (EVERYWHERE, HELP, SHEET, UNDO)),
    (
        Words("Di daftar", "In a list"),
        (LIST_NEW, SEARCH, TO_LIST, CLEAR_SEARCH, OPEN, COPY, SELECT_ALL, MANY, REMOVE, EXPORT, RELOAD),
    ),
    (
        Words("Di formulir", "In a form"),
        (
            NEXT,
            BEFORE,
            DROP_DOWN,
            CALENDAR,
            TICK,
            CARRY,
            PIN,
            FOLLOW,
            SAVE,
            SAVE_NEW,
            PARK,
            MESSAGE,
            BESIDE,
            BACK,
        ),
    ),
    (
        Words("Di tabel isian (material, kriteria)", "In a grid (materials, criteria)"),
        (CELL_ON, CELL_DOWN, CELL_UP, LINE_REMOVE, LINE_UNDO, CELL_LEAVE),
    ),
    (Words("Di foto", "At photos"), (PHOTO_PASTE, PHOTO_BACK, PHOTO_ON)),
    (Words("Di Pusat", "At headquarters"), (READ, NEW_OFFICE, OFFICE_SAYS, HEAD_SAYS, DECIDE)),
    (
        Words("Di jendela bantuan", "In the help window"),
        (HELP_SEARCH, HELP_HOME, HELP_BACK, HELP_ON, HELP_CLOSE),
    ),
)
"""The sheet: where a key works, and what it does there."""


def bind(key: Key, owner: QWidget, do: Callable[[], object]) -> list[QShortcut]:
    """Make the shortcuts of a key: pressed anywhere in `owner`'s window, while `owner` is shown."""
    return [QShortcut(QKeySequence(keys), owner, do) for keys in key.keys]


def tip(words: str, key: Key) -> str:
    """A tooltip that names the key: "Simpan (Ctrl+S)"."""
    return f"{words} ({key.shown()[0]})"
