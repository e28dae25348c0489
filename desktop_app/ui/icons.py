"""Icons: Material Design Icons 6, drawn in the colours of the theme in use.

The font in `resources/icons` has only those that the program names (`packaging/icon_font.py`): a fiftieth of the whole one, which every
start would read and keep.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap

from desktop_app.place import resources

if TYPE_CHECKING:
    from desktop_app.ui.tokens import Colours

_GLYPH = 0.875  # the type size of a glyph in parts of its box: 16 -> 14, 18 -> 16, 20 -> 18 px, all crisp

_pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}
_colours: list[Colours] = []


@cache
def _family() -> str:
    """The name of the icon font, now known to Qt."""
    number = QFontDatabase.addApplicationFont(str(resources() / "icons" / "icons.ttf"))
    families = QFontDatabase.applicationFontFamilies(number)
    if not families:
        raise RuntimeError("the icon font could not be loaded: install the program again")
    return families[0]


@cache
def _letters() -> dict[str, str]:
    """The letter of the font for each icon's name."""
    lines = (resources() / "icons" / "letters.txt").read_text(encoding="ascii").splitlines()
    return {name: chr(int(letter, 16)) for name, letter in (line.split() for line in lines)}


def use(colours: Colours) -> None:
    """Draw every icon in `colours` from now on; icons already given out follow at their next painting."""
    _colours[:] = [colours]
    _pixmaps.clear()


def draw(painter: QPainter, rect: QRectF, name: str, colour: str) -> None:
    """Draw the icon `name` (without prefix) into the square `rect` in `colour` (`#RRGGBB`); KeyError if unknown."""
    font = QFont(_family())
    font.setPixelSize(max(1, round(rect.height() * _GLYPH)))
    painter.save()
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), _letters()[name])
    painter.restore()


def pixmap(name: str, role: str, side: int, ratio: float = 1.0) -> QPixmap:
    """The icon as a picture of `side` logical pixels in the colour token `role`; cached until the theme changes.

    Raises KeyError for an unknown icon or colour.
    """
    key = (name, role, side, ratio)
    found = _pixmaps.get(key)
    if found is None:
        found = QPixmap(round(side * ratio), round(side * ratio))
        found.setDevicePixelRatio(ratio)
        found.fill(Qt.GlobalColor.transparent)
        painter = QPainter(found)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        draw(painter, QRectF(0, 0, side, side), name, _colours[0][role])
        painter.end()
        _pixmaps[key] = found
    return found


def ratio_of(painter: QPainter) -> float:
    """Pixels of the screen for a logical one.

    Asked for its device, PySide would load every class that can be painted on.
    """
    return painter.combinedTransform().m11()


class _Engine(QIconEngine):
    """Looks the colour up when it paints: an icon given to a button once follows every change of theme."""

    def __init__(self, name: str, role: str) -> None:
        super().__init__()
        self._name = name
        self._role = role

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        role = "disabled" if mode == QIcon.Mode.Disabled else self._role
        side = min(rect.width(), rect.height())
        at = QPoint(rect.x() + (rect.width() - side) // 2, rect.y() + (rect.height() - side) // 2)
        painter.drawPixmap(at, pixmap(self._name, role, side, ratio_of(painter)))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, _state: QIcon.State, scale: float) -> QPixmap:
        role = "disabled" if mode == QIcon.Mode.Disabled else self._role
        return pixmap(self._name, role, min(size.width(), size.height()), scale)

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._role)


@cache
def icon(name: str, role: str = "text2") -> QIcon:
    """The icon `name` of Material Design Icons 6 in the colour token `role`; it follows the theme by itself.

    Raises KeyError when there is no such icon.
    """
    _ = _letters()[name]
    return QIcon(_Engine(name, role))
