"""Records one at a time: begin, open, save, move along the life cycle, remove, recover, undo."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from desktop_app.core import rules
from desktop_app.core.draft import Draft
from desktop_app.core.errors import KnownError, UsageError
from desktop_app.core.fields import Value
from desktop_app.core.record import Moved, Record
from desktop_app.core.rules import Finding
from desktop_app.core.spec import Kind, Move
from desktop_app.core.stamps import new_uid
from desktop_app.core.words import Words, tr
from desktop_app.services.context import AppContext
from desktop_app.services.references import resolver

if TYPE_CHECKING:
    from desktop_app.storage.read import Reader
    from desktop_app.storage.write import Writer

_ACCEPTED = "accepted_warnings"
"""The hidden field that keeps which warnings a person has seen and let through."""


class NotSaved(KnownError):  # noqa: N818  (what happened, in the words of the form)
    """The record was not stored: errors to be put right, or warnings that nobody has confirmed yet."""

    def __init__(self, kind: Kind, found: list[Finding]) -> None:
        first = found[0]
        more = (
            Words("", "")
            if len(found) == 1
            else Words(f" (dan {len(found) - 1} hal lain)", f" (and {len(found) - 1} more)")
        )
        place = Words("", "")
        if first.line is not None:
            place = kind.lines_by_name[first.line[0]].label
            place = Words(f"{place.id}: ", f"{place.en}: ")
        super().__init__(
            Words(f"{place.id}{first.words.id}{more.id}", f"{place.en}{first.words.en}{more.en}"), first.field
        )
        self.findings = found


@dataclass(frozen=True)
class Undo:
    """What it takes to take back the last save or removal; valid while nobody has changed the record since."""

    kind: str
    uid: str
    did: Literal["added", "changed", "removed"]
    version: int
    before: Record | None = None
    was: int = 0
    """The version that it replaced."""


@dataclass(frozen=True)
class Saved:
    """What was stored, and how to take it back (None after a step of the life cycle: a step is history)."""

    record: Record
    undo: Undo | None

    @property
    def uid(self) -> str:
        """The record's id."""
        return self.record.uid

    @property
    def record_no(self) -> str | None:
        """Its register number."""
        return self.record.record_no


def new(ctx: AppContext, kind: str, values: Mapping[str, Value] | None = None) -> Draft:
    """A record just begun, with the declared defaults and these values."""
    return Draft.new(ctx.kind(kind), ctx.where(), new_uid, resolver(ctx), values)


def stored(reader: Reader, kind: Kind, uid: str) -> Record:
    """The record with this uid; `UsageError` when there is none."""
    record = reader.get(kind.name, uid)
    if record is None:
        raise UsageError(
            Words(
                f"{kind.id} dengan ID {uid} tidak ada.", f"There is no {kind.en.lower()} with the ID {uid}."
            )
        )
    return record


def open_draft(ctx: AppContext, kind: str, uid: str) -> Draft:
    """A stored record, opened for change."""
    declared = ctx.kind(kind)
    with ctx.store.reading() as reader:
        record = stored(reader, declared, uid)
    return Draft.of(declared, record, ctx.where(), new_uid, resolver(ctx))


def save(ctx: AppContext, draft: Draft, *, accept_warnings: bool = True) -> Saved:
    """Store what was filled in, in one durable transaction.

    Raises `NotSaved` for errors (and for warnings not confirmed before, unless they are accepted), `StaleRecord` when somebody
    else stored the record since it was opened, `KnownError` when the record is another office's.
    """
    with ctx.store.writing(ctx.person) as writer:
        checked = draft.at(ctx.where(writer))
        after = _checked_and_written(ctx, writer, checked, accept_warnings=accept_warnings)
    did: Literal["added", "changed"] = "changed" if draft.base else "added"
    was = draft.base.version if draft.base else 0
    return Saved(after, Undo(after.kind, after.uid, did, after.version, draft.base, was))


