"""Pickers of references: found by typing, at once, also among 200,000 records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa

from desktop_app.core.fields import Value
from desktop_app.core.searchtext import normalise, query_terms
from desktop_app.core.spec import Kind
from desktop_app.storage import naming, search, titles
from desktop_app.storage.backends.expressions import search_hits
from desktop_app.storage.columns import Columns
from desktop_app.storage.plain import Candidate
from desktop_app.storage.selecting import Selecting, cell, order_key, order_value

_LOOK_AT = 200


def candidates(
    connection: sa.Connection,
    selecting: Selecting,
    kind: Kind,
    typed: str,
    among: Mapping[str, Value],
    limit: int,
) -> list[Candidate]:
    """See `Reader.candidates`."""
    table = selecting.tables.main[kind.name]
    shown = Columns([kind.by_name[name] for name in dict.fromkeys((*kind.title, *kind.subtitle))])
    code = table.c[kind.natural_key] if kind.natural_key else table.c.record_no
    base = sa.select(table.c.uid, code, *(table.c[name] for name in shown.names)).where(
        table.c.removed_at.is_(None)
    )
    for name, value in among.items():
        column, field = selecting.column(kind, name)
        wanted = cell(field, value)
        base = base.where(column.is_(None) if wanted is None else column == wanted)
    rows = {
        row[0]: row
        for statement in _attempts(kind, table, base, typed, limit)
        for row in connection.execute(statement)
    }
    given = {uid: shown.to_values(row[2:]) for uid, row in rows.items()}
    known = titles.referred(connection, selecting.tables, shown, given.values())
    found = {uid: _candidate(kind, uid, row[1], given[uid], known) for uid, row in rows.items()}
    return sorted(found.values(), key=lambda one: _rank(one, typed))[:limit]


def _attempts(
    kind: Kind, table: sa.Table, base: sa.Select[Any], typed: str, limit: int
) -> Iterator[sa.Select[Any]]:
    """First those whose name begins like this (from the index of the first title field), then those that are found by search."""
    field = kind.by_name[kind.title[0]]
    first = order_key(kind, table.c[field.name], field)
    in_order = base.order_by(first.nulls_last(), table.c.pk).limit(limit)
    begun = typed.strip()
    if not begun:
        yield in_order
        return
    begin, end = order_value(first, begun), order_value(first, begun + "\U0010ffff")
    if begin is not None and end is not None:
        yield in_order.where(first >= begin, first < end)
    if wanted := search.terms(typed):
        yield base.where(table.c.pk.in_(search_hits(kind.name, wanted, _LOOK_AT))).limit(_LOOK_AT)


def _candidate(
    kind: Kind, uid: str, code: str | None, given: Mapping[str, Value], known: naming.Named
) -> Candidate:
    below = naming.texts(kind, kind.subtitle, given, known)
    return Candidate(
        uid, naming.title_of(kind, given, uid, known), ", ".join(filter(None, below.values())), code or ""
    )


def _rank(one: Candidate, typed: str) -> tuple[int, str]:
    """It is called just that; its name begins with what was typed; all of it is in the name; it is somewhere else in the record."""
    name, wanted = normalise(one.title), normalise(typed)
    if typed.strip().casefold() in one.names():
        return 0, name
    if not wanted or name.startswith(wanted):
        return 1, name
    return (2 if all(term in name for term in query_terms(typed)) else 3), name
