"""A pasted message put into a form: which fields of a kind it fills, found by what the fields are, not by their names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app.core import fields as f
from desktop_app.core.draft import Draft
from desktop_app.core.fields import Field, Value
from desktop_app.core.spec import Kind, Registry
from desktop_app.core.words import Words
from desktop_app.services import references, whatsapp
from desktop_app.services.context import AppContext
from desktop_app.services.whatsapp import Understood

if TYPE_CHECKING:
    from desktop_app.storage.read import Reader

_CHANNEL = "WHATSAPP"


@dataclass(frozen=True)
class Filled:
    """The values that a message gives a form, and in words what was understood of it."""

    values: dict[str, Value]
    told: Words


def takes(kind: Kind) -> bool:
    """Whether records of this kind are reported by message: they have a channel, and WhatsApp is one of it."""
    return any(_is_channel(field) for field in kind.stored_fields)


def _is_channel(field: Field) -> bool:
    return isinstance(field, f.Choice) and _CHANNEL in field.codes


def fill(ctx: AppContext, draft: Draft, text: str) -> Filled:
    """Read a message for a form that was just begun; for a worker. What was typed already stays as it is.

    The values are those that the form's own fields understand; what a field does not understand is left out, it stands in the text.
    """
    message = whatsapp.understood(text, draft.where.today)
    with ctx.store.reading() as reader:
        copy = draft.at(ctx.where(reader))
        values: dict[str, Value] = {}
        for name, said in _typed(copy, message):
            free = name not in draft.touched or draft.record.values.get(name) is None
            if free and name not in values:
                values |= _read(copy, name, said)
        values |= _things(reader, ctx.registry, draft, message)
    return Filled(values, _told(draft.kind, message, values))


def _typed(draft: Draft, message: Understood) -> Iterator[tuple[str, str]]:
    """Which text goes into which field, as if somebody typed it."""
    texts = [one for one in draft.kind.stored_fields if isinstance(one, f.Text) and not one.hidden]
    head = [one for one in draft.kind.form[0].content if isinstance(one, Field)]
    at = f"{message.at:%d/%m/%Y %H.%M}" if message.at is not None else ""
    given: list[tuple[Iterable[Field], str]] = [
        ((one for one in texts if one.personal and one.reads == "name"), message.name),
        ((one for one in texts if one.personal and one.reads == "phone"), message.phone),
        ((one for one in head if isinstance(one, f.Timestamp)), at),
        ((one for one in head if isinstance(one, f.Text) and one.multiline), message.text),
        ((one for one in texts if one.reads == "street"), message.street),
        ((one for one in texts if one.name == "rt"), message.rt),
        ((one for one in texts if one.name == "rw"), message.rw),
        ((one for one in draft.kind.stored_fields if isinstance(one, f.Coordinate)), message.position),
    ]
    for fields, said in given:
        field = next(iter(fields), None)
        if field is not None and said:
            words = isinstance(field, f.Text) and field.reads != "phone"
            yield field.name, said[: field.max_len] if isinstance(field, f.Text) and words else said
    for field in head:
        if isinstance(field, f.Choice) and _is_channel(field):
            yield field.name, field.codes.words(_CHANNEL).say()


def _read(draft: Draft, name: str, said: str) -> dict[str, Value]:
    """What the form makes of one text, with what else it fills (the other half of a position)."""
    before = dict(draft.record.values)
    draft.type(name, said)
    if draft.unread(name):
        return {}
    after = {field.name: draft.record.values.get(field.name) for field in draft.kind.stored_fields}
    return {one: value for one, value in after.items() if value != before.get(one) or one == name}


def _things(reader: Reader, registry: Registry, draft: Draft, message: Understood) -> dict[str, Value]:
    """Lamps and panels that the message calls by their number, when it is theirs exactly."""
    found: dict[str, Value] = {}
    coded = {kind.name for kind in registry if _has_code(kind)}
    for field in draft.kind.references:
        if draft.kind.by_name[field.name].hidden or draft.record.values.get(field.name) is not None:
            continue
        written = (form for code in message.codes for form in dict.fromkeys((code, *_forms(code))))
        for code in written if field.kind in coded else ():
            meant = references.resolved(reader, field, code, draft.among(field))
            if len(meant) == 1 and meant[0][1].split(", ")[0].casefold() == code.casefold():
                found[field.name] = meant[0][0]
                break
    return found


def _forms(code: str) -> tuple[str, str]:
    """PJU 0012 may be kept as PJU-0012 or PJU0012."""
    letters = code.rstrip("0123456789").rstrip(" -")
    digits = code[len(code.rstrip("0123456789")) :]
    return f"{letters}-{digits}", f"{letters}{digits}"


def _has_code(kind: Kind) -> bool:
    """Whether its records are called by a code of their own: lamps, panels, parks."""
    names = (kind.by_name[name] for name in kind.title)
    return kind.owner == "register" and any(isinstance(one, f.Text) and one.reads == "code" for one in names)


def _told(kind: Kind, message: Understood, values: Mapping[str, Value]) -> Words:
    """What was understood, said in one line; and what was not."""
    at = f"{message.at:%d/%m/%Y %H.%M}" if message.at is not None else ""
    said = ", ".join(part for part in (message.name or message.phone, at, message.street) if part)
    there = any(isinstance(kind.by_name[name], f.Coordinate) for name in values)
    place = Words(", koordinat", ", position") if there else Words("", "")
    told = Words(
        f"Dari WhatsApp: {said or 'teksnya saja'}{place.id}.",
        f"From WhatsApp: {said or 'only its text'}{place.en}.",
    )
    if message.without_place:
        told = Words(
            f"{told.id} Tautan pendek peta tidak memuat koordinat.",
            f"{told.en} The short map link does not hold a position.",
        )
    if message.others:
        told = Words(
            f"{told.id} {message.others} pesan dari orang lain tidak dipakai.",
            f"{told.en} {message.others} messages of other people were left out.",
        )
    return told
