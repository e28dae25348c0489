"""Two versions or two records side by side, field by field, in the words of the form; personal numbers are masked."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.core import show
from desktop_app.core.draft import Draft
from desktop_app.core.draft_saving import lines_of
from desktop_app.core.errors import KnownError
from desktop_app.core.fields import Computed, Field, Value
from desktop_app.core.record import Lookup, Record
from desktop_app.core.spec import Lines
from desktop_app.core.words import Words
from desktop_app.services import forms
from desktop_app.services.context import AppContext


@dataclass(frozen=True)
class Pair:
    """One field on both sides. `theirs_value` is what the other side holds; `both`: either side has changed it."""

    name: str
    label: Words
    mine: str
    theirs: str
    theirs_value: Value = None
    both: bool = False
    lines: bool = False


@dataclass(frozen=True)
class Other:
    """Another record beside the one being filled in: what it is called, its number, where it stands, and what both hold."""

    title: str
    number: str
    status: Words
    pairs: tuple[Pair, ...]


def versions(ctx: AppContext, draft: Draft, theirs: Record) -> list[Pair]:
    """What somebody else changed since the record was opened, or both did; those that both changed come first."""
    base = draft.base.values if draft.base else {}
    mine = draft.record_to_save()
    with ctx.store.reading() as reader:
        found = []
        for field in _shown(draft):
            here, there, was = (held.get(field.name) for held in (mine.values, theirs.values, base))
            if there not in (was, here):
                mine_text, their_text = (_text(ctx, field, value, reader) for value in (here, there))
                both = here != was
                found.append(Pair(field.name, field.label, mine_text, their_text, there, both=both))
    here_lines, there_lines = lines_of(draft.kind, mine), lines_of(draft.kind, theirs)
    was_lines = lines_of(draft.kind, draft.base) if draft.base else {}
    for lines in draft.kind.lines:
        held, other, was_held = (of.get(lines.name, []) for of in (here_lines, there_lines, was_lines))
        if other not in (was_held, held):
            found.append(_of_lines(lines, len(held), len(other), both=held != was_held))
    return sorted(found, key=lambda pair: not pair.both)


def _of_lines(lines: Lines, mine: int, theirs: int, *, both: bool) -> Pair:
    here, there = (Words(f"{count} baris", f"{count} lines").say() for count in (mine, theirs))
    return Pair(lines.name, lines.label, here, there, both=both, lines=True)


def other(ctx: AppContext, draft: Draft, kind: str, uid: str) -> Other:
    """A record to be compared with the one being filled in. Raises `KnownError` when it is not here any more."""
    declared = ctx.kind(kind)
    with ctx.store.reading() as reader:
        record = reader.get(kind, uid)
        if record is None:
            raise KnownError(Words("Data itu sudah tidak ada.", "That record is not here any more."))
        theirs = Draft.of(declared, record, ctx.where(reader), draft.new_uid, draft.resolve)
        pairs = []
        for field in _shown(theirs):
            value = record.values.get(field.name)
            same = draft.kind.name == kind
            mine = draft.record.values.get(field.name) if same else None
            if value is not None:
                here, there = (_text(ctx, field, one, reader) for one in (mine, value))
                pairs.append(Pair(field.name, field.label, here, there))
        states = declared.life_cycle.by_code if declared.life_cycle else {}
        state = states.get(record.status or "")
        title = forms.title(ctx, theirs, reader) or declared.label.say()
        return Other(title, record.record_no or "", state.label if state else Words("", ""), tuple(pairs))


def _shown(draft: Draft) -> list[Field]:
    fields = draft.kind.stored_fields
    return [
        one for one in fields if not one.hidden and not isinstance(one, Computed) and draft.relevant(one.name)
    ]


def _text(ctx: AppContext, field: Field, value: Value, lookup: Lookup) -> str:
    return show.show(field, value, zone=ctx.settings.zone, lookup=lookup, mask=True)
