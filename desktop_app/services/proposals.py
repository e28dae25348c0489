"""Proposals: an office says how a record that is another's should read, headquarters accepts or rejects. Source: exchange.md, "Responsibility".

One proposal is about one field: the value that the office saw, the one that it proposes, and why. Accepting writes the value into the
record as an edit of headquarters, by the record's own rules; the office learns of either with the next answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from desktop_app.core import show, values
from desktop_app.core.errors import KnownError, UsageError
from desktop_app.core.fields import Computed, Field, Value
from desktop_app.core.record import Record
from desktop_app.core.stamps import new_uid
from desktop_app.core.words import Words
from desktop_app.services import records, roles, typed
from desktop_app.services.context import AppContext

if TYPE_CHECKING:
    import datetime as dt

    from desktop_app.core.spec import Kind
    from desktop_app.storage.read import Reader

KIND = "proposal"
Decision = Literal["", "ACCEPTED", "REJECTED"]
_DECIDING = Words("memutuskan usulan", "decide on proposals")
_LONGEST_REASON = 500


@dataclass(frozen=True)
class Proposed:
    """A proposal: about which field of which record, by whom; how the field reads now, as the office saw it, and as it proposes.

    `decision` "" as long as headquarters has not decided; `answer` is its reason.
    """

    uid: str
    kind: str
    record_uid: str
    title: str
    number: str
    site_code: str
    field: Words
    field_name: str
    now: str
    seen: str
    proposed: str
    reason: str
    by: str
    at: dt.datetime | None
    decision: Decision
    decided_by: str
    answer: str


@dataclass(frozen=True)
class Offered:
    """A field that a change can be proposed for, and what stands in it now."""

    name: str
    label: Words
    now: str


def offered(ctx: AppContext, kind: str, uid: str) -> list[Offered]:
    """The fields of a record that can be proposed."""
    declared = ctx.kind(kind)
    with ctx.store.reading() as reader:
        held = records.stored(reader, declared, uid).values
        return [
            Offered(
                field.name,
                field.label,
                show.show(field, held.get(field.name), zone=ctx.settings.zone, lookup=reader, mask=True),
            )
            for field in proposable(declared)
        ]


def may_propose(ctx: AppContext, record: Record) -> bool:
    """Whether this is an office, and the record another's."""
    own = ctx.settings.site_code
    return bool(own) and not roles.is_headquarters(ctx) and record.site_code not in ("", own)


def proposable(kind: Kind) -> list[Field]:
    """The fields of a kind that can be proposed, in the order of the form."""
    return [
        field
        for field in kind.stored_fields
        if not field.hidden and not isinstance(field, Computed) and field.name != kind.natural_key
    ]


def propose(ctx: AppContext, kind: str, uid: str, given: Mapping[str, str], reason: str) -> list[str]:
    """Propose other values for fields of a record that is another's, typed as in its form; the uids of the proposals.

    Raises `UsageError` for an unknown field, `KnownError` at headquarters, for a record of one's own, without a reason, when a value
    is not understood and when nothing would become different.
    """
    why = _reasoned(reason)
    draft = records.open_draft(ctx, kind, uid)
    if not may_propose(ctx, draft.record):
        raise KnownError(
            Words(
                f"{draft.kind.id} ini dapat diubah langsung di formulirnya; tidak perlu diusulkan.",
                f"This {draft.kind.en.lower()} can be changed in its form; there is nothing to propose.",
            )
        )
    before = dict(draft.record.values)
    names = {field.name for field in proposable(draft.kind)}
    for name in given:
        if name not in names:
            raise UsageError(
                Words(
                    f"{draft.kind.id} tidak punya isian '{name}' yang dapat diusulkan.",
                    f"{draft.kind.en} has no field '{name}' that can be proposed.",
                ),
                name,
            )
    typed.type_all(draft, given)
    for finding in draft.findings():
        if finding.severity == "error" and finding.field in given:
            raise KnownError(finding.words, finding.field)
    made = []
    for name in given:
        field = draft.kind.by_name[name]
        texts = [values.to_text(field, held.get(name)) for held in (before, draft.record.values)]
        if texts[0] != texts[1]:
            made.append(
                Record(
                    KIND,
                    new_uid(),
                    {
                        "record_kind": kind,
                        "record_uid": uid,
                        "field_name": name,
                        "seen_text": texts[0] or None,
                        "proposed_text": texts[1] or None,
                        "reason": why,
                    },
                )
            )
    if not made:
        raise KnownError(
            Words("Isinya sama dengan yang sekarang.", "It reads so already: there is nothing to propose.")
        )
    with ctx.store.writing(ctx.person) as writer:
        return [writer.add(record).uid for record in made]


