"""Two parts beside each other, with a hairline between them that can be dragged."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSplitter, QSplitterHandle, QWidget

from desktop_app.ui.widgets import painting


class _Handle(QSplitterHandle):
    """A hairline to look at, a few pixels to take hold of."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painting.line(painter, self.rect(), "surface")
        painting.line(painter, QRect(self.width() // 2, 0, 1, self.height()), "border")
        painter.end()


class Splitter(QSplitter):
    """Left and right; neither can be dragged away."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(5)

    def createHandle(self) -> QSplitterHandle:
        """See `_Handle`."""
        return _Handle(self.orientation(), self)

    def addWidget(self, widget: QWidget) -> None:
        """At the right end; for a screen reader too, which goes by the order of the children."""
        super().addWidget(widget)
        widget.raise_()

    def share(self, left: float) -> None:
        """Give the left part this share of the width."""
        wide = max(1, self.width())
        self.setSizes([round(wide * left), round(wide * (1 - left))])
