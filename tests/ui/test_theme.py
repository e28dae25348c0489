"""Colours, sizes, icons, and that a switch of theme reaches everything."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desktop_app.ui import theme
from desktop_app.ui.tokens import (
    DARK,
    LIGHT,
    PRACTICE_DARK,
    PRACTICE_LIGHT,
    SHAPE_ON,
    TEXT_ON,
    TYPES,
    Colours,
)
from desktop_app.ui.widgets import Button, SearchBox

UI = Path(theme.__file__).parent
THEMES = {"light": LIGHT, "dark": DARK, "practice light": PRACTICE_LIGHT, "practice dark": PRACTICE_DARK}


@pytest.fixture(autouse=True)
def _light_again(qapp: QApplication):
    theme.apply(qapp, dark=False)
    yield
    theme.apply(qapp, dark=False)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2 between two colours."""

    def luminance(colour: str) -> float:
        parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
        red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def pairs(table: dict[str, tuple[str, ...]], colours: Colours) -> dict[tuple[str, str], float]:
    return {
        (ink, ground): contrast(colours[ink], colours[ground])
        for ink, grounds in table.items()
        for ground in grounds
    }


def test_the_formula_is_that_of_wcag():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("name", THEMES)
def test_all_text_can_be_read(name: str):
    assert {pair: ratio for pair, ratio in pairs(TEXT_ON, THEMES[name]).items() if ratio < 4.5} == {}


@pytest.mark.parametrize("name", THEMES)
def test_all_edges_that_mean_something_can_be_seen(name: str):
    assert {pair: ratio for pair, ratio in pairs(SHAPE_ON, THEMES[name]).items() if ratio < 3} == {}


def test_the_tables_of_colours_are_those_that_were_measured():
    """The design's own figures: the lowest pair of each kind, and one from the middle of its table."""
    light, dark = pairs(TEXT_ON, LIGHT), pairs(TEXT_ON, DARK)
    assert min(light, key=lambda pair: light[pair]) == ("text3", "accent_tint")
    assert min(light.values()) == pytest.approx(4.75, abs=0.006)
    assert min(dark, key=lambda pair: dark[pair]) == ("on_accent", "accent")
    assert min(dark.values()) == pytest.approx(4.66, abs=0.006)
    assert min([*pairs(SHAPE_ON, LIGHT).values(), *pairs(SHAPE_ON, DARK).values()]) == pytest.approx(
        3.14, abs=0.006
    )
    assert light["warn", "warn_tint"] == pytest.approx(5.91, abs=0.006)
    assert dark["bad", "bad_tint"] == pytest.approx(7.18, abs=0.006)


@pytest.mark.parametrize("name", THEMES)
def test_every_colour_is_written_in_full(name: str):
    tokens = vars(THEMES[name])
    assert len(tokens) == 36
    assert [token for token, value in tokens.items() if not re.fullmatch(r"#[0-9A-F]{6}", value)] == []


def test_colours_and_sizes_stand_in_the_tokens_only():
    found = [
        f"{path.relative_to(UI)}: {match}"
        for path in UI.rglob("*.py")
        if path.name != "tokens.py"
        for match in re.findall(r"[\"'#]#?[0-9A-Fa-f]{6}[\"';]", path.read_text(encoding="utf-8"))
        if match.startswith(("#", '"#', "'#"))
    ]
    assert found == []


def test_no_style_property_has_the_name_of_a_real_one():
    """`setProperty("size", …)` sets QWidget.size and dresses nothing."""
    bad = re.compile(r"(?:setProperty\(|set_state\([^)]*,\s*)[\"'](size|font|style|pos|width)[\"']")
    assert [p.name for p in UI.rglob("*.py") if bad.search(p.read_text(encoding="utf-8"))] == []


def test_sizes_grow_with_the_text(qapp: QApplication):
    normal = theme.current()
    assert normal.u == max(4, round(normal.metrics["body"].height() / 4.5))
    assert normal.fonts["body"].pointSizeF() == 10
    assert normal.px(8) == 8 * normal.u
    theme.apply(qapp, dark=False, scale=1.5)
    large = theme.current()
    assert large.fonts["body"].pointSizeF() == 15
    assert large.u > normal.u
    assert qapp.font().pointSizeF() == 15


def test_nothing_is_smaller_than_8_5_points_nor_bolder_than_semibold():
    assert min(kind.points for kind in TYPES.values()) == 8.5
    assert max(font.weight() for font in theme.current().fonts.values()) == 600


