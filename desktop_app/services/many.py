"""One step or one change for many records: each goes through the same rules as by itself, and what could not be done is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from desktop_app.core.errors import Cancelled, KnownError
from desktop_app.core.fields import Value
from desktop_app.core.progress import Progress
from desktop_app.core.record import Moved
from desktop_app.core.stamps import new_uid
from desktop_app.core.words import Words, tr
from desktop_app.services import records
from desktop_app.services.context import AppContext

if TYPE_CHECKING:
    from desktop_app.core.record import Record
    from desktop_app.services.records import Undo

_DOING, _UNDOING = Words("Mengubah", "Changing"), Words("Mengurungkan", "Undoing")


@dataclass(frozen=True)
class Refused:
    """A record that stayed as it was, and why."""

    uid: str
    words: Words


@dataclass(frozen=True)
class UndoMany:
    """What takes back one deed on many records; each only while nobody has changed it since. See `records.Undo`."""

    kind: str
    before: tuple[tuple[Record, int], ...]
    """Each record as it was, and the version that the deed gave it."""
    did: Literal["many"] = "many"
    uid: str = ""
    version: int = 0


@dataclass(frozen=True)
class Done:
    """What came of it. `left`: so many were not begun, because it was cancelled."""

    done: tuple[str, ...]
    refused: tuple[Refused, ...]
    left: int
    undo: UndoMany | None


def move(
    ctx: AppContext,
    kind: str,
    uids: Sequence[str],
    name: str,
    values: Mapping[str, Value],
    reason: str,
    progress: Progress,
) -> Done:
    """Make one step with each of these records, with common values on the way; what isn't among them stays each record's own.

    Raises `UsageError` for a step that the kind does not have; refusals of records are told in what comes back.
    """
    records.declared_move(ctx.kind(kind), name)

    def make(uid: str) -> tuple[Record, Record]:
        draft = records.open_draft(ctx, kind, uid)
        for field, value in values.items():
            draft.choose(field, value)
        return _opened(draft.base), records.move_draft(ctx, draft, name, reason).record

    return _each(kind, uids, make, progress)


def change(
    ctx: AppContext, kind: str, uids: Sequence[str], values: Mapping[str, Value], progress: Progress
) -> Done:
    """Give fields of each of these records the same values; refusals of records are told in what comes back."""

    def make(uid: str) -> tuple[Record, Record]:
        draft = records.open_draft(ctx, kind, uid)
        for field, value in values.items():
            draft.choose(field, value)
        return _opened(draft.base), records.save(ctx, draft).record

    return _each(kind, uids, make, progress)


def undo(ctx: AppContext, token: UndoMany, progress: Progress) -> Done:
    """Take one deed on many records back by new changes, so that history tells both; those changed since are left alone and told."""

    def back(uid: str) -> tuple[Record, Record]:
        before, version = by_uid[uid]
        return before, _taken_back(ctx, before, version)

    by_uid = {before.uid: (before, version) for before, version in token.before}
    return _each(token.kind, list(by_uid), back, progress, _UNDOING)


def still_undone(
    tokens: Sequence[Undo | UndoMany], kind: str, again: Mapping[tuple[str, int], int]
) -> list[Undo | UndoMany]:
    """The older tokens after something was taken back: `again` tells under which version a record's earlier one stands again."""
    told: list[Undo | UndoMany] = []
    for one in tokens:
        if one.kind != kind:
            told.append(one)
        elif isinstance(one, UndoMany):
            pairs = ((before, again.get((before.uid, version), version)) for before, version in one.before)
            told.append(replace(one, before=tuple(pairs)))
        else:
            told.append(replace(one, version=again.get((one.uid, one.version), one.version)))
    return told


def stands_again(done: Done) -> dict[tuple[str, int], int]:
    """What `undo` has brought back, for `still_undone`."""
    pairs = done.undo.before if done.undo is not None else ()
    return {(before.uid, before.version): version for before, version in pairs}


def _taken_back(ctx: AppContext, before: Record, version: int) -> Record:
    declared = ctx.kind(before.kind)
    with ctx.store.writing(ctx.person) as writer:
        now = records.stored(writer, declared, before.uid)
        if now.version != version:
            raise KnownError(
                Words(
                    "Tidak bisa dibatalkan: data ini sudah diubah lagi.",
                    "Can't be undone: the record has been changed since.",
                )
            )
        values = {field.name: before.values.get(field.name) for field in declared.stored_fields}
        if now.status == before.status:
            return writer.change(before.kind, before.uid, values, None, version)
        why = tr("Diurungkan", "Undone")
        moved = Moved(new_uid(), "undo", now.status, before.status or "", ctx.clock(), ctx.person, why)
        return writer.move(before.kind, before.uid, moved, values, version)


def _opened(base: Record | None) -> Record:
    if base is None:
        raise TypeError("only stored records are changed together")
    return base


def _each(
    kind: str,
    uids: Sequence[str],
    make: Callable[[str], tuple[Record, Record]],
    progress: Progress,
    doing: Words = _DOING,
) -> Done:
    """Each by itself and durable; a refusal goes on with the next, Cancel ends after the one under way."""
    done: list[str] = []
    before: list[tuple[Record, int]] = []
    refused: list[Refused] = []
    for number, uid in enumerate(uids):
        try:
            progress.at(number, len(uids), doing)
            was, now = make(uid)
        except Cancelled:
            break
        except KnownError as error:
            refused.append(Refused(uid, error.words))
        else:
            done.append(uid)
            if now.version != was.version:
                before.append((was, now.version))
    left = len(uids) - len(done) - len(refused)
    return Done(tuple(done), tuple(refused), left, UndoMany(kind, tuple(before)) if before else None)
