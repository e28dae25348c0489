"""The table inside a grid of child lines: painted cells, one of them typed into, everything done by keys."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QHeaderView, QTableView, QWidget

from desktop_app.core import fields as f
from desktop_app.core.draft import Draft
from desktop_app.core.draft_typed import LinesState
from desktop_app.core.fields import Field, Value
from desktop_app.core.spec import Lines
from desktop_app.core.words import tr
from desktop_app.ui import theme
from desktop_app.ui.form.asker import Asker
from desktop_app.ui.form.asking import Meant
from desktop_app.ui.form.cells import CellEditor, CellPainter
from desktop_app.ui.form.editors import ENTER, YES_NO
from desktop_app.ui.form.known import Known
from desktop_app.ui.form.lines_model import LinesModel
from desktop_app.ui.form.measures import column_units, is_number, is_wide_column, value_of
from desktop_app.ui.form.picking import picks_of
from desktop_app.ui.widgets.ground import lay_ground
from desktop_app.ui.widgets.quiet_header import QuietHeader

_Names = dict[tuple[str, str], list[str]]  # (field, text) -> the lines it was pasted into

UNDOABLE = 50
"""So many changes of cells can be taken back."""


class LinesTable(QTableView):
    """The painted cells and the one that is typed into. What the user does goes to the draft."""

    edited = Signal()
    left = Signal()
    gone_on = Signal()
    gone_back = Signal()
    at_cell = Signal()
    seen = Signal(object)
    """The cells (line uid, field) that the user has been through: what is wrong in them may be told."""

    def __init__(self, lines: Lines, asker: Asker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        lay_ground(self, base=True)
        self.lines, self._asker = lines, asker
        self.setObjectName(f"grid_{lines.name}")
        self.setAccessibleName(lines.label.say())
        self._model = LinesModel(lines, self)
        self.setModel(self._model)
        self.setItemDelegate(CellPainter(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = QuietHeader(2, self)
        header.setSectionsMovable(False)
        header.setSectionsClickable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHorizontalHeader(header)
        self._editors: dict[int, CellEditor] = {}
        self._at: tuple[int, int] | None = None
        self._needs = [self._least(column) for column in range(len(self._model.columns))]
        self._last = (0, 0)  # where the cursor was last
        self._before: LinesState | None = None
        self._undo: list[tuple[LinesState, int, int]] = []

    # ---- the draft

    def show_draft(self, draft: Draft) -> None:
        """Show the lines of a draft."""
        self._put_away()
        self._undo.clear()
        self._model.show_draft(draft)
        self._needs = [self._least(column) for column in range(len(self._model.columns))]
        self._widen(range(len(self._model.uids)))
        self.fit()

    def refresh(self) -> None:
        """Come in step with the draft."""
        if self._refresh():
            self.fit()
        editor = self.editor()
        if editor is not None and self._at is not None and self._before is not None:  # nothing typed yet
            editor.show_text(self._text(*self._at))

    def _refresh(self) -> bool:
        """Bring the model in step; it forgets where the cursor was when lines come or go."""
        if not self._model.refresh():
            return False
        row, column = self._last
        index = self._model.index(min(row, self._model.rowCount() - 1), column)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        return True

    def model_of_lines(self) -> LinesModel:
        """The model, in its own type."""
        return self._model

    def fit(self) -> None:
        """As high as its rows; columns by what they hold, the names take what is left."""
        look = theme.current()
        self.verticalHeader().setDefaultSectionSize(look.px(8))
        wanted = list(self._needs)
        free = self.viewport().width() - sum(wanted)
        wide = [
            number for number, field in enumerate(self._model.columns) if is_wide_column(field, self.lines)
        ] or [0]
        for number in wide:
            wanted[number] += max(0, free) // len(wide)
        for number, width in enumerate(wanted):
            self.setColumnWidth(number, width)
        bar = self.horizontalScrollBar().sizeHint().height() if free < 0 else 0
        self.setFixedHeight(look.px(8) * (self._model.rowCount() + 1) + bar)
        self._place_editor()

    def _widen(self, rows: Iterable[int]) -> None:
        """Columns grow with what these rows hold: figures are never cut off, names and long texts may be."""
        look = theme.current()
        for column, field in enumerate(self._model.columns):
            if is_wide_column(field, self.lines):
                continue
            held = [
                look.metrics["body"].horizontalAdvance(self._model.cell(row, column).text) for row in rows
            ]
            wanted = max(held, default=0) + look.px(4) + 1
            self._needs[column] = max(self._needs[column], min(look.px(36), wanted))

    def _least(self, column: int) -> int:
        """The width that a column needs for its head, however empty it is."""
        look, field = theme.current(), self._model.columns[column]
        least = look.px(column_units(field, self.lines))
        if is_wide_column(field, self.lines):
            return least
        words = str(self._model.headerData(column, Qt.Orientation.Horizontal))
        return max(least, look.metrics["small"].horizontalAdvance(words) + look.px(4) + 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns follow."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    # ---- the cell

    def go_to(self, row: int, column: int) -> None:
        """The cursor into a cell."""
        self.finish()
        if self._at is not None and self._at[0] != row:
            self._tell_seen([self._at[0]])
        old = self.editor()
        self._at = self._last = (row, column)
        index = self._model.index(row, column)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.scrollTo(index)
        editor = self._editors.get(column) or self._make_editor(column)
        field = self._model.columns[column]
        editor.setObjectName(f"{self.lines.name}_{row + 1}_{field.name}")
        editor.setAccessibleName(f"{field.label.say()}, {tr('baris', 'line')} {row + 1}")
        finding = self._model.finding(row, column)
        editor.set_state(finding.severity if finding else "")
        editor.show_text(self._text(row, column))
        editor.show()
        self._place_editor()
        editor.setFocus(Qt.FocusReason.TabFocusReason)
        editor.selectAll()
        if old is not None and old is not editor:
            old.hide()
        self._before = self._model.draft.lines_state(self.lines.name) if self._model.draft else None
        self.at_cell.emit()

    def _tell_seen(self, rows: Iterable[int]) -> None:
        names = [field.name for field in self._model.columns]
        self.seen.emit({(self._uid(row), name) for row in rows for name in names if self._uid(row)})

    def finish(self) -> None:
        """What was typed into the cell is read and stands as it is written everywhere; a bad text stays."""
        draft = self._model.draft
        if self._at is None or draft is None:
            return
        uid, field = self._uid(self._at[0]), self._model.columns[self._at[1]]
        if uid and uid in draft.rows(self.lines.name):
            place = (self.lines.name, uid, field.name)
            if isinstance(field, f.Reference) and place in draft.typed and draft.typed[place].complaint:
                self._look_for_meaning(field, draft.typed[place].text, [uid])
            draft.tidy_cell(*place)
            self._refresh()
            self._widen([self._at[0]])
            self.fit()
            self.seen.emit({(uid, field.name)})

    def at(self) -> tuple[int, int] | None:
        """Row and column of the cell that is typed into."""
        return self._at

    def editor(self) -> CellEditor | None:
        """The cell that is typed into."""
        return self._editors.get(self._at[1]) if self._at is not None else None

    def _uid(self, row: int) -> str:
        return self._model.uids[row] if row < len(self._model.uids) else ""

    def _text(self, row: int, column: int) -> str:
        uid, draft = self._uid(row), self._model.draft
        return (
            draft.cell_text(self.lines.name, uid, self._model.columns[column].name) if uid and draft else ""
        )

    def _place_editor(self) -> None:
        editor = self.editor()
        if editor is not None and self._at is not None:
            editor.setGeometry(self.visualRect(self._model.index(*self._at)))

    def _put_away(self) -> None:
        editor, self._at = self.editor(), None
        if editor is not None:
            editor.hide()

    def _make_editor(self, column: int) -> CellEditor:
        editor: CellEditor
        field = self._model.columns[column]
        editor = CellEditor(lambda text: self._offer(field, text, editor), self.viewport())
        editor.set_icon("")
        if is_number(field):
            editor.setAlignment(Qt.AlignmentFlag.AlignRight)
        editor.typed.connect(self._typed)
        editor.chosen.connect(self._chosen)
        editor.left.connect(self._editor_left)
        editor.entered.connect(lambda: self.step(0, 1))
        editor.moved.connect(self.step)
        editor.escaped.connect(self._escape)
        editor.pasted.connect(self._paste)
        editor.removed.connect(self._remove)
        editor.undone.connect(self.undo)
        self._editors[column] = editor
        return editor

    def _offer(self, field: Field, text: str, editor: CellEditor) -> None:
        """Drop down what fits a typed text."""
        draft = self._model.draft
        if isinstance(field, f.Choice | f.YesNo):
            editor.offer(picks_of(field.codes if isinstance(field, f.Choice) else YES_NO, text), text)
        elif isinstance(field, f.Reference) and draft is not None and self._at is not None:
            among = draft.among(field, self.lines.name, self._uid(self._at[0]))
            self._asker.candidates(field, text, among, editor)

    # ---- typing

    def _real(self, row: int) -> str:
        """The row's uid; the waiting row becomes a line first, and a new one waits."""
        draft = self._model.draft
        if draft is not None and not self._uid(row):
            draft.add_row(self.lines.name)
            self._refresh()
            self.fit()
        return self._uid(row)

    def _remember(self) -> None:
        """Before the first change of a cell: what to go back to."""
        if self._before is not None and self._at is not None:
            self._undo = [*self._undo[1 - UNDOABLE :], (self._before, *self._at)]
            self._before = None

    def _typed(self, text: str) -> None:
        draft = self._model.draft
        if draft is None or self._at is None:
            return
        self._remember()
        field, uid = self._model.columns[self._at[1]], self._real(self._at[0])
        if isinstance(field, f.Reference):
            draft.keep_cell(self.lines.name, uid, field.name, text)
        else:
            draft.type_cell(self.lines.name, uid, field.name, text)
        self._refresh()
        self.edited.emit()

    def _chosen(self, value: Value) -> None:
        draft, editor = self._model.draft, self.editor()
        if draft is None or self._at is None or editor is None:
            return
        self._remember()
        field, uid = self._model.columns[self._at[1]], self._real(self._at[0])
        known = draft.where.lookup
        if isinstance(field, f.Reference) and isinstance(known, Known):
            known.tell_title(field.kind, str(value), editor.text())
        draft.choose_cell(self.lines.name, uid, field.name, value_of(field, value))
        self._refresh()
        self.edited.emit()

    def take(self, value: Value) -> None:
        """A value from elsewhere for the cell with the cursor."""
        draft = self._model.draft
        if draft is None or self._at is None:
            return
        self._remember()
        uid = self._real(self._at[0])
        draft.choose_cell(self.lines.name, uid, self._model.columns[self._at[1]].name, value)
        self.refresh()
        self.edited.emit()
        self.go_to(*self._at)

    def _look_for_meaning(self, field: f.Reference, text: str, uids: Sequence[str]) -> None:
        """Look up what a text typed into these lines means; it stays in its cells until the answer is there."""
        draft, name = self._model.draft, self.lines.name
        if draft is None:
            return

        def arrived(meant: Meant) -> None:
            if draft is not self._model.draft:
                return
            if isinstance(draft.where.lookup, Known):
                draft.where.lookup.learn(meant.known)
            with draft.at_once():
                for uid in set(uids) & set(draft.rows(name)):
                    if draft.cell_text(name, uid, field.name) == text:
                        draft.type_cell(name, uid, field.name, text, meant.found)
                        draft.tidy_cell(name, uid, field.name)
            self._widen(range(len(self._model.uids)))
            self.refresh()
            self.fit()
            self.edited.emit()
            self.left.emit()

        place = (draft.record.uid, *uids, field.name)
        self._asker.meaning(place, field, text, draft.among(field, name, uids[0]), arrived)

    def _remove(self) -> None:
        draft = self._model.draft
        uid = self._uid(self._at[0]) if self._at is not None else ""
        if draft is None or self._at is None or not uid or self.lines.fixed:
            return
        row, column = self._at
        self._undo = [*self._undo[1 - UNDOABLE :], (draft.lines_state(self.lines.name), row, column)]
        draft.remove_row(self.lines.name, uid)
        self._at = None
        self.refresh()
        self.edited.emit()
        self.go_to(min(row, self._model.rowCount() - 1), column)

    def undo(self) -> None:
        """Take back the last change of a cell, a paste or a removal."""
        draft = self._model.draft
        if draft is None or not self._undo:
            return
        state, row, column = self._undo.pop()
        draft.restore_lines(self.lines.name, state)
        self._at = None
        self.refresh()
        self.edited.emit()
        self.go_to(min(row, self._model.rowCount() - 1), column)

    def _paste(self, text: str) -> None:
        """Rows and cells as Excel copies them, from this cell on; new lines as needed. A bad cell keeps its text and says why."""
        draft = self._model.draft
        if draft is None or self._at is None:
            return
        row, column = self._at
        self._undo = [*self._undo[1 - UNDOABLE :], (draft.lines_state(self.lines.name), row, column)]
        fields = [self._model.columns[one] for one in self._model.typed_columns() if one >= column]
        lines = text.replace("\r\n", "\n").rstrip("\n").split("\n")
        if self.lines.fixed:
            lines = lines[: len(self._model.uids) - row]
        names: _Names = {}
        with draft.at_once():
            while not self.lines.fixed and len(draft.rows(self.lines.name)) < row + len(lines):
                draft.add_row(self.lines.name)
            for uid, line in zip(draft.rows(self.lines.name)[row:], lines, strict=False):
                for field, cell in zip(fields, line.split("\t"), strict=False):
                    self._put(draft, uid, field, cell.strip(), names)
        for (name, cell), uids in names.items():
            reference = self.lines.by_name[name]
            if isinstance(reference, f.Reference):
                self._look_for_meaning(reference, cell, uids)
        self._at = None
        self.refresh()
        self._widen(range(len(self._model.uids)))
        self.fit()
        self.edited.emit()
        self.leave_all()
        self.go_to(min(row + len(lines), self._model.rowCount() - 1), column)

    def _put(self, draft: Draft, uid: str, field: Field, text: str, names: _Names) -> None:
        """One pasted cell; names of other records are gathered, to be looked up once each."""
        if isinstance(field, f.Reference) and text:
            draft.keep_cell(self.lines.name, uid, field.name, text)
            names.setdefault((field.name, text), []).append(uid)
        else:
            draft.type_cell(self.lines.name, uid, field.name, text)
            draft.tidy_cell(self.lines.name, uid, field.name)

    # ---- moving about

    def step(self, down: int, on: int) -> None:
        """To another cell: `down` rows, `on` cells; out of the grid at its ends and on the empty waiting line."""
        if self._at is None:
            return
        row, column = self._at
        columns = self._model.typed_columns()
        waiting = not self._uid(row)
        if down:
            if 0 <= row + down < self._model.rowCount():
                self.go_to(row + down, column)
            return
        place = columns.index(column) + on
        if waiting and on > 0:
            self._leave(1)
        elif 0 <= place < len(columns):
            self.go_to(row, columns[place])
        elif 0 <= row + on < self._model.rowCount():
            self.go_to(row + on, columns[0 if on > 0 else -1])
        else:
            self._leave(on)

    def _leave(self, by: int) -> None:
        (self.gone_on if by > 0 else self.gone_back).emit()

    def _editor_left(self) -> None:
        """The focus went out of the cell; when it went out of the grid, the cell is closed."""
        now = QApplication.focusWidget()
        if self._at is None or now is self or (now is not None and self.isAncestorOf(now)):
            return
        self.finish()
        self._put_away()
        self.leave_all()

    def leave_all(self) -> None:
        """All lines have been seen by the user."""
        self._tell_seen(range(len(self._model.uids)))
        self.left.emit()

    def _escape(self) -> None:
        self.finish()
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._put_away()
        self.leave_all()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tab goes straight into a cell."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.enter(1 if event.reason() == Qt.FocusReason.TabFocusReason else -1)

    def enter(self, by: int = 1) -> None:
        """The cursor into the first cell (the waiting line's, where there is one), or coming back into the last."""
        columns = self._model.typed_columns()
        if self.lines.fixed:
            self.go_to(0 if by > 0 else self._model.rowCount() - 1, columns[0 if by > 0 else -1])
        else:
            self.go_to(self._model.rowCount() - 1, columns[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """After Esc: Enter, F2 or an arrow goes back into the cell, a letter replaces what stands there."""
        index = self.currentIndex()
        if event.key() in (*ENTER, Qt.Key.Key_F2, Qt.Key.Key_Down, Qt.Key.Key_Up) and not (
            event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.go_to(
                max(0, index.row()), index.column() if index.isValid() else self._model.typed_columns()[0]
            )
        elif event.text().isprintable() and event.text().strip() and index.isValid():
            self.go_to(index.row(), index.column())
            editor = self.editor()
            if editor is not None:
                editor.keyPressEvent(event)
        else:
            QWidget.keyPressEvent(self, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click goes into the cell."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self._model.is_typed(index.column()):
            self.go_to(index.row(), index.column())
        else:
            event.ignore()
