"""What headquarters says of an office's record: received, given back with the field and the reason, approved.

The `review_*` fields are headquarters' alone (exchange.md, "Responsibility"); they travel to the office like any other field, and
what was given back is a to-do list there until the office has changed the record.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app.core.errors import KnownError, UsageError
from desktop_app.core.fields import Computed, Value
from desktop_app.core.record import Record
from desktop_app.core.spec import Kind
from desktop_app.core.words import Words
from desktop_app.services import records, roles
from desktop_app.services.context import AppContext
from desktop_app.storage import reviewing

if TYPE_CHECKING:
    import datetime as dt

    from desktop_app.storage.write import Writer

_RECEIVED, _RETURNED, _APPROVED = "RECEIVED", "RETURNED", "APPROVED"
_GIVING_BACK = Words("mengembalikan data", "return records")
_APPROVING = Words("menyetujui data", "approve records")


@dataclass(frozen=True)
class ReturnedItem:
    """A record that was given back: `field` in words and by name (lines have one too), why, by whom and when (office's clock)."""

    kind: str
    uid: str
    title: str
    number: str
    site_code: str
    field: Words
    field_name: str
    reason: str
    by: str
    at: dt.datetime | None


def give_back(ctx: AppContext, kind: str, uid: str, field: str, reason: str) -> None:
    """Give a record back to its office: something about `field` (a field or child lines) is to be corrected.

    Raises `UsageError` for an unknown field, `KnownError` elsewhere than at headquarters, without a reason, or for headquarters' own.
    """
    roles.refuse_elsewhere(ctx, _GIVING_BACK)
    declared = ctx.kind(kind)
    _label(declared, field)
    why = " ".join(reason.split())
    limit = declared.by_name["review_reason"].max_len  # type: ignore[attr-defined]
    if not why or len(why) > limit:
        raise KnownError(
            Words(
                f"Tulis alasannya, paling banyak {limit} huruf: kantor membacanya.",
                f"Say why, in at most {limit} letters: the office will read it.",
            )
        )
    with ctx.store.writing(ctx.person) as writer:
        _refuse_own(ctx, declared, records.stored(writer, declared, uid))
        _say(ctx, writer, kind, uid, _RETURNED, field, why)
        reviewing.set_returned(writer, declared, uid, given_back=True)


def receive_all(ctx: AppContext, kind: str, uids: Iterable[str]) -> int:
    """Say that headquarters has taken these records up; how many that is news of. Raises `KnownError` elsewhere."""
    return _judge(ctx, kind, uids, _RECEIVED)


def approve(ctx: AppContext, kind: str, uid: str) -> None:
    """Say that headquarters has approved a record. Raises `KnownError` elsewhere than at headquarters."""
    _judge(ctx, kind, [uid], _APPROVED)


def _judge(ctx: AppContext, kind: str, uids: Iterable[str], state: str) -> int:
    roles.refuse_elsewhere(ctx, _APPROVING)
    declared, count = ctx.kind(kind), 0
    with ctx.store.writing(ctx.person) as writer:
        for uid in uids:
            record = records.stored(writer, declared, uid)
            _refuse_own(ctx, declared, record)
            if record.values.get("review_state") != state:
                _say(ctx, writer, kind, uid, state, None, None)
                reviewing.set_returned(writer, declared, uid, given_back=False)
                count += 1
    return count


def _say(
    ctx: AppContext, writer: Writer, kind: str, uid: str, state: str, field: str | None, reason: str | None
) -> None:
    said: dict[str, Value] = {
        "review_state": state,
        "review_field": field,
        "review_reason": reason,
        "review_by": ctx.person,
        "review_at": ctx.clock().replace(microsecond=0),
    }
    writer.change(kind, uid, said)


def _refuse_own(ctx: AppContext, kind: Kind, record: Record) -> None:
    if record.site_code == ctx.settings.site_code:
        raise KnownError(
            Words(
                f"{kind.id} ini milik pusat sendiri; ubah langsung di formulirnya.",
                f"This {kind.en.lower()} is headquarters' own; change it in its form.",
            )
        )
    if record.removed_at is not None:
        raise KnownError(
            Words(f"{kind.id} ini sudah dihapus.", f"This {kind.en.lower()} is removed already.")
        )


def _label(kind: Kind, name: str) -> Words:
    """What stands before a field or over lines; `UsageError` when a person can't go there."""
    part = kind.by_name.get(name) or kind.lines_by_name.get(name)
    if part is None or getattr(part, "hidden", False) or isinstance(part, Computed):
        raise UsageError(
            Words(f"{kind.id} tidak punya isian '{name}'.", f"{kind.en} has no field '{name}'."), name
        )
    return part.label


def returned(ctx: AppContext) -> list[ReturnedItem]:
    """What was given back and not corrected since, kind by kind: the office's to-do list, and headquarters' list of what it waits for."""
    found = []
    with ctx.store.reading() as reader:
        for kind in ctx.registry:
            for record in reviewing.returned(reader, kind):
                given = record.values
                name = str(given.get("review_field") or "")
                part = kind.by_name.get(name) or kind.lines_by_name.get(name)
                at = given.get("review_at")
                found.append(
                    ReturnedItem(
                        kind.name,
                        record.uid,
                        reader.title(kind.name, record.uid),
                        record.record_no or "",
                        record.site_code,
                        part.label if part else Words(name, name),
                        name,
                        str(given.get("review_reason") or ""),
                        str(given.get("review_by") or ""),
                        at.astimezone(ctx.settings.zone) if at else None,  # type: ignore[union-attr]
                    )
                )
    return found
