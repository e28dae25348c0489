"""The cell that is being typed into, and how the others are painted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop_app.ui import theme
from desktop_app.ui.form.editors import LineEditor
from desktop_app.ui.widgets import painting

if TYPE_CHECKING:
    from desktop_app.ui.form.lines_model import LinesModel

Index = QModelIndex | QPersistentModelIndex

_CTRL = Qt.KeyboardModifier.ControlModifier


class CellEditor(LineEditor):
    """One cell. What concerns the whole grid (paste of rows, undo, removal, moving) is told; the rest is as in a field."""

    pasted = Signal(str)
    escaped = Signal()
    removed = Signal()
    undone = Signal()
    moved = Signal(int, int)  # rows down, cells on

    def __init__(self, look_up: Callable[[str], None] | None, parent: QWidget) -> None:
        super().__init__("", look_up, parent)
        self.setProperty("look", "cell")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.hide()

    def event(self, event: QEvent) -> bool:
        """Tab stays in the grid; keys that the window would take otherwise."""
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and self._is_ours(event):
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress and event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                back = event.key() == Qt.Key.Key_Backtab
                if not back and not self.accept():
                    return True
                self.moved.emit(0, -1 if back else 1)
                return True
        return super().event(event)

    @staticmethod
    def _is_ours(event: QKeyEvent) -> bool:
        control = bool(event.modifiers() & _CTRL)
        return event.key() == Qt.Key.Key_Escape or (
            control and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Z)
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Paste of several cells, cell undo, removal of the row, leaving, up and down."""
        key, control = event.key(), bool(event.modifiers() & _CTRL)
        if event.matches(QKeySequence.StandardKey.Paste) and _is_table(QGuiApplication.clipboard().text()):
            self.pasted.emit(QGuiApplication.clipboard().text())
        elif key == Qt.Key.Key_Delete and control:
            self.removed.emit()
        elif key == Qt.Key.Key_Z and control:
            self.undone.emit()
        elif key == Qt.Key.Key_Escape and not self.is_open():
            self.escaped.emit()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and not self.is_open() and not event.modifiers():
            self.moved.emit(1 if key == Qt.Key.Key_Down else -1, 0)
        else:
            super().keyPressEvent(event)


def _is_table(text: str) -> bool:
    return "\t" in text or "\n" in text.strip("\r\n")


@dataclass(frozen=True)
class Cell:
    """What is painted in one cell: its text, whether it stands right, is derived or a hint, and its finding's severity."""

    text: str
    right: bool = False
    ink: str = "text"
    state: str = ""


class CellPainter(QStyledItemDelegate):
    """Text and hairline; tint and border where something is wrong; a frame where the cursor stands."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        look, rect = theme.current(), option.rect
        model: LinesModel = index.model()  # type: ignore[assignment]
        cell = model.cell(index.row(), index.column())
        token = {"error": "bad", "warning": "warn"}.get(cell.state, "")
        painter.save()
        if token:
            painting.line(painter, rect, f"{token}_tint")
        if index.row() + 1 < model.rowCount():
            painting.line(painter, rect.adjusted(0, rect.height() - 1, 0, 0), "hairline")
        if token:
            painting.outline(painter, rect.adjusted(0, 0, 0, -1), look.px(0.5), token)
        view = option.widget
        if isinstance(view, QAbstractItemView) and view.hasFocus() and view.currentIndex() == index:
            painting.outline(painter, rect.adjusted(0, 0, 0, -1), look.px(0.5), "focus", 2)
        side = painting.RIGHT if cell.right else painting.LEFT
        box = rect.adjusted(look.px(2), 0, -look.px(2), 0)
        if cell.ink == "text3" and isinstance(view, QAbstractItemView):
            box.setRight(view.viewport().width() - look.px(2))  # what to type here runs on over empty cells
        painting.write(painter, box, cell.text, "body", cell.ink, side)
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """8u high."""
        return QSize(theme.current().px(12), theme.current().px(8))
