"""The one place that dresses the program: style, palette, style sheet, type and icons, switched together by `apply`.

Widgets ask `current()` for colours and sizes and never write a colour or a pixel of their own. What the style sheet
distinguishes are the properties `kind`, `look`, `role`, `state` and `dim` (`size`, `font`, `style`, `pos` and `width` are
real properties of every QWidget: setting them styles nothing).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache
from typing import cast

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QIcon, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.core.declared import declared
from desktop_app.ui import icons, theme_qss
from desktop_app.ui.tokens import DARK, LIGHT, PRACTICE_DARK, PRACTICE_LIGHT, TYPES, Colours

# Segoe UI is what Windows has; the others are for Linux, nearest first. Beyond these, what the system offers.
_FAMILIES = ("Segoe UI", "Open Sans", "Noto Sans", "DejaVu Sans")
_WINDOWS_POINTS = 9.0  # the message font of Windows at a text size of 100 %


@declared
class Look:
    """A theme as it stands on this screen: colours, the unit of all sizes, and the fonts by role (see `tokens.TYPES`)."""

    dark: bool
    scale: float
    colours: Colours
    u: int
    fonts: dict[str, QFont]
    metrics: dict[str, QFontMetrics]
    practice: bool = False

    def px(self, units: float) -> int:
        """`units` of the size unit u in logical pixels."""
        return round(units * self.u)

    def colour(self, token: str) -> QColor:
        """The colour `token` as Qt wants it; KeyError when there is none."""
        return _qcolor(self.colours[token])


class _Notifier(QObject):
    changed = Signal()


_notifier = _Notifier()
changed = _notifier.changed
"""Emitted after `apply`. A widget that computes sizes connects its `restyle`; colours need nothing."""

_look: list[Look] = []


@cache
def _qcolor(value: str) -> QColor:
    return QColor(value)


def current() -> Look:
    """The look in use; the light one until `apply` was called. Needs a QApplication."""
    if not _look:
        app = QApplication.instance()
        if app is None:
            raise RuntimeError("the theme needs a QApplication")
        apply(cast(QApplication, app), dark=False)
    return _look[0]


def application(words: Sequence[str]) -> QApplication:
    """The program's QApplication, in Fusion from the beginning: to change the style later costs a fifteenth of a start."""
    app = QApplication([*words, "-style", "fusion"])
    app.setProperty("pelita_dressed", True)
    return app


def apply(app: QApplication, dark: bool, scale: float = 1.0, *, practice: bool = False) -> None:
    """Dress the whole program, now and for widgets made later.

    `scale` is the user's own text size (1.0 = 100 %); the text size set in Windows comes on top of it.
    `practice`: in the accent of practice.
    """
    light_and_dark = (PRACTICE_LIGHT, PRACTICE_DARK) if practice else (LIGHT, DARK)
    colours = light_and_dark[dark]
    factor = scale * _system_text_factor()
    family = _family()
    fonts = {role: _font(family, kind.points * factor, kind.semibold) for role, kind in TYPES.items()}
    metrics = {role: QFontMetrics(font) for role, font in fonts.items()}
    unit = max(4, round(metrics["body"].height() / 4.5))
    look = Look(dark, scale, colours, unit, fonts, metrics, practice)
    _look[:] = [look]
    icons.use(colours)
    if app.property("pelita_dressed") is None:
        app.setProperty("pelita_dressed", True)
        app.setStyle("Fusion")
    app.styleHints().setColorScheme(Qt.ColorScheme.Dark if dark else Qt.ColorScheme.Light)  # the title bar
    app.setFont(fonts["body"])
    app.setPalette(_palette(colours))
    app.setStyleSheet(theme_qss.sheet(colours, unit, factor))
    changed.emit()


def icon(name: str, role: str = "text2") -> QIcon:
    """An icon of the set (`"plus"`, without prefix) in the colour token `role`; it follows later changes of theme."""
    current()
    return icons.icon(name, role)


def pixmap(name: str, role: str, side: int, ratio: float = 1.0) -> QPixmap:
    """The same as a picture of `side` logical pixels for a screen of `ratio`, for delegates; cached, don't keep it."""
    current()
    return icons.pixmap(name, role, side, ratio)


def set_state(widget: QWidget, state: str, name: str = "state") -> None:
    """Give `widget` the property `state` (or another by `name`) and dress it anew, if that changes anything."""
    if (widget.property(name) or "") == state:
        return
    widget.setProperty(name, state)
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):  # else it has not been dressed at all yet
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        widget.update()


def _family() -> str:
    known = next((family for family in _FAMILIES if QFontDatabase.hasFamily(family)), "")
    return known or QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()


def _system_text_factor() -> float:
    """How much larger than 100 % the text of Windows is set; elsewhere 1."""
    if os.name != "nt":
        return 1.0
    points = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).pointSizeF()
    return max(1.0, points / _WINDOWS_POINTS)


def _font(family: str, points: float, semibold: bool) -> QFont:
    font = QFont(family)
    font.setPointSizeF(points)
    font.setWeight(QFont.Weight.DemiBold if semibold else QFont.Weight.Normal)
    return font


def _palette(colours: Colours) -> QPalette:
    """What Fusion paints itself: placeholders, selections, tooltips, menus, everything disabled."""
    role = QPalette.ColorRole
    palette = QPalette()
    for target, token in {
        role.Window: "window",
        role.WindowText: "text",
        role.Base: "surface",
        role.AlternateBase: "sunken",
        role.Text: "text",
        role.Button: "surface",
        role.ButtonText: "text",
        role.BrightText: "bad",
        role.PlaceholderText: "text3",
        role.Highlight: "accent",
        role.HighlightedText: "on_accent",
        role.Link: "accent_text",
        role.LinkVisited: "accent_text",
        role.ToolTipBase: "raised",
        role.ToolTipText: "text",
        role.Light: "raised",
        role.Midlight: "hairline",
        role.Mid: "border",
        role.Dark: "input",
        role.Shadow: "border",
        role.Accent: "accent",
    }.items():
        palette.setColor(target, QColor(colours[token]))
    for target in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        palette.setColor(QPalette.ColorGroup.Disabled, target, QColor(colours.disabled))
    palette.setColor(QPalette.ColorGroup.Disabled, role.Base, QColor(colours.window))
    palette.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(colours.border))
    return palette