def _reasoned(reason: str) -> str:
    why = " ".join(reason.split())
    if not why or len(why) > _LONGEST_REASON:
        raise KnownError(
            Words(
                f"Tulis alasannya, paling banyak {_LONGEST_REASON} huruf.",
                f"Say why, in at most {_LONGEST_REASON} letters.",
            )
        )
    return why


def proposals(
    ctx: AppContext, *, about: tuple[str, str] | None = None, undecided: bool = False
) -> list[Proposed]:
    """What was proposed, oldest first: at headquarters by all offices, at an office by itself. `about`: kind and uid of one record."""
    with ctx.store.reading() as reader:
        return list(_told(ctx, reader, about, undecided=undecided))


def number_undecided(reader: Reader) -> int:
    """How many proposals wait for headquarters."""
    return len(reader.find(KIND, decision=None))


def _told(
    ctx: AppContext, reader: Reader, about: tuple[str, str] | None, *, undecided: bool
) -> list[Proposed]:
    asked: dict[str, Value] = {"decision": None} if undecided else {}
    if about is not None:
        asked |= {"record_kind": about[0], "record_uid": about[1]}
    found = []
    for one in reader.find(KIND, **asked):
        kind = ctx.registry[name] if (name := str(one.values["record_kind"])) in ctx.registry else None
        record = reader.get(kind.name, str(one.values["record_uid"])) if kind is not None else None
        field = kind.by_name.get(str(one.values["field_name"])) if kind is not None else None
        if kind is not None and record is not None and field is not None:
            found.append(_one(ctx, reader, one, kind, record, field))
    return found


def _one(ctx: AppContext, reader: Reader, one: Record, kind: Kind, record: Record, field: Field) -> Proposed:
    given = one.values

    def said(text: object) -> str:
        try:
            value = values.from_text(field, str(text or ""))
        except KnownError:  # a newer program wrote it: as it stands
            return str(text)
        return show.show(field, value, zone=ctx.settings.zone, lookup=reader, mask=True)

    decided = given.get("decision")
    return Proposed(
        one.uid,
        kind.name,
        record.uid,
        reader.title(kind.name, record.uid),
        record.record_no or "",
        one.site_code,
        field.label,
        field.name,
        said(values.to_text(field, record.values.get(field.name))),
        said(given.get("seen_text")),
        said(given.get("proposed_text")),
        str(given.get("reason") or ""),
        one.entry_by or "",
        one.entry_at.astimezone(ctx.settings.zone) if one.entry_at else None,
        "ACCEPTED" if decided == "ACCEPTED" else "REJECTED" if decided == "REJECTED" else "",
        str(given.get("review_by") or ""),
        str(given.get("review_reason") or ""),
    )


def accept(ctx: AppContext, uid: str) -> None:
    """Write what was proposed into the record, and say so to the office.

    Raises `KnownError` elsewhere than at headquarters, when it is decided already, and `NotSaved` when the record's rules speak against
    it. Interrupted between the two it is done again: the record reads so already then.
    """
    one = _undecided(ctx, uid)
    given = one.values
    kind, record_uid, name = (str(given[key]) for key in ("record_kind", "record_uid", "field_name"))
    draft = records.open_draft(ctx, kind, record_uid)
    field = draft.kind.by_name.get(name)
    if field is None:
        raise KnownError(
            Words(
                f"Program ini belum mengenal isian '{name}'. Perbarui Pelita dahulu.",
                f"This program does not know the field '{name}' yet. Update Pelita first.",
            )
        )
    draft.choose(name, values.from_text(field, str(given.get("proposed_text") or "")))
    if draft.changes():
        records.save(ctx, draft)
    _decide(ctx, uid, "ACCEPTED", None)


def reject(ctx: AppContext, uid: str, reason: str) -> None:
    """Leave the record as it is, and tell the office why. Raises `KnownError` elsewhere than at headquarters, without a reason, and
    when it is decided already.
    """
    _undecided(ctx, uid)
    _decide(ctx, uid, "REJECTED", _reasoned(reason))


def _undecided(ctx: AppContext, uid: str) -> Record:
    roles.refuse_elsewhere(ctx, _DECIDING)
    with ctx.store.reading() as reader:
        one = records.stored(reader, ctx.kind(KIND), uid)
    if one.values.get("decision") is not None or one.removed_at is not None:
        raise KnownError(Words("Usulan ini sudah diputuskan.", "This proposal is decided already."))
    return one


def _decide(ctx: AppContext, uid: str, decision: Decision, reason: str | None) -> None:
    said: dict[str, Value] = {
        "decision": decision,
        "review_reason": reason,
        "review_by": ctx.person,
        "review_at": ctx.clock().replace(microsecond=0),
    }
    with ctx.store.writing(ctx.person) as writer:
        writer.change(KIND, uid, said)
