"""The grid of child lines (materials, criteria): typed into like a small sheet, by keys alone, Excel rows pasted as they are."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from desktop_app.core import fields as f
from desktop_app.core.draft import Draft
from desktop_app.core.record import Record
from desktop_app.core.rules import Finding
from desktop_app.core.show import show
from desktop_app.core.spec import Lines
from desktop_app.core.words import tr
from desktop_app.ui import theme
from desktop_app.ui.form.asker import Asker
from desktop_app.ui.form.lines_table import LinesTable
from desktop_app.ui.form.messages import FieldMessage
from desktop_app.ui.widgets.buttons import Button
from desktop_app.ui.widgets.labels import SectionHeading


class LinesGrid(QWidget):
    """Heading with a sum, the table on a card, and what is wrong in it."""

    edited = Signal()
    left = Signal()
    entered = Signal()  # on to the next field
    back = Signal()
    in_sight = Signal(object)  # the cell that has the cursor
    seen = Signal(object)

    def __init__(self, lines: Lines, asker: Asker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = lines
        self.setObjectName(lines.name)
        self.setAccessibleName(lines.label.say())
        self._draft: Draft | None = None
        self._findings: list[Finding] = []
        self.table = LinesTable(lines, asker)
        self.table.edited.connect(self._edited)
        self.table.left.connect(self.left)
        self.table.seen.connect(self.seen)
        self.table.gone_on.connect(self.entered)
        self.table.gone_back.connect(self.back)
        self.table.at_cell.connect(self._at_cell)
        add = Button(tr("Tambah baris", "Add line"), "quiet", "plus", dim="small", name=f"add_{lines.name}")
        add.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        add.setToolTip(tr("Hapus baris: Ctrl+Del", "Remove a line: Ctrl+Del"))
        add.clicked.connect(lambda _checked=False: self.table.enter())
        self._heading = SectionHeading(lines.label.say(), "", None if lines.fixed else add)
        card = QFrame()
        card.setProperty("kind", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.table)
        self._message = FieldMessage(f"error_{lines.name}")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, theme.current().px(1), 0, 0)
        box.setSpacing(theme.current().px(2))
        for widget in (self._heading, card, self._message):
            box.addWidget(widget)

    def show_draft(self, draft: Draft) -> None:
        """Show the lines of a draft."""
        self._draft = draft
        self.table.show_draft(draft)
        self._note()

    def refresh(self) -> None:
        """Come in step with the draft."""
        self.table.refresh()
        self._note()

    def enter(self, by: int = 1) -> None:
        """The cursor into the grid."""
        self.table.enter(by)

    def has_cursor(self) -> bool:
        """Whether the cursor is in one of its cells."""
        now = QApplication.focusWidget()
        return now is not None and (now is self.table or self.table.isAncestorOf(now))

    def where(self) -> tuple[str, str] | None:
        """The line and the name of the cell that has the cursor."""
        at, model = self.table.at(), self.table.model_of_lines()
        if at is None:
            return None
        return (model.uids[at[0]] if at[0] < len(model.uids) else "", model.columns[at[1]].name)

    def copy_down(self, previous: Record | None) -> bool:
        """The cell with the cursor takes what stands above it, in the first line what the record before has there."""
        at, draft, name = self.table.at(), self._draft, self.lines.name
        if at is None or draft is None:
            return False
        lines = draft.record.lines[name] if at[0] else (previous.lines.get(name, []) if previous else [])
        above = lines[at[0] - 1 if at[0] else 0] if lines else None
        value = above.values.get(self.table.model_of_lines().columns[at[1]].name) if above else None
        if value is not None:
            self.table.take(value)
        return value is not None

    def finish_cell(self) -> None:
        """What is being typed counts as left: what stands out in the open list is taken."""
        editor = self.table.editor()
        if editor is not None:
            editor.accept()
        self.table.finish()
        self.table.leave_all()

    def focus_cell(self, uid: str, name: str) -> None:
        """The cursor into one cell; into the grid when there is none such."""
        model = self.table.model_of_lines()
        names = [field.name for field in model.columns]
        if uid in model.uids and name in names and model.is_typed(names.index(name)):
            self.table.go_to(model.uids.index(uid), names.index(name))
        else:
            self.table.enter()

    def show_findings(self, findings: list[Finding]) -> None:
        """Colour the cells in question; in words below the grid: that of the cell with the cursor, else the first."""
        self._findings = findings
        self.table.model_of_lines().show_findings(findings)
        self._say()

    def _say(self) -> None:
        model, at = self.table.model_of_lines(), self.table.at()
        here = model.finding(*at) if at is not None else None
        first = here or next(iter(self._findings), None)
        if first is None:
            self._message.say("hint", "")
            return
        numbers = {uid: number for number, uid in enumerate(model.uids, 1)}
        where = ""
        if first.line and not self.lines.fixed:
            where = f"{tr('Baris', 'Line')} {numbers.get(first.line[1], '?')}: "
        others = len({(one.line, one.field) for one in self._findings}) - 1
        more = tr(f" (dan {others} lagi)", f" (and {others} more)") if others > 0 else ""
        self._message.say(first.severity, where + first.words.say() + more)

    def _edited(self) -> None:
        self._note()
        self.edited.emit()

    def _at_cell(self) -> None:
        self._say()
        self.in_sight.emit(self.table.editor() or self.table)

    def _note(self) -> None:
        """Beside the heading: how many lines, and what they cost."""
        draft, name = self._draft, self.lines.name
        uids = draft.rows(name) if draft else []
        if draft is None or self.lines.fixed or not uids:
            self._heading.set_note("")
            return
        parts = [f"{len(uids)} {tr('baris', 'lines' if len(uids) > 1 else 'line')}"]
        for field in self.lines.fields:
            if isinstance(field, f.Computed) and isinstance(field.like, f.Money):
                amounts = [line.values.get(field.name) for line in draft.record.lines[name]]
                parts.append(show(field, sum(amount for amount in amounts if isinstance(amount, int))))
        self._heading.set_note(", ".join(parts))
