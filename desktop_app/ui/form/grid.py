"""The grid of child lines (materials, criteria): typed into like a small sheet, by keys alone, Excel rows pasted as they are."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.core import fields as f
from desktop_app.core.draft import Draft
from desktop_app.core.fields import Field, Value
from desktop_app.core.rules import Finding
from desktop_app.core.show import show
from desktop_app.core.spec import Lines
from desktop_app.core.words import tr
from desktop_app.ui import theme
from desktop_app.ui.form.editors import ENTER, YES_NO, LineEditor, is_number, value_of
from desktop_app.ui.form.picking import picks_of
from desktop_app.ui.widgets.buttons import Button, IconButton
from desktop_app.ui.widgets.labels import Hairline, Label, MessageLine, SectionHeading

CellLookUp = Callable[[f.Reference, str, LineEditor], None]


class CellEditor(LineEditor):
    """One cell. Pasting several cells or rows is the grid's business; Esc leaves the cell."""

    pasted = Signal(str)
    escaped = Signal()
    remove_row = Signal()

    def __init__(self, name: str, look_up: Callable[[str], None] | None = None) -> None:
        super().__init__(name, look_up)
        self.setProperty("look", "cell")

    def event(self, event: QEvent) -> bool:
        """Keys that the window would take otherwise."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            removing = event.key() == Qt.Key.Key_Delete and event.modifiers() == Qt.KeyboardModifier.ControlModifier
            if removing or event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Paste of several cells, removal of the row, leaving."""
        if event.matches(QKeySequence.StandardKey.Paste):
            text = QGuiApplication.clipboard().text()
            if "\t" in text or "\n" in text.strip("\r\n"):
                self.pasted.emit(text)
                return
        if event.key() == Qt.Key.Key_Delete and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.remove_row.emit()
            return
        opened = self._picks is not None and self._picks.isVisible()
        if event.key() == Qt.Key.Key_Escape and not opened:
            self.escaped.emit()
            return
        super().keyPressEvent(event)


class _Row:
    """The widgets of one line; `uid` is empty while it is the waiting line at the end."""

    def __init__(self, uid: str) -> None:
        self.uid = uid
        self.cells: dict[str, CellEditor] = {}
        self.derived: dict[str, Label] = {}
        self.others: list[QWidget] = []

    def widgets(self) -> list[QWidget]:
        return [*self.cells.values(), *self.derived.values(), *self.others]


