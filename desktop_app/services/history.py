"""What was done to a record, by whom and when, in words that people read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from desktop_app.core import show, values
from desktop_app.core.errors import KnownError
from desktop_app.core.fields import Field
from desktop_app.core.record import Lookup
from desktop_app.core.spec import Kind
from desktop_app.core.words import Words
from desktop_app.services.context import AppContext
from desktop_app.storage.plain import Change


@dataclass(frozen=True)
class Detail:
    """One field that changed, as it stood and as it stands on the screen (empty is ''); personal numbers are masked."""

    label: Words
    before: str
    after: str


@dataclass(frozen=True)
class Event:
    """One save: when (on the office's clock), who, what in one sentence, field by field, and the reason if one was given."""

    at: dt.datetime
    by: str
    words: Words
    details: tuple[Detail, ...]
    reason: str = ""


_DID: dict[str, Words] = {
    "created": Words("Dicatat", "Recorded"),
    "changed": Words("Diubah", "Changed"),
    "removed": Words("Dihapus", "Removed"),
    "recovered": Words("Dipulihkan", "Recovered"),
}
_RESPONSIBLE = Words("Kantor yang bertanggung jawab", "Office responsible")
_LINE_THERE, _LINE_GONE = Words("baris ditambah", "line added"), Words("baris dihapus", "line removed")


def changes(ctx: AppContext, kind: str, uid: str) -> list[Change]:
    """The journal of a record as it is kept: canonical texts, oldest first."""
    with ctx.store.reading() as reader:
        return reader.history(ctx.kind(kind).name, uid, looks=True)


def as_json(journal: Iterable[Change]) -> list[dict[str, object]]:
    """The journal for machines: moments in UTC, canonical texts."""
    return [{**change._asdict(), "at": f"{change.at:%Y-%m-%dT%H:%M:%SZ}"} for change in journal]


def history(ctx: AppContext, kind: str, uid: str) -> list[Event]:
    """The journal of a record in words, newest first; what was stored together is one event."""
    declared = ctx.kind(kind)
    with ctx.store.reading() as reader:
        entries = reader.history(declared.name, uid, looks=True)
        saves = groupby(entries, key=lambda one: (one.version, one.at, one.by, one.action == "looked"))
        told = [_event(ctx, declared, list(of_one), reader) for _, of_one in saves]
    return told[::-1]


def _event(ctx: AppContext, kind: Kind, of_one: list[Change], lookup: Lookup) -> Event:
    first = next((change for change in of_one if change.action != "changed"), of_one[0])
    if first.action == "looked":
        return Event(first.at.astimezone(ctx.settings.zone), first.by, _looked(kind, of_one), ())
    words = _moved(kind, first) if first.action == "moved" else _DID[first.action]
    reason = next((change.reason for change in of_one if change.reason), "")
    at = first.at.astimezone(ctx.settings.zone)
    return Event(at, first.by, words, tuple(_details(ctx, kind, of_one, lookup)), reason)


def _moved(kind: Kind, change: Change) -> Words:
    states = kind.life_cycle.by_code if kind.life_cycle else {}
    codes = (change.old_text, change.new_text)
    before, after = (states[code].label if code in states else Words(code, code) for code in codes)
    return Words(f"Status: {before.id} → {after.id}", f"Status: {before.en} → {after.en}")


def _looked(kind: Kind, of_one: Iterable[Change]) -> Words:
    labels = list(dict.fromkeys(kind.by_name[one.field].label for one in of_one if one.field in kind.by_name))
    return Words(
        f"Dilihat: {', '.join(label.id for label in labels)}",
        f"Looked at: {', '.join(label.en for label in labels)}",
    )


def _details(ctx: AppContext, kind: Kind, of_one: Iterable[Change], lookup: Lookup) -> Iterator[Detail]:
    for change in of_one:
        lines = kind.lines_by_name.get(change.lines)
        field = (lines.by_name if lines else kind.by_name).get(change.field)
        if change.field == "site_code":
            yield Detail(_RESPONSIBLE, change.old_text, change.new_text)
        elif lines is not None and not change.field:
            gone = change.action == "removed"
            yield Detail(lines.label, "", (_LINE_GONE if gone else _LINE_THERE).say())
        elif field is not None and not field.hidden and change.action != "moved":
            label = Words(f"{lines.id}, {field.id}", f"{lines.en}, {field.en}") if lines else field.label
            texts = (_said(ctx, field, text, lookup) for text in (change.old_text, change.new_text))
            yield Detail(label, *texts)


def _said(ctx: AppContext, field: Field, text: str, lookup: Lookup) -> str:
    try:
        value = values.from_text(field, text)
    except KnownError:  # another version wrote it: shown as it stands in the journal
        return text
    return show.show(field, value, zone=ctx.settings.zone, lookup=lookup, mask=True)