def _checked_and_written(
    ctx: AppContext, writer: Writer, draft: Draft, moved: Moved | None = None, *, accept_warnings: bool = True
) -> Record:
    refuse_foreign(ctx, draft.kind, draft.record)
    if ctx.settings.role != "headquarters":
        _leave_review(draft)
    found = draft.findings()
    errors = [finding for finding in found if finding.severity == "error"]
    if errors:
        raise NotSaved(draft.kind, errors)
    _confirm(draft, found, accept_warnings=accept_warnings)
    record = draft.record_to_save()
    if draft.base is None:
        return writer.add(record)
    name, uid, version = record.kind, record.uid, draft.base.version
    lines = record.lines if record.lines != draft.base.lines else None
    if moved is None:
        return writer.change(name, uid, draft.changes(), lines, version)
    if lines is not None:
        version = writer.change(name, uid, {}, lines, version).version
    return writer.move(name, uid, moved, draft.changes(), version)


def _leave_review(draft: Draft) -> None:
    """What headquarters said of a record is headquarters' alone: an office stores it as it is."""
    for name in draft.kind.groups.get("review", ()):
        draft.record.values[name] = draft.base.values.get(name) if draft.base else None


def _confirm(draft: Draft, found: Iterable[Finding], *, accept_warnings: bool) -> None:
    """Keep with the record which warnings were let through; those that no longer hold are forgotten."""
    warnings = {finding.code: finding for finding in found if finding.severity == "warning"}
    before = set(str(draft.record.values.get(_ACCEPTED) or "").split("|"))
    fresh = [finding for code, finding in warnings.items() if code not in before]
    if fresh and not accept_warnings:
        raise NotSaved(draft.kind, fresh)
    if _ACCEPTED in draft.kind.by_name:
        draft.record.values[_ACCEPTED] = "|".join(sorted(warnings)) or None


def refuse_foreign(ctx: AppContext, kind: Kind, record: Record) -> None:
    """Raise `KnownError` when this installation may not write the record: it has no office yet, or the record is another's."""
    own = ctx.settings.site_code
    if not own:
        raise KnownError(
            Words(
                "Kantor ini belum disiapkan. Pilih dahulu kode kantornya.",
                "This office is not set up yet. Choose its office code first.",
            )
        )
    if ctx.settings.role != "headquarters" and record.site_code not in ("", own):
        whose = _called(ctx, record.site_code)
        raise KnownError(
            Words(
                f"{kind.id} ini tanggung jawab {whose.id}; kantor {own} hanya dapat melihatnya.",
                f"This {kind.en.lower()} is the responsibility of {whose.en}; office {own} can only look at it.",
            )
        )


def _called(ctx: AppContext, site_code: str) -> Words:
    """What people call an office, with its code."""
    from desktop_app.services import start  # noqa: PLC0415  (the list of regions, for who may not write)

    if site_code == ctx.settings.city_code:
        return Words("Pusat", "headquarters")
    names = {one.code: one.name for one in start.offices(site_code)}
    name = names.get(site_code, site_code)
    return Words(*[f"{name} ({site_code})" if name != site_code else name] * 2)


def move(
    ctx: AppContext,
    kind: str,
    uid: str,
    name: str,
    values: Mapping[str, Value] | None = None,
    reason: str = "",
    version: int | None = None,
) -> Saved:
    """Make one named step along the life cycle, filling fields on the way. Raises as `move_draft` does."""
    draft = open_draft(ctx, kind, uid)
    if version is not None and draft.base is not None:
        draft.base.version = version
    for field, value in (values or {}).items():
        draft.choose(field, value)
    return move_draft(ctx, draft, name, reason)


def move_draft(ctx: AppContext, draft: Draft, name: str, reason: str = "") -> Saved:
    """Make one named step with a record as it is being filled in: its changes and the step are stored together, or neither.

    Raises `UsageError` for a move that the kind does not have, `NotSaved` when it can't be made from where the record stands or
    something that it needs is missing, `StaleRecord` when somebody else stored the record since.
    """
    step = declared_move(draft.kind, name)
    if draft.base is None:
        raise KnownError(
            Words("Simpan dahulu sebelum mengubah statusnya.", "Save it first, then change its status.")
        )
    with ctx.store.writing(ctx.person) as writer:
        checked = draft.at(ctx.where(writer))
        _refuse_move(checked, step, reason)
        moved = Moved(
            new_uid(),
            step.name,
            checked.record.status,
            step.to,
            ctx.clock(),
            ctx.person,
            reason.strip() or None,
        )
        checked.record.status = step.to
        checked.refresh()  # what applies only from there on was laid aside until now
        return Saved(_checked_and_written(ctx, writer, checked, moved), None)


