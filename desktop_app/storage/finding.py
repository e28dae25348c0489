"""Searching one kind for the box that looks everywhere: a few hits at once, however many there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import sqlalchemy as sa

from desktop_app.core import fields as f
from desktop_app.core import values
from desktop_app.core.searchtext import normalise
from desktop_app.core.spec import Kind
from desktop_app.storage import naming, search, titles
from desktop_app.storage.backends.base import Terms
from desktop_app.storage.backends.expressions import search_hits
from desktop_app.storage.columns import Columns
from desktop_app.storage.selecting import order_key, order_value

if TYPE_CHECKING:
    from desktop_app.storage.listing import Lists

_LOOK_AT = 60
"""So many of the newest hits are put in order; the names that begin with what was typed come on top of them."""


class Found(NamedTuple):
    """A living record that was found. `code` is its natural key, where the kind has one; `rank` 0 means that it is called just that."""

    rank: int
    uid: str
    title: str
    subtitle: str
    record_no: str
    code: str
    status: str | None


def found(reader: Lists, kind: Kind, typed: str, limit: int) -> list[Found]:
    """Those called just that, then those whose name begins with it, then the newest that hold all its words; nothing for no words."""
    wanted = search.terms(typed)
    if not wanted:
        return []
    asked = _Asked(typed.strip().casefold(), normalise(typed), wanted)
    table = reader.tables.main[kind.name]
    shown = Columns([kind.by_name[name] for name in dict.fromkeys((*kind.title, *kind.subtitle))])
    code = table.c[kind.natural_key] if kind.natural_key else sa.null()
    base = sa.select(
        table.c.uid, table.c.record_no, code, table.c.status, *(table.c[name] for name in shown.names)
    ).where(table.c.removed_at.is_(None))
    rows = {
        row[0]: row
        for statement in _attempts(kind, table, base, typed, limit)
        for row in reader.connection.execute(statement)
    }
    given = {uid: shown.to_values(row[4:]) for uid, row in rows.items()}
    known = titles.referred(reader.connection, reader.tables, shown, given.values())
    own = [name for name in shown.names if kind.by_name[name].unique]
    hits = []
    for uid, row in rows.items():
        texts = naming.texts(kind, shown.names, given[uid], known)
        title, codes = kind.title_of(texts) or uid[:8], [row[1], row[2], *(texts[name] for name in own)]
        subtitle = ", ".join(texts[name] for name in kind.subtitle if texts[name])
        hits.append(Found(asked.rank(title, codes), uid, title, subtitle, row[1] or "", row[2] or "", row[3]))
    return sorted(hits, key=lambda hit: hit.rank)[:limit]


def _attempts(
    kind: Kind, table: sa.Table, base: sa.Select[Any], typed: str, limit: int
) -> Iterator[sa.Select[Any]]:
    field, begun = kind.by_name[kind.title[0]], typed.strip()
    if isinstance(values.leaf(field), f.Text):
        first = order_key(kind, table.c[field.name], field)
        begin, end = order_value(first, begun), order_value(first, begun + "\U0010ffff")
        yield base.where(first >= begin, first < end).order_by(first.nulls_last(), table.c.pk).limit(limit)
    hits = search_hits(kind.name, search.terms(typed))
    newest = hits.order_by(hits.selected_columns[0].desc()).limit(_LOOK_AT)
    yield base.where(table.c.pk.in_(newest)).order_by(table.c.pk.desc())


class _Asked(NamedTuple):
    """What was typed: as it stands, as it is kept, and its words."""

    exact: str
    name: str
    terms: Terms

    def rank(self, title: str, codes: Sequence[str | None]) -> int:
        """How near a record is to it."""
        name = normalise(title)
        if any(self.exact == code.casefold() for code in (*codes, title) if code):
            return 0
        if name.startswith(self.name):
            return 1
        return 2 if all(term in name for term in self.terms) else 3
