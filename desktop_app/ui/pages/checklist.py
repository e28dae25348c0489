"""The checklist that a filter with many values opens, with counts; letters typed into it narrow it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop_app.core.fields import Value
from desktop_app.core.words import tr
from desktop_app.services.lists import MenuItem
from desktop_app.ui import theme
from desktop_app.ui.figures import grouped
from desktop_app.ui.widgets import Button, Label, painting

_ENTRY = Qt.ItemDataRole.UserRole
_FEW = 8  # up to so many, nobody needs to narrow the list


def is_ticked(index: QModelIndex | QPersistentModelIndex) -> bool:
    """Whether a line is ticked; the role answers with a plain number."""
    return bool(index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked.value)


def paint_tick(painter: QPainter, rect: QRectF, on: bool) -> int:
    """Paint a check box at the left of a line; returns where the words begin."""
    look = theme.current()
    side = look.px(4) - 2
    box = QRectF(rect.x() + look.px(2), rect.y() + (rect.height() - side) / 2, side, side)
    if on:
        painting.fill(painter, box, look.px(1), "accent")
        painting.picture(painter, box.x() + 1, box.y() + 1, "check-bold", "on_accent", 3)
    else:
        painting.outline(painter, box, look.px(1), "input")
    return round(box.right()) + look.px(2)


class _Lines(QStyledItemDelegate):
    """Check box, name, and the count at the right."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        look, rect = theme.current(), option.rect
        entry: MenuItem = index.data(_ENTRY)
        on = is_ticked(index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painting.fill(painter, rect.adjusted(2, 1, -2, -1), look.px(1), "accent_tint" if on else "hover")
        left = paint_tick(painter, QRectF(rect), on)
        count = grouped(entry.count)
        wide = look.metrics["meta"].horizontalAdvance(count)
        words = QRect(left, rect.y(), rect.width() - left + rect.x() - wide - look.px(5), rect.height())
        painting.write(painter, words, entry.text, "strong" if on else "body", "text")
        at = QRect(rect.right() - wide - look.px(2), rect.y(), wide + 1, rect.height())
        painting.write(painter, at, count, "meta", "text3")
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(theme.current().px(50), theme.current().px(7))


class ChecklistPopup(QFrame):
    """The open checklist. Each tick counts at once; Esc or a click beside it closes."""

    ticked = Signal()
    closed = Signal()

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("checklist")
        self.setProperty("kind", "card")
        self.setAccessibleName(title)
        look = theme.current()
        self._narrow = QLineEdit()
        self._narrow.setPlaceholderText(tr("Ketik untuk menyaring", "Type to narrow"))
        self._narrow.setAccessibleName(self._narrow.placeholderText())
        self._narrow.textEdited.connect(self._filter)
        self._narrow.hide()
        self._list = QListWidget()
        self._list.setItemDelegate(_Lines(self._list))
        self._list.setMouseTracking(True)
        self._list.setAccessibleName(title)
        self._list.itemClicked.connect(self._toggle)
        self._waiting = Label(tr("Memuat…", "Loading…"), "meta")
        self._clear = Button(tr("Hapus pilihan", "Clear"), "link", name="action_clear_filter")
        self._clear.clicked.connect(self._clear_all)
        self._clear.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(1.5), look.px(1.5), look.px(1.5), look.px(1.5))
        column.setSpacing(look.px(1))
        for widget in (self._narrow, self._waiting, self._list, self._clear):
            column.addWidget(widget)
        self._list.hide()

    def open_below(self, anchor: QWidget) -> None:
        """Open below `anchor`, within the screen."""
        look = theme.current()
        self.resize(look.px(65), look.px(12))
        self._at = anchor.mapToGlobal(QPoint(0, anchor.height() + 2))
        self._settle()
        self.show()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def fill(self, entries: Sequence[MenuItem], chosen: Sequence[Value]) -> None:
        """Show what there is to choose, what is chosen first."""
        look = theme.current()
        for entry in sorted(entries, key=lambda entry: entry.value not in chosen):
            item = QListWidgetItem(entry.text)
            item.setData(_ENTRY, entry)
            item.setFlags(
                Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
            )
            item.setCheckState(Qt.CheckState.Checked if entry.value in chosen else Qt.CheckState.Unchecked)
            self._list.addItem(item)
        self._waiting.setVisible(not entries)
        self._waiting.setText(tr("Tidak ada pilihan", "Nothing to choose from"))
        self._list.setVisible(bool(entries))
        self._narrow.setVisible(len(entries) > _FEW)
        self._clear.setVisible(bool(chosen))
        lines = min(12, len(entries))
        extra = (9 if len(entries) > _FEW else 0) + (6 if chosen else 0) + (6 if not entries else 0)
        self.resize(look.px(65), lines * look.px(7) + look.px(extra + 4))
        self._settle()
        if entries:
            self._list.setCurrentRow(0)
            (self._narrow if len(entries) > _FEW else self._list).setFocus()

    def chosen(self) -> tuple[Value, ...]:
        """The ticked values, in the order of the list."""
        items = (self._list.item(row) for row in range(self._list.count()))
        return tuple(item.data(_ENTRY).value for item in items if item.checkState() == Qt.CheckState.Checked)

    def words_of(self, value: Value) -> str:
        """The name of a value in the list; nothing when it isn't there."""
        items = (self._list.item(row) for row in range(self._list.count()))
        return next((item.text() for item in items if item.data(_ENTRY).value == value), "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk, Enter and Space tick, also from the line above the list."""
        key = event.key()
        if (
            key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
            and self._list.currentItem() is not None
        ):
            self._toggle(self._list.currentItem())
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._walk(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, _event: object) -> None:
        """Gone, however it was closed."""
        self.closed.emit()

    def _settle(self) -> None:
        screen = QGuiApplication.screenAt(self._at) or QGuiApplication.primaryScreen()
        room = screen.availableGeometry()
        x = max(room.left(), min(self._at.x(), room.right() - self.width()))
        self.move(x, max(room.top(), min(self._at.y(), room.bottom() - self.height())))

    def _walk(self, step: int) -> None:
        row = self._list.currentRow() + step
        while 0 <= row < self._list.count() and self._list.item(row).isHidden():
            row += step
        if 0 <= row < self._list.count():
            self._list.setCurrentRow(row)

    def _filter(self, words: str) -> None:
        wanted = words.casefold().split()
        for row in range(self._list.count()):
            text = self._list.item(row).text().casefold()
            self._list.item(row).setHidden(not all(part in text for part in wanted))
        self._list.setCurrentRow(-1)
        self._walk(1)

    def _toggle(self, item: QListWidgetItem) -> None:
        on = item.checkState() == Qt.CheckState.Checked
        item.setCheckState(Qt.CheckState.Unchecked if on else Qt.CheckState.Checked)
        self.ticked.emit()

    def _clear_all(self) -> None:
        for row in range(self._list.count()):
            self._list.item(row).setCheckState(Qt.CheckState.Unchecked)
        self.ticked.emit()
        self.close()
