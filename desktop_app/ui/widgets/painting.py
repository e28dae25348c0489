"""Strokes that several painted components share. Lines are filled rectangles: a 1 px pen blurs at 125 %."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from desktop_app.ui import icons, theme

LEFT = Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignRight
CENTRE = Qt.AlignmentFlag.AlignHCenter


def smooth(widget: QWidget) -> QPainter:
    """A painter on `widget` with smooth edges; the caller ends it."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter


def fill(painter: QPainter, rect: QRect | QRectF, radius: float, token: str) -> None:
    """Fill a rounded rectangle with a colour token."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.current().colour(token))
    painter.drawRoundedRect(QRectF(rect), radius, radius)


def outline(painter: QPainter, rect: QRect | QRectF, radius: float, token: str, thick: float = 1) -> None:
    """Draw the border of a rounded rectangle inside `rect`, `thick` px wide."""
    half = thick / 2
    painter.setPen(QPen(theme.current().colour(token), thick))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(rect).adjusted(half, half, -half, -half), radius, radius)


def write(
    painter: QPainter,
    rect: QRect,
    words: str,
    role: str,
    token: str,
    align: Qt.AlignmentFlag = LEFT,
    elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> None:
    """Write one line of plain text, vertically centred, shortened with … when `rect` is too narrow."""
    look = theme.current()
    painter.setFont(look.fonts[role])
    painter.setPen(look.colour(token))
    shown = look.metrics[role].elidedText(words, elide, rect.width())
    flags = int(align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
    painter.drawText(rect, flags, shown)


def picture(painter: QPainter, x: float, y: float, name: str, token: str, units: float) -> None:
    """Draw the icon `name`, `units` u wide and high, with its upper left corner at (x, y)."""
    side, ratio = theme.current().px(units), icons.ratio_of(painter)
    painter.drawPixmap(QPoint(round(x), round(y)), theme.pixmap(name, token, side, ratio))


def line(painter: QPainter, rect: QRect, token: str) -> None:
    """Fill `rect` (a hairline, a bar) with a colour token."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.current().colour(token))
    painter.drawRect(rect)