def declared_move(kind: Kind, name: str) -> Move:
    """The kind's move with this name; `UsageError` when it has none."""
    found = kind.life_cycle.move(name) if kind.life_cycle else None
    if found is None:
        names = ", ".join(one.name for one in kind.life_cycle.moves) if kind.life_cycle else "-"
        raise UsageError(
            Words(
                f"{kind.id} tidak punya langkah '{name}' (ada: {names}).",
                f"{kind.en} has no move '{name}' (there are: {names}).",
            )
        )
    return found


def _refuse_move(draft: Draft, step: Move, reason: str) -> None:
    """Raise `NotSaved` when the step can't be made now."""
    kind, cycle = draft.kind, draft.kind.life_cycle
    if draft.record.status not in step.frm and cycle is not None:
        state = cycle.by_code.get(draft.record.status or "")
        stands = state.label if state else Words("?", "?")
        words = Words(
            f"'{step.id}' tidak bisa dari status '{stands.id}'.",
            f"'{step.en}' is not possible from the status '{stands.en}'.",
        )
        raise NotSaved(kind, [Finding("error", f"move:{step.name}:from", "status", words)])
    found = [finding for finding in rules.guard(draft.view(), step) if finding.severity == "error"]
    if step.reason and not reason.strip():
        words = Words(f"'{step.id}' perlu alasan.", f"'{step.en}' needs a reason.")
        found.append(Finding("error", f"move:{step.name}:reason", "status", words))
    if found:
        raise NotSaved(kind, found)


def remove(ctx: AppContext, kind: str, uid: str, reason: str) -> Saved:
    """Take a record out of the lists; it can be recovered. Raises `KnownError` without a reason."""
    declared = ctx.kind(kind)
    if not reason.strip():
        raise KnownError(Words("Tulis alasan penghapusan.", "Say why it is removed."))
    with ctx.store.writing(ctx.person) as writer:
        record = stored(writer, declared, uid)
        refuse_foreign(ctx, declared, record)
        if record.removed_at is not None:
            raise KnownError(
                Words(f"{declared.id} ini sudah dihapus.", f"This {declared.en.lower()} is removed already.")
            )
        after = writer.remove(kind, uid, reason)
    return Saved(after, Undo(kind, uid, "removed", after.version, was=record.version))


def recover(ctx: AppContext, kind: str, uid: str) -> Saved:
    """Bring a removed record back into the lists. Raises `KnownError` when it isn't removed."""
    declared = ctx.kind(kind)
    with ctx.store.writing(ctx.person) as writer:
        record = stored(writer, declared, uid)
        refuse_foreign(ctx, declared, record)
        if record.removed_at is None:
            raise KnownError(
                Words(f"{declared.id} ini tidak dihapus.", f"This {declared.en.lower()} is not removed.")
            )
        after = writer.recover(kind, uid)
    return Saved(after, Undo(kind, uid, "added", after.version, was=record.version))


def undo(ctx: AppContext, token: Undo) -> Record:
    """Take back a save or a removal by a new change, so that history tells both; the record as it is then stored.

    Raises `KnownError` when somebody has changed the record since.
    """
    declared = ctx.kind(token.kind)
    with ctx.store.writing(ctx.person) as writer:
        now = stored(writer, declared, token.uid)
        if now.version != token.version:
            raise KnownError(
                Words(
                    "Tidak bisa dibatalkan: data ini sudah diubah lagi.",
                    "Can't be undone: the record has been changed since.",
                )
            )
        if token.did == "removed":
            return writer.recover(token.kind, token.uid)
        if token.before is None:
            return writer.remove(token.kind, token.uid, tr("Dibatalkan", "Undone"))
        values = {field.name: token.before.values.get(field.name) for field in declared.stored_fields}
        lines = {one.name: token.before.lines.get(one.name, []) for one in declared.lines}
        return writer.change(token.kind, token.uid, values, lines, token.version)
