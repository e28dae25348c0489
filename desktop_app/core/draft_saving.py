"""What becomes of a draft when it is stored: what is left out, and how it goes upon a record that somebody else stored meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from desktop_app.core import rules
from desktop_app.core.computing import compute
from desktop_app.core.fields import Value
from desktop_app.core.record import Line, Record
from desktop_app.core.spec import Kind

if TYPE_CHECKING:
    from desktop_app.core.draft import Draft

_NOTHING: Mapping[str, Value] = {}


def copied(record: Record) -> Record:
    """A record that can be changed without changing the first (values themselves never change)."""
    lines = {name: [Line(one.uid, dict(one.values)) for one in held] for name, held in record.lines.items()}
    return replace(record, values=dict(record.values), lines=lines, moves=list(record.moves))


def lines_of(kind: Kind, record: Record) -> dict[str, list[tuple[str, dict[str, Value]]]]:
    """The lines in comparable form: uid and filled cells; of fixed lines only the filled ones count."""
    found: dict[str, list[tuple[str, dict[str, Value]]]] = {}
    for lines in kind.lines:
        found[lines.name] = []
        for line in record.lines.get(lines.name, ()):
            held: dict[str, Value] = {
                name: one for name, one in line.values.items() if one is not None and name in lines.by_name
            }
            if held and (not lines.fixed or set(held) - {lines.key}):
                found[lines.name].append((line.uid, held))
    return found


def to_save(draft: Draft) -> Record:
    """See `Draft.record_to_save`."""
    alone = draft.at(draft.where)
    alone.refresh()
    record, view = alone.record, alone.view()
    for lines in draft.kind.lines:
        if not rules.is_relevant(view, lines):
            record.lines[lines.name] = []
            continue
        for row, line in zip(view.rows(lines.name), record.lines[lines.name], strict=True):
            for cell in lines.fields:
                if cell.relevant is not None and not rules.is_relevant(row, cell):
                    line.values[cell.name] = None
        if not lines.fixed:
            held = record.lines[lines.name]
            record.lines[lines.name] = [
                line for line in held if any(one is not None for one in line.values.values())
            ]
    compute(view)
    return record


def rebase(draft: Draft, stored: Record) -> list[str]:
    """See `Draft.rebase`."""
    mine, both = merged(draft.kind, draft.base, draft.record_to_save(), stored)
    fresh = type(draft).of(draft.kind, stored, draft.where, draft.new_uid, draft.resolve)
    for lines in draft.kind.lines:
        if lines.fixed:  # all of them stand on the form, also those that nobody has stored yet
            known = {line.values.get(lines.key) for line in mine.lines[lines.name]}
            others = fresh.record.lines[lines.name]
            mine.lines[lines.name] += [line for line in others if line.values.get(lines.key) not in known]
    draft.base, draft.record, draft.opened = stored, mine, fresh.opened
    draft.aside = {name: value for name, value in draft.aside.items() if mine.values.get(name) is None}
    held = {line.uid for lines in mine.lines.values() for line in lines}
    draft.typed = {place: typed for place, typed in draft.typed.items() if not place[1] or place[1] in held}
    draft.refresh()
    return both


def merged(kind: Kind, base: Record | None, mine: Record, theirs: Record) -> tuple[Record, list[str]]:
    """`theirs` with what `mine` changed against `base`; and the names of fields and lines that both changed differently.

    Where both changed the same field or cell, mine stands: the user sees it, and is told where to look.
    """
    result, both = copied(theirs), []
    before = base.values if base else _NOTHING
    for field in kind.stored_fields:
        name = field.name
        was, here, there = before.get(name), mine.values.get(name), theirs.values.get(name)
        if here != was:
            result.values[name] = here
            if there not in (was, here):
                both.append(name)
    for lines in kind.lines:
        olds = base.lines.get(lines.name, []) if base else []
        held, clash = _lines(olds, mine.lines.get(lines.name, []), theirs.lines.get(lines.name, []))
        result.lines[lines.name] = held
        if clash:
            both.append(lines.name)
    return result, both


def _lines(olds: list[Line], mine: list[Line], theirs: list[Line]) -> tuple[list[Line], bool]:
    was = {line.uid: line.values for line in olds}
    here = {line.uid: line.values for line in mine}
    there = {line.uid for line in theirs}
    held, clash = [], False
    for line in theirs:
        before = was.get(line.uid)
        if line.uid not in here:
            if (
                before is None or before != line.values
            ):  # theirs is new, or I removed what they changed: it stays
                held.append(Line(line.uid, dict(line.values)))
                clash = clash or before is not None
            continue
        values = dict(line.values)
        for name, value in here[line.uid].items():
            old = (before or _NOTHING).get(name)
            if value != old:
                clash = clash or values.get(name) not in (old, value)
                values[name] = value
        held.append(Line(line.uid, values))
    for line in mine:
        if line.uid not in there and line.values != was.get(line.uid):
            held.append(Line(line.uid, dict(line.values)))
            clash = clash or line.uid in was
    return held, clash
