"""What was typed and not saved: kept within a second, offered again after a crash."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desktop_app.core import show, values
from desktop_app.core.draft import Draft
from desktop_app.core.errors import KnownError
from desktop_app.core.record import Record
from desktop_app.core.spec import Kind
from desktop_app.core.stamps import new_uid
from desktop_app.core.words import Words, tr
from desktop_app.services.context import AppContext
from desktop_app.services.references import resolver
from desktop_app.storage.plain import Change

if TYPE_CHECKING:
    from desktop_app.storage.read import Reader

_CURSOR = "cursor"


@dataclass(frozen=True)
class Kept:
    """A draft on the shelf: what it will be called, when it was last touched (UTC), and the field that had the cursor."""

    kind: str
    uid: str
    at: dt.datetime
    title: str
    field: str
    state: Mapping[str, Any]


def keep(ctx: AppContext, draft: Draft, field: str = "") -> None:
    """Write the draft down; durable when this returns. `field` has the cursor."""
    state = draft.state() | {_CURSOR: field}
    ctx.drafts.put(draft.record.uid, draft.kind.name, draft.record.uid, state, ctx.clock())


def drop(ctx: AppContext, draft: Draft) -> None:
    """Forget a draft that was saved."""
    ctx.drafts.drop(draft.record.uid)


def throw(ctx: AppContext, kept: Kept) -> None:
    """Throw a draft away on purpose."""
    ctx.drafts.drop(kept.uid)


def all_kept(ctx: AppContext) -> list[Kept]:
    """The drafts on the shelf, newest first; those of kinds that no longer exist are left out."""
    shelf = [one for one in ctx.drafts.all() if one.kind in ctx.registry]
    if not shelf:
        return []
    with ctx.store.reading() as reader:
        return [
            Kept(
                one.kind,
                one.uid,
                one.at,
                _title(ctx, one.kind, one.state, reader),
                str(one.state.get(_CURSOR) or ""),
                one.state,
            )
            for one in shelf
        ]


def _title(ctx: AppContext, name: str, state: Mapping[str, Any], reader: Reader) -> str:
    kind = ctx.kind(name)
    texts = {}
    for field in (kind.by_name[one] for one in kind.title):
        try:
            value = values.from_text(field, str(state["values"].get(field.name) or ""))
        except KnownError:  # kept by another version: the name is then without this part
            continue
        texts[field.name] = show.show(field, value, zone=ctx.settings.zone, lookup=reader)
    return kind.title_of(texts) or tr(f"{kind.id} baru", f"new {kind.en.lower()}")


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
    return draft


def as_of(kind: Kind, now: Record, version: int, journal: Iterable[Change]) -> Record:
    """The record's own fields as they stood at an older version, by what the journal says was there before."""
    old = copy.deepcopy(now)
    old.version = version
    for change in reversed(list(journal)):
        if change.version > version and change.field in kind.by_name and not change.lines:
            old.values[change.field] = values.from_text(kind.by_name[change.field], change.old_text)
    return old