def test_the_switch_reaches_palette_sheet_and_listeners(qapp: QApplication, qtbot: QtBot):
    with qtbot.waitSignal(theme.changed):
        theme.apply(qapp, dark=True)
    assert theme.current().dark
    assert qapp.palette().window().color() == QColor(DARK.window)
    assert qapp.palette().placeholderText().color() == QColor(DARK.text3)
    assert DARK.accent in qapp.styleSheet()
    assert LIGHT.surface + ";" not in qapp.styleSheet().replace(f"color: {DARK.on_accent};", "")


def colours_of(image: QImage) -> set[str]:
    return {
        image.pixelColor(x, y).name().upper()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }


def test_an_icon_follows_the_theme_by_itself(qapp: QApplication):
    icon = theme.icon("plus", "text2")
    assert LIGHT.text2 in colours_of(icon.pixmap(32, 32).toImage())
    theme.apply(qapp, dark=True)
    seen = colours_of(icon.pixmap(32, 32).toImage())
    assert DARK.text2 in seen
    assert LIGHT.text2 not in seen


def test_the_icon_of_a_disabled_button_is_pale():
    icon = theme.icon("plus", "text2")
    assert LIGHT.disabled in colours_of(icon.pixmap(32, 32, icon.Mode.Disabled).toImage())


def test_icons_are_sharp_on_dense_screens():
    icon = theme.icon("plus", "text2")
    picture = icon.pixmap(QSize(16, 16), 2.0)
    assert (picture.width(), picture.devicePixelRatio()) == (32, 2)
    arm = [x for x in range(32) if picture.toImage().pixelColor(x, 16).alpha() > 128]
    assert len(arm) >= 14  # as large on the screen as at ratio 1: more than half of 16 px, twice as dense


def test_an_unknown_icon_is_refused(qapp: QApplication):
    with pytest.raises(KeyError):
        theme.icon("no-such-icon")


def test_the_icons_of_the_design_exist():
    wanted = """
        home-variant-outline post-lamp tree-outline grave-stone land-plots certificate-outline home-group fuse swap-vertical
        chart-box-outline cog-outline inbox-arrow-down-outline office-building-outline compare-horizontal magnify plus
        content-save-outline content-duplicate pin-outline view-column-outline export-variant
        dots-horizontal close arrow-left undo trash-can-outline chevron-down calendar-blank-outline lock-outline eye-outline
        image-multiple-outline tray-arrow-up arrow-u-left-top pencil-outline alert-circle alert
        pause-circle-outline clock-alert-outline calendar-clock-outline send-outline usb-flash-drive-outline email-outline
        whatsapp folder-open-outline receipt-text-outline shield-check-outline account-circle-outline backup-restore
        chat-question-outline map-marker-outline sprout-outline help-circle-outline theme-light-dark oil-lamp
    """.split()
    assert [name for name in wanted if theme.icon(name).isNull()] == []


def test_a_field_shows_its_state(qtbot: QtBot):
    field = QLineEdit("03/11/2026")
    qtbot.addWidget(field)
    field.show()
    ground = (field.width() - 8, field.height() // 2)
    assert field.grab().toImage().pixelColor(*ground).name().upper() == LIGHT.surface
    theme.set_state(field, "error")
    assert field.grab().toImage().pixelColor(*ground).name().upper() == LIGHT.bad_tint
    theme.set_state(field, "")
    assert field.grab().toImage().pixelColor(*ground).name().upper() == LIGHT.surface


def test_controls_in_a_row_are_equally_high(qtbot: QtBot):
    look = theme.current()
    for widget in (Button("Simpan", "primary"), Button("Ekspor"), QLineEdit(), SearchBox("Cari")):
        qtbot.addWidget(widget)
        widget.show()
        assert widget.height() == look.px(8), widget
    small, big = Button("Tambah", "quiet", dim="small"), Button("Kirim", "primary", dim="big")
    for widget, units in ((small, 7), (big, 11)):
        qtbot.addWidget(widget)
        widget.show()
        assert widget.height() == look.px(units)


def test_widgets_made_before_the_switch_change_with_it(qapp: QApplication, qtbot: QtBot):
    button = Button("Simpan", "primary", "content-save-outline")
    qtbot.addWidget(button)
    button.show()
    corner = (button.width() // 2, 4)
    assert button.grab().toImage().pixelColor(*corner).name().upper() == LIGHT.accent
    theme.apply(qapp, dark=True, scale=1.5)
    qapp.processEvents()
    assert button.grab().toImage().pixelColor(*corner).name().upper() == DARK.accent
    assert button.sizeHint().height() == theme.current().px(8)
