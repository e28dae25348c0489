"""The contrast of what is really painted: of each word on the screen its ground, and the colour of its letters."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QPlainTextEdit, QWidget

from desktop_app.ui.form.picking import PickList
from desktop_app.ui.widgets import Lamp, Pill
from tests.ui.test_theme import contrast
from tests.ui.walk.looking import called, shown

TEXT, LARGE, LARGE_POINTS = 4.5, 3.0, 14
"""WCAG 2.2, 1.4.3: large is 14 pt in bold type, as our titles and figures are."""
TIMES, _SEEN_LEAST = 2, 3


def faint(top: QWidget) -> list[str]:
    """Enabled words whose letters don't stand out from their ground as they must."""
    image = enlarged(top)
    found = []
    for one in shown(top):
        if not one.isEnabled() or not _words(one):
            continue
        place = QRect(one.mapTo(top, QPoint(0, 0)), one.size()).intersected(_seen(one, top))
        inner = place.adjusted(3, 3, -3, -3)  # without border and focus ring
        if inner.width() < 8 or place.height() < one.height() or _is_covered(one, place, top):
            continue
        ground, ink, ratio = strongest(image.copy(QRect(inner.topLeft() * TIMES, inner.size() * TIMES)))
        large = one.font().pointSizeF() >= LARGE_POINTS and one.font().bold()
        if ink and ratio < (LARGE if large else TEXT):
            found.append(f"{called(one)}: {ink} on {ground} is {ratio:.2f}")
    return found


def enlarged(top: QWidget) -> QImage:
    """As on a screen of twice the density: there a letter has pixels of its full colour."""
    picture = QPixmap(top.size() * TIMES)
    picture.setDevicePixelRatio(TIMES)
    top.render(picture)
    image = picture.toImage().convertToFormat(QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(1)
    return image


def _words(widget: QWidget) -> str:
    if isinstance(widget, QLabel | QLineEdit):
        return widget.text() or getattr(widget, "placeholderText", str)()
    if isinstance(widget, QPlainTextEdit):
        return widget.toPlainText()
    if isinstance(widget, QAbstractButton) and not isinstance(widget.parentWidget(), QLineEdit):
        return widget.text() or getattr(widget, "words", str)()
    return widget.accessibleName() if isinstance(widget, Pill | Lamp) else ""


def _seen(widget: QWidget, top: QWidget) -> QRect:
    """What of a widget is not scrolled away."""
    region = widget.visibleRegion()
    return region.boundingRect().translated(widget.mapTo(top, QPoint(0, 0)))


def _is_covered(widget: QWidget, place: QRect, top: QWidget) -> bool:
    """Whether a dropped-down list lies over it: there the words of the list are seen."""
    return any(
        place.intersects(QRect(over.mapTo(top, QPoint(0, 0)), over.size()))
        for over in top.findChildren(PickList)
        if over.isVisible() and not over.isAncestorOf(widget)
    )


def strongest(image: QImage) -> tuple[str, str, float]:
    """The commonest colour, that which stands out most from it (and is no single dot), and their contrast."""
    pixels = Counter(memoryview(image.constBits()).cast("I").tolist())
    colours = {_name(pixel): count for pixel, count in pixels.items()}
    ground = max(colours, key=lambda name: colours[name])
    ink, ratio = "", 1.0
    for name, count in colours.items():
        if count >= _SEEN_LEAST and name != ground and contrast(name, ground) > ratio:
            ink, ratio = name, contrast(name, ground)
    return ground, ink, ratio


def _name(pixel: int) -> str:
    return f"#{pixel & 0xFFFFFF:06X}"