class LinesGrid(QWidget):
    """All lines under one name. A waiting empty line at the end becomes a real one with its first letter."""

    edited = Signal()
    left = Signal()
    entered = Signal()  # Enter on the empty waiting line: on to the next field

    def __init__(self, lines: Lines, look_up: CellLookUp, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = lines
        self.setObjectName(lines.name)
        self.setAccessibleName(lines.label.say())
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._look_up = look_up
        self._draft: Draft | None = None
        self._rows: list[_Row] = []
        self._findings: list[Finding] = []
        self._columns = [field for field in lines.fields if not field.hidden]
        add = Button(tr("Tambah baris", "Add line"), "quiet", "plus", dim="small", name=f"add_{lines.name}")
        add.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        add.clicked.connect(self.enter_waiting)
        self._heading = SectionHeading(lines.label.say(), "", None if lines.fixed else add)
        self._card = QFrame()
        self._card.setProperty("kind", "card")
        self._grid = QGridLayout(self._card)
        self._grid.setSpacing(0)
        self._message = MessageLine()
        self._message.setObjectName(f"error_{lines.name}")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, theme.current().px(2), 0, 0)
        box.setSpacing(theme.current().px(2))
        box.addWidget(self._heading)
        box.addWidget(self._card)
        box.addWidget(self._message)
        self._grid.setContentsMargins(1, 1, 1, 1)
        self._head()

    def _head(self) -> None:
        look = theme.current()
        for column, field in enumerate(self._columns):
            word = Label(field.label.say(), "meta", "text2")
            right = Qt.AlignmentFlag.AlignRight if is_number(field) else Qt.AlignmentFlag.AlignLeft
            word.setAlignment(right | Qt.AlignmentFlag.AlignVCenter)
            word.setContentsMargins(look.px(2), 0, look.px(2), 0)
            word.setFixedHeight(look.px(8))
            self._grid.addWidget(word, 0, column)
            self._grid.setColumnStretch(column, self._stretch(field))

    def _stretch(self, field: Field) -> int:
        if isinstance(field, f.Reference) or field.name == self.lines.key:
            return 5
        like = field.like if isinstance(field, f.Computed) else field
        return 3 if isinstance(like, f.Money | f.Text) else 2

    # ---- the draft

    def show_draft(self, draft: Draft) -> None:
        """Show the lines of a draft."""
        self._draft = draft
        self.refresh()

    def refresh(self) -> None:
        """Bring the cells in step with the draft; rows that went are taken away, new ones built."""
        draft = self._draft
        if draft is None:
            return
        uids = draft.rows(self.lines.name)
        if [row.uid for row in self._rows if row.uid] != uids:
            self._rebuild(uids)
        for row in self._rows:
            self._show_row(draft, row)
        self._note(draft)
        self.show_findings(self._findings)

    def _rebuild(self, uids: list[str]) -> None:
        kept = {row.uid: row for row in self._rows if row.uid in uids}
        for row in self._rows:
            if row.uid not in kept:
                for widget in row.widgets():
                    self._grid.removeWidget(widget)
                    widget.hide()
                    widget.deleteLater()
        self._rows = [kept.get(uid) or self._make(uid) for uid in uids]
        if not self.lines.fixed:
            self._rows.append(self._make(""))
        for number, row in enumerate(self._rows):
            self._place(row, number)
        self._order_tabs()

    def _make(self, uid: str) -> _Row:
        row = _Row(uid)
        for field in self._columns:
            if isinstance(field, f.Computed) or field.name == self.lines.key:
                word = Label("", "body", "text" if field.name == self.lines.key else "text2", wrap=field.name == self.lines.key)
                word.setAlignment((Qt.AlignmentFlag.AlignRight if is_number(field) else Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter)
                row.derived[field.name] = word
            else:
                row.cells[field.name] = self._cell(row, field)
        row.others.append(Hairline())
        if not self.lines.fixed:
            remove = IconButton(tr("Hapus baris (Ctrl+Del)", "Remove line (Ctrl+Del)"), "trash-can-outline")
            remove.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            remove.clicked.connect(lambda: self._remove(row))
            remove.setVisible(bool(uid))
            row.others.append(remove)
        return row

    def _cell(self, row: _Row, field: Field) -> CellEditor:
        if isinstance(field, f.Choice | f.YesNo):
            codes = field.codes if isinstance(field, f.Choice) else YES_NO
            cell = CellEditor("", lambda text: cell.offer(picks_of(codes, text)))
        elif isinstance(field, f.Reference):
            cell = CellEditor("", lambda text: self._look_up(field, text, cell))
        else:
            cell = CellEditor("")
        if is_number(field):
            cell.setAlignment(Qt.AlignmentFlag.AlignRight)
        cell.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        cell.setMinimumWidth(theme.current().px(12))
        cell.typed.connect(lambda text: self._typed(row, field, text))
        cell.chosen.connect(lambda value: self._chosen(row, field, value))
        cell.left.connect(lambda: self._left(row, field))
        cell.entered.connect(lambda: self._go_on(row, field))
        cell.escaped.connect(self.setFocus)
        cell.pasted.connect(lambda text: self._paste(row, field, text))
        cell.remove_row.connect(lambda: self._remove(row))
        return cell

    def _place(self, row: _Row, number: int) -> None:
        line = 1 + 2 * number
        waiting = not row.uid
        for column, field in enumerate(self._columns):
            widget = row.cells.get(field.name) or row.derived[field.name]
            widget.setObjectName(f"{self.lines.name}_{number + 1}_{field.name}")
            widget.setAccessibleName(f"{field.label.say()}, {tr('baris', 'line')} {number + 1}")
            widget.setContentsMargins(theme.current().px(2), 0, theme.current().px(2), 0) if isinstance(widget, Label) else None
            self._grid.addWidget(widget, line + 1, column)
        self._grid.addWidget(row.others[0], line, 0, 1, len(self._columns) + 1)
        if len(row.others) > 1:
            self._grid.addWidget(row.others[1], line + 1, len(self._columns))
            row.others[1].setVisible(not waiting)
        first = next(iter(row.cells.values()), None)
        if waiting and first is not None:
            first.setPlaceholderText(tr("Ketik di sini…", "Type here…"))

    def _order_tabs(self) -> None:
        cells = [cell for row in self._rows for cell in row.cells.values()]
        for before, after in zip(cells, cells[1:], strict=False):
            QWidget.setTabOrder(before, after)

    def _show_row(self, draft: Draft, row: _Row) -> None:
        for name, cell in row.cells.items():
            if not cell.hasFocus():
                cell.show_text(draft.cell_text(self.lines.name, row.uid, name) if row.uid else "")
        for name, word in row.derived.items():
            word.setText(self._derived(draft, row, name) if row.uid else "")

    def _derived(self, draft: Draft, row: _Row, name: str) -> str:
        value = draft.cell_value(self.lines.name, row.uid, name)
        if name == self.lines.key and self.lines.fixed is not None:
            return f"{value}  {self.lines.fixed.words(str(value)).say()}"
        return show(self.lines.by_name[name], value, zone=draft.where.settings.zone, lookup=draft.where.lookup)

    def _note(self, draft: Draft) -> None:
        uids = draft.rows(self.lines.name)
        if self.lines.fixed or not uids:
            self._heading.set_note("")
            return
        parts = [f"{len(uids)} {tr('baris', 'lines' if len(uids) > 1 else 'line')}"]
        for field in self._columns:
            if isinstance(field, f.Computed) and isinstance(field.like, f.Money):
                amounts = [draft.cell_value(self.lines.name, uid, field.name) for uid in uids]
                parts.append(show(field, sum(amount for amount in amounts if isinstance(amount, int))))
        self._heading.set_note(", ".join(parts))

    # ---- typing

    def _real(self, row: _Row) -> str:
        """The row's uid; the waiting row becomes a real one first, and a new one waits."""
        draft = self._draft
        if not row.uid and draft is not None:
            row.uid = draft.add_row(self.lines.name)
            row.others[1].setVisible(True)
            self._rows.append(self._make(""))
            self._place(self._rows[-1], len(self._rows) - 1)
            self._order_tabs()
        return row.uid

    def _typed(self, row: _Row, field: Field, text: str) -> None:
        if self._draft is None:
            return
        if isinstance(field, f.Reference):
            self._real(row)
            row.cells[field.name].setProperty("unread", bool(text))
            return
        self._draft.type_cell(self.lines.name, self._real(row), field.name, text)
        self.refresh()
        self.edited.emit()

    def _chosen(self, row: _Row, field: Field, value: Value) -> None:
        if self._draft is not None:
            row.cells[field.name].setProperty("unread", False)
            self._draft.choose_cell(self.lines.name, self._real(row), field.name, value_of(field, value))
            self.refresh()
            self.edited.emit()

    def _left(self, row: _Row, field: Field) -> None:
        cell = row.cells[field.name]
        if self._draft is None or row not in self._rows:
            return
        if cell.property("unread"):
            cell.setProperty("unread", False)
            self._draft.type_cell(self.lines.name, self._real(row), field.name, cell.text())
            self.edited.emit()
        self.refresh()
        self.left.emit()

    def _remove(self, row: _Row) -> None:
        if self._draft is None or not row.uid or self.lines.fixed:
            return
        number = self._rows.index(row)
        self._draft.remove_row(self.lines.name, row.uid)
        self.refresh()
        self.edited.emit()
        next(iter(self._rows[min(number, len(self._rows) - 1)].cells.values())).setFocus()

    def _paste(self, row: _Row, field: Field, text: str) -> None:
        """Rows and cells as Excel copies them, from this cell on; new lines as needed. A bad cell keeps its text and says why."""
        if self._draft is None:
            return
        names = [column.name for column in self._columns if not isinstance(column, f.Computed) and column.name != self.lines.key]
        start, number = names.index(field.name), self._rows.index(row)
        for offset, line in enumerate(text.replace("\r\n", "\n").rstrip("\n").split("\n")):
            if number + offset >= len(self._rows):
                break
            uid = self._real(self._rows[number + offset])
            for name, cell in zip(names[start:], line.split("\t"), strict=False):
                self._draft.type_cell(self.lines.name, uid, name, cell.strip())
        row.cells[field.name].show_text(self._draft.cell_text(self.lines.name, row.uid, field.name))
        self.refresh()
        self.edited.emit()
        self.left.emit()

    # ---- moving about

    def _go_on(self, row: _Row, field: Field) -> None:
        """Enter: next cell; after the last one the next line; on an empty waiting line out of the grid."""
        names = list(row.cells)
        number = self._rows.index(row)
        if not row.uid and not row.cells[field.name].text():
            self.entered.emit()
        elif field.name != names[-1]:
            row.cells[names[names.index(field.name) + 1]].setFocus()
        elif number + 1 < len(self._rows):
            next(iter(self._rows[number + 1].cells.values())).setFocus()
        else:
            self.entered.emit()

    def enter(self) -> None:
        """The cursor into the first cell that waits for something."""
        if self._rows:
            next(iter(self._rows[0 if self.lines.fixed else -1].cells.values())).setFocus()

    enter_waiting = enter

    def focus_cell(self, uid: str, name: str) -> None:
        """The cursor into one cell."""
        for row in self._rows:
            if row.uid == uid and name in row.cells:
                row.cells[name].setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """On the grid itself (after Esc in a cell): Enter or an arrow goes back in."""
        if event.key() in (*ENTER, Qt.Key.Key_Down, Qt.Key.Key_F2):
            self.enter()
        else:
            super().keyPressEvent(event)

    def show_findings(self, findings: list[Finding]) -> None:
        """Colour the cells in question; the first finding in words below the grid, with the number of its line."""
        self._findings = findings
        numbers = {row.uid: number + 1 for number, row in enumerate(self._rows) if row.uid}
        at = {(finding.line[1], finding.field): finding for finding in reversed(findings) if finding.line}
        for row in self._rows:
            for name, cell in row.cells.items():
                found = at.get((row.uid, name))
                cell.set_state(found.severity if found else "")
                cell.setToolTip(found.words.say() if found else "")
        if not findings:
            self._message.clear()
            return
        first = findings[0]
        where = f"{tr('Baris', 'Line')} {numbers.get(first.line[1], '?')}: " if first.line else ""
        self._message.show_message(first.severity, where + first.words.say())
