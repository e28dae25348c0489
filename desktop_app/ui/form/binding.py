"""Fields on the screen in step with a draft: what the user does goes to the draft, what the draft says goes to the fields."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from desktop_app.core import fields as f
from desktop_app.core import show
from desktop_app.core.draft import Draft
from desktop_app.core.fields import Field, Value
from desktop_app.core.rules import Finding
from desktop_app.ui.form.asker import Asker
from desktop_app.ui.form.asking import Meant
from desktop_app.ui.form.calendar import CalendarPopup
from desktop_app.ui.form.editors import Editor, LineEditor, TicksEditor
from desktop_app.ui.form.known import Known
from desktop_app.ui.form.masked import MaskedEditor
from desktop_app.ui.form.measures import value_of
from desktop_app.ui.form.rows import FieldRow


class FieldBinding(QObject):
    """The rows of one form (or of the card of a step) and the draft behind them.

    A field's findings are shown once it was left, or all at once after `show_all` (somebody tried to save).
    """

    changed = Signal(str)  # the draft has taken something: the name of the field typed into, or nothing
    left = Signal(str)
    jump = Signal(object)  # (kind, uid) of another record
    entered = Signal(str)  # Enter in a field
    pin_clicked = Signal(str)
    look_asked = Signal(str)  # a masked number of the stored record is to be shown

    def __init__(self, asker: Asker, parent: QObject) -> None:
        super().__init__(parent)
        self._asker = asker
        self.draft: Draft | None = None
        self.rows: list[FieldRow] = []
        self.row_of: dict[str, FieldRow] = {}
        self.findings: list[Finding] = []
        self.visited: set[str] = set()
        self.seen: set[tuple[str, str]] = set()
        """The cells of lines (line uid, field) that were left."""
        self.typing = ""  # the field that is being typed into just now
        self._all_visited = False
        self._figures: dict[str, str] = {}

    def add(self, fields: tuple[Field, ...]) -> FieldRow:
        """Make the row of these fields."""
        row = FieldRow(fields, self._look_up)
        row.jump.connect(self.jump)
        row.offer_taken.connect(self._take_offer)
        self.rows.append(row)
        for field in fields:
            self.row_of[field.name] = row
            self._connect(field, row.editors[field.name])
        return row

    def editor(self, name: str) -> Editor:
        """The editor of a field; KeyError when it has none."""
        return self.row_of[name].editors[name]

    def _connect(self, field: Field, editor: Editor) -> None:
        editor.typed.connect(lambda text: self._typed(field, text))
        editor.chosen.connect(lambda value: self._chosen(field, value))
        editor.left.connect(lambda: self._left(field))
        editor.entered.connect(lambda: self.entered.emit(field.name))
        editor.pin_clicked.connect(lambda: self.pin_clicked.emit(field.name))
        if isinstance(editor, MaskedEditor):
            editor.icon_clicked.connect(lambda: self._look(field, editor))
        if isinstance(field, f.Date | f.Timestamp) and isinstance(editor, LineEditor):
            editor.icon_clicked.connect(lambda: self._open_calendar(field, editor))

    # ---- the draft

    def show_draft(self, draft: Draft) -> None:
        """Put a draft in; nothing counts as visited yet."""
        self.draft = draft
        self.visited, self.seen, self._all_visited = set(), set(), False
        self.findings, self.typing = [], ""
        self._figures = {}
        for editor in (self.editor(name) for name in self.row_of):
            if isinstance(editor, MaskedEditor):
                editor.reveal(shown=False)

    def marks(self) -> tuple[set[str], set[str]]:
        """The names of the fields and lines that apply, and of the fields that must be filled."""
        draft = self.draft
        if draft is None:
            return set(), set()
        names = [*(field.name for field in draft.kind.fields), *draft.kind.lines_by_name]
        relevant = {name for name in names if draft.relevant(name)}
        stored = [field.name for field in draft.kind.stored_fields if field.name in relevant]
        return relevant, {name for name in stored if draft.required(name)}

    def show_row(self, row: FieldRow, marks: tuple[set[str], set[str]], but: str = "") -> None:
        """Bring one row in step with the draft, except the field that is being typed into."""
        draft, (relevant, required) = self.draft, marks
        if draft is None:
            return
        row.set_relevant(relevant)
        row.set_required(required)
        for field in row.fields:
            if field.name != but and field.name in relevant:
                self._show(draft, field)

    def _show(self, draft: Draft, field: Field) -> None:
        editor, value = self.editor(field.name), draft.record.values.get(field.name)
        if isinstance(field, f.Computed) and not field.stored:
            editor.show_text(self._figures.get(field.name, ""))
        elif isinstance(field, f.Computed):
            zone, lookup, held = draft.where.settings.zone, draft.where.lookup, draft.record.values
            editor.show_text(show.show(field, value, zone=zone, lookup=lookup, values=held))
        elif isinstance(editor, TicksEditor):
            editor.show_text("|".join(value) if isinstance(value, tuple) else "")
        else:
            editor.show_text(draft.text(field.name))

    def show_figures(self, figures: dict[str, str]) -> None:
        """Show the derived figures that were asked for in a worker."""
        self._figures = figures
        for name, text in figures.items():
            if name in self.row_of:
                self.editor(name).show_text(text)

    # ---- what the user does

    def _look(self, field: Field, editor: MaskedEditor) -> None:
        """The eye: what was typed here just now is shown at once, what is stored when the look has been noted."""
        draft = self.draft
        if draft is None:
            return
        stored = draft.base.values.get(field.name) if draft.base is not None else None
        if not editor.is_revealed() and stored is not None and draft.value(field.name) == stored:
            self.look_asked.emit(field.name)
        else:
            editor.reveal(shown=not editor.is_revealed())

    def reveal(self, name: str) -> None:
        """Show a masked number as it is."""
        editor = self.editor(name)
        if isinstance(editor, MaskedEditor):
            editor.reveal(shown=True)

    def _look_up(self, field: f.Reference, text: str, editor: LineEditor) -> None:
        if self.draft is not None:
            self._asker.candidates(field, text, self.draft.among(field), editor)

    def _typed(self, field: Field, text: str) -> None:
        draft = self.draft
        if draft is None:
            return
        if isinstance(field, f.Reference):
            draft.keep(field.name, text)
        else:
            draft.type(field.name, text)
        self.typing = field.name
        self.changed.emit(field.name)
        self.show_row_findings(self.row_of[field.name], self.shown())

    def _chosen(self, field: Field, value: Value) -> None:
        draft = self.draft
        if draft is None:
            return
        known = draft.where.lookup
        if isinstance(field, f.Reference) and isinstance(known, Known) and value is not None:
            known.tell_title(field.kind, str(value), self.editor(field.name).text())
        draft.choose(field.name, value_of(field, value))
        self.typing = ""
        self.changed.emit(field.name)
        self._leave(field.name)

    def put(self, values: Mapping[str, Value]) -> None:
        """Values that come from elsewhere (the record before, a message), as if they had been picked."""
        draft = self.draft
        if draft is None:
            return
        self.typing = ""
        for name, value in values.items():
            draft.choose(name, value)
            self.visited.add(name)
        self.changed.emit("")
        for name in values:
            self.left.emit(name)

    def _left(self, field: Field) -> None:
        draft = self.draft
        if draft is None:
            return
        self.typing = ""
        if isinstance(field, f.Reference) and draft.unread(field.name):
            self._look_for_meaning(draft, field)
        draft.tidy(field.name)
        self._show(draft, field)
        self._leave(field.name)

    def _look_for_meaning(self, draft: Draft, field: f.Reference) -> None:
        """Look up what a typed reference means; the text stays in its field until the answer is there."""
        text = draft.text(field.name)

        def arrived(meant: Meant) -> None:
            if draft is not self.draft or draft.text(field.name) != text or not draft.unread(field.name):
                return
            if isinstance(draft.where.lookup, Known):
                draft.where.lookup.learn(meant.known)
            draft.type(field.name, text, meant.found)
            draft.tidy(field.name)
            self._show(draft, field)
            self.changed.emit(field.name)
            self.left.emit(field.name)

        self._asker.meaning((draft.record.uid, field.name), field, text, draft.among(field), arrived)

    def _take_offer(self, name: str) -> None:
        if self.draft is not None:
            self.draft.take_offer(name)
            self.changed.emit("")
            self._leave(name)

    def _open_calendar(self, field: Field, editor: LineEditor) -> None:
        draft = self.draft
        if draft is None or editor.isReadOnly():
            return
        zone, value = draft.where.settings.zone, draft.value(field.name)
        moment = value.astimezone(zone) if isinstance(value, dt.datetime) else None
        here = moment.date() if moment else value if isinstance(value, dt.date) else draft.where.today
        popup = CalendarPopup(here, editor)

        def take(day: dt.date) -> None:
            if draft is self.draft:
                clock = (moment or draft.where.now.astimezone(zone)).time()
                at = dt.datetime.combine(day, clock, zone).astimezone(dt.UTC)
                draft.choose(field.name, at if isinstance(field, f.Timestamp) else day)
                self.changed.emit("")
                self._leave(field.name)

        popup.picked.connect(take)
        popup.open_below(editor)

    def _leave(self, name: str) -> None:
        self.visited.add(name)
        self.show_findings()
        self.left.emit(name)

    # ---- findings

    def shown(self) -> list[Finding]:
        """The findings at visited places; what is being typed just now is not judged."""
        return [one for one in self.findings if self._is_shown(one)]

    def _is_shown(self, finding: Finding) -> bool:
        if finding.line is not None:
            return self._all_visited or (finding.line[1], finding.field) in self.seen
        return finding.field != self.typing and (self._all_visited or finding.field in self.visited)

    def show_all(self) -> None:
        """From now on, every finding is shown: somebody wants to save."""
        self._all_visited, self.typing = True, ""

    def show_findings(self) -> None:
        """Put the findings, and what was understood, below their fields."""
        shown = self.shown()
        for row in self.rows:
            self.show_row_findings(row, shown)

    def show_row_findings(self, row: FieldRow, shown: list[Finding]) -> None:
        """The same for one row."""
        draft = self.draft
        for field in row.fields:
            mine = [finding for finding in shown if finding.field == field.name and finding.line is None]
            hint = draft.understood(field.name) if draft else None
            offer = draft.offer(field.name) if draft and field.name != self.typing else None
            row.show_message(field.name, mine, hint.say() if hint else "", offer.say() if offer else "")
