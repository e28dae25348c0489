"""Widgets in lines, as many in one as there is room for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.ui import theme


class Flow(QWidget):
    """Widgets in lines, as many in one as there is room for."""

    def __init__(self, gap: float = 2, parent: QWidget | None = None) -> None:
        """`gap`: units u between two of them."""
        super().__init__(parent)
        self._parts: list[QWidget] = []
        self._gap = gap
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def fill(self, parts: Sequence[QWidget]) -> None:
        """Show these instead of those before."""
        for old in self._parts:
            old.hide()
            old.deleteLater()
        self._parts = list(parts)
        for part in parts:
            part.setParent(self)
            part.show()
        self.setVisible(bool(parts))
        self._place(self.width())
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        """Yes."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As many lines as it takes."""
        return self._place(width, move=False)

    def sizeHint(self) -> QSize:
        """What it wants."""
        return QSize(theme.current().px(100), self.heightForWidth(max(self.width(), theme.current().px(100))))

    def minimumSizeHint(self) -> QSize:
        """What it can do with."""
        widest = max((part.sizeHint().width() for part in self._parts), default=0)
        return QSize(widest, theme.current().px(9))

    def resizeEvent(self, _event: object) -> None:
        """Place the parts anew."""
        self._place(self.width())

    def event(self, event: QEvent) -> bool:
        """A part wants another size: the others make room."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._place(self.width())
            self.updateGeometry()
        return super().event(event)

    def _place(self, width: int, *, move: bool = True) -> int:
        gap, x, y, high = theme.current().px(self._gap), 0, 0, 0
        for part in self._parts:
            size = part.sizeHint()
            if x and x + size.width() > width:
                x, y = 0, y + high + gap
            if move:
                part.setGeometry(x, y, min(size.width(), width), size.height())
            x, high = x + size.width() + gap, size.height()
        return y + high
