"""Paints the rows: hairline, hover, the tint and bar of what is selected, marks, two texts in a cell, figures at the right, pills."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QToolTip

from desktop_app.core.words import tr
from desktop_app.services.lists import Cell, ListRow
from desktop_app.ui import theme
from desktop_app.ui.table.model import MARKS, Gone, RowsModel
from desktop_app.ui.widgets import paint_pill, pill_height, pill_width

if TYPE_CHECKING:
    from desktop_app.ui.table.view import RowsView

PAD = 2  # u at either side of a cell, as in the head
MARK_ICONS = {  # in the order in which they are shown; the first two fit
    "draft": ("pencil-outline", "text2"),
    "returned": ("arrow-u-left-top", "bad"),
    "unsent": ("tray-arrow-up", "text3"),
}
_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
_MEASURED = 20_000  # texts whose width is remembered
_ELIDE = Qt.TextElideMode.ElideRight


class _Tools(NamedTuple):
    """What painting needs of the theme, looked up once."""

    ground: QColor
    hover: QColor
    tint: QColor
    hairline: QColor
    chosen_line: QColor
    bar: QColor
    ink: QColor
    ink2: QColor
    ink3: QColor
    metrics: QFontMetrics
    pad: int
    gap: int


class RowsDelegate(QStyledItemDelegate):
    """The delegate of `RowsView`; takes the rows from the model directly, not through roles."""

    def __init__(self, view: RowsView, model: RowsModel) -> None:
        super().__init__(view)
        self._view, self._model = view, model
        self._number = -1
        self._row: ListRow | Gone | None = None
        self._chosen = False
        self._widths: dict[str, int] = {}
        self._pills: dict[tuple[object, ...], QPixmap] = {}
        self.restyle()
        theme.changed.connect(self.restyle)

    def restyle(self) -> None:
        """Take colours, fonts and sizes of the theme in use."""
        look = theme.current()
        c = look.colour
        self._widths.clear()
        self._pills.clear()
        self._tools = _Tools(
            c("surface"),
            c("hover"),
            c("accent_tint"),
            c("hairline"),
            c("accent_line"),
            c("focus"),
            c("text"),
            c("text2"),
            c("text3"),
            look.metrics["body"],
            look.px(PAD),
            look.px(2),
        )

    def begin(self) -> None:
        """A painting of the view begins: what is known of the row painted last may no longer hold."""
        self._number = -1

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one cell."""
        number, section = index.row(), index.column()
        tools, rect = self._tools, option.rect
        if number != self._number:  # the cells of a row come one after the other
            self._number, self._row = number, self._model.row(number)
            self._chosen = self._view.everything or self._view.selectionModel().isSelected(index)
        row, chosen = self._row, self._chosen
        if chosen:
            painter.fillRect(rect, tools.tint)
        elif number == self._view.hovered:
            painter.fillRect(rect, tools.hover)
        x, y, width, height = rect.x(), rect.y(), rect.width(), rect.height()
        line = tools.chosen_line if chosen and self._view.hasFocus() else tools.hairline
        painter.fillRect(x, y + height - 1, width, 1, line)
        if section == MARKS:
            if chosen:
                painter.fillRect(x, y, 3, height, tools.bar)
            if isinstance(row, ListRow) and row.marks:
                self._paint_marks(painter, rect, row)
            return
        last, clear = self._view.header.clear_right
        box = QRect(x + tools.pad, y, width - 2 * tools.pad - (clear if section == last else 0), height - 1)
        if row is None:
            self._paint_waiting(painter, box)
        elif isinstance(row, ListRow):
            self._paint_cell(painter, box, row.cells[section - 1], self._model.to_right(section))
        elif section == self._view.first_section():
            self._write(painter, box, tr("(sudah tidak ada)", "(no longer there)"), tools.ink3)

    def _paint_cell(self, painter: QPainter, box: QRect, cell: Cell, to_right: bool) -> None:
        tools = self._tools
        if cell.family is not None:
            painter.drawPixmap(
                box.x(), box.y() + (box.height() - pill_height()) // 2, self._pill(cell, box.width())
            )
            return
        used = self._write(painter, box, cell.text, tools.ink, to_right=to_right)
        if cell.second:
            left = used + tools.gap if used else 0
            if box.width() - left > tools.gap * 6:  # two letters and dots tell nothing
                self._write(painter, box.adjusted(left, 0, 0, 0), cell.second, tools.ink2)

    def _write(self, painter: QPainter, box: QRect, text: str, ink: QColor, *, to_right: bool = False) -> int:
        """Write one line, shortened when need be; returns how wide it is."""
        if not text:
            return 0
        tools, room = self._tools, box.width()
        wide = self._width(text)
        if wide > room:
            text, wide = tools.metrics.elidedText(text, _ELIDE, room), room
        painter.setPen(ink)
        left = box.x() + room - wide if to_right else box.x()
        painter.drawText(left, box.y(), room, box.height(), _MIDDLE, text)
        return wide

    def _width(self, text: str) -> int:
        """How wide a text is; measuring costs as much as painting, and the same rows are painted again and again."""
        known = self._widths.get(text)
        if known is None:
            if len(self._widths) > _MEASURED:
                self._widths.clear()
            known = self._widths[text] = self._tools.metrics.horizontalAdvance(text)
        return known

    def _pill(self, cell: Cell, room: int) -> QPixmap:
        """A status as a picture: there are a handful of them."""
        shape, ratio = cell.shape or "", self._view.devicePixelRatioF()
        width = min(room, pill_width(cell.text, shape))
        key = (cell.text, cell.family, shape, width, ratio)
        found = self._pills.get(key)
        if found is None:
            found = QPixmap(round(width * ratio), round(pill_height() * ratio))
            found.setDevicePixelRatio(ratio)
            found.fill(Qt.GlobalColor.transparent)
            painter = QPainter(found)
            paint_pill(painter, QRect(0, 0, width, pill_height()), cell.text, cell.family or "info", shape)
            painter.end()
            self._pills[key] = found
        return found

    def _paint_marks(self, painter: QPainter, rect: QRect, row: ListRow) -> None:
        look = theme.current()
        side = look.px(4)
        shown = [mark for mark in MARK_ICONS if mark in row.marks][:2]
        x = rect.x() + look.px(6 if len(shown) == 1 else 3)
        for mark in shown:
            name, token = MARK_ICONS[mark]
            ratio = self._view.devicePixelRatioF()
            painter.drawPixmap(
                x, rect.y() + (rect.height() - side) // 2, theme.pixmap(name, token, side, ratio)
            )
            x += look.px(4.5)

    def _paint_waiting(self, painter: QPainter, box: QRect) -> None:
        """A pale stroke where the words will stand."""
        height = self._tools.gap
        width = max(0, min(box.width(), box.width() * 2 // 3))
        painter.fillRect(box.x(), box.y() + (box.height() - height) // 2, width, height, self._tools.hover)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Never asks a cell: heights are fixed and widths declared."""
        return QSize(self._view.columnWidth(MARKS), theme.current().px(9))

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        _option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """The words of the marks; elsewhere the whole text of a cell that was shortened."""
        row = self._model.row(index.row()) if index.isValid() else None
        words = ""
        if not isinstance(row, ListRow):
            pass
        elif index.column() == MARKS:
            words = str(index.data(Qt.ItemDataRole.ToolTipRole) or "")
        else:
            cell = row.cells[index.column() - 1]
            if self._wanted(cell) > view.visualRect(index).width() - 2 * self._tools.pad:
                words = str(index.data() or "")
        QToolTip.showText(event.globalPos(), words, view)
        return True

    def _wanted(self, cell: Cell) -> int:
        if cell.family is not None:
            return pill_width(cell.text, cell.shape or "")
        first, second = (self._tools.metrics.horizontalAdvance(text) for text in (cell.text, cell.second))
        return first + second + (self._tools.gap if first and second else 0)
