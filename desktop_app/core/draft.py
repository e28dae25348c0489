"""A form being filled in, without a window: what was typed, what was understood of it, what is wrong with it.

The window's form, `add` and `edit` on the command line and the import all work through this. It holds the typed text of what
could not be understood, so that nothing typed is ever lost, and it can be written down and taken up again (drafts.db).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Literal, cast

from desktop_app.core import draft_keeping, draft_saving, parse, rules, show
from desktop_app.core import fields as f
from desktop_app.core.computing import compute, figure
from desktop_app.core.draft_saving import copied, lines_of
from desktop_app.core.draft_typed import NOWHERE, LinesState, Place, Spot, Typed
from desktop_app.core.fields import Field, Value
from desktop_app.core.record import Line, Record, Setting, View
from desktop_app.core.rules import Finding
from desktop_app.core.spec import Kind, Lines
from desktop_app.core.words import Words

Resolve = Callable[[f.Reference, str, Mapping[str, Value]], list[tuple[str, str]]]
"""Finds records by what people call them: (reference field, typed text, the record's values) -> (uid, title) pairs."""

Found = Sequence[tuple[str, str]]
"""The (uid, title) pairs that a look-up of a typed text has brought."""

_ROUNDS = 5
"""So often at most one answer may change whether another question is asked at all; real forms need one or two."""


@dataclass
class Draft:
    """One record being filled in. `base` is the record as stored (None for a new one); `record` is the working copy.

    `new_uid` makes the ids of new lines; `resolve` finds references by their names (services give both).
    A field that does not apply is empty in `record`; what stood in it is kept aside and comes back when it applies again.
    """

    kind: Kind
    record: Record
    where: Setting
    new_uid: Callable[[], str]
    resolve: Resolve
    base: Record | None = None
    typed: dict[Place, Typed] = field(default_factory=dict)
    touched: set[str] = field(default_factory=set)
    filled: set[str] = field(default_factory=set)
    aside: dict[str, Value] = field(default_factory=dict)
    waiting: set[Place] = field(default_factory=set)
    """References whose record was not known yet when it should have filled other fields."""
    paused: bool = False
    opened: object = None
    """What `changed` compares with."""
    spot: Spot = NOWHERE
    """Where the cursor stood when it was kept."""

    @classmethod
    def new(
        cls,
        kind: Kind,
        where: Setting,
        new_uid: Callable[[], str],
        resolve: Resolve,
        given: Mapping[str, Value] | None = None,
    ) -> Draft:
        """A record just begun: declared defaults and fixed lines filled in, standing at the start of its life cycle."""
        record = Record(kind.name, new_uid(), site_code=where.settings.site_code)
        record.status = kind.life_cycle.start if kind.life_cycle else None
        draft = cls(kind, record, where, new_uid, resolve)
        for lines in kind.lines:
            codes = [entry.code for entry in lines.fixed] if lines.fixed else []
            record.lines[lines.name] = [Line(new_uid(), {lines.key: code}) for code in codes]
        for declared in kind.stored_fields:
            record.values[declared.name] = _default(declared, draft.view())
        for name, value in (given or {}).items():
            draft.choose(name, value)
        draft.touched.clear()
        draft.refresh()
        draft.opened = draft.snapshot()
        return draft

    @classmethod
    def of(
        cls, kind: Kind, stored: Record, where: Setting, new_uid: Callable[[], str], resolve: Resolve
    ) -> Draft:
        """A stored record opened for change."""
        draft = cls(kind, copied(stored), where, new_uid, resolve, base=stored)
        for lines in kind.lines:
            held = draft.record.lines.setdefault(lines.name, [])
            known = {line.values.get(lines.key) for line in held}
            held += [
                Line(new_uid(), {lines.key: entry.code})
                for entry in lines.fixed or ()
                if entry.code not in known
            ]
        draft.refresh()
        draft.opened = draft.snapshot()
        return draft

    # ---- asking

    def view(self) -> View:
        """The record as declarations read it."""
        return View(self.kind, self.record, self.where)

    def at(self, where: Setting) -> Draft:
        """A copy that lives by itself, to be checked in a worker with a lookup of the worker's own."""
        return replace(
            self,
            record=copied(self.record),
            where=where,
            typed=dict(self.typed),
            touched=set(self.touched),
            filled=set(self.filled),
            aside=dict(self.aside),
            waiting=set(self.waiting),
        )

    def value(self, name: str) -> Value:
        """The understood value of a field; computed fields are computed now."""
        declared = self.kind.by_name[name]
        if isinstance(declared, f.Computed):
            return figure(self.view(), declared)
        return self.record.values.get(name)

    def text(self, name: str) -> str:
        """What stands in the field's editor: the text as typed, else the value as people write it."""
        return self._text(("", "", name), self.kind.by_name[name], self.record.values)

    def understood(self, name: str) -> Words | None:
        """What was understood, when the typed text does not say it already ("= Rp1.250.000")."""
        typed = self.typed.get(("", "", name))
        return typed.hint if typed else None

    def offer(self, name: str) -> Words | None:
        """Another reading put to the user ("Tertukar? Pakai ..."); `take_offer` applies it."""
        typed = self.typed.get(("", "", name))
        return typed.offer[0] if typed and typed.offer else None

    def relevant(self, name: str) -> bool:
        """Whether the field or the lines apply to the record as it stands."""
        return rules.is_relevant(self.view(), self._part(name))

    def required(self, name: str) -> bool:
        """Whether the field must be filled."""
        return rules.is_required(self.view(), self.kind.by_name[name])

    def unread(self, name: str) -> bool:
        """Whether the field holds a text that was not understood."""
        typed = self.typed.get(("", "", name))
        return typed is not None and typed.complaint is not None

    def findings(self) -> list[Finding]:
        """All complaints, errors first: what was not understood, what a rule says, what is doubtful about the typing."""
        parts: tuple[Field | Lines, ...] = (*self.kind.fields, *self.kind.lines)
        view = self.view()
        applies = {part.name for part in parts if rules.is_relevant(view, part)}
        typed = [(place, one) for place, one in self.typed.items() if (place[0] or place[2]) in applies]
        unread = {place for place, one in typed if one.complaint}
        found = [_said("error", place, "unread", one.complaint) for place, one in typed if one.complaint]
        found += [one for one in rules.findings(view) if (*(one.line or ("", "")), one.field) not in unread]
        found += [_said("warning", place, "doubt", words) for place, one in typed for words in one.doubts]
        return sorted(found, key=lambda finding: finding.severity != "error")

    # ---- typing

    def type(self, name: str, text: str, found: Found | None = None) -> None:
        """Take what the user typed into a field: understand it, or keep the text with the complaint.

        `found` is what a look-up of a reference's text has brought, when it was asked elsewhere (in a worker).
        """
        declared = self.kind.by_name[name]
        understood = self._read(("", "", name), declared, text, self.record.values, found)
        self.touched.add(name)
        self.record.values[name] = understood.value if understood else None
        for other, value in (understood.also if understood else {}).items():
            if other in self.kind.by_name:
                self._put(other, value)
        if understood and isinstance(declared, f.Reference):
            self.fill(name)
        self.refresh()

    def choose(self, name: str, value: Value, target: Record | None = None) -> None:
        """Take a picked value. Picking a record fills what it knows (street, village) where the user typed nothing himself.

        `target` is the picked record, if the caller has it at hand; else it is looked up.
        """
        self.typed.pop(("", "", name), None)
        self.touched.add(name)
        self.record.values[name] = value
        if isinstance(self.kind.by_name[name], f.Reference):
            self.fill(name, target)
        self.refresh()

    def fill(self, name: str, target: Record | None = None) -> None:
        """Put what the record behind a reference field knows into the fields that wait for it.

        Left alone are fields that the user filled himself, and what is there when the other record doesn't know better.
        """
        declared, uid = self.kind.by_name[name], self.record.values.get(name)
        if not isinstance(declared, f.Reference) or not declared.fills or uid is None:
            return
        target = target or self.where.lookup.get(declared.kind, str(uid))
        if target is None:
            self.waiting.add(("", "", name))
        for mine, its in declared.fills.items() if target else ():
            own = mine in self.touched and (self.record.values.get(mine) is not None or self.unread(mine))
            known = target.values.get(its) if target else None
            if not own and (known is not None or mine in self.filled):
                self._put(mine, known)
                self.filled.add(mine)
                self.touched.discard(mine)
        self.refresh()

    def fill_waiting(self) -> None:
        """Fill what could not be filled before, now that more is known of other records."""
        waiting, self.waiting = self.waiting, set()
        for lines, uid, name in waiting:
            if not lines:
                self.fill(name)
            elif uid in self.rows(lines):
                self.fill_cells(lines, uid, name)

    def keep(self, name: str, text: str) -> None:
        """Take the text of a reference field while it is being typed: kept, and looked up only when the field is left."""
        self._keep(("", "", name), self.kind.by_name[name], text, self.record.values)
        self.touched.add(name)
        self.refresh()

    def tidy(self, name: str) -> None:
        """The field is left: an understood text gives way to the value as it is written everywhere ("kemarin" to its date)."""
        self._tidy(("", "", name), self.kind.by_name[name], self.record.values)

    def take_offer(self, name: str) -> None:
        """Apply the other reading that was offered for this field."""
        typed = self.typed.get(("", "", name))
        if typed and typed.offer:
            self.touched.add(name)
            for other, value in typed.offer[1].items():
                self._put(other, value)
            self.refresh()

    def _put(self, name: str, value: Value) -> None:
        self.typed.pop(("", "", name), None)
        self.aside.pop(name, None)
        self.record.values[name] = value

    # ---- child lines

    def rows(self, lines: str) -> list[str]:
        """The uids of the lines, in order."""
        return [line.uid for line in self.record.lines.get(lines, [])]

    def add_row(self, lines: str) -> str:
        """A new line at the end, with its declared defaults; its uid."""
        declared, uid = self.kind.lines_by_name[lines], self.new_uid()
        line = Line(uid, {})
        self.record.lines.setdefault(lines, []).append(line)
        row = self.view().rows(lines)[-1]
        for cell in declared.fields:
            if cell.default is not None:
                line.values[cell.name] = _default(cell, row)
        self.refresh()
        return uid

    def remove_row(self, lines: str, uid: str) -> None:
        """Take a line away."""
        self.record.lines[lines] = [line for line in self.record.lines[lines] if line.uid != uid]
        self.typed = {place: typed for place, typed in self.typed.items() if place[1] != uid}
        self.refresh()

    def cell_text(self, lines: str, uid: str, name: str) -> str:
        """What stands in one cell of the grid."""
        declared = self.kind.lines_by_name[lines].by_name[name]
        return self._text((lines, uid, name), declared, self._line(lines, uid).values)

    def cell_value(self, lines: str, uid: str, name: str) -> Value:
        """The understood value of one cell."""
        declared = self.kind.lines_by_name[lines].by_name[name]
        if isinstance(declared, f.Computed) and not declared.stored:
            return next(figure(row, declared) for row in self.view().rows(lines) if row.line_uid == uid)
        return self._line(lines, uid).values.get(name)

    def type_cell(self, lines: str, uid: str, name: str, text: str, found: Found | None = None) -> None:
        """Take what the user typed into a cell; `found` as in `type`."""
        line, declared = self._line(lines, uid), self.kind.lines_by_name[lines].by_name[name]
        understood = self._read((lines, uid, name), declared, text, line.values, found)
        line.values[name] = understood.value if understood else None
        for other, value in (understood.also if understood else {}).items():
            if other in self.kind.lines_by_name[lines].by_name:
                line.values[other] = value
        self.fill_cells(lines, uid, name)

    def keep_cell(self, lines: str, uid: str, name: str, text: str) -> None:
        """As `keep`, for a cell."""
        declared = self.kind.lines_by_name[lines].by_name[name]
        self._keep((lines, uid, name), declared, text, self._line(lines, uid).values)
        self.refresh()

    def choose_cell(self, lines: str, uid: str, name: str, value: Value) -> None:
        """Take a picked value into a cell; a picked record fills the empty cells it knows (unit, price)."""
        self.typed.pop((lines, uid, name), None)
        self._line(lines, uid).values[name] = value
        self.fill_cells(lines, uid, name)

    def fill_cells(self, lines: str, uid: str, name: str) -> None:
        """Put what the record behind a cell knows into the empty cells of its line."""
        line, declared = self._line(lines, uid), self.kind.lines_by_name[lines].by_name[name]
        if isinstance(declared, f.Reference) and declared.fills and line.values.get(name) is not None:
            target = self.where.lookup.get(declared.kind, str(line.values[name]))
            if target is None:
                self.waiting.add((lines, uid, name))
            for mine, its in declared.fills.items() if target else ():
                if line.values.get(mine) is None and (lines, uid, mine) not in self.typed and target:
                    line.values[mine] = target.values.get(its)
        self.refresh()

    def tidy_cell(self, lines: str, uid: str, name: str) -> None:
        """As `tidy`, for a cell."""
        declared = self.kind.lines_by_name[lines].by_name[name]
        self._tidy((lines, uid, name), declared, self._line(lines, uid).values)

    def lines_state(self, lines: str) -> LinesState:
        """The lines as they stand, to come back to (`restore_lines`)."""
        rows = tuple((line.uid, dict(line.values)) for line in self.record.lines.get(lines, []))
        return LinesState(rows, {place: typed for place, typed in self.typed.items() if place[0] == lines})

    def restore_lines(self, lines: str, state: LinesState) -> None:
        """Take the lines back to an earlier state."""
        self.record.lines[lines] = [Line(uid, dict(held)) for uid, held in state.rows]
        others = {place: typed for place, typed in self.typed.items() if place[0] != lines}
        self.typed = {**others, **state.typed}
        self.refresh()

    def _line(self, lines: str, uid: str) -> Line:
        return next(line for line in self.record.lines[lines] if line.uid == uid)

    # ---- saving and keeping

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Many changes (a paste) that are computed with once, at the end."""
        self.paused = True
        try:
            yield
        finally:
            self.paused = False
            self.refresh()

    def refresh(self) -> None:
        """Compute the derived figures anew, and lay aside what no longer applies."""
        for _ in range(0 if self.paused else _ROUNDS):
            compute(self.view())
            if not self._lay_aside():
                return

    def _lay_aside(self) -> bool:
        """Empty the fields that don't apply and bring those back that do again; whether anything changed."""
        view, held, before = self.view(), self.record.values, len(self.aside)
        moved = False
        for declared in self.kind.conditional_fields:
            name, applies = declared.name, rules.is_relevant(view, declared)
            if not applies and held.get(name) is not None:
                self.aside[name], held[name], moved = held[name], None, True
            elif applies and name in self.aside and held.get(name) is None:
                held[name], moved = self.aside.pop(name), True
        return moved or len(self.aside) != before

    def changed(self) -> bool:
        """Whether there is anything to save that was not there when it was opened."""
        return self.snapshot() != self.opened or any(typed.complaint for typed in self.typed.values())

    def snapshot(self) -> object:
        """What is filled in now, to be compared with another moment (`opened`)."""
        stored = {fld.name: self.record.values.get(fld.name) for fld in self.kind.stored_fields}
        return stored, lines_of(self.kind, self.record)

    def changes(self) -> dict[str, Value]:
        """The stored fields whose value differs from the stored record (all filled ones on a new record)."""
        before = self.base.values if self.base else {}
        now = self.record_to_save().values
        return {
            fld.name: now.get(fld.name)
            for fld in self.kind.stored_fields
            if now.get(fld.name) != before.get(fld.name)
        }

    def record_to_save(self) -> Record:
        """The record as it will stand: fields and cells that don't apply are empty, untouched empty lines are left out."""
        return draft_saving.to_save(self)

    def rebase(self, stored: Record) -> list[str]:
        """Put what was changed here upon a newer stored record; the names of fields (and lines) that both changed differently."""
        return draft_saving.rebase(self, stored)

    def state(self) -> dict[str, Any]:
        """Everything typed so far as plain JSON: canonical values, and the texts as they were typed."""
        return draft_keeping.state(self)

    def take_up(self, state: Mapping[str, Any]) -> None:
        """Put a kept state into this draft (made by `new` or `of`). Fields that no longer exist are left out."""
        draft_keeping.take_up(self, state)

    # ---- inside

    def _part(self, name: str) -> Field | Lines:
        return self.kind.by_name.get(name) or self.kind.lines_by_name[name]

    def _text(self, place: Place, declared: Field, held: Mapping[str, Value]) -> str:
        typed = self.typed.get(place)
        if typed is not None:
            return typed.text
        if isinstance(declared, f.Computed) and not place[0]:
            return self._tidied(declared, self.value(place[2]), held)
        return self._tidied(declared, held.get(place[2]), held)

    def _tidied(self, declared: Field, value: Value, held: Mapping[str, Value]) -> str:
        zone, lookup = self.where.settings.zone, self.where.lookup
        return show.edit_text(declared, value, zone=zone, lookup=lookup, values=held)

    def _reading(self, held: Mapping[str, Value], found: Found | None) -> parse.Reading:
        def resolve(reference: f.Reference, text: str, _values: Mapping[str, Value]) -> Found:
            return self.resolve(reference, text, self._among(reference, held)) if found is None else found

        return parse.Reading(self.where.today, self.where.settings, resolve, held)

    def _read(
        self, place: Place, declared: Field, text: str, held: Mapping[str, Value], found: Found | None = None
    ) -> parse.Understood | None:
        try:
            understood = parse.read(declared, text, self._reading(held, found))
        except parse.NotUnderstood as refused:
            self.typed[place] = Typed(text, complaint=refused.words, offer=refused.offer)
            return None
        self.typed[place] = Typed(text, None, understood.hint, understood.doubts, understood.offer)
        return understood

    def _keep(self, place: Place, declared: Field, text: str, held: dict[str, Value]) -> None:
        words = Words("{label}: pilih salah satu dari daftar.", "{label}: pick one from the list.")
        self.typed[place] = Typed(text, words.filled(label=declared.label) if text.strip() else None)
        held[place[2]] = None

    def _tidy(self, place: Place, declared: Field, held: Mapping[str, Value]) -> None:
        typed = self.typed.get(place)
        if typed is None or typed.complaint:
            return
        text, hint = self._tidied(declared, held.get(place[2]), held), None
        if text and not isinstance(declared, f.Reference):
            hint = parse.read(declared, text, self._reading(held, ())).hint
        if hint or typed.doubts or typed.offer:
            self.typed[place] = typed._replace(text=text, hint=hint)
        else:
            del self.typed[place]

    def _among(self, reference: f.Reference, held: Mapping[str, Value]) -> Mapping[str, Value]:
        """What narrows the choice: fixed values, or (with "=") the value of a field of this record."""
        both = {**self.record.values, **held}
        pairs = {
            its: both.get(mine[1:]) if mine.startswith("=") else mine
            for its, mine in (reference.among or {}).items()
        }
        return {its: value for its, value in pairs.items() if value is not None}

    def among(self, reference: f.Reference, lines: str = "", uid: str = "") -> Mapping[str, Value]:
        """What narrows the candidates of a reference field of this record, or of one of its lines."""
        return self._among(reference, self._line(lines, uid).values if uid else {})


def _said(severity: Literal["error", "warning"], place: Place, code: str, words: Words) -> Finding:
    lines, uid, name = place
    whole = f"{lines}.{name}:{code}" if lines else f"{name}:{code}"
    return Finding(severity, whole, name, words, (lines, uid) if lines else None)


def _default(declared: Field, view: View) -> Value:
    value = cast(Value, declared.default(view)) if callable(declared.default) else declared.default
    if isinstance(value, dt.datetime):
        return value.replace(second=0, microsecond=0)  # as people write it
    return value
