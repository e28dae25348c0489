"""Which columns a list shows, and in which order: ticks, dragging, or Alt with the arrows."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop_app.core.spec import Kind
from desktop_app.core.words import tr
from desktop_app.ui import theme
from desktop_app.ui.pages.checklist import is_ticked, paint_tick
from desktop_app.ui.table.columns import can_sort, heading
from desktop_app.ui.table.layout import ColumnLayout
from desktop_app.ui.table.view import RowsView
from desktop_app.ui.widgets import Button, Label, painting

_NAME = Qt.ItemDataRole.UserRole


def sorting_menu(view: RowsView, now: str, into: QMenu) -> None:
    """By which column the list is sorted, for who has no mouse to click on a heading; the column in use turns round."""
    menu = into.addMenu(tr("Urutkan menurut", "Sort by"))
    for name in view.layout_of_columns.names():
        section = view.rows.section_of(name)
        column = view.rows.column(section)
        if column is None or not can_sort(view.rows.kind, column) or view.isColumnHidden(section):
            continue
        words = heading(view.rows.kind, column).replace("&", "&&")
        if now.removeprefix("-") == name:
            words = f"{words} ↑" if now.startswith("-") else f"{words} ↓"  # where the next choice leads
        chosen = menu.addAction(words)
        chosen.setCheckable(True)
        chosen.setChecked(now.removeprefix("-") == name)
        chosen.triggered.connect(lambda _on, section=section: view.sort_asked.emit(section))


class _Lines(QStyledItemDelegate):
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        look, rect = theme.current(), option.rect
        on = is_ticked(index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painting.fill(painter, rect.adjusted(2, 1, -2, -1), look.px(1), "hover")
        right = paint_tick(painter, QRectF(rect), on)
        words = QRect(right, rect.y(), rect.right() - right - look.px(7), rect.height())
        painting.write(painter, words, str(index.data()), "body", "text" if on else "text2")
        top = rect.y() + (rect.height() - look.px(4)) / 2
        painting.picture(painter, rect.right() - look.px(6), top, "drag-horizontal-variant", "text3", 4)
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(theme.current().px(50), theme.current().px(7))


class _List(QListWidget):
    """Alt with an arrow moves a line; Enter and Space tick it."""

    moved = Signal()
    ticked = Signal(QListWidgetItem)

    def __init__(self) -> None:
        super().__init__()
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setMouseTracking(True)
        self.setItemDelegate(_Lines(self))
        self.itemClicked.connect(self.ticked)
        self.model().rowsMoved.connect(self.moved)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, row = event.key(), self.currentRow()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            to = row + (1 if key == Qt.Key.Key_Down else -1)
            if 0 <= to < self.count():
                self.insertItem(to, self.takeItem(row))
                self.setCurrentRow(to)
                self.moved.emit()
        elif (
            key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.currentItem() is not None
        ):
            self.ticked.emit(self.currentItem())
        else:
            super().keyPressEvent(event)


class ColumnsPopup(QFrame):
    """Each change shows at once in the list behind it. Esc or a click beside it closes."""

    arranged = Signal()

    def __init__(self, kind: Kind, layout: ColumnLayout, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("columns")
        self.setProperty("kind", "card")
        self.setAccessibleName(tr("Kolom", "Columns"))
        self._kind, self._layout = kind, layout
        look = theme.current()
        self.list = _List()
        self.list.setAccessibleName(tr("Kolom", "Columns"))
        self.list.ticked.connect(self._tick)
        self.list.moved.connect(self._order)
        reset = Button(tr("Seperti semula", "As at first"), "link", name="action_reset_columns")
        reset.clicked.connect(self._reset)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(1.5), look.px(2), look.px(1.5), look.px(1.5))
        column.setSpacing(look.px(1))
        column.addWidget(
            Label(
                tr("Centang yang tampil, seret untuk mengurutkan", "Tick what is shown, drag to order"),
                "meta",
                wrap=True,
            )
        )
        column.addWidget(self.list)
        column.addWidget(reset)
        self._fill()

    def open_above(self, anchor: QWidget) -> None:
        """Open above a button, their right edges in line."""
        look = theme.current()
        self.resize(look.px(70), min(14, self.list.count()) * look.px(7) + look.px(17))
        corner = anchor.mapToGlobal(QPoint(anchor.width(), 0))
        self.move(corner.x() - self.width(), corner.y() - self.height() - 2)
        self.show()
        self.list.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _fill(self) -> None:
        by_name = {column.field: column for column in self._kind.columns}
        self.list.clear()
        for name in self._layout.names():
            item = QListWidgetItem(heading(self._kind, by_name[name]))
            item.setData(_NAME, name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            self._show_tick(item)
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _show_tick(self, item: QListWidgetItem) -> None:
        shown = self._layout.is_shown(item.data(_NAME))
        item.setCheckState(Qt.CheckState.Checked if shown else Qt.CheckState.Unchecked)

    def _tick(self, item: QListWidgetItem) -> None:
        self._layout.show(item.data(_NAME), not self._layout.is_shown(item.data(_NAME)))
        self._show_tick(item)
        self.arranged.emit()

    def _order(self) -> None:
        self._layout.order([self.list.item(row).data(_NAME) for row in range(self.list.count())])
        self.arranged.emit()

    def _reset(self) -> None:
        self._layout.reset()
        self._fill()
        self.arranged.emit()
