"""Components by which one moves about: tabs, steps, navigation, table head, and the focus on all of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import get_args

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage, QStandardItemModel
from PySide6.QtWidgets import QApplication, QLineEdit, QTableView, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui import theme
from desktop_app.ui.tokens import LIGHT
from desktop_app.ui.widgets import (
    Button,
    Chip,
    IconButton,
    MenuChip,
    NavButton,
    QuietHeader,
    RailButton,
    SearchBox,
    Tab,
    TabStrip,
)
from desktop_app.ui.widgets.buttons import Kind
from desktop_app.ui.widgets.choices import CheckBox, ComboBox, RadioButton
from desktop_app.ui.widgets.stepper import Step, Stepper

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


# --- tabs and steps


def test_tabs_are_chosen_by_mouse_and_arrows(qtbot: QtBot):
    tabs = TabStrip([Tab("form", "Isian"), Tab("photos", "Foto", 2), Tab("history", "Riwayat & jejak", 4)])
    shown(qtbot, tabs)
    assert tabs.chosen_key() == "form"
    with qtbot.waitSignal(tabs.chosen) as heard:
        qtbot.mouseClick(tabs, LEFT, pos=tabs.tabRect(1).center())
    assert heard.args == ["photos"]
    tabs.setFocus()
    with qtbot.waitSignal(tabs.chosen) as heard:
        qtbot.keyClick(tabs, Qt.Key.Key_Right)
    assert heard.args == ["history"]
    assert [tabs.accessibleTabName(n) for n in range(3)] == ["Isian", "Foto  2", "Riwayat & jejak  4"]


def test_a_tab_chosen_by_the_program_is_not_told(qtbot: QtBot):
    tabs = TabStrip([Tab("form", "Isian"), Tab("photos", "Foto")])
    shown(qtbot, tabs)
    with qtbot.assertNotEmitted(tabs.chosen):
        tabs.choose("photos")
        tabs.set_tabs([Tab("a", "A"), Tab("b", "B"), Tab("c", "C")])
        tabs.set_tabs([])
        tabs.set_tabs([Tab("z", "Z")])
    assert tabs.chosen_key() == "z"
    with pytest.raises(KeyError):
        tabs.choose("photos")


def test_a_count_makes_room_for_itself(qtbot: QtBot):
    tabs = TabStrip([Tab("form", "Isian"), Tab("photos", "Foto")])
    shown(qtbot, tabs)
    before = tabs.tabRect(1).width()
    tabs.set_count("photos", 12)
    assert tabs.tabRect(1).width() > before


def test_steps_say_in_words_how_far_it_is(qtbot: QtBot):
    stepper = Stepper(
        [Step("Diterima", "done", "05/11  Sri W."), Step("Dijadwalkan", "now"), Step("Selesai", "next")]
    )
    shown(qtbot, stepper)
    assert (
        stepper.accessibleName() == "Diterima: selesai 05/11  Sri W., Dijadwalkan: sekarang, Selesai: belum"
    )
    image = stepper.grab().toImage()
    assert image.pixelColor(theme.current().px(2), 2).name().upper() == LIGHT.accent
    six = Stepper([Step("Menunggu konfirmasi", "next")] * 6)
    assert six.minimumSizeHint().width() <= 6 * theme.current().px(9)


# --- navigation


def test_an_entry_of_the_navigation_speaks_and_is_used_by_keys(qtbot: QtBot):
    entry = NavButton("Perbaikan", name="nav_repair")
    shown(qtbot, entry)
    entry.set_count(38)
    assert (entry.accessibleName(), entry.accessibleDescription()) == ("Perbaikan", "38 catatan")
    entry.setFocus()
    with qtbot.waitSignal(entry.clicked):
        qtbot.keyClick(entry, Qt.Key.Key_Return)
    with qtbot.waitSignal(entry.step) as heard:
        qtbot.keyClick(entry, Qt.Key.Key_Down)
    assert heard.args == [1]
    entry.set_count(0)
    assert entry.count() is None


def test_a_group_says_whether_it_is_folded(qtbot: QtBot):
    group = NavButton("Taman", "tree-outline", group=True)
    shown(qtbot, group)
    assert group.accessibleName() == "Taman, terlipat"
    group.set_open(True)
    assert group.accessibleName() == "Taman, terbuka"
    with qtbot.waitSignal(group.fold) as heard:
        qtbot.keyClick(group, Qt.Key.Key_Left)
    assert heard.args == [False]


def test_only_an_urgent_count_puts_a_dot_on_the_rail(qtbot: QtBot):
    entry = RailButton("Beranda", "Beranda", "home-variant-outline")
    shown(qtbot, entry)
    entry.set_count(38)
    assert LIGHT.bad not in inks(entry.grab().toImage())
    entry.set_count(2, urgent=True)
    assert LIGHT.bad in inks(entry.grab().toImage())


# --- table head


def two_columns() -> QStandardItemModel:
    """Two columns, the second of numbers."""
    model = QStandardItemModel(1, 2)
    model.setHorizontalHeaderLabels(["Lapor", "Jumlah"])
    model.horizontalHeaderItem(1).setTextAlignment(
        Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    )
    return model


def span(image: QImage, left: int, right: int) -> tuple[int, int]:
    """From where to where something is written between two x, the line below left out."""
    ground = QColor(LIGHT.surface)
    hit = [
        x
        for x in range(left, right)
        for y in range(4, image.height() - 4)
        if image.pixelColor(x, y) != ground
    ]
    return min(hit), max(hit)


def test_the_table_head_stands_over_its_cells_with_the_arrow_beside_the_word(qtbot: QtBot):
    table, model = QTableView(), two_columns()
    head = QuietHeader()
    table.setHorizontalHeader(head)
    table.setModel(model)
    table.setSortingEnabled(True)
    shown(qtbot, table).resize(500, 300)
    qtbot.waitUntil(lambda: head.width() > 320)
    pad = theme.current().px(2)
    for section in (0, 1):
        head.resizeSection(section, 150)
    head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
    assert head.height() == theme.current().px(8)
    plain = head.grab().toImage()
    assert span(plain, 0, 150)[0] in range(pad, pad + 4)
    assert 300 - span(plain, 150, 300)[1] in range(pad, pad + 5)
    word = span(plain, 0, 150)[1]
    with qtbot.waitSignal(head.sortIndicatorChanged):
        qtbot.mouseClick(head.viewport(), LEFT, pos=QPoint(40, head.height() // 2))
    arrow = span(head.grab().toImage(), 0, 150)[1]
    assert word < arrow < word + theme.current().px(6)


# --- focus


def _combo() -> ComboBox:
    combo = ComboBox()
    combo.addItems(["Yosodadi", "Iring Mulyo"])
    return combo


def _checked(box: CheckBox | RadioButton) -> QWidget:
    box.setChecked(True)
    return box


FOCUSABLE: dict[str, Callable[[], QWidget]] = {
    **{kind: partial(Button, "Simpan", kind) for kind in get_args(Kind) if kind != "icon"},
    "small": lambda: Button("Simpan", dim="small"),
    "big": lambda: Button("Kirim", "primary", dim="big"),
    "icon": lambda: IconButton("Gandakan", "content-duplicate"),
    "chip": lambda: Chip("Terbuka", 3),
    "menu chip": lambda: MenuChip("Kelurahan"),
    "field": lambda: QLineEdit("PJU-0042"),
    "search": lambda: SearchBox("Cari"),
    "combo": _combo,
    "check": lambda: CheckBox("Pilih"),
    "checked": lambda: _checked(CheckBox("Pilih")),
    "radio": lambda: RadioButton("Satu"),
    "radio on": lambda: _checked(RadioButton("Satu")),
    "tabs": lambda: TabStrip([Tab("a", "Isian"), Tab("b", "Foto")]),
    "nav": lambda: NavButton("Beranda", "home-variant-outline"),
    "rail": lambda: RailButton("Beranda", "Beranda", "home-variant-outline"),
}


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("name", FOCUSABLE)
def test_the_focus_is_seen_and_moves_nothing(qtbot: QtBot, qapp: QApplication, name: str, dark: bool):
    theme.apply(qapp, dark=dark)
    widget, other = FOCUSABLE[name](), QLineEdit()
    window = shown(qtbot, widget, other)
    window.resize(400, window.height())
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    before, size, hint = widget.grab().toImage(), widget.geometry(), widget.sizeHint()
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(widget.hasFocus)
    qapp.processEvents()
    after = widget.grab().toImage()
    look = theme.current()
    ring = {look.colours.focus, look.colours.text, look.colours.bad}
    changed = {
        after.pixelColor(x, y).name().upper()
        for x in range(after.width())
        for y in range(after.height())
        if after.pixelColor(x, y) != before.pixelColor(x, y)
    }
    assert changed & ring, changed
    assert (widget.geometry(), widget.sizeHint()) == (size, hint)
