"""The life cycle of a record as a row of steps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.core.words import Words
from desktop_app.ui import theme
from desktop_app.ui.widgets import painting
from desktop_app.ui.widgets.pill import paint_shape

StepState = Literal["done", "now", "next"]

_SPOKEN = {
    "done": Words("selesai", "done"),
    "now": Words("sekarang", "now"),
    "next": Words("belum", "to come"),
}


class Step(NamedTuple):
    """One step: its words, how far it is, and when and who ("05/11  Sri W.")."""

    words: str
    state: StepState
    note: str = ""


class Stepper(QWidget):
    """Filled with a check = done, ring and dot = now, empty = to come."""

    def __init__(self, steps: Sequence[Step] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_steps(steps)
        theme.changed.connect(self.updateGeometry)

    def show_steps(self, steps: Sequence[Step]) -> None:
        """Replace the steps."""
        self._steps = tuple(steps)
        spoken = (f"{step.words}: {_SPOKEN[step.state].say()} {step.note}".strip() for step in self._steps)
        self.setAccessibleName(", ".join(spoken))
        self.setToolTip("\n".join(f"{step.words}  {step.note}".strip() for step in self._steps))
        self.update()

    def sizeHint(self) -> QSize:
        """Wide enough for the words, 11.5u high."""
        look = theme.current()
        widest = max((look.metrics["small"].horizontalAdvance(step.words) for step in self._steps), default=0)
        return QSize((widest + look.px(2)) * len(self._steps), self.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Words are shortened before the stepper makes a page wider."""
        look = theme.current()
        return QSize(look.px(9) * len(self._steps), look.px(4.5) + 2 * look.metrics["meta"].height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint marks, lines and words, a column a step."""
        if not self._steps:
            return
        painter = painting.smooth(self)
        pitch = self.width() / len(self._steps)
        for number, step in enumerate(self._steps):
            left = round(number * pitch)
            if number + 1 < len(self._steps):
                self._paint_line(painter, left, round((number + 1) * pitch), step)
            self._paint_mark(painter, left, step.state)
            self._paint_words(
                painter, QRect(left, 0, round(pitch) - theme.current().px(1), self.height()), step
            )
        painter.end()

    def _paint_line(self, painter: QPainter, left: int, right: int, step: Step) -> None:
        look = theme.current()
        start, end = left + look.px(5), right - look.px(0.5)
        token = "accent" if step.state == "done" else "pressed"
        painting.line(painter, QRect(start, look.px(2) - 1, end - start, 2), token)

    def _paint_mark(self, painter: QPainter, left: int, state: StepState) -> None:
        look = theme.current()
        side = look.px(4)
        box = QRectF(left, 0, side, side).adjusted(0.75, 0.75, -0.75, -0.75)
        if state == "done":
            painting.fill(painter, QRectF(left, 0, side, side), side / 2, "accent")
            paint_shape(painter, QPointF(left + side / 2, side / 2), "check", "on_accent")
            return
        painter.setPen(QPen(look.colour("focus" if state == "now" else "input"), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(box)
        if state == "now":
            painting.fill(
                painter, box.adjusted(*(look.px(1) * sign for sign in (1, 1, -1, -1))), side, "focus"
            )

    def _paint_words(self, painter: QPainter, box: QRect, step: Step) -> None:
        look = theme.current()
        line = look.metrics["meta"].height()
        role, token = {"done": ("meta", "text"), "now": ("small", "accent_text"), "next": ("meta", "text3")}[
            step.state
        ]
        top = look.px(4.5)
        painting.write(painter, QRect(box.x(), top, box.width(), line), step.words, role, token)
        painting.write(painter, QRect(box.x(), top + line - 2, box.width(), line), step.note, "meta", "text3")
