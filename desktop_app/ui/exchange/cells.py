"""What stands in the cells of the small tables of sending and receiving; each paints itself and says itself in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from desktop_app.ui import theme
from desktop_app.ui.tokens import Family
from desktop_app.ui.widgets import paint_pill, painting, pill_width
from desktop_app.ui.widgets.pill import Shape

Week = Literal["on_time", "late", "missing", "none"]
_RIGHT = painting.RIGHT


class Cell(Protocol):
    """One cell: `text` is what is read out and searched."""

    @property
    def text(self) -> str:
        """The cell in words."""

    def wanted(self) -> int:
        """The width in px that shows all of it."""

    def paint(self, painter: QPainter, box: QRect, *, right: bool) -> None:
        """Paint it into a box that has no margins any more."""


@dataclass(frozen=True)
class Plain:
    """Words in a colour token; `second` stands small below them."""

    text: str
    second: str = ""
    tone: str = "text"
    role: str = "body"

    def wanted(self) -> int:
        """See `Cell.wanted`."""
        metrics = theme.current().metrics
        return (
            max(
                metrics[self.role].horizontalAdvance(self.text),
                metrics["meta"].horizontalAdvance(self.second),
            )
            + 1
        )

    def paint(self, painter: QPainter, box: QRect, *, right: bool) -> None:
        """See `Cell.paint`."""
        align = _RIGHT if right else painting.LEFT
        if not self.second:
            painting.write(painter, box, self.text, self.role, self.tone, align)
            return
        look = theme.current()
        first, below = look.metrics[self.role].height(), look.metrics["meta"].height()
        top = box.y() + (box.height() - first - below) // 2
        painting.write(
            painter, QRect(box.x(), top, box.width(), first), self.text, self.role, self.tone, align
        )
        painting.write(
            painter, QRect(box.x(), top + first, box.width(), below), self.second, "meta", "text3", align
        )


@dataclass(frozen=True)
class Status:
    """A pill."""

    text: str
    family: Family
    shape: Shape

    def wanted(self) -> int:
        """See `Cell.wanted`."""
        return pill_width(self.text, self.shape)

    def paint(self, painter: QPainter, box: QRect, *, right: bool) -> None:  # noqa: ARG002
        """See `Cell.paint`."""
        paint_pill(painter, box, self.text, self.family, self.shape)


@dataclass(frozen=True)
class Weeks:
    """Twelve squares, the oldest first."""

    weeks: Sequence[Week]
    text: str

    def wanted(self) -> int:
        """See `Cell.wanted`."""
        return len(self.weeks) * _step()

    def paint(self, painter: QPainter, box: QRect, *, right: bool) -> None:  # noqa: ARG002
        """See `Cell.paint`."""
        side = _side()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, week in enumerate(self.weeks):
            left = box.x() + place * _step()
            if left + side > box.right() + 1:
                break
            paint_week(painter, QRect(left, box.y() + (box.height() - side) // 2, side, side), week)
        painter.restore()


def _side() -> int:
    return theme.current().px(2.5)


def _step() -> int:
    return _side() + theme.current().px(0.75)


def paint_week(painter: QPainter, square: QRect, week: Week) -> None:
    """Full: on time. Pale with an outline: late. Crossed: missing. Empty: nothing due or nothing came."""
    radius = theme.current().u * 0.5
    if week == "on_time":
        painting.fill(painter, square, radius, "bar")
        return
    if week == "late":
        painting.fill(painter, square, radius, "bar_soft")
        painting.outline(painter, square, radius, "bar")
    elif week == "missing":
        painting.fill(painter, square, radius, "bad_tint")
        painting.outline(painter, square, radius, "bad")
        painter.setPen(QPen(theme.current().colour("bad"), 1.4))
        inner = QRectF(square).adjusted(3, 3, -3, -3)
        painter.drawLine(inner.topLeft(), inner.bottomRight())
        painter.drawLine(inner.bottomLeft(), inner.topRight())
    else:
        painting.outline(painter, square, radius, "border")


@dataclass(frozen=True)
class Stop:
    """One station on the way of a package: done, or waited for."""

    label: str
    note: str
    done: bool


@dataclass(frozen=True)
class Journey:
    """Made, sent, receipt: a line with stations; what is waited for is dashed and amber."""

    stops: Sequence[Stop]

    @property
    def text(self) -> str:
        """The way in words."""
        return ", ".join(f"{stop.label} {stop.note}".strip() for stop in self.stops)

    def wanted(self) -> int:
        """See `Cell.wanted`."""
        metrics = theme.current().metrics["meta"]
        widest = max(metrics.horizontalAdvance(f"{stop.label}  {stop.note}") for stop in self.stops)
        return (widest + theme.current().px(3)) * len(self.stops)

    def paint(self, painter: QPainter, box: QRect, *, right: bool) -> None:  # noqa: ARG002
        """See `Cell.paint`."""
        look = theme.current()
        side, each = look.px(3), box.width() // len(self.stops)
        middle = box.y() + round(box.height() * 0.33)
        words_at = middle + side // 2
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, stop in enumerate(self.stops):
            x = box.x() + place * each
            if place + 1 < len(self.stops):
                self._line(painter, x + side + 2, x + each - 2, middle, done=self.stops[place + 1].done)
            circle = QRect(x, middle - side // 2, side, side)
            if stop.done:
                painting.fill(painter, circle, side / 2, "ok")
                painting.picture(
                    painter,
                    x + side / 2 - look.px(1.25),
                    middle - look.px(1.25),
                    "check-bold",
                    "surface",
                    2.5,
                )
            else:
                painting.outline(painter, circle, side / 2, "warn", 2)
            room = QRect(x, words_at, each - look.px(2), box.bottom() - words_at)
            role, tone = ("meta", "text2") if stop.done else ("small", "warn")
            painting.write(painter, room, f"{stop.label}  {stop.note}", role, tone)
        painter.restore()

    @staticmethod
    def _line(painter: QPainter, left: int, right: int, middle: int, *, done: bool) -> None:
        if done:
            painting.line(painter, QRect(left, middle - 1, right - left, 2), "ok")
            return
        pen = QPen(theme.current().colour("input"), 1.5, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawLine(QPointF(left, middle), QPointF(right, middle))
