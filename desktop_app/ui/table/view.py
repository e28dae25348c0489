"""The list on the screen: keys, selection, hover, and columns that fit the room there is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from desktop_app.ui import theme
from desktop_app.ui.table.columns import can_sort
from desktop_app.ui.table.delegate import RowsDelegate
from desktop_app.ui.table.layout import ColumnLayout
from desktop_app.ui.table.model import MARKS, RowsModel
from desktop_app.ui.widgets import QuietHeader
from desktop_app.ui.widgets.ground import lay_ground

_SELECT = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
_ADD = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
KEPT_SELECTED = 500  # so many selected records are found again after a reload


class _Place(NamedTuple):
    number: int
    current: int | None
    selected: tuple[int, ...]
    everything: bool
    top: int | None
    offset: int


class RowsView(QTableView):
    """Shows a `RowsModel`. Ctrl+A is a flag (`everything`), not a selection: selecting a million rows one by one takes seconds."""

    opened = Signal(int)
    """Enter or a double click on a row."""
    typed = Signal(str)
    """Letters typed into the list: they belong into the search box."""
    sort_asked = Signal(int)
    """A click on the heading of a section."""
    picked = Signal()
    """The selection changed."""
    arranged = Signal()
    """The user moved or resized a column."""

    def __init__(self, model: RowsModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = model
        self.everything = False
        self.hovered = -1
        self._painting = False
        self._place: _Place | None = None
        lay_ground(self, base=True)
        self.setObjectName(name)
        self.setAccessibleName(model.kind.plural.say())
        self.setModel(model)
        self._plain()
        self.header = head = QuietHeader(parent=self)
        self.setHorizontalHeader(head)
        self.layout_of_columns = ColumnLayout(self, model.kind)
        self._delegate = RowsDelegate(self, model)
        self.setItemDelegate(self._delegate)
        head.sectionClicked.connect(self._heading_clicked)
        head.sectionMoved.connect(self._moved)
        head.sectionResized.connect(self._resized)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))
        self.selectionModel().selectionChanged.connect(self._selection_changed)
        model.about_to_swap.connect(self._remember_place)
        model.swapped.connect(self._restore_place)
        model.modelReset.connect(self._forget_everything)
        model.fetched.connect(self._repaint)
        theme.changed.connect(self.restyle)
        self.restyle()

    def _plain(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setMouseTracking(True)
        self.setFrameShape(QTableView.Shape.NoFrame)
        side = self.verticalHeader()
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        side.setSectionsClickable(False)
        side.setHighlightSections(False)
        side.hide()

    def restyle(self) -> None:
        """Heights and widths after a change of text size."""
        look = theme.current()
        self.setFont(look.fonts["body"])
        side = self.verticalHeader()
        side.setMinimumSectionSize(look.px(9))
        side.setDefaultSectionSize(look.px(9))
        self.verticalScrollBar().setSingleStep(look.px(9))
        self.layout_of_columns.restyle()

    # --- selection

    def select_everything(self) -> None:
        """All that matches, known or not."""
        if self.rows.rowCount():
            self.selectionModel().clearSelection()
            self.everything = True
            self.viewport().update()
            self.picked.emit()

    def selected_count(self) -> int:
        """How many rows are selected, without walking through them."""
        if self.everything:
            return self.rows.rowCount()
        return sum(part.bottom() - part.top() + 1 for part in self.selectionModel().selection().toList())

    def selected_numbers(self, limit: int) -> list[int]:
        """The selected rows from top to bottom, at most `limit` of them."""

        def each() -> Iterator[int]:
            if self.everything:
                yield from range(self.rows.rowCount())
                return
            for top, bottom in sorted(
                (part.top(), part.bottom()) for part in self.selectionModel().selection().toList()
            ):
                yield from range(top, bottom + 1)

        return [number for number, _ in zip(each(), range(limit), strict=False)]

    def current_number(self) -> int:
        """The row that the keys stand on; -1 when there is none."""
        return self.currentIndex().row()

    def choose(self, number: int, *, scroll: bool = True) -> None:
        """Select one row and stand on it; a number outside the list selects nothing."""
        index = self.rows.index(number, max(1, self.first_section()))
        self.selectionModel().setCurrentIndex(index, _SELECT)
        if scroll and index.isValid():
            self.scrollTo(index)

    def first_section(self) -> int:
        """The section of the first column of words."""
        return self.layout_of_columns.first()

    def _selection_changed(self) -> None:
        if self.everything:
            self.everything = False
            self.viewport().update()
        self.picked.emit()

    def _forget_everything(self) -> None:
        self.everything = False
        self.hovered = -1

    def selectAll(self) -> None:
        """See `select_everything`."""
        self.select_everything()

    # --- place

    def seen(self) -> tuple[int, int]:
        """The row on top and how many fit."""
        height = max(1, self.verticalHeader().defaultSectionSize())
        return max(0, self.rowAt(0)), self.viewport().height() // height + 2

    def _remember_place(self) -> None:
        rows = self.rows
        numbers = [] if self.everything else self.selected_numbers(KEPT_SELECTED)
        current, top = self.current_number(), self.rowAt(0)
        known = range(rows.rowCount())
        self._place = _Place(
            current,
            rows.pk(current) if current in known else None,
            tuple(rows.pks(numbers)),
            self.everything,
            rows.pk(top) if top in known else None,
            -self.rowViewportPosition(top) if top in known else 0,
        )

    def _restore_place(self) -> None:
        place, self._place = self._place, None
        if place is None:
            return
        self.updateGeometries()
        picks = self.selectionModel()
        scrolls = self.hasAutoScroll()
        self.setAutoScroll(False)
        if place.top is not None and (top := self.rows.number_of(place.top)) >= 0:
            self.verticalScrollBar().setValue(top * self.verticalHeader().defaultSectionSize() + place.offset)
        if self.selected_numbers(1) == [] and not self.everything:  # the rows were replaced
            for pk in place.selected:
                if (number := self.rows.number_of(pk)) >= 0:
                    picks.select(self.rows.index(number, 0), _ADD)
            number = -1 if place.current is None else self.rows.number_of(place.current)
            if number >= 0:
                index = self.rows.index(number, max(1, self.first_section()))
                picks.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
            elif place.current is not None:  # it has gone: stand on the one that took its place
                self.choose(min(place.number, self.rows.rowCount() - 1), scroll=False)
            self.everything = place.everything and self.rows.rowCount() > 0
        self.setAutoScroll(scrolls)
        self.viewport().update()
        self.picked.emit()

    # --- keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; left and right scroll."""
        key = event.key()
        if event.matches(QKeySequence.StandardKey.SelectAll):
            self.select_everything()
        elif (
            key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            if self.current_number() >= 0:
                self.opened.emit(self.current_number())
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() + (1 if key == Qt.Key.Key_Right else -1) * theme.current().px(10))
        elif event.matches(QKeySequence.StandardKey.Copy) or key == Qt.Key.Key_Escape:
            event.ignore()  # the page's
        else:
            super().keyPressEvent(event)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Home and End mean rows here, not cells; with Shift they select up to there."""
        ends = {
            QAbstractItemView.CursorAction.MoveHome: 0,
            QAbstractItemView.CursorAction.MoveEnd: self.rows.rowCount() - 1,
        }
        if action in ends:
            return self.rows.index(ends[action], max(1, self.first_section()))
        return super().moveCursor(action, modifiers)

    def keyboardSearch(self, search: str) -> None:
        """Qt would look at every row of the list for one that begins so."""
        if search.strip():
            self.typed.emit(search)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the hover, row by row."""
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(event.position().toPoint().y()))

    def viewportEvent(self, event: QEvent) -> bool:
        """The mouse left."""
        if event.type() == QEvent.Type.Leave:
            self._hover(-1)
        return super().viewportEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming by keys, stand on a row."""
        super().focusInEvent(event)
        by_keys = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if by_keys and not self.everything and self.selected_count() == 0 and self.rows.rowCount():
            self.choose(max(0, self.current_number()))
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The line below what is selected shows the focus."""
        super().focusOutEvent(event)
        self.viewport().update()

    def _hover(self, number: int) -> None:
        before, self.hovered = self.hovered, number
        if before != number:
            self._repaint(before, before)
            self._repaint(number, number)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint once, with the rows, where they come within a blink; see `RowsDelegate.begin` too."""
        top, fit = self.seen()
        self._painting = True
        try:
            self.rows.bring(top, top + fit - 1)
        finally:
            self._painting = False
        self._delegate.begin()
        super().paintEvent(event)

    def _repaint(self, first: int, last: int) -> None:
        """Repaint some rows, as far as they are seen."""
        if self._painting:
            return
        top, fit = self.seen()
        if first <= top + fit and last >= top:
            if first == last:
                y = self.rowViewportPosition(first)
                self.viewport().update(
                    0, y, self.viewport().width(), self.verticalHeader().defaultSectionSize()
                )
            else:
                self.viewport().update()

    # --- columns

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the columns fit."""
        super().resizeEvent(event)
        self.layout_of_columns.fit()

    def dataChanged(
        self,
        _top_left: QModelIndex | QPersistentModelIndex,
        _bottom_right: QModelIndex | QPersistentModelIndex,
        _roles: list[int] | None = None,  # type: ignore[override]
    ) -> None:
        """Qt's own looks whether an editor is open in each of them."""
        self.viewport().update()

    def show_sort(self, section: int, *, descending: bool) -> None:
        """The arrow beside a heading; -1 shows none."""
        head = self.horizontalHeader()
        head.setSortIndicatorShown(section >= 0)
        if section >= 0:
            order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
            head.setSortIndicator(section, order)

    def _heading_clicked(self, section: int) -> None:
        column = self.rows.column(section)
        if column is not None and can_sort(self.rows.kind, column):
            self.sort_asked.emit(section)

    def _moved(self) -> None:
        if not self.layout_of_columns.arranging:
            self.layout_of_columns.fit()
            self.arranged.emit()

    def _resized(self, section: int, _before: int, now: int) -> None:
        if section != MARKS and self.layout_of_columns.user_width(section, now):
            self.arranged.emit()
