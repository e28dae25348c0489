"""The pin of a field of several lines or boxes, in its upper right corner; a field of one line paints its own."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop_app.ui import theme
from desktop_app.ui.widgets import painting

_SEEN = (
    QEvent.Type.Resize,
    QEvent.Type.Show,
    QEvent.Type.FocusIn,
    QEvent.Type.FocusOut,
    QEvent.Type.Enter,
    QEvent.Type.Leave,
)


class PinCorner(QWidget):
    """Shown when it is set, and while somebody is at the field. `parts`: what has the cursor when the field has it."""

    clicked = Signal()

    def __init__(self, field: QWidget, parts: Iterable[QWidget]) -> None:
        super().__init__(field)
        self._field, self._parts = field, [field, *parts]
        self._pin: bool | None = None
        for part in self._parts:
            part.installEventFilter(self)
        self.hide()

    def set_pin(self, pin: bool | None) -> None:
        """Set, to be set, or none at all."""
        self._pin = pin
        self._look()

    def pin(self) -> bool | None:
        """See `LineEditor.pin`."""
        return self._pin

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """The field was entered, left, or has another size."""
        if event.type() in _SEEN and self._pin is not None:
            self._look()
        return False

    def _look(self) -> None:
        there = any(part.hasFocus() for part in self._parts) or self._field.underMouse()
        size = theme.current().px(6)
        self.setGeometry(self._field.width() - size, 0, size, size)
        self.setVisible(bool(self._pin) or (self._pin is not None and there))
        self.raise_()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The same pictures as in a field of one line."""
        painter, inset = painting.smooth(self), theme.current().px(1)
        name, ink = ("pin", "accent_text") if self._pin else ("pin-outline", "text3")
        painting.picture(painter, inset, inset, name, ink, 4)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """It is a button."""
        event.accept()
        self.clicked.emit()
