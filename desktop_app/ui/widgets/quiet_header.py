"""The head of a table."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from desktop_app.ui import theme
from desktop_app.ui.widgets import painting


class QuietHeader(QHeaderView):
    """Small semibold words and a line below; the sort arrow stands beside the word. Alignment comes from the model.

    `pad` is the space in u at either side of a cell, the same as the delegate's.
    """

    def __init__(self, pad: float = 2, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._pad = pad
        self.clear_right = (0, 0)
        """A section whose cells keep so many px more from their right edge: the last one."""
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionsMovable(True)
        self.setMinimumSectionSize(theme.current().px(6))
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def sizeHint(self) -> QSize:
        """8u high."""
        return QSize(self.length(), theme.current().px(8))

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        """Paint one section."""
        look, model = theme.current(), self.model()
        painter.save()
        painting.line(painter, rect, "surface")
        painting.line(painter, QRect(rect.x(), rect.bottom(), rect.width(), 1), "border")
        words = str(model.headerData(logical, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole) or "")
        align = model.headerData(logical, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
        to_right = align is not None and bool(int(align) & int(Qt.AlignmentFlag.AlignRight))
        sorted_here = self.isSortIndicatorShown() and self.sortIndicatorSection() == logical
        arrow = look.px(4) if sorted_here else 0
        section, clear = self.clear_right
        right = look.px(self._pad) + (clear if logical == section else 0)
        box = rect.adjusted(look.px(self._pad), 0, -right, 0)
        room = min(look.metrics["small"].horizontalAdvance(words), box.width() - arrow)
        left = box.right() + 1 - room - arrow if to_right else box.left()
        ink = "text" if sorted_here else "text2"
        painting.write(painter, QRect(left, rect.y(), max(0, room) + 1, rect.height()), words, "small", ink)
        if sorted_here:
            down = self.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
            top = rect.y() + (rect.height() - look.px(3.5)) / 2
            painting.picture(
                painter, left + room + look.px(0.5), top, "arrow-down" if down else "arrow-up", ink, 3.5
            )
        painter.restore()
