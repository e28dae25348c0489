"""What something is: status pills with a painted shape (they read without colour), and count badges.

The paint functions serve table delegates too.
"""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.core.show import number
from desktop_app.ui import theme
from desktop_app.ui.tokens import Family
from desktop_app.ui.widgets import painting

Shape = Literal["ring", "half", "dot", "check", "bars", "back", "cross", ""]


def pill_height() -> int:
    """The height of a pill in px."""
    return theme.current().px(5) + 2


def pill_width(words: str, shape: Shape = "ring") -> int:
    """The width in px a pill wants for these words."""
    look = theme.current()
    return look.metrics["small"].horizontalAdvance(words) + look.px(8.5 if shape else 5)


def paint_pill(painter: QPainter, rect: QRect, words: str, family: Family, shape: Shape) -> int:
    """Paint a pill at the left of `rect`, vertically centred, shortened when `rect` is too narrow. Returns its width."""
    look = theme.current()
    width, height = min(pill_width(words, shape), rect.width()), pill_height()
    box = QRect(rect.x(), rect.y() + (rect.height() - height) // 2, width, height)
    ink = "accent_text" if family == "accent" else family
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painting.fill(painter, box, height / 2, f"{family}_tint")
    lead = look.px(5.5 if shape else 2.5)
    if shape:
        paint_shape(painter, QPointF(box.x() + look.px(3), box.y() + height / 2), shape, ink)
    painting.write(painter, box.adjusted(lead, 0, -look.px(2), 0), words, "small", ink)
    painter.restore()
    return width


def paint_shape(painter: QPainter, centre: QPointF, shape: Shape, token: str) -> None:
    """Paint a status shape about 2.5 u wide around `centre`."""
    colour = theme.current().colour(token)
    unit = theme.current().u / 4  # one px at 100 %
    painter.save()
    painter.translate(centre)
    painter.scale(unit, unit)
    pen = QPen(colour, 1.6)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if shape in ("ring", "half"):
        painter.drawEllipse(QPointF(0, 0), 4.2, 4.2)
    if shape in ("half", "dot"):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        if shape == "dot":
            painter.drawEllipse(QPointF(0, 0), 4.8, 4.8)
        else:
            painter.drawPie(QRectF(-4.2, -4.2, 8.4, 8.4), -90 * 16, 180 * 16)
    pen.setWidthF(2)
    if shape in ("check", "back", "cross"):
        painter.setPen(pen)
    if shape == "check":
        painter.drawPolyline(QPolygonF([QPointF(-4.5, 0.2), QPointF(-1.5, 3.2), QPointF(4.5, -3.2)]))
    elif shape == "cross":
        painter.drawLine(QPointF(-3.4, -3.4), QPointF(3.4, 3.4))
        painter.drawLine(QPointF(-3.4, 3.4), QPointF(3.4, -3.4))
    elif shape == "bars":
        painter.fillRect(QRectF(-3, -4, 2, 8), colour)
        painter.fillRect(QRectF(1, -4, 2, 8), colour)
    elif shape == "back":
        painter.drawPolyline(QPolygonF([QPointF(-1.8, -4), QPointF(-4.6, -1.2), QPointF(-1.8, 1.6)]))
        painter.drawPolyline(QPolygonF([QPointF(-4.4, -1.2), QPointF(1.8, -1.2)]))
        painter.drawArc(QRectF(-0.8, -1.2, 5.2, 5.2), -90 * 16, 180 * 16)
        painter.drawLine(QPointF(1.8, 4), QPointF(-0.6, 4))
    painter.restore()


def badge_width(count: int) -> int:
    """The width in px of a count badge."""
    look = theme.current()
    return max(look.px(5) - 2, look.metrics["small"].horizontalAdvance(number(count)) + look.px(3))


def paint_badge(
    painter: QPainter, right: int, middle: int, count: int, *, urgent: bool, chosen: bool
) -> None:
    """Paint a count whose right end is at `right`, centred on the line `middle`; on a chosen row it stands on white."""
    look = theme.current()
    width, height = badge_width(count), look.px(4.5)
    box = QRect(right - width, middle - height // 2, width, height)
    ground = "surface" if chosen else "bad_tint" if urgent else "pressed"
    painting.fill(painter, box, height / 2, ground)
    painting.write(painter, box, number(count), "small", "bad" if urgent else "text2", painting.CENTRE)


class Pill(QWidget):
    """A status as a widget. It is no button: no border, no hover, no focus."""

    def __init__(self, words: str, family: Family, shape: Shape, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_status(words, family, shape)
        theme.changed.connect(self.updateGeometry)

    def show_status(self, words: str, family: Family, shape: Shape) -> None:
        """Change what it says."""
        self._words, self._family, self._shape = words, family, shape
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its words."""
        return QSize(pill_width(self._words, self._shape), pill_height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        paint_pill(painter, self.rect(), self._words, self._family, self._shape)
        painter.end()
