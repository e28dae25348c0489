"""What the form on the screen asks for besides opening and saving: its findings, its derived figures, its relatives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop_app.core import show
from desktop_app.core.computing import figure
from desktop_app.core.draft import Draft
from desktop_app.core.fields import Value
from desktop_app.core.query import Query
from desktop_app.core.record import Lookup
from desktop_app.core.rules import Finding
from desktop_app.core.spec import Kind
from desktop_app.core.words import Words
from desktop_app.services import records
from desktop_app.services.context import AppContext
from desktop_app.services.records import Saved

_SHOWN = 20


@dataclass(frozen=True)
class Checked:
    """What is wrong with a draft, and the derived figures that ask other records, as they stand on the screen."""

    findings: list[Finding]
    figures: dict[str, str]


def check(ctx: AppContext, draft: Draft) -> Checked:
    """Ask all rules about the draft; for a worker, with a copy of the draft (`Draft.at`)."""
    with ctx.store.reading() as reader:
        here = draft.at(ctx.where(reader))
        view = here.view()
        figures = {
            field.name: show.show(field, figure(view, field), zone=ctx.settings.zone, lookup=reader)
            for field in here.kind.computed_fields
            if not field.stored and here.relevant(field.name)
        }
        return Checked(here.findings(), figures)


def title(ctx: AppContext, draft: Draft, lookup: Lookup | None = None) -> str:
    """How the record is called: its title fields as they stand on the screen; empty while none is filled in."""
    lookup = lookup or draft.where.lookup
    names = draft.kind.title
    texts = {
        name: show.show(draft.kind.by_name[name], draft.value(name), zone=ctx.settings.zone, lookup=lookup)
        for name in names
    }
    return draft.kind.title_of(texts)


def save_and_move(ctx: AppContext, draft: Draft, move: str, reason: str = "") -> Saved:
    """Make a step with a draft; a record that is still new is saved first. Raises as `records.save` and `records.move_draft` do."""
    if draft.base is not None:
        return records.move_draft(ctx, draft, move, reason)
    records.save(ctx, draft)
    return records.move(ctx, draft.kind.name, draft.record.uid, move, reason=reason)


@dataclass(frozen=True)
class Related:
    """Records of one kind that belong to another one: how many, and the first of them as (uid, title, subtitle)."""

    kind: str
    label: Words
    count: int
    entries: tuple[tuple[str, str, str], ...]


def related(ctx: AppContext, kind: str, uid: str) -> list[Related]:
    """The records that this one points to, then those that point to it, by kind and field."""
    declared = ctx.kind(kind)
    found: list[Related] = []
    with ctx.store.reading() as reader:
        record = reader.get(kind, uid)
        for reference in declared.references:
            parent = record.values.get(reference.name) if record else None
            if parent is not None and reference.kind != "region":
                name = reader.title(reference.kind, str(parent))
                found.append(Related(reference.kind, reference.label, 1, ((str(parent), name, ""),)))
        for child, reference in ctx.registry.referring_to(kind):
            query = Query(child.name, where=((reference.name, (uid,)),))
            rows = reader.first(query, _SHOWN)
            if rows:
                entries = tuple(
                    (row.uid, _named(ctx, child, row.values, reader, child.title), row.record_no or "")
                    for row in rows
                )
                found.append(Related(child.name, child.plural, reader.count(query), entries))
    return found


def _named(
    ctx: AppContext, kind: Kind, values: Mapping[str, Value], lookup: Lookup, names: tuple[str, ...]
) -> str:
    texts = {
        name: show.show(kind.by_name[name], values.get(name), zone=ctx.settings.zone, lookup=lookup)
        for name in names
    }
    return kind.title_of(texts)
