"""The form's body: sections like the paper form, generated from the declaration, in step with the draft.

Long forms are built in slices between the events, so that opening one never holds the keyboard up.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop_app.core import fields as f
from desktop_app.core.draft import Draft
from desktop_app.core.draft_typed import Spot
from desktop_app.core.fields import Field, Value
from desktop_app.core.record import Record
from desktop_app.core.rules import Finding
from desktop_app.core.spec import Kind, Lines
from desktop_app.ui import theme
from desktop_app.ui.form.asker import Asker
from desktop_app.ui.form.binding import FieldBinding
from desktop_app.ui.form.editors import Editor, LineEditor, put_caret
from desktop_app.ui.form.grid import LinesGrid
from desktop_app.ui.form.measures import parts_of
from desktop_app.ui.form.rows import FieldRow
from desktop_app.ui.widgets.ground import lay_ground
from desktop_app.ui.widgets.labels import SectionHeading

SLICE_S = 0.006
"""So long at most the form is built at a stretch."""

Cursor = tuple[str, tuple[str, str] | None]
"""The name of a field, or that of lines with the uid of the line and the cell's name."""


class FormBody(QScrollArea):
    """All editors of one kind. `show_draft` puts a draft in; what the user does goes to the draft and is told by `edited`."""

    edited = Signal(str)  # field or lines name: the draft has taken it
    left = Signal(str)
    jump = Signal(object)  # (kind, uid) of another record
    last_entered = Signal()  # Enter in the last field
    grown = Signal()  # more of it is built
    pin_asked = Signal(str)
    look_asked = Signal(str)  # a masked number is to be shown

    def __init__(self, kind: Kind, asker: Asker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = kind
        self.setObjectName(f"form_{kind.name}")
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._asker = asker
        self._fields = FieldBinding(asker, self)
        self._grids: dict[str, LinesGrid] = {}
        self._headings: list[tuple[SectionHeading | None, list[QWidget]]] = []
        self._cursor: Cursor | None = None
        self._caret = -1
        self._in_sight: QWidget | None = None
        self.kept: set[str] = set()
        """The pinned fields that are filled: Enter passes over them."""
        self._ground = lay_ground(self)
        self._page = QWidget()
        self._page.setProperty("kind", "scrolled")
        self._column = QVBoxLayout(self._page)
        self._column.addStretch(1)
        self.setWidget(self._page)
        self._connect()
        self.restyle()
        theme.changed.connect(self.restyle)
        self._plan = self._building()
        self._next_slice = QTimer(self, singleShot=True, interval=0)
        self._next_slice.timeout.connect(self._build_slice)
        self._next_slice.start()

    def _connect(self) -> None:
        self._fields.changed.connect(self._after)
        self._fields.left.connect(self.left)
        self._fields.jump.connect(self.jump)
        self._fields.entered.connect(self.go_on)
        self.verticalScrollBar().rangeChanged.connect(lambda _low, _high: self._scroll())
        self._fields.pin_clicked.connect(self.pin_asked)
        self._fields.look_asked.connect(self.look_asked)

    def restyle(self) -> None:
        """Sizes after a change of text size."""
        look = theme.current()
        self._column.setContentsMargins(look.px(6), look.px(3), look.px(6), look.px(6))
        self._column.setSpacing(look.px(2))
        self._page.setMaximumWidth(look.px(212))
        self.verticalScrollBar().setSingleStep(look.px(10))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow form the labels stand above their fields."""
        super().resizeEvent(event)
        if not self.width():  # a splitter shows it before it gives it room
            return
        for row in self._fields.rows:
            row.set_stacked(stacked=self._is_narrow())

    def _is_narrow(self) -> bool:
        return self._ground.width() < theme.current().px(120)

    # ---- building

    def _building(self) -> Iterator[None]:
        for number, section in enumerate(self.kind.form):
            parts = parts_of(section)
            heading = None
            # The first section needs no heading, and a grid brings its own.
            if number and parts and not isinstance(parts[0], Lines):
                heading = SectionHeading(section.label.say())
                heading.setContentsMargins(0, theme.current().px(1), 0, 0)
                heading.hide()
                self._put(heading)
            widgets: list[QWidget] = []
            self._headings.append((heading, widgets))
            for part in parts:
                widgets.append(self._grid(part) if isinstance(part, Lines) else self._row(part))
                if heading is not None:
                    heading.setVisible(any(not widget.isHidden() for widget in widgets))
                self._set_cursor()
                yield

    def _put(self, widget: QWidget) -> None:
        self._column.insertWidget(self._column.count() - 1, widget)

    def _row(self, fields: tuple[Field, ...]) -> FieldRow:
        row = self._fields.add(fields)
        row.set_stacked(stacked=self._is_narrow())
        self._put(row)
        self._fields.show_row(row, self._fields.marks())
        self._fields.show_row_findings(row, self.shown_findings())
        row.setVisible(row.applies())  # now: what Qt shows in a later turn, `_settle` cannot lay out
        return row

    def _grid(self, lines: Lines) -> LinesGrid:
        grid = LinesGrid(lines, self._asker)
        grid.edited.connect(lambda: self._after(lines.name))
        grid.left.connect(lambda: self._grid_left(lines.name))
        grid.seen.connect(self._cells_seen)
        grid.entered.connect(lambda: self.go_on(lines.name))
        grid.back.connect(lambda: self.go_on(lines.name, -1))
        grid.in_sight.connect(self._show_place)
        self._grids[lines.name] = grid
        self._put(grid)
        draft = self._fields.draft
        if draft is not None:
            grid.show_draft(draft)
            grid.show_findings(self._of_grid(lines.name, self.shown_findings()))
        grid.setVisible(draft is None or draft.relevant(lines.name))
        return grid

    def _build_slice(self) -> None:
        until = time.perf_counter() + SLICE_S
        for _ in self._plan:
            if time.perf_counter() > until:
                self._next_slice.start()
                break
        self._settle()
        self.grown.emit()

    @staticmethod
    def _settle() -> None:
        """Every layout finds its size now: one that lags behind a slice squeezes the rows that are there, and it is seen."""
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)

    def build_all(self) -> None:
        """Build what is left now."""
        if not self.is_built():
            for _ in self._plan:
                pass
            self._next_slice.stop()
            self.grown.emit()

    def is_built(self) -> bool:
        """Whether all editors are there."""
        return not self._next_slice.isActive()

    # ---- the draft

    def show_draft(self, draft: Draft) -> None:
        """Put a draft in; nothing counts as visited yet."""
        self._cursor = None
        if not self._headings:
            self._build_slice()
        self._fields.show_draft(draft)
        for grid in self._grids.values():
            grid.show_draft(draft)
        self.refresh()
        self.show_findings([])

    def refresh(self, but: str = "") -> None:
        """Bring every editor in step with the draft, except the one that is being typed into."""
        if self._fields.draft is None:
            return
        marks = self._fields.marks()
        for row in self._fields.rows:
            self._fields.show_row(row, marks, but)
        for name, grid in self._grids.items():
            grid.setVisible(name in marks[0])
            grid.refresh()
        for heading, widgets in self._headings:
            if heading is not None:
                heading.setVisible(any(not widget.isHidden() for widget in widgets))

    def refresh_others(self) -> None:
        """`refresh`, except for the field that is being typed into."""
        self.refresh(but=self._fields.typing)

    def show_figures(self, figures: dict[str, str]) -> None:
        """Show the derived figures that were asked for in a worker."""
        self._fields.show_figures(figures)

    def _after(self, name: str) -> None:
        self.refresh(but=name)
        self.edited.emit(name)

    def _cells_seen(self, cells: set[tuple[str, str]]) -> None:
        fresh = not cells <= self._fields.seen
        self._fields.seen |= cells
        if fresh:
            self._show_findings()

    def _grid_left(self, name: str) -> None:
        self._fields.visited.add(name)
        self._show_findings()
        self.left.emit(name)

    # ---- from the record before

    def pin_editors(self) -> list[tuple[str, Editor]]:
        """The fields that can be typed into, shown or not, by name."""
        editors = ((name, self._fields.editor(name)) for name in self._fields.row_of)
        return [
            (name, one) for name, one in editors if not (isinstance(one, LineEditor) and one.isReadOnly())
        ]

    def copy_from(self, previous: Record | None) -> bool:
        """The field with the cursor takes what stands there in another record, a cell what stands above it; whether it did."""
        name = self.focused_field()
        if name in self._grids:
            return self._grids[name].copy_down(previous)
        value = previous.values.get(name) if previous is not None else None
        if value is None or name not in self._fields.row_of:
            return False
        self._fields.put({name: value})
        return True

    def put(self, values: Mapping[str, Value]) -> None:
        """Values that come from elsewhere, as if they had been picked."""
        self._fields.put(values)

    def reveal(self, name: str) -> None:
        """Show a masked number as it is."""
        self._fields.reveal(name)

    # ---- findings

    def show_findings(self, findings: list[Finding]) -> None:
        """The newest findings; shown at fields that were visited."""
        self._fields.findings = findings
        self._show_findings()

    def _show_findings(self) -> None:
        self._fields.show_findings()
        shown = self.shown_findings()
        for name, grid in self._grids.items():
            grid.show_findings(self._of_grid(name, shown))

    @staticmethod
    def _of_grid(name: str, shown: list[Finding]) -> list[Finding]:
        return [one for one in shown if (one.line[0] == name if one.line else one.field == name)]

    def shown_findings(self) -> list[Finding]:
        """The findings at visited places."""
        return self._fields.shown()

    def show_all_findings(self) -> None:
        """From now on, every finding is shown: somebody wants to save."""
        self._fields.show_all()
        self._show_findings()

    def visit(self, name: str) -> None:
        """What is found about this field is shown from now on."""
        self._fields.visited.add(name)

    def homeless(self, findings: list[Finding]) -> list[Finding]:
        """The findings that have no field on this form to stand at."""
        homes = {field.name for field in self.kind.fields if not field.hidden} | set(self.kind.lines_by_name)
        return [one for one in findings if (one.line[0] if one.line else one.field) not in homes]

    # ---- moving about

    def editors(self) -> list[tuple[str, QWidget]]:
        """What can be typed into now, in order, by name."""
        found: list[tuple[str, QWidget]] = []
        for _, widgets in self._headings:
            for widget in widgets:
                if isinstance(widget, FieldRow):
                    found += [
                        (field.name, widget.editors[field.name])
                        for field in widget.fields
                        if not isinstance(field, f.Computed) and not widget.editors[field.name].isHidden()
                    ]
                elif isinstance(widget, LinesGrid) and not widget.isHidden():
                    found.append((widget.lines.name, widget))
        return found

    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order, shown or not."""
        found: list[QWidget] = []
        for _, widgets in self._headings:
            for widget in widgets:
                if isinstance(widget, FieldRow):
                    found += [
                        widget.editors[field.name]
                        for field in widget.fields
                        if not isinstance(field, f.Computed)
                    ]
                elif isinstance(widget, LinesGrid):
                    found.append(widget.table)
        return found

    def focus_first(self) -> None:
        """The cursor into the first field."""
        editors = self.editors()
        if editors:
            self._focus(next((one for name, one in editors if name not in self.kept), editors[0][1]))
        self.verticalScrollBar().setValue(0)

    def focus_first_missing(self) -> None:
        """The cursor into the first field that must be filled and is not, else the first."""
        draft, (_, required) = self._fields.draft, self._fields.marks()
        names = [name for name, _ in self.editors() if name in required]
        empty = (name for name in names if draft is not None and draft.record.values.get(name) is None)
        missing = next(empty, "")
        if missing:
            self.focus_field(missing)
        else:
            self.focus_first()

    def go_on(self, name: str, by: int = 1) -> None:
        """Enter: on to the next field that did not begin filled (or back to the one before)."""
        place, editors = self._next_to(name, by)
        if place >= len(editors) and not self.is_built():
            self.build_all()
            place, editors = self._next_to(name, by)
        if place >= len(editors):
            self.last_entered.emit()
        elif place >= 0:
            self._focus(editors[place][1], by)

    def focusNextPrevChild(self, on: bool) -> bool:
        """Tab, while the rest of the form is being built, goes to the next field and not to what stands behind the form."""
        here = self.focused_field()
        if on and here and not self.is_built():
            self.build_all()
            names = [name for name, _ in self.editors()]
            place = names.index(here) + 1
            if place < len(names):
                self._focus(self.editors()[place][1])  # not shown yet, but there: Qt would pass over it
                return True
        return super().focusNextPrevChild(on)

    def _next_to(self, name: str, by: int) -> tuple[int, list[tuple[str, QWidget]]]:
        editors = self.editors()
        names = [one for one, _ in editors]
        place = names.index(name) + by if name in names else 0
        while 0 <= place < len(names) and self._is_passed(names[place]):
            place += by
        return place, editors

    def _is_passed(self, name: str) -> bool:
        """Whether Enter passes over a field: it is kept, or began filled (not by a lamp: the hands must not depend on when that arrives)."""
        draft = self._fields.draft
        if (
            name in self.kept
            or draft is None
            or draft.base is not None
            or name in draft.touched | draft.filled
        ):
            return name in self.kept
        return draft.record.values.get(name) is not None

    def _focus(self, target: QWidget, by: int = 1) -> None:
        if isinstance(target, LinesGrid):
            target.enter(by)
        else:
            target.setFocus(Qt.FocusReason.TabFocusReason)
            self._show_place(target)

    def _show_place(self, widget: QWidget) -> None:
        """Scroll so that a widget, and the message below it, can be seen; again when what stands above it is laid out."""
        self._in_sight = widget
        QTimer.singleShot(0, widget, self._scroll)

    def _scroll(self) -> None:
        if self._in_sight is not None and isValid(self._in_sight) and self._in_sight.hasFocus():
            self.ensureWidgetVisible(self._in_sight, 0, theme.current().px(8))

    def focus_field(self, name: str, line: tuple[str, str] | None = None, caret: int = -1) -> None:
        """The cursor into a field or a cell, as soon as it is built; before this letter, else all of it selected."""
        self._cursor, self._caret = (name, line), caret
        self._set_cursor()

    def spot(self) -> Spot:
        """Where the cursor stands, to be kept with the draft."""
        name, cell = self.where()
        editor = QApplication.focusWidget()
        caret = -1
        if isinstance(editor, QLineEdit) and name:
            caret = editor.cursorPosition()
        elif isinstance(editor, QPlainTextEdit) and name:
            caret = editor.textCursor().position()
        return Spot(name, *(cell or ("", "")), caret)

    def go_to(self, spot: Spot) -> None:
        """The cursor back to where it stood; into the first field when it stood nowhere."""
        if spot.cell:
            self.focus_field(spot.cell, (spot.field, spot.line), spot.caret)
        elif spot.field:
            self.focus_field(spot.field, None, spot.caret)
        else:
            self.focus_first()

    def _set_cursor(self) -> None:
        if self._cursor is None:
            return
        name, line = self._cursor
        grid = self._grids.get(line[0] if line else name)
        if grid is not None:
            grid.focus_cell(line[1] if line else "", name)
        elif line is None and name in self._fields.row_of:
            self._focus(self._fields.editor(name))
        else:  # not built yet; a cell may be called as one of the fields is
            return
        self._cursor = None
        if self._caret >= 0:
            put_caret(QApplication.focusWidget(), self._caret)

    def focused_field(self) -> str:
        """The name of the field or the lines that have the cursor, or nothing."""
        for name in self._fields.row_of:
            editor = self._fields.editor(name)
            inside = self.focusWidget()
            if editor.hasFocus() or (inside and inside.hasFocus() and editor.isAncestorOf(inside)):
                return name
        return next((name for name, grid in self._grids.items() if grid.has_cursor()), "")

    def has_focus(self) -> bool:
        """Whether the cursor is in one of its fields."""
        return bool(self.focused_field())

    def where(self) -> Cursor:
        """Where the cursor is, to be brought back by `set_cursor`."""
        name = self.focused_field()
        return (name, self._grids[name].where()) if name in self._grids else (name, None)

    def set_cursor(self, cursor: Cursor) -> None:
        """Bring the cursor back to where it was, if it is not there."""
        name, line = cursor
        if line is not None:
            self.focus_field(line[1], (name, line[0]))
        elif name and name != self.focused_field():
            self.focus_field(name)

    def follow_link(self) -> None:
        """As clicking the link in the message of the field that has the cursor."""
        name = self.focused_field()
        if name in self._fields.row_of:
            self._fields.row_of[name].follow_link(name)

    def finish_typing(self) -> None:
        """What is being typed counts as left: somebody saves."""
        name = self.focused_field()
        if name in self._fields.row_of:
            editor = self._fields.editor(name)
            if isinstance(editor, LineEditor):
                editor.accept()
            editor.left.emit()
        elif name in self._grids:
            self._grids[name].finish_cell()

    def set_read_only(self, *, read_only: bool) -> None:
        """Records of others, and removed ones, can be read."""
        self._page.setEnabled(not read_only)
