"""What was typed and not saved: kept within a second, offered again after a crash."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desktop_app.core import fields as f
from desktop_app.core import show, values
from desktop_app.core.draft import Draft
from desktop_app.core.draft_typed import NOWHERE, Spot
from desktop_app.core.errors import KnownError
from desktop_app.core.record import Record
from desktop_app.core.show import masks
from desktop_app.core.spec import Kind
from desktop_app.core.stamps import new_uid
from desktop_app.core.words import Words, tr
from desktop_app.services.context import AppContext
from desktop_app.services.references import resolver
from desktop_app.storage.plain import Change

if TYPE_CHECKING:
    from desktop_app.storage.drafts import KeptDraft
    from desktop_app.storage.read import Reader

_NAME = 40
"""A slip without a name is called by so many letters of what stands on it."""
_CURSOR, _SPOT, _BY, _PARKED = "cursor", "spot", "by", "parked"


@dataclass(frozen=True)
class Kept:
    """A draft on the shelf: what it will be called, when it was last touched (UTC), by whom, and the field that had the cursor.

    `parked`: put aside on purpose ("Simpan sementara"), with what was `missing` then.
    """

    kind: str
    uid: str
    at: dt.datetime
    title: str
    field: str
    state: Mapping[str, Any]
    by: str = ""
    parked: bool = False
    missing: tuple[Words, ...] = ()


def keep(ctx: AppContext, draft: Draft, at: Spot | str = "") -> None:
    """Write the draft down; durable when this returns. `at` is where the cursor stands, or the field that has it."""
    _put(ctx, draft, Spot(at) if isinstance(at, str) else at, {})


def _put(ctx: AppContext, draft: Draft, spot: Spot, more: Mapping[str, object]) -> None:
    state = draft.state() | {_CURSOR: spot.field, _SPOT: list(spot), _BY: ctx.person, **more}
    ctx.drafts.put(draft.record.uid, draft.kind.name, draft.record.uid, state, ctx.clock())


def park(ctx: AppContext, draft: Draft, spot: Spot = NOWHERE) -> Kept:
    """Put a half-known slip aside, with the list of what is missing; as it is then on the shelf. Durable when this returns."""
    with ctx.store.reading() as reader:
        found = draft.at(ctx.where(reader)).findings()
        missing = [
            [one.line[0] if one.line else "", one.field] for one in found if one.code.endswith(":missing")
        ]
        _put(ctx, draft, spot, {_PARKED: missing})
        kept = next(one for one in ctx.drafts.all() if one.uid == draft.record.uid)
        return _kept(ctx, kept, reader)


def parked(ctx: AppContext) -> list[Kept]:
    """The slips put aside with "Simpan sementara", newest first."""
    return [one for one in all_kept(ctx) if one.parked]


def newest(ctx: AppContext) -> Kept | None:
    """What was being typed last and is not put aside: where the program goes on after a crash."""
    return next((one for one in all_kept(ctx) if not one.parked), None)


def drop(ctx: AppContext, draft: Draft) -> None:
    """Forget a draft that was saved."""
    ctx.drafts.drop(draft.record.uid)


def throw(ctx: AppContext, kept: Kept) -> None:
    """Throw a draft away on purpose."""
    ctx.drafts.drop(kept.uid)


def all_kept(ctx: AppContext) -> list[Kept]:
    """The drafts on the shelf, newest first; those of kinds that no longer exist are left out.

    A new record that was stored the moment before a power cut is no draft any more: it goes from the shelf.
    """
    shelf = [one for one in ctx.drafts.all() if one.kind in ctx.registry]
    if not shelf:
        return []
    with ctx.store.reading() as reader:
        stored = [one for one in shelf if _is_stored(one, reader)]
        for one in stored:
            ctx.drafts.drop(one.key)
        return [_kept(ctx, one, reader) for one in shelf if one not in stored]


def _is_stored(one: KeptDraft, reader: Reader) -> bool:
    return one.state.get("version") is None and reader.get(one.kind, one.uid) is not None


def _kept(ctx: AppContext, one: KeptDraft, reader: Reader) -> Kept:
    kind, state = ctx.kind(one.kind), one.state
    return Kept(
        one.kind,
        one.uid,
        one.at,
        _title(ctx, one.kind, state, reader),
        str(state.get(_CURSOR) or ""),
        state,
        str(state.get(_BY) or ""),
        _PARKED in state,
        tuple(_labels(kind, state.get(_PARKED) or ())),
    )


def _labels(kind: Kind, missing: Iterable[tuple[str, str]]) -> Iterator[Words]:
    """What the missing fields are called, each once; those of lines with the name of the lines."""
    for lines, name in dict.fromkeys((lines, name) for lines, name in missing):
        if lines in kind.lines_by_name and name in kind.lines_by_name[lines].by_name:
            of, cell = kind.lines_by_name[lines], kind.lines_by_name[lines].by_name[name]
            yield Words(f"{of.id}: {cell.id}", f"{of.en}: {cell.en}")
        elif not lines and name in kind.by_name:
            yield kind.by_name[name].label


def _title(ctx: AppContext, name: str, state: Mapping[str, Any], reader: Reader) -> str:
    kind = ctx.kind(name)
    texts = {}
    for field in (kind.by_name[one] for one in kind.title):
        try:
            value = values.from_text(field, str(state["values"].get(field.name) or ""))
        except KnownError:  # kept by another version: the name is then without this part
            continue
        texts[field.name] = show.show(field, value, zone=ctx.settings.zone, lookup=reader)
    return (
        kind.title_of(texts) or _first_words(kind, state) or tr(f"{kind.id} baru", f"new {kind.en.lower()}")
    )


def _first_words(kind: Kind, state: Mapping[str, Any]) -> str:
    """What a slip without a name is known by: the first words that stand on it (never what is masked)."""
    held = state["values"]
    texts = (field for field in kind.stored_fields if isinstance(field, f.Text) and not field.hidden)
    found = (str(held[field.name]) for field in texts if held.get(field.name) and not masks(field))
    words = " ".join(next(found, "").split())
    return words if len(words) <= _NAME else f"{words[: _NAME - 1].rstrip()}…"


def take_up(ctx: AppContext, kept: Kept) -> Draft:
    """Go on with a draft as it was left. Raises `KnownError` when the record that it changes is not here any more.

    When somebody stored the record since, saving the draft raises `StaleRecord`, as it would have without the pause.
    """
    kind, version = ctx.kind(kept.kind), kept.state.get("version")
    if version is None:
        draft = Draft.new(kind, ctx.where(), new_uid, resolver(ctx))
    else:
        with ctx.store.reading() as reader:
            now, journal = reader.get(kind.name, kept.uid), reader.history(kind.name, kept.uid)
        if now is None:
            raise KnownError(
                Words(
                    "Data yang sedang diubah ini sudah tidak ada.",
                    "The record that this draft changes is not here any more.",
                )
            )
        draft = Draft.of(kind, as_of(kind, now, version, journal), ctx.where(), new_uid, resolver(ctx))
    draft.take_up(kept.state)
    spot = kept.state.get(_SPOT) or [kept.field]
    draft.spot = Spot(*spot)
    return draft


def as_of(kind: Kind, now: Record, version: int, journal: Iterable[Change]) -> Record:
    """The record's own fields as they stood at an older version, by what the journal says was there before."""
    old = copy.deepcopy(now)
    old.version = version
    for change in reversed(list(journal)):
        if change.version > version and change.field in kind.by_name and not change.lines:
            old.values[change.field] = values.from_text(kind.by_name[change.field], change.old_text)
    return old
