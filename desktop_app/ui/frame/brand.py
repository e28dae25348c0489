"""The sign of the program: an oil lamp, white on accent."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.ui import icons, theme
from desktop_app.ui.widgets import ElidedLabel, Label, painting

_CORNER = 0.24  # radius of the sign, in parts of its side


def paint_sign(painter: QPainter, box: QRect) -> None:
    """Paint the sign into the square `box`."""
    painting.fill(painter, box, box.width() * _CORNER, "accent")
    inset = box.width() * 0.19
    lamp = QRectF(box).adjusted(inset, inset, -inset, -inset)
    icons.draw(painter, lamp, "oil-lamp", theme.current().colours.on_accent)


class _SignEngine(QIconEngine):
    """Paints the sign in the size that is asked for, when it is asked for."""

    def paint(self, painter: QPainter, rect: QRect, _mode: QIcon.Mode, _state: QIcon.State) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_sign(painter, rect)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        picture = QPixmap(size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return picture

    def availableSizes(
        self,
        mode: QIcon.Mode = QIcon.Mode.Normal,  # noqa: ARG002  (the same in every mode and state)
        state: QIcon.State = QIcon.State.Off,  # noqa: ARG002
    ) -> list[QSize]:
        return [QSize(side, side) for side in (16, 24, 32, 48, 64, 128)]

    def clone(self) -> QIconEngine:
        return _SignEngine()


def window_icon() -> QIcon:
    """The sign as the icon of a window."""
    return QIcon(_SignEngine())


class Sign(QWidget):
    """The sign, 8u wide and high."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Pelita")
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """8u by 8u."""
        return QSize(theme.current().px(8), theme.current().px(8))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it."""
        painter = painting.smooth(self)
        paint_sign(painter, self.rect())
        painter.end()


class Brand(QWidget):
    """The sign, the name of the program and that of the office."""

    def __init__(self, office: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = ElidedLabel(office, "meta")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(Label("Pelita", "record"))
        words.addWidget(self._office)
        words.addStretch(1)
        self._row = QHBoxLayout(self)
        self._row.addWidget(Sign())
        self._row.addLayout(words, 1)
        self.restyle()
        theme.changed.connect(self.restyle)

    def restyle(self) -> None:
        """Sizes after a change of text size."""
        look = theme.current()
        self.setFixedHeight(look.px(15))
        self._row.setContentsMargins(look.px(3), 0, look.px(3), 0)
        self._row.setSpacing(look.px(2.5))

    def set_office(self, office: str) -> None:
        """Change the name of the office."""
        self._office.setText(office)
