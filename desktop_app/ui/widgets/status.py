"""What is going on: the lamp that says whether everything is saved, and the progress of long work."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.core.show import number
from desktop_app.core.words import tr
from desktop_app.ui import theme
from desktop_app.ui.widgets import painting
from desktop_app.ui.widgets.buttons import Button
from desktop_app.ui.widgets.labels import ElidedLabel, Label

LampState = Literal["saved", "saving", "draft", "failed"]

_LAMPS: dict[str, tuple[str, str]] = {  # state -> colour of dot and words, colour of the halo
    "saved": ("ok", "ok_line"),
    "saving": ("text3", "info_line"),
    "draft": ("warn", "warn_line"),
    "failed": ("bad", "bad_line"),
}


class Lamp(QWidget):
    """A dot and words, always both. It never blinks."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state: LampState = "saved"
        self._words = ""
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_state(self, state: LampState, words: str) -> None:
        """Show a state in words ("Tersimpan 08.41.07")."""
        self._state, self._words = state, words
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.updateGeometry()
        self.update()

    def state(self) -> LampState:
        """The state shown."""
        return self._state

    def text(self) -> str:
        """The words shown."""
        return self._words

    def sizeHint(self) -> QSize:
        """Dot and words in one line."""
        look = theme.current()
        words = look.metrics["small"].horizontalAdvance(self._words)
        return QSize(words + look.px(5) + 2 if self._words else 0, look.px(5))

    def minimumSizeHint(self) -> QSize:
        """The words are never shortened."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint dot, halo and words."""
        if not self._words:
            return
        look = theme.current()
        ink, halo = _LAMPS[self._state]
        painter = painting.smooth(self)
        centre = QPointF(look.px(1.5), self.height() / 2)
        for radius, token in ((look.u * 1.5, halo), (look.u * 0.95, ink)):
            painting.fill(
                painter,
                QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius),
                radius,
                token,
            )
        painting.write(painter, self.rect().adjusted(look.px(5), 0, 0, 0), self._words, "small", ink)
        painter.end()


class Bar(QProgressBar):
    """A thin bar. Without a total it shows a quiet full length in the pale colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextVisible(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """2u high."""
        return QSize(theme.current().px(30), theme.current().px(2))

    def minimumSizeHint(self) -> QSize:
        """2u high."""
        return QSize(theme.current().px(10), theme.current().px(2))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint track and bar."""
        painter = painting.smooth(self)
        box, radius = self.rect(), self.height() / 2
        span = self.maximum() - self.minimum()
        painting.fill(painter, box, radius, "info_tint" if span else "bar_soft")
        if span and self.value() > self.minimum():
            width = max(self.height(), round(box.width() * (self.value() - self.minimum()) / span))
            painting.fill(painter, QRect(box.x(), box.y(), width, box.height()), radius, "bar")
        painter.end()


class Progress(QWidget):
    """Long work: what is being done, how much of how much, the time left, and Cancel."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._doing = ElidedLabel("", "body")
        self._count = Label("", "meta")
        self._bar = Bar()
        self.cancel = Button(tr("Batal", "Cancel"), name="action_cancel")
        self.cancel.clicked.connect(self._cancel)
        self._unit = ""
        words = QHBoxLayout()
        words.addWidget(self._doing, 1)
        words.addWidget(self._count)
        column = QVBoxLayout()
        column.addLayout(words)
        column.addWidget(self._bar)
        self._column = column
        self._row = QHBoxLayout(self)
        self._row.addLayout(column, 1)
        self._row.addWidget(self.cancel, 0, Qt.AlignmentFlag.AlignVCenter)
        self.restyle()
        theme.changed.connect(self.restyle)

    def restyle(self) -> None:
        """Sizes after a change of text size."""
        look = theme.current()
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(look.px(4))
        self._column.setSpacing(look.px(1.5))

    def start(self, doing: str, unit: str = "") -> None:
        """Begin: say what is being done and what is counted ("baris"); the total isn't known yet."""
        self._unit = unit
        self.cancel.setEnabled(True)
        self.show_at(0, None, doing)

    def show_at(
        self, done: int, total: int | None, doing: str = "", seconds_left: float | None = None
    ) -> None:
        """Show that `done` of `total` units are done; `doing` changes what is said to be done."""
        if doing:
            self._doing.setText(doing)
            self._bar.setAccessibleName(doing)
        # QProgressBar counts in 32 bits, and a thousand steps are more than there are pixels to tell.
        self._bar.setRange(0, 1000 if total else 0)
        if total:
            self._bar.setValue(min(1000, done * 1000 // total))
        self._count.setText(_count_words(done, total, self._unit, seconds_left))

    def text(self) -> str:
        """The count as shown."""
        return self._count.text()

    def _cancel(self) -> None:
        self.cancel.setEnabled(False)
        self._count.setText(tr("Membatalkan…", "Cancelling…"))
        self.cancelled.emit()


def _count_words(done: int, total: int | None, unit: str, seconds_left: float | None) -> str:
    if not total:
        return f"{number(done)} {unit}".strip() if done else ""
    words = tr(
        f"{number(done)} dari {number(total)} {unit}", f"{number(done)} of {number(total)} {unit}"
    ).strip()
    if seconds_left is None:
        return words
    seconds = max(1, round(seconds_left))
    if seconds < 60:
        return words + tr(f", sisa {seconds} detik", f", {seconds} s left")
    minutes = number(round(seconds / 60))
    return words + tr(f", sisa {minutes} menit", f", {minutes} min left")
