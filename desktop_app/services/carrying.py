"""What is carried from one record to the next: a field of the record before, pinned fields, many records like one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop_app.core import fields as f
from desktop_app.core import values
from desktop_app.core.draft import Draft
from desktop_app.core.errors import Cancelled, KnownError
from desktop_app.core.fields import Field, Value
from desktop_app.core.progress import Progress
from desktop_app.core.record import Record
from desktop_app.core.spec import Kind
from desktop_app.core.stamps import new_uid
from desktop_app.core.words import Words
from desktop_app.services import records
from desktop_app.services.context import AppContext
from desktop_app.services.records import Saved
from desktop_app.services.references import resolver

COPIES_AT_MOST = 200
"""More is not a street of lamps but a file to import."""

_NUMBERED = re.compile(r"(.*?)([0-9]+)([^0-9]*)")
_POSITION, _SOURCE, _ESTIMATED = "latitude", "coord_source", "ESTIMATED"


@dataclass(frozen=True)
class Carried:
    """What a form begins with: the record that Ctrl+D copies from, and the pinned fields with their values."""

    previous: Record | None
    pins: Mapping[str, Value]


def carried(ctx: AppContext, kind: str) -> Carried:
    """What the person at the keyboard carries into the next record of a kind."""
    return Carried(previous(ctx, kind), pins(ctx, kind))


# ---- the record before


def previous(ctx: AppContext, kind: str) -> Record | None:
    """The record of this kind that the person at the keyboard stored last; None when there is none to speak of."""
    with ctx.store.reading() as reader:
        return reader.last_of(ctx.kind(kind).name, ctx.person)


# ---- pins


def pinnable(field: Field) -> bool:
    """Whether a field can be kept for the next records: typed by people, and not what tells one record from another."""
    return not (isinstance(field, f.Computed) or field.hidden or field.unique)


def pins(ctx: AppContext, kind: str) -> dict[str, Value]:
    """The pinned fields of a kind, in the order of the form; a value that is none any more is left out."""
    texts, found = ctx.drafts.pins(ctx.person, kind), {}
    for field in ctx.kind(kind).stored_fields:
        if field.name in texts and pinnable(field):
            try:
                found[field.name] = values.from_text(field, texts[field.name])
            except KnownError:  # another version kept it
                continue
    return found


def pin(ctx: AppContext, kind: str, kept: Mapping[str, Value]) -> None:
    """Keep these values for the next records of a kind; durable when this returns."""
    declared = ctx.kind(kind).by_name
    texts = {name: values.to_text(declared[name], value) for name, value in kept.items()}
    ctx.drafts.put_pins(ctx.person, kind, texts)


# ---- many records like one


@dataclass(frozen=True)
class Running:
    """A field that counts on from copy to copy. `always`: no two records may have the same."""

    name: str
    label: Words
    first: str
    """The text of the first copy: the number after that of the record itself."""
    always: bool


def running(kind: Kind, record: Record) -> list[Running]:
    """The fields of a record that end in a number of its own: codes of things, not of papers."""
    found = []
    for field in kind.stored_fields:
        text = record.values.get(field.name)
        counts = isinstance(field, f.Text) and not field.hidden and (field.unique or field.indexed)
        if counts and isinstance(text, str) and _NUMBERED.fullmatch(text):
            found.append(Running(field.name, field.label, counted(text, 1), bool(field.unique)))
    return found


def counted(text: str, by: int) -> str:
    """A text whose last number is greater by so much, with as many digits: PJU-0099 and 1 make PJU-0100.

    Raises `KnownError` for a text without a number.
    """
    found = _NUMBERED.fullmatch(text.strip())
    if found is None:
        raise KnownError(
            Words(
                f"'{text}' tidak berakhiran nomor. Tulis seperti PJU-0043.",
                f"'{text}' does not end in a number. Write it like PJU-0043.",
            )
        )
    before, digits, after = found.groups()
    return f"{before}{int(digits) + by:0{len(digits)}d}{after}"


def copied_values(kind: Kind, record: Record) -> dict[str, Value]:
    """What a copy takes over: everything typed, except what names the record and what later steps of its life will say."""
    later = {name for move in kind.life_cycle.moves for name in move.asks} if kind.life_cycle else set()
    return {
        field.name: record.values[field.name]
        for field in kind.stored_fields
        if not (field.hidden or field.unique or isinstance(field, f.Computed))
        and (field.name not in later or field.required is True)
        and record.values.get(field.name) is not None
    }


def copy_of(ctx: AppContext, kind: Kind, record: Record, numbers: Mapping[str, str] | None = None) -> Draft:
    """A new record like this one, with these texts in the fields that count on; lines are not copied."""
    draft = Draft.new(kind, ctx.where(), new_uid, resolver(ctx), copied_values(kind, record))
    draft.touched.update(copied_values(kind, record))
    for name, text in (numbers or {}).items():
        draft.type(name, text)
    return draft


@dataclass(frozen=True)
class Copies:
    """The copies that were stored, and why the next one was not, if one was refused."""

    saved: Sequence[Saved]
    refused: Words | None = None


def copies(
    ctx: AppContext, kind: Kind, record: Record, count: int, first: Mapping[str, str], progress: Progress
) -> Copies:
    """Store so many records like this one; `first` are the numbers of the first, the others count on.

    A position that was copied to other places is an estimate from then on. What was stored before a refusal or a cancel stays
    stored. Raises `KnownError` for an impossible count or number, and when already the first is refused.
    """
    if not 1 <= count <= COPIES_AT_MOST:
        most = COPIES_AT_MOST
        raise KnownError(Words(f"Jumlahnya 1 sampai {most}.", f"The number is 1 to {most}."), "count")
    saved: list[Saved] = []
    try:
        for number in range(count):
            progress.at(number, count, Words("Menggandakan", "Duplicating"))
            numbers = {name: counted(text, number) for name, text in first.items()}
            draft = copy_of(ctx, kind, record, numbers)
            _estimate(draft)
            saved.append(records.save(ctx, draft))
    except Cancelled:
        if not saved:
            raise
    except KnownError as refused:
        if not saved:
            raise
        return Copies(saved, refused.words)
    return Copies(saved)


def _estimate(draft: Draft) -> None:
    source = draft.kind.by_name.get(_SOURCE)
    there = draft.record.values.get(_POSITION) is not None
    if there and isinstance(source, f.Choice) and _ESTIMATED in source.codes:
        draft.choose(_SOURCE, _ESTIMATED)
