"""What is derived from a declaration and can always be made anew: which indexes a kind's lists want, what its search words depend on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.schema import CreateIndex

from desktop_app.core import fields as f
from desktop_app.core import values
from desktop_app.core.spec import Kind
from desktop_app.storage.backends import sqlite
from desktop_app.storage.selecting import order_key
from desktop_app.storage.tables import Tables

SEARCH_RULES = 1
"""To be raised when `core.searchtext` keeps other words than before."""
OURS = "list_"
"""What the names of list indexes begin with."""


def list_indexes(tables: Tables, kind: Kind) -> dict[str, str]:
    """The indexes that the lists of a kind want: name -> SQL. The name tells the content, so a changed one has another name."""
    table = tables.main[kind.name]
    wanted: dict[str, str] = {}
    for expression, where in _expressions(kind, table):
        index = sa.Index("unnamed", expression, sqlite_where=where, _table=table)
        sql = str(CreateIndex(index).compile(dialect=sqlite.DIALECT)).strip()
        name = f"{OURS}{kind.name}_{hashlib.sha256(sql.encode()).hexdigest()[:10]}"
        wanted[name] = sql.replace("unnamed", name, 1)
    return wanted


def _expressions(
    kind: Kind, table: sa.Table
) -> Iterator[tuple[sa.ColumnElement[object], sa.ColumnElement[bool]]]:
    living = table.c.removed_at.is_(None)
    yield table.c.removed_at, table.c.removed_at.is_not(None)
    for name in _sorted_by(kind):
        if name in table.c:
            yield order_key(kind, table.c[name], kind.by_name.get(name)), living
    for name in _looked_up_by(kind):
        if name in table.c:
            yield table.c[name], living


def _sorted_by(kind: Kind) -> list[str]:
    """The fields that a list is sorted by at a click without waiting: its visible columns, its first order, its name."""
    shown = [name for column in kind.columns if not column.hidden for name in (column.field, column.also)]
    names = dict.fromkeys((kind.sort.lstrip("-"), kind.title[0], *shown))
    return [name for name in names if name and not _is_reference(kind, name)]


def _looked_up_by(kind: Kind) -> list[str]:
    """The fields that rules, filters and pages of other records ask by."""
    asked = [
        field.name
        for field in kind.table_fields
        if field.indexed or field.unique or _is_reference(kind, field.name)
    ]
    status = ["status"] if kind.life_cycle else []
    return list(dict.fromkeys((*asked, *kind.filters, *status)))


def _is_reference(kind: Kind, name: str) -> bool:
    return name in kind.by_name and isinstance(values.leaf(kind.by_name[name]), f.Reference)


def search_fingerprint(tables: Tables, kind: Kind) -> str:
    """What the words in a kind's search index depend on; another one means that they must be made anew."""
    searched = [field for field in kind.table_fields if field.is_searched]
    parts = [str(SEARCH_RULES)]
    for field in searched:
        like = values.leaf(field)
        parts.append(f"{field.name}:{type(like).__name__}")
        if isinstance(like, f.Reference):
            parts.append("+".join(tables.registry[like.kind].title))
        elif isinstance(like, f.Choice | f.Choices):
            parts.append(repr(tuple(like.codes)))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
