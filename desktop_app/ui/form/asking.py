"""What the form asks in workers: a record made ready to be shown, what a typed reference means, what is to be known of others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from desktop_app.core import fields as f
from desktop_app.core.draft import Draft
from desktop_app.core.fields import Value
from desktop_app.core.stamps import new_uid
from desktop_app.services import drafts, records, references
from desktop_app.services.context import AppContext
from desktop_app.services.references import resolver
from desktop_app.ui.form.known import Known, Question, answers
from desktop_app.ui.form.picking import Pick


@dataclass(frozen=True)
class Ready:
    """A draft with everything known that showing it asks for. `field` had the cursor; `taken_up`: it was typed earlier."""

    draft: Draft
    field: str = ""
    taken_up: bool = False


@dataclass(frozen=True)
class Meant:
    """What a typed reference was found to be: (uid, title) pairs, and what is known of the one it is, if it is one."""

    found: list[tuple[str, str]]
    known: Mapping[Question, object]


def begin(ctx: AppContext, kind: str, given: Mapping[str, Value]) -> Draft:
    """A new record; nothing is asked of the store."""
    return Draft.new(ctx.kind(kind), ctx.where(Known()), new_uid, resolver(ctx), given)


def open_record(ctx: AppContext, kind: str, uid: str) -> Ready:
    """A stored record; when something was typed into it and not saved, with that."""
    kept = next((one for one in drafts.all_kept(ctx) if (one.kind, one.uid) == (kind, uid)), None)
    if kept is None:
        return Ready(made_ready(ctx, records.open_draft(ctx, kind, uid)))
    return Ready(made_ready(ctx, drafts.take_up(ctx, kept)), kept.field, taken_up=True)


def made_ready(ctx: AppContext, draft: Draft) -> Draft:
    """The draft with a lookup that never waits, and already knows what the form is going to ask."""
    with ctx.store.reading() as reader:
        known = Known(reader)
        ready = draft.at(replace(draft.where, lookup=known))
        ready.refresh()
        if not draft.changed():
            ready.opened = ready.snapshot()
        for field in ready.kind.fields:
            ready.relevant(field.name)
            if not isinstance(field, f.Computed):
                ready.required(field.name)
            if not isinstance(field, f.Computed) or field.stored:
                ready.text(field.name)
        for lines in ready.kind.lines:
            ready.relevant(lines.name)
            for row in ready.rows(lines.name):
                for field in lines.fields:
                    if isinstance(field, f.Reference):
                        ready.cell_text(lines.name, row, field.name)
        known.source = None
    return ready


def picks(ctx: AppContext, reference: f.Reference, text: str, among: Mapping[str, Value]) -> list[Pick]:
    """What a picker offers for a text."""
    found = references.candidates(ctx, reference, text, among)
    return [Pick(one.uid, one.title, one.subtitle, one.code) for one in found]


def find_out(ctx: AppContext, questions: Iterable[Question]) -> dict[Question, object]:
    """Answer what the form wants to know of other records."""
    with ctx.store.reading() as reader:
        return answers(reader, questions)


def meant(ctx: AppContext, reference: f.Reference, text: str, among: Mapping[str, Value]) -> Meant:
    """What a typed text means in a reference field."""
    with ctx.store.reading() as reader:
        found = references.resolved(reader, reference, text.strip(), among)
        if len(found) != 1:
            return Meant(found, {})
        uid = found[0][0]
        questions = [Question("get", reference.kind, uid), Question("title", reference.kind, uid)]
        return Meant(found, answers(reader, questions))
