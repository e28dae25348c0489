"""The components, used with mouse and keys."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.core import words
from desktop_app.ui import theme
from desktop_app.ui.tokens import LIGHT
from desktop_app.ui.widgets import (
    Button,
    Card,
    Chip,
    ElidedLabel,
    EmptyState,
    IconButton,
    Lamp,
    MenuChip,
    MessageLine,
    Pill,
    Progress,
    SearchBox,
    SectionHeading,
    paint_pill,
    paint_shape,
    pill_width,
)
from tests.ui.gallery import PILLS

LEFT = Qt.MouseButton.LeftButton


_windows: list[QWidget] = []  # qtbot itself does not keep them alive


@pytest.fixture(autouse=True)
def _light(qapp: QApplication):
    theme.apply(qapp, dark=False)
    yield
    _windows.clear()


def shown(qtbot: QtBot, *widgets: QWidget) -> QWidget:
    """The widgets in a window that has the keyboard."""
    window = QWidget()
    qtbot.addWidget(window)
    _windows.append(window)
    column = QVBoxLayout(window)
    for widget in widgets:
        column.addWidget(widget)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def inks(image: QImage) -> set[str]:
    return {
        image.pixelColor(x, y).name().upper() for x in range(image.width()) for y in range(image.height())
    }


# --- buttons


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_button_is_pressed_by_mouse_and_keys(qtbot: QtBot, key: Qt.Key):
    button = Button("Simpan & baru", "primary", name="action_save")
    shown(qtbot, button)
    with qtbot.waitSignal(button.clicked):
        qtbot.mouseClick(button, LEFT)
    button.setFocus()
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, key)


def test_an_ampersand_is_no_mnemonic_and_the_name_is_what_one_reads(qtbot: QtBot):
    button = Button("Simpan & baru", shortcut="Ctrl+Return")
    shown(qtbot, button)
    assert button.text() == "Simpan && baru"
    assert button.accessibleName() == "Simpan & baru"
    assert button.toolTip().startswith("Simpan & baru (Ctrl+")


def test_a_shortcut_presses_its_button_also_after_the_words_changed(qtbot: QtBot):
    button, elsewhere = Button("Baru", shortcut="Ctrl+N"), QLineEdit()
    shown(qtbot, button, elsewhere)
    elsewhere.setFocus()
    button.set_words("New")
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(elsewhere, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)


def test_an_icon_button_says_its_words_to_those_who_do_not_see_it(qtbot: QtBot):
    button = IconButton("Gandakan", "content-duplicate", shortcut="Ctrl+D")
    shown(qtbot, button)
    assert (button.text(), button.accessibleName()) == ("", "Gandakan")
    assert button.toolTip() == "Gandakan (Ctrl+D)"
    assert button.width() == button.height() == theme.current().px(8)


# --- chips


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_a_chip_switches_and_stays_as_wide(qtbot: QtBot, key: Qt.Key):
    chip = Chip("Terbuka", 1284)
    shown(qtbot, chip)
    before = chip.size()
    qtbot.mouseClick(chip, LEFT)
    assert chip.is_on()
    assert LIGHT.accent_tint in inks(chip.grab().toImage())
    assert chip.size() == before
    chip.setFocus()
    qtbot.keyClick(chip, key)
    assert not chip.is_on()
    assert (chip.accessibleName(), chip.accessibleDescription()) == ("Terbuka", "1.284")


def test_a_chip_grows_with_its_count(qtbot: QtBot):
    chip = Chip("Terbuka")
    shown(qtbot, chip)
    without = chip.sizeHint().width()
    chip.set_count(38)
    assert chip.sizeHint().width() > without
    chip.set_count(None)
    assert chip.sizeHint().width() == without
    assert chip.accessibleDescription() == ""


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)")  # said offscreen of every menu
@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Down])
def test_a_menu_chip_opens_its_choice(qtbot: QtBot, key: Qt.Key):
    chip = MenuChip("Kelurahan")
    chosen: list[str] = []
    chip.menu().addAction("Yosodadi", lambda: chosen.append("Yosodadi"))
    shown(qtbot, chip)
    chip.setFocus()
    qtbot.keyClick(chip, key)
    qtbot.waitUntil(chip.menu().isVisible)
    qtbot.keyClick(chip.menu(), Qt.Key.Key_Down)
    qtbot.keyClick(chip.menu(), Qt.Key.Key_Return)
    assert chosen == ["Yosodadi"]
    assert not chip.is_on()  # what is chosen filters only when its owner says so
    chip.set_on(True)
    assert LIGHT.accent_tint in inks(chip.grab().toImage())


# --- pills


def shape_alone(shape: str) -> bytes:
    """The shape in one colour, so that only its form can tell it from another."""
    image = QImage(24, 24, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_shape(painter, QPointF(12, 12), shape, "text")  # type: ignore[arg-type]
    painter.end()
    return bytes(image.constBits())


def test_statuses_can_be_told_without_colour():
    shapes = {shape for line in PILLS for _, _, shape in line}
    assert len(shapes) == 7
    pictures = {shape: shape_alone(shape) for shape in shapes}
    for one, other in combinations(sorted(shapes), 2):
        different = sum(a != b for a, b in zip(pictures[one], pictures[other], strict=True)) / 4
        assert different > 8, (one, other)


def test_a_pill_is_no_button(qtbot: QtBot):
    pill = Pill("Dijadwalkan", "accent", "half")
    shown(qtbot, pill)
    assert pill.focusPolicy() == Qt.FocusPolicy.NoFocus
    assert pill.accessibleName() == "Dijadwalkan"
    assert pill.size() == QSize(pill_width("Dijadwalkan"), theme.current().px(5) + 2)
    narrow = pill.width()
    pill.show_status("Menunggu konfirmasi warga", "info", "half")
    assert pill.sizeHint().width() > narrow


def test_a_pill_in_a_narrow_cell_stays_inside():
    image = QImage(120, 40, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    assert paint_pill(painter, QRect(10, 0, 60, 40), "Menunggu konfirmasi", "warn", "bars") == 60
    painter.end()
    outside = image.copy(71, 0, 49, 40)
    assert inks(outside) == {"#FFFFFF"}
    assert LIGHT.warn_tint in inks(image.copy(10, 0, 60, 40))


# --- status


@pytest.mark.parametrize(
    ("state", "ink"), [("saved", "ok"), ("saving", "text3"), ("draft", "warn"), ("failed", "bad")]
)
def test_the_lamp_always_has_dot_and_words(qtbot: QtBot, state: str, ink: str):
    lamp = Lamp()
    shown(qtbot, lamp)
    lamp.show_state(state, "Tersimpan 08.41.07")  # type: ignore[arg-type]
    assert (lamp.state(), lamp.text(), lamp.accessibleName()) == (
        state,
        "Tersimpan 08.41.07",
        "Tersimpan 08.41.07",
    )
    qtbot.waitUntil(lambda: lamp.width() == lamp.sizeHint().width())
    image = lamp.grab().toImage()
    dot = image.pixelColor(theme.current().px(1.5), lamp.height() // 2)
    assert dot.name().upper() == LIGHT[ink]
    assert lamp.sizeHint().width() > theme.current().metrics["small"].horizontalAdvance("Tersimpan 08.41.07")


def test_progress_says_what_how_much_and_how_long(qtbot: QtBot):
    progress = Progress()
    shown(qtbot, progress)
    progress.start("Membaca paket", "baris")
    assert progress.text() == ""
    progress.show_at(2234, 5880, seconds_left=40)
    assert progress.text() == "2.234 dari 5.880 baris, sisa 40 detik"
    progress.show_at(3000, 5880, seconds_left=200)
    assert progress.text().endswith(", sisa 3 menit")
    progress.show_at(12_000_000_000, 24_000_000_000)  # more than Qt's bar can count
    assert progress.text() == "12.000.000.000 dari 24.000.000.000 baris"


def test_cancel_is_said_at_once_and_once(qtbot: QtBot):
    progress = Progress()
    shown(qtbot, progress)
    progress.start("Membaca paket")
    heard: list[bool] = []
    progress.cancelled.connect(lambda: heard.append(True))
    qtbot.mouseClick(progress.cancel, LEFT)
    qtbot.mouseClick(progress.cancel, LEFT)
    assert heard == [True]
    assert progress.text() == "Membatalkan…"
    progress.start("Lagi")
    assert progress.cancel.isEnabled()


def test_progress_speaks_english_too(qtbot: QtBot):
    words.use("en")
    try:
        progress = Progress()
        shown(qtbot, progress)
        progress.show_at(2, 4, "Reading", 90)
        assert progress.text() == "2 of 4, 2 min left"
        assert progress.cancel.accessibleName() == "Cancel"
    finally:
        words.use("id")


# --- messages and headings


def test_a_message_takes_space_only_while_it_exists(qtbot: QtBot):
    line, below = MessageLine(), QLabel("di bawah")
    line.setObjectName("error_finished")
    window = shown(qtbot, line, below)
    bare = window.minimumSizeHint().height()
    line.show_message("error", "Tanggal selesai 03/11/2026 sebelum tanggal lapor 05/11/2026.")
    assert line.isVisible()
    assert window.minimumSizeHint().height() > bare
    assert (
        line.text() == line.accessibleName() == "Tanggal selesai 03/11/2026 sebelum tanggal lapor 05/11/2026."
    )
    assert LIGHT.bad in inks(line.grab().toImage())
    line.clear()
    assert not line.isVisible()
    assert line.text() == ""
    assert window.minimumSizeHint().height() == bare


def test_a_message_shows_markup_as_it_is_typed(qtbot: QtBot):
    line = MessageLine()
    shown(qtbot, line)
    line.show_message("warning", "<b>Jl. A & B</b>")
    assert line.text() == "<b>Jl. A & B</b>"
    assert line.findChild(QLabel, options=Qt.FindChildOption.FindDirectChildrenOnly) is not None
    assert all(
        label.textFormat() == Qt.TextFormat.PlainText for label in line.findChildren(QLabel) if label.text()
    )


def test_the_link_of_a_message_leads_on(qtbot: QtBot):
    line = MessageLine()
    shown(qtbot, line)
    line.show_message("warning", "Lampu ini sudah punya laporan terbuka 03/11/2026.", "Lihat")
    link = next(button for button in line.findChildren(Button) if button.isVisible())
    with qtbot.waitSignal(line.link_clicked):
        qtbot.mouseClick(link, LEFT)
    line.show_message("warning", "Tanpa tautan.")
    assert not link.isVisible()


def test_a_long_message_breaks_into_lines_and_widens_nothing(qtbot: QtBot):
    line = MessageLine()
    window = shown(qtbot, line)
    window.setFixedSize(240, 400)
    line.show_message("error", "Kalimat yang panjang sekali " * 6)
    qtbot.waitUntil(lambda: line.height() > 3 * theme.current().metrics["meta"].height())
    assert window.width() == 240


def test_a_heading_has_its_note_and_action(qtbot: QtBot):
    action = Button("Tambah baris", "quiet", "plus", dim="small")
    heading = SectionHeading("Material", "2 baris", action)
    shown(qtbot, heading)
    heading.set_note("3 baris, Rp1.610.000")
    assert [label.text() for label in heading.findChildren(QLabel)] == ["Material", "3 baris, Rp1.610.000"]
    assert action.geometry().right() == heading.rect().right()
    with qtbot.waitSignal(action.clicked):
        qtbot.mouseClick(action, LEFT)


def test_an_elided_label_gives_way_and_tells_all_in_its_tooltip(qtbot: QtBot):
    label = ElidedLabel("Dinas Perumahan dan Kawasan Permukiman Kota Metro")
    window = shown(qtbot, label)
    assert label.minimumSizeHint().width() == 0
    window.setFixedWidth(120)
    label.grab()
    assert label.toolTip() == label.text()
    window.setFixedWidth(900)
    label.grab()
    assert label.toolTip() == ""


def test_an_empty_state_shows_every_line_of_its_words(qtbot: QtBot):
    state = EmptyState("fuse", "Belum ada panel", "Satu kalimat yang cukup panjang untuk dua baris. " * 3)
    window = shown(qtbot, state)
    window.resize(700, 500)
    qtbot.waitUntil(lambda: window.width() == 700)
    for label in state.findChildren(QLabel):
        assert label.height() >= label.heightForWidth(label.width()), label.text()


def test_a_card_carries_title_note_and_content(qtbot: QtBot):
    card = Card("Kerjakan hari ini", "7 dari 14")
    card.body.addWidget(QLabel("isi"))
    shown(qtbot, card)
    card.set_note("6 dari 14")
    assert [label.text() for label in card.findChildren(QLabel)] == ["Kerjakan hari ini", "6 dari 14", "isi"]
    assert card.accessibleName() == "Kerjakan hari ini"


# --- search


def test_the_shortcut_brings_to_the_search_and_escape_clears(qtbot: QtBot):
    search, elsewhere = SearchBox("Cari nomor, jalan…"), QLineEdit()
    shown(qtbot, search, elsewhere)
    elsewhere.setFocus()
    qtbot.keyClick(elsewhere, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert search.hasFocus()
    qtbot.keyClicks(search, "jl mawar")
    assert search.text() == "jl mawar"
    with qtbot.waitSignal(search.textChanged):
        qtbot.keyClick(search, Qt.Key.Key_Escape)
    assert search.text() == ""
    assert "Ctrl+F" in search.placeholderText()
    assert search.objectName() == "search"


def test_the_cross_clears_the_search_and_is_there_only_then(qtbot: QtBot):
    search = SearchBox("Cari")
    shown(qtbot, search)
    cross = search.actions()[1]
    assert not cross.isVisible()
    qtbot.keyClicks(search, "mawar")
    assert cross.isVisible()
    cross.trigger()
    assert search.text() == ""
