"""A small table: some hundred rows at most, whose cells paint themselves. The long lists of records are `ui.table`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from desktop_app.ui import theme
from desktop_app.ui.exchange.cells import Cell
from desktop_app.ui.widgets import QuietHeader, painting

PAD = 2  # u at either side of a cell, as in the head
LEAD = (
    4  # u before the first column: its words stand on the line of the card's title; the same behind the last
)
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Column:
    """A column: its heading and its width in u; exactly one is `elastic` and takes what is left, but never less than `units`.

    `leaves`: where the table is too narrow for all, the column with the least of these figures is left out first; 0 = never.
    """

    heading: str
    units: float
    right: bool = False
    elastic: bool = False
    leaves: int = 0


class Row(NamedTuple):
    """A row: what it stands for, and its cells in the order of the columns."""

    key: str
    cells: Sequence[Cell]


class _Model(QAbstractTableModel):
    def __init__(self, columns: Sequence[Column], parent: QObject) -> None:
        super().__init__(parent)
        self.columns = columns
        self.rows: list[Row] = []

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns) + 2

    def cell(self, index: _Index) -> Cell | None:
        """The cell at an index; None in the lead before the first column and behind the last."""
        inside = index.isValid() and 0 < index.column() <= len(self.columns)
        return self.rows[index.row()].cells[index.column() - 1] if inside else None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        cell = self.cell(index)
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) or cell is None:
            return None
        second = getattr(cell, "second", "")
        return f"{cell.text}, {second}" if second else cell.text

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 < section <= len(self.columns):
            return None
        column = self.columns[section - 1]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return column.heading if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole) else None


class _Delegate(QStyledItemDelegate):
    def __init__(self, view: SmallTable) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        look, rect, view = theme.current(), option.rect, self._view
        chosen = view.selectionModel().isRowSelected(index.row(), QModelIndex())
        if chosen:
            painting.line(painter, rect, "accent_tint")
        painting.line(painter, QRect(rect.x(), rect.bottom(), rect.width(), 1), "hairline")
        if chosen and view.hasFocus():
            for top in (rect.y(), rect.bottom() - 1):
                painting.line(painter, QRect(rect.x(), top, rect.width(), 2), "focus")
        cell = view.rows.cell(index)
        if cell is None:
            if chosen and not index.column():
                painting.line(painter, QRect(rect.x(), rect.y(), 3, rect.height()), "focus")
            return
        pad = look.px(PAD)
        box = rect.adjusted(pad, 0, -pad, -1)
        cell.paint(painter, box, right=view.rows.columns[index.column() - 1].right)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return QSize(theme.current().px(10), self._view.verticalHeader().defaultSectionSize())

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, _option: QStyleOptionViewItem, index: _Index
    ) -> bool:
        cell = self._view.rows.cell(index)
        room = view.visualRect(index).width() - theme.current().px(2 * PAD)
        words = str(index.data() or "") if cell is not None and cell.wanted() > room else ""
        QToolTip.showText(event.globalPos(), words, view)
        return True


class SmallTable(QTableView):
    """Rows to choose from: arrow keys move, Enter or a double click opens, the menu key or the right button asks for the menu."""

    opened = Signal(str)
    picked = Signal(str)
    menu_asked = Signal(str, QPoint)

    def __init__(
        self,
        columns: Sequence[Column],
        row_units: float,
        name: str,
        words: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.rows = _Model(columns, self)
        self._row_units = row_units
        self._least = self._most = 4
        self._away: set[int] = set()
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.setModel(self.rows)
        self.setItemDelegate(_Delegate(self))
        head = QuietHeader(PAD)
        self.setHorizontalHeader(head)
        head.setSectionsClickable(False)
        head.setSectionsMovable(False)
        head.setMinimumSectionSize(4)
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # until there are rows to walk through
        self.setWordWrap(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._ask_menu)
        self.doubleClicked.connect(lambda index: self.opened.emit(self.rows.rows[index.row()].key))
        self.selectionModel().currentRowChanged.connect(lambda *_: self.picked.emit(self.key()))
        self.restyle()
        theme.changed.connect(self.restyle)

    def restyle(self) -> None:
        """Sizes after a change of text size."""
        look = theme.current()
        self.verticalHeader().setMinimumSectionSize(look.px(self._row_units))
        self.verticalHeader().setDefaultSectionSize(look.px(self._row_units))
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        for lead in (0, len(self.rows.columns) + 1):
            self.setColumnWidth(lead, look.px(LEAD))
        for place, column in enumerate(self.rows.columns, 1):
            self.setColumnWidth(place, look.px(column.units))
            if column.elastic:
                head.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        self._leave_out()
        self._keep_height()

    def show_at_least(self, rows: int, most: int = 0) -> None:
        """Never be lower than so many rows; with `most`, than the rows there are, up to so many: then the page around it scrolls."""
        self._least, self._most = rows, max(rows, most)
        self.restyle()

    def _keep_height(self) -> None:
        look, rows = theme.current(), min(self._most, max(self._least, len(self.rows.rows)))
        self.setMinimumHeight(look.px(8) + rows * look.px(self._row_units) + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What has no room is left out."""
        super().resizeEvent(event)
        self._leave_out()

    def _leave_out(self) -> None:
        look, columns = theme.current(), self.rows.columns
        room = self.viewport().width() - 2 * look.px(LEAD)
        away: set[int] = set()
        for leaving in sorted((one for one in columns if one.leaves), key=lambda one: one.leaves):
            if sum(look.px(one.units) for place, one in enumerate(columns) if place not in away) <= room:
                break
            away.add(columns.index(leaving))
        for place in away ^ self._away:
            self.setColumnHidden(place + 1, place in away)
        self._away = away

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show these; the row that was chosen stays chosen, else the first is."""
        chosen = self.key()
        self.rows.beginResetModel()
        self.rows.rows = list(rows)
        self.rows.endResetModel()
        self._keep_height()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if rows else Qt.FocusPolicy.NoFocus)
        if rows:
            keys = [row.key for row in rows]
            self.choose(chosen if chosen in keys else keys[0])
        self.picked.emit(self.key())

    def choose(self, key: str) -> None:
        """Stand on a row; one that is not there changes nothing."""
        for number, row in enumerate(self.rows.rows):
            if row.key == key:
                self.setCurrentIndex(self.rows.index(number, 1))
                self.scrollTo(self.currentIndex())

    def key(self) -> str:
        """What the row with the cursor stands for, or nothing."""
        number = self.currentIndex().row()
        return self.rows.rows[number].key if 0 <= number < len(self.rows.rows) else ""

    def texts(self) -> list[list[str]]:
        """Every cell in words, row by row."""
        return [[cell.text for cell in row.cells] for row in self.rows.rows]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.key():
            self.opened.emit(self.key())
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The lines around the chosen row show the focus."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """See `focusInEvent`."""
        super().focusOutEvent(event)
        self.viewport().update()

    def _ask_menu(self, at: QPoint) -> None:
        index = self.indexAt(at)
        if index.isValid():
            self.setCurrentIndex(index)
        if self.key():
            self.menu_asked.emit(self.key(), self.viewport().mapToGlobal(at))
