"""The form's body: sections like the paper form, generated from the declaration, in step with the draft."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desktop_app.core import fields as f
from desktop_app.core.draft import Draft
from desktop_app.core.fields import Field, Value
from desktop_app.core.rules import Finding
from desktop_app.core.spec import Kind, Lines, Section
from desktop_app.ui import theme
from desktop_app.ui.form.editors import Editor, TicksEditor, value_of
from desktop_app.ui.form.grid import LinesGrid
from desktop_app.ui.form.rows import FieldRow, LookUp
from desktop_app.ui.widgets.labels import SectionHeading


def lines_of(section: Section) -> list[tuple[Field, ...] | Lines]:
    """The section's content as lines of the form: fields said in one breath stand together, hidden ones nowhere."""
    found: list[tuple[Field, ...] | Lines] = []
    for part in section.content:
        if isinstance(part, Lines):
            found.append(part)
        elif part.hidden:
            continue
        elif part.beside and found and isinstance(found[-1], tuple):
            found[-1] = (*found[-1], part)
        else:
            found.append((part,))
    return found


class FormBody(QScrollArea):
    """All editors of one kind. `show_draft` puts a draft in; what the user does goes to the draft and is told by `edited`.

    A field's findings are shown once it was left, or all at once after `show_all_findings` (somebody tried to save).
    """

    edited = Signal(str)  # field or lines name: the draft has taken it
    left = Signal(str)
    jump = Signal(object)
    last_entered = Signal()  # Enter in the last field

    def __init__(self, kind: Kind, look_up: LookUp, cell_look_up: Callable[..., None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = kind
        self.setObjectName(f"form_{kind.name}")
        self.setWidgetResizable(True)
        self.setFocusPolicy(self.focusPolicy().NoFocus)
        self._draft: Draft | None = None
        self._rows: list[FieldRow] = []
        self._row_of: dict[str, FieldRow] = {}
        self._grids: dict[str, LinesGrid] = {}
        self._headings: list[tuple[SectionHeading, list[QWidget]]] = []
        self._values: dict[str, Value] = {}
        self._visited: set[str] = set()
        self._all_visited = False
        self._findings: list[Finding] = []
        self._page = QWidget()
        self._page.setProperty("kind", "scrolled")
        self._column = QVBoxLayout(self._page)
        self._build(look_up, cell_look_up)
        self._column.addStretch(1)
        self.setWidget(self._page)
        self.restyle()
        theme.changed.connect(self.restyle)

    def restyle(self) -> None:
        """Sizes after a change of text size."""
        look = theme.current()
        self._column.setContentsMargins(look.px(6), look.px(3), look.px(6), look.px(6))
        self._column.setSpacing(look.px(2))
        self._page.setMaximumWidth(look.px(212))

    def _build(self, look_up: LookUp, cell_look_up: Callable[..., None]) -> None:
        for number, section in enumerate(self.kind.form):
            content = lines_of(section)
            widgets: list[QWidget] = []
            heading = SectionHeading(section.label.say())
            if number and not all(isinstance(part, Lines) for part in content):
                self._column.addWidget(heading)  # the first section needs no heading, and grids bring their own
            else:
                heading.setParent(self._page)
                heading.hide()
                heading.setProperty("silent", True)
            for part in content:
                widgets.append(self._grid(part, cell_look_up) if isinstance(part, Lines) else self._row(part, look_up))
                self._column.addWidget(widgets[-1])
            self._headings.append((heading, widgets))

    def _row(self, fields: tuple[Field, ...], look_up: LookUp) -> FieldRow:
        row = FieldRow(fields, look_up)
        row.jump.connect(self.jump)
        self._rows.append(row)
        for field in fields:
            self._row_of[field.name] = row
            self._connect(field, row.editors[field.name])
        return row

    def _grid(self, lines: Lines, cell_look_up: Callable[..., None]) -> LinesGrid:
        grid = LinesGrid(lines, cell_look_up)
        grid.edited.connect(lambda: self._after(lines.name))
        grid.left.connect(lambda: self._leave(lines.name))
        grid.entered.connect(lambda: self.go_on(lines.name))
        self._grids[lines.name] = grid
        return grid

    def _connect(self, field: Field, editor: Editor) -> None:
        editor.typed.connect(lambda text: self._typed(field, text))
        editor.chosen.connect(lambda value: self._chosen(field, value))
        editor.left.connect(lambda: self._left(field))
        editor.entered.connect(lambda: self.go_on(field.name))

    # ---- the draft

    def show_draft(self, draft: Draft) -> None:
        """Put a draft in; nothing counts as visited yet."""
        self._draft = draft
        self._values, self._visited, self._all_visited, self._findings = {}, set(), False, []
        for row in self._rows:
            for field in row.fields:
                row.show_hint(field.name, "")
                row.show_findings(field.name, [])
        for grid in self._grids.values():
            grid.show_draft(draft)
        self.refresh()
        self.verticalScrollBar().setValue(0)

    def refresh(self, but: str = "") -> None:
        """Bring every editor in step with the draft, except the one that is being typed into."""
        draft = self._draft
        if draft is None:
            return
        relevant = {field.name for field in self.kind.fields if draft.relevant(field.name)}
        required = {field.name for field in self.kind.stored_fields if field.name in relevant and draft.required(field.name)}
        for row in self._rows:
            row.set_relevant(relevant)
            row.set_required(required)
            for field in row.fields:
                if field.name != but and not (isinstance(field, f.Computed) and not field.stored):
                    self._show(draft, row, field)
        for name, grid in self._grids.items():
            grid.setVisible(draft.relevant(name))
            if name != but:
                grid.refresh()
        for heading, widgets in self._headings:
            heading.setVisible(not heading.property("silent") and any(not widget.isHidden() for widget in widgets))

    def _show(self, draft: Draft, row: FieldRow, field: Field) -> None:
        value = draft.value(field.name)
        if field.name in self._values and self._values[field.name] == value and value is not None:
            return
        self._values[field.name] = value
        editor = row.editors[field.name]
        editor.show_text("|".join(value) if isinstance(editor, TicksEditor) and isinstance(value, tuple) else draft.text(field.name))

    def show_figure(self, name: str, text: str) -> None:
        """Show a derived figure that was asked for in a worker."""
        row = self._row_of.get(name)
        if row is not None:
            row.editors[name].show_text(text)

    def _typed(self, field: Field, text: str) -> None:
        draft = self._draft
        if draft is None:
            return
        if isinstance(field, f.Reference):
            draft.keep(field.name, text)
        else:
            draft.type(field.name, text)
        self._values.pop(field.name, None)
        understood = draft.understood(field.name)
        self._row_of[field.name].show_hint(field.name, understood.say() if understood else "")
        self._after(field.name)

    def _chosen(self, field: Field, value: Value) -> None:
        if self._draft is not None:
            self._draft.choose(field.name, value_of(field, value))
            self._values[field.name] = self._draft.value(field.name)
            self._after(field.name)

    def _left(self, field: Field) -> None:
        draft = self._draft
        if draft is None:
            return
        if isinstance(field, f.Reference) and draft.unread(field.name):
            draft.type(field.name, self._row_of[field.name].editors[field.name].text())
            self._after("")
        self._values.pop(field.name, None)
        self._show(draft, self._row_of[field.name], field)
        self._leave(field.name)

    def _leave(self, name: str) -> None:
        self._visited.add(name)
        self.left.emit(name)

    def _after(self, name: str) -> None:
        self.refresh(but=name)
        self.edited.emit(name)

    # ---- findings

    def show_findings(self, findings: list[Finding]) -> None:
        """The newest findings; shown at fields that were visited."""
        self._findings = findings
        shown = self.shown_findings()
        for row in self._rows:
            for field in row.fields:
                row.show_findings(field.name, [finding for finding in shown if finding.field == field.name and not finding.line])
        for name, grid in self._grids.items():
            grid.show_findings([finding for finding in shown if (finding.line and finding.line[0] == name) or finding.field == name])

    def shown_findings(self) -> list[Finding]:
        """The findings at visited places."""
        return [finding for finding in self._findings if self._all_visited or self._place(finding) in self._visited]

    def show_all_findings(self) -> None:
        """From now on, every finding is shown: somebody wants to save."""
        self._all_visited = True
        self.show_findings(self._findings)

    @staticmethod
    def _place(finding: Finding) -> str:
        return finding.line[0] if finding.line else finding.field

    # ---- moving about

    def editors(self) -> list[QWidget]:
        """What can be typed into now, in order."""
        found: list[QWidget] = []
        for _, widgets in self._headings:
            for widget in widgets:
                if isinstance(widget, FieldRow):
                    found += [widget.editors[field.name] for field in widget.fields if not isinstance(field, f.Computed)]
                elif isinstance(widget, LinesGrid):
                    found.append(widget)
        return [editor for editor in found if not editor.isHidden() and not editor.parentWidget().isHidden()]

    def focus_first(self) -> None:
        """The cursor into the first field."""
        editors = self.editors()
        if editors:
            editors[0].setFocus()

    def go_on(self, name: str) -> None:
        """Enter: on to the next field."""
        editors = self.editors()
        names = [editor.objectName() for editor in editors]
        place = names.index(name) + 1 if name in names else 0
        if place >= len(editors):
            self.last_entered.emit()
            return
        target = editors[place]
        self.ensureWidgetVisible(target, 0, theme.current().px(12))
        target.setFocus()
        if isinstance(target, LinesGrid):
            target.enter()
        elif hasattr(target, "selectAll"):
            target.selectAll()

    def focus_field(self, name: str, line: tuple[str, str] | None = None) -> None:
        """The cursor into a field or a cell."""
        if line is not None and line[0] in self._grids:
            self._grids[line[0]].focus_cell(line[1], name)
            self.ensureWidgetVisible(self._grids[line[0]])
        elif name in self._row_of:
            editor = self._row_of[name].editors[name]
            editor.setFocus()
            QTimer.singleShot(0, editor, lambda: self.ensureWidgetVisible(editor, 0, theme.current().px(12)))
        elif name in self._grids:
            self._grids[name].setFocus()

    def focused_field(self) -> str:
        """The name of the field that has the cursor, or nothing."""
        return next((name for name, row in self._row_of.items() if row.editors[name].hasFocus()), "")

    def set_read_only(self, read_only: bool) -> None:
        """Records of others, and removed ones, can be read."""
        self._page.setEnabled(not read_only)
