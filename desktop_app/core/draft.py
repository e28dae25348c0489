"""A form being filled in, without a window: what was typed, what was understood of it, what is wrong with it.

The window's form, `add` and `edit` on the command line and the import all work through this. It holds the typed text of what
could not be understood, so that nothing typed is ever lost, and it can be written down and taken up again (drafts.db).
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from desktop_app.core import fields as f
from desktop_app.core import parse, rules, show, values
from desktop_app.core.computing import compute, figure
from desktop_app.core.errors import KnownError
from desktop_app.core.fields import Field, Value
from desktop_app.core.record import Line, Record, Setting, View
from desktop_app.core.rules import Finding
from desktop_app.core.spec import Kind, Lines
from desktop_app.core.words import Words

Resolve = Callable[[f.Reference, str, Mapping[str, Value]], list[tuple[str, str]]]
"""Finds records by what people call them: (reference field, typed text, the record's values) -> (uid, title) pairs."""

Place = tuple[str, str, str]
"""Where a text stands: (lines name, line uid, field name); the first two are empty for the record's own fields."""


@dataclass
class _Typed:
    """What was made of one typed text."""

    text: str
    complaint: Words | None = None
    hint: Words | None = None
    doubts: tuple[Words, ...] = ()
    offer: tuple[Words, Mapping[str, Value]] | None = None


@dataclass
class Draft:
    """One record being filled in. `base` is the record as stored (None for a new one); `record` is the working copy.

    `new_uid` makes the ids of new lines; `resolve` finds references by their names (services give both).
    """

    kind: Kind
    record: Record
    where: Setting
    new_uid: Callable[[], str]
    resolve: Resolve
    base: Record | None = None
    _typed: dict[Place, _Typed] = field(default_factory=dict)
    _touched: set[str] = field(default_factory=set)

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
            default = declared.default(draft.view()) if callable(declared.default) else declared.default
            record.values[declared.name] = default
        for name, value in (given or {}).items():
            draft.choose(name, value)
        draft._touched.clear()
        draft.refresh()
        return draft

    @classmethod
    def of(cls, kind: Kind, stored: Record, where: Setting, new_uid: Callable[[], str], resolve: Resolve) -> Draft:
        """A stored record opened for change."""
        draft = cls(kind, copy.deepcopy(stored), where, new_uid, resolve, base=stored)
        for lines in kind.lines:
            held = draft.record.lines.setdefault(lines.name, [])
            known = {line.values.get(lines.key) for line in held}
            held += [Line(new_uid(), {lines.key: entry.code}) for entry in lines.fixed or () if entry.code not in known]
        draft.refresh()
        return draft

    # ---- asking

    def view(self) -> View:
        """The record as declarations read it."""
        return View(self.kind, self.record, self.where)

    def at(self, where: Setting) -> Draft:
        """A copy that lives by itself, to be checked in a worker with a lookup of the worker's own."""
        return replace(self, record=copy.deepcopy(self.record), where=where, _typed=dict(self._typed), _touched=set(self._touched))

    def value(self, name: str) -> Value:
        """The understood value of a field; computed fields are computed now."""
        declared = self.kind.by_name[name]
        return figure(self.view(), declared) if isinstance(declared, f.Computed) else self.record.values.get(name)

    def text(self, name: str) -> str:
        """What stands in the field's editor: the text as typed while it isn't understood, else the value as people write it."""
        return self._text(("", "", name), self.kind.by_name[name], self.record.values)

    def understood(self, name: str) -> Words | None:
        """What was understood, when the typed text does not say it already ("= Rp1.250.000")."""
        typed = self._typed.get(("", "", name))
        return typed.hint if typed else None

    def offer(self, name: str) -> Words | None:
        """A corrected reading put to the user ("Tertukar? Pakai ..."); `take_offer` applies it."""
        typed = self._typed.get(("", "", name))
        return typed.offer[0] if typed and typed.offer else None

    def relevant(self, name: str) -> bool:
        """Whether the field or the lines apply to the record as it stands."""
        return rules.is_relevant(self.view(), self._part(name))

    def required(self, name: str) -> bool:
        """Whether the field must be filled."""
        return rules.is_required(self.view(), self.kind.by_name[name])

    def findings(self) -> list[Finding]:
        """All complaints, errors first: what was not understood, what a rule says, what is doubtful about the typing."""
        unread = {place: typed for place, typed in self._typed.items() if typed.complaint}
        found = [Finding("error", f"{name}:unread", name, typed.complaint, (lines, uid) if lines else None) for (lines, uid, name), typed in unread.items()]  # type: ignore[arg-type]
        for finding in rules.findings(self.view()):
            place: Place = (*(finding.line or ("", "")), finding.field)
            if place not in unread:
                found.append(finding)
        for (lines, uid, name), typed in self._typed.items():
            found += [Finding("warning", f"{name}:doubt", name, words, (lines, uid) if lines else None) for words in typed.doubts]
        relevant = [finding for finding in found if finding.line or finding.field not in self.kind.by_name or self.relevant(finding.field)]
        return sorted(relevant, key=lambda finding: finding.severity != "error")

    # ---- typing

    def type(self, name: str, text: str) -> None:
        """Take what the user typed into a field: understand it, or keep the text with the complaint."""
        understood = self._read(("", "", name), self.kind.by_name[name], text, self.record.values)
        self._touched.add(name)
        self.record.values[name] = understood.value if understood else None
        for other, value in (understood.also if understood else {}).items():
            self._put(other, value)
        self.refresh()

    def choose(self, name: str, value: Value, target: Record | None = None) -> None:
        """Take a picked value. Picking a record fills what it knows (street, village) where the user typed nothing himself.

        `target` is the picked record, if the caller has it at hand; else it is looked up.
        """
        declared = self.kind.by_name[name]
        self._typed.pop(("", "", name), None)
        self._touched.add(name)
        self.record.values[name] = value
        if isinstance(declared, f.Reference) and declared.fills and value is not None:
            target = target or self.where.lookup.get(declared.kind, str(value))
            for mine, its in declared.fills.items() if target else ():
                if mine not in self._touched:
                    self._put(mine, target.values.get(its) if target else None)
        self.refresh()

    def keep(self, name: str, text: str) -> None:
        """Take the text of a reference field while it is being typed: kept, and looked up only when the field is left."""
        words = Words("{label}: pilih salah satu dari daftar.", "{label}: pick one from the list.").filled(label=self.kind.by_name[name].label)
        self._typed[("", "", name)] = _Typed(text, complaint=words if text.strip() else None)
        self._touched.add(name)
        self.record.values[name] = None

    def unread(self, name: str) -> bool:
        """Whether the field holds a text that was not understood."""
        typed = self._typed.get(("", "", name))
        return typed is not None and typed.complaint is not None

    def take_offer(self, name: str) -> None:
        """Apply the corrected reading that was offered for this field."""
        typed = self._typed.get(("", "", name))
        if typed and typed.offer:
            for other, value in typed.offer[1].items():
                self._put(other, value)
            self.refresh()

    def _put(self, name: str, value: Value) -> None:
        self._typed.pop(("", "", name), None)
        self.record.values[name] = value

    # ---- child lines

    def rows(self, lines: str) -> list[str]:
        """The uids of the lines, in order."""
        return [line.uid for line in self.record.lines.get(lines, [])]

    def add_row(self, lines: str) -> str:
        """A new empty line at the end; its uid."""
        declared, uid = self.kind.lines_by_name[lines], self.new_uid()
        line = Line(uid, {})
        self.record.lines.setdefault(lines, []).append(line)
        row = self.view().rows(lines)[-1]
        line.values.update({cell.name: cell.default(row) if callable(cell.default) else cell.default for cell in declared.fields})
        return uid

    def remove_row(self, lines: str, uid: str) -> None:
        """Take a line away."""
        self.record.lines[lines] = [line for line in self.record.lines[lines] if line.uid != uid]
        self._typed = {place: typed for place, typed in self._typed.items() if place[1] != uid}
        self.refresh()

    def cell_text(self, lines: str, uid: str, name: str) -> str:
        """What stands in one cell of the grid."""
        return self._text((lines, uid, name), self.kind.lines_by_name[lines].by_name[name], self._line(lines, uid).values)

    def cell_value(self, lines: str, uid: str, name: str) -> Value:
        """The understood value of one cell."""
        declared = self.kind.lines_by_name[lines].by_name[name]
        if isinstance(declared, f.Computed):
            return next(figure(row, declared) for row in self.view().rows(lines) if row.line_uid == uid)
        return self._line(lines, uid).values.get(name)

    def type_cell(self, lines: str, uid: str, name: str, text: str) -> None:
        """Take what the user typed into a cell."""
        line, declared = self._line(lines, uid), self.kind.lines_by_name[lines].by_name[name]
        understood = self._read((lines, uid, name), declared, text, line.values)
        line.values[name] = understood.value if understood else None
        if isinstance(declared, f.Reference) and line.values[name] is not None:
            self._fill_line(line, declared)
        self.refresh()

    def choose_cell(self, lines: str, uid: str, name: str, value: Value) -> None:
        """Take a picked value into a cell; a picked record fills the empty cells it knows (unit, price)."""
        line, declared = self._line(lines, uid), self.kind.lines_by_name[lines].by_name[name]
        self._typed.pop((lines, uid, name), None)
        line.values[name] = value
        if isinstance(declared, f.Reference) and value is not None:
            self._fill_line(line, declared)
        self.refresh()

    def _fill_line(self, line: Line, declared: f.Reference) -> None:
        target = self.where.lookup.get(declared.kind, str(line.values[declared.name]))
        for mine, its in (declared.fills or {}).items() if target else ():
            if line.values.get(mine) is None and target is not None:
                line.values[mine] = target.values.get(its)

    def _line(self, lines: str, uid: str) -> Line:
        return next(line for line in self.record.lines[lines] if line.uid == uid)

    # ---- saving and keeping

    def refresh(self) -> None:
        """Compute the derived figures anew."""
        compute(self.view())

    def changed(self) -> bool:
        """Whether there is anything to save: against the stored record, or against an untouched new one."""
        if self.base is None:
            return bool(self._touched or any(self._filled_rows()))
        return bool(self.changes()) or self._lines_now() != _lines_of(self.kind, self.base) or any(typed.complaint for typed in self._typed.values())

    def _filled_rows(self) -> Iterator[Line]:
        for lines in self.kind.lines:
            for line in self.record.lines.get(lines.name, []):
                if any(value is not None for name, value in line.values.items() if name != lines.key):
                    yield line

    def changes(self) -> dict[str, Value]:
        """The stored fields whose value differs from the stored record (all filled ones on a new record)."""
        before = self.base.values if self.base else {}
        now = self.record_to_save().values
        return {fld.name: now.get(fld.name) for fld in self.kind.stored_fields if now.get(fld.name) != before.get(fld.name)}

    def record_to_save(self) -> Record:
        """The record as it will stand: fields that don't apply are empty, untouched empty lines are left out."""
        record, view = copy.deepcopy(self.record), self.view()
        for declared in self.kind.stored_fields:
            if not rules.is_relevant(view, declared):
                record.values[declared.name] = None
        for lines in self.kind.lines:
            if not rules.is_relevant(view, lines):
                record.lines[lines.name] = []
            elif not lines.fixed:
                record.lines[lines.name] = [line for line in record.lines.get(lines.name, []) if any(value is not None for value in line.values.values())]
        compute(View(self.kind, record, self.where))
        return record

    def _lines_now(self) -> dict[str, list[tuple[str, dict[str, Value]]]]:
        return _lines_of(self.kind, self.record_to_save())

    def rebase(self, stored: Record) -> list[str]:
        """Put what was changed here upon a newer stored record; the names of fields that both changed differently."""
        mine, lines_changed = self.changes(), self.base is not None and self._lines_now() != _lines_of(self.kind, self.base)
        before = self.base.values if self.base else {}
        both = [name for name, value in mine.items() if stored.values.get(name) not in (before.get(name), value)]
        kept = self.record.lines
        self.base, self.record = stored, copy.deepcopy(stored)
        self.record.values.update(mine)
        if lines_changed:
            self.record.lines = kept
        self.refresh()
        return both

    def state(self) -> dict[str, Any]:
        """Everything typed so far as plain JSON: canonical values, and the texts that were not understood."""

        def cells(declared: Mapping[str, Field], held: Mapping[str, Value]) -> dict[str, str]:
            return {name: values.to_text(declared[name], value) for name, value in held.items() if name in declared and value is not None}

        return {
            "kind": self.kind.name,
            "uid": self.record.uid,
            "version": self.base.version if self.base else None,
            "values": cells(self.kind.by_name, self.record.values),
            "lines": {name: [[line.uid, cells(self.kind.lines_by_name[name].by_name, line.values)] for line in held] for name, held in self.record.lines.items()},
            "typed": [[*place, typed.text] for place, typed in self._typed.items()],
            "touched": sorted(self._touched),
        }

    def take_up(self, state: Mapping[str, Any]) -> None:
        """Put a kept state into this draft (made by `new` or `of`). Fields that no longer exist are left out."""
        self.record.uid = state["uid"]

        def cells(declared: Mapping[str, Field], held: Mapping[str, str]) -> dict[str, Value]:
            return {name: values.from_text(declared[name], text) for name, text in held.items() if name in declared}

        kept = cells(self.kind.by_name, state["values"])
        for declared in self.kind.stored_fields:
            self.record.values[declared.name] = kept.get(declared.name)
        for name, held in state["lines"].items():
            if name in self.kind.lines_by_name:
                self.record.lines[name] = [Line(uid, cells(self.kind.lines_by_name[name].by_name, row)) for uid, row in held]
        self._touched = set(state["touched"])
        for lines, uid, name, text in state["typed"]:
            if not lines and name in self.kind.by_name:
                self.type(name, text)
            elif lines in self.kind.lines_by_name and uid in self.rows(lines) and name in self.kind.lines_by_name[lines].by_name:
                self.type_cell(lines, uid, name, text)
        self.refresh()

    # ---- inside

    def _part(self, name: str) -> Field | Lines:
        return self.kind.by_name.get(name) or self.kind.lines_by_name[name]

    def _text(self, place: Place, declared: Field, held: Mapping[str, Value]) -> str:
        typed = self._typed.get(place)
        if typed is not None and (typed.complaint or typed.hint):
            return typed.text
        value = self.value(place[2]) if isinstance(declared, f.Computed) and not place[0] else held.get(place[2])
        return show.edit_text(declared, value, zone=self.where.settings.zone, lookup=self.where.lookup, values=held)

    def _read(self, place: Place, declared: Field, text: str, held: Mapping[str, Value]) -> parse.Understood | None:
        reading = parse.Reading(today=self.where.today, settings=self.where.settings, resolve=lambda ref, what, _: self.resolve(ref, what, self._among(ref, held)))
        try:
            understood = parse.read(declared, text, reading)
        except KnownError as refused:
            self._typed[place] = _Typed(text, complaint=refused.words)
            return None
        self._typed[place] = _Typed(text, None, understood.hint, understood.doubts, understood.offer)
        return understood

    def _among(self, reference: f.Reference, held: Mapping[str, Value]) -> Mapping[str, Value]:
        """What narrows the choice: fixed values, or (with "=") the value of a field of this record."""
        both = {**self.record.values, **held}
        pairs = {its: both.get(mine[1:]) if mine.startswith("=") else mine for its, mine in (reference.among or {}).items()}
        return {its: value for its, value in pairs.items() if value is not None}

    def among(self, reference: f.Reference) -> Mapping[str, Value]:
        """What narrows the candidates of a reference field of this record (its own fields as they stand)."""
        return self._among(reference, {})


def _lines_of(kind: Kind, record: Record) -> dict[str, list[tuple[str, dict[str, Value]]]]:
    """The lines in comparable form: uid and filled cells; of fixed lines only the filled ones count."""
    return {
        lines.name: [
            (line.uid, filled)
            for line in record.lines.get(lines.name, [])
            if (filled := {name: value for name, value in line.values.items() if value is not None and name in lines.by_name})
            and (not lines.fixed or set(filled) - {lines.key})
        ]
        for lines in kind.lines
    }
