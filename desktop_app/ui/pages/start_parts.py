"""What the first start is made of: the way down its steps, the cards to choose from, and what was answered so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.core.words import Words, tr
from desktop_app.ui import theme
from desktop_app.ui.exchange.choice_card import ChoiceCard
from desktop_app.ui.widgets import Label, paint_shape, painting

STEPS = (
    Words("Bahasa", "Language"),
    Words("Peran komputer ini", "Role of this computer"),
    Words("Kantor dan wilayah", "Office and region"),
)
_PITCH = 17  # u from one step to the next


@dataclass(frozen=True)
class Answers:
    """What was answered: the office's region code and name, its role, who sits here, in which language and looks, whose the data is.

    `starter`: headquarters' starter file, which says which office it is. `practice`: nothing is set up, one tries it out first.
    """

    site_code: str
    role: str
    office: str
    person: str
    language: str
    dark: bool = False
    for_all: bool = False
    starter: Path | None = None
    practice: bool = False


@dataclass
class SoFar:
    """The answers while they are being given; kept when the language changes and all words are made anew."""

    step: int = 0
    role: str = "office"
    person: str = ""
    for_all: bool = False
    way: str = "region"
    site_code: str = ""
    office: str = ""
    typed: str = ""
    starter: Path | None = None


class StepsDown(QWidget):
    """The three steps one below the other: done with a check and what was answered, the present one with its number."""

    def __init__(self, notes: Sequence[str], now: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notes, self._now = tuple(notes), now
        self.setObjectName("start_steps")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        place = tr(f"Langkah {now + 1} dari {len(STEPS)}", f"Step {now + 1} of {len(STEPS)}")
        self.setAccessibleName(f"{place}: {STEPS[now].say()}")
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """As wide as its longest word, a pitch a step."""
        look = theme.current()
        widest = max(look.metrics["strong"].horizontalAdvance(step.say()) for step in STEPS)
        return QSize(widest + look.px(11), look.px(_PITCH * (len(STEPS) - 1) + 10))

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint rings, the lines between them, and the words."""
        look = theme.current()
        painter = painting.smooth(self)
        side = look.px(7)
        for number, step in enumerate(STEPS):
            top = look.px(_PITCH * number)
            if number + 1 < len(STEPS):
                token = "accent" if number < self._now else "border"
                line = QRect(side // 2 - 1, top + side + look.px(1), 2, look.px(_PITCH) - side - look.px(2))
                painting.line(painter, line, token)
            self._ring(painter, QRectF(0, top, side, side), number)
            left, room = look.px(10), self.width() - look.px(10)
            now = number == self._now
            role, ink = ("strong", "text") if now else ("body", "text" if number < self._now else "text3")
            note = self._notes[number] if number < self._now else ""
            high = look.metrics["body"].height()
            first = top if note else top + (side - high) // 2
            painting.write(painter, QRect(left, first, room, high), step.say(), role, ink)
            painting.write(painter, QRect(left, first + high, room, high), note, "meta", "text3")
        painter.end()

    def _ring(self, painter: QPainter, box: QRectF, number: int) -> None:
        look = theme.current()
        if number < self._now:
            painting.fill(painter, box, box.width() / 2, "accent")
            paint_shape(painter, QPointF(box.center()), "check", "on_accent")
            return
        now = number == self._now
        painter.setPen(QPen(look.colour("focus" if now else "input"), 2 if now else 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(box.adjusted(1, 1, -1, -1))
        ink = "accent_text" if now else "text3"
        painting.write(painter, box.toRect(), str(number + 1), "small", ink, painting.CENTRE)


class WayCard(ChoiceCard):
    """A choice: icon, title, one sentence, and below it in `more` what it asks for, shown while it is chosen.

    Enter chooses; on the card that is chosen it goes on (`entered`).
    """

    entered = Signal()

    def __init__(self, icon: str, title: str, words: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(title, name, parent)
        self.setAccessibleDescription(words)
        self._icon_name = icon
        self._icon = QLabel()
        self._title, self._words = Label(title, "section"), Label(words, "label", wrap=True)
        self.more = QWidget()
        self.asked = QVBoxLayout(self.more)
        column = QVBoxLayout()
        for part in (self._title, self._words, self.more):
            column.addWidget(part)
        self._line = QHBoxLayout()
        self._line.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        self._line.addLayout(column, 1)
        self.body.addLayout(self._line)
        self._column = column
        for part in (self._icon, self._title, self._words):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.more.hide()
        self.dress()
        theme.changed.connect(self.dress)

    def dress(self) -> None:
        """Sizes, and the icon in the colours in use."""
        look = theme.current()
        self._line.setSpacing(look.px(3))
        self._column.setSpacing(look.px(1))
        self.asked.setContentsMargins(0, look.px(1), 0, 0)
        self.asked.setSpacing(look.px(1.5))
        self._icon.setPixmap(theme.pixmap(self._icon_name, "text2", look.px(5), self.devicePixelRatioF()))

    def show_more(self) -> None:
        """What the card asks for is shown while it is chosen, if it asks for anything."""
        self.more.setVisible(self.isChecked() and self.asked.count() > 0)
        self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses, then goes on."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.isChecked():
            self.entered.emit()
            return
        super().keyPressEvent(event)

    def _ring_top(self, side: int) -> int:
        return theme.current().px(3) + (self._title.sizeHint().height() - side) // 2
