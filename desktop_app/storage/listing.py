"""Reading for lists: the first page at once, all ids, pages by id, counts, and streams for exports."""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Iterator, Sequence
from functools import cached_property
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from desktop_app.core import fields as f
from desktop_app.core import values
from desktop_app.core.fields import Value
from desktop_app.core.query import Query
from desktop_app.core.spec import Kind, Registry
from desktop_app.storage import search
from desktop_app.storage.backends import sqlite
from desktop_app.storage.columns import Columns, row_of
from desktop_app.storage.plain import Row
from desktop_app.storage.selecting import Selecting
from desktop_app.storage.tables import Tables

_FACETS = 500
_FREQUENT = 20_000
"""Hits of a search from which on it is quicker to ask each record in order than to sort all hits."""
_LOOK_AT, _LOOK_AT_SEARCHED = 5_000, 1_000
"""How far the quick way goes: 10 to 50 milliseconds."""
_PAGE = 2_000


class Lists:
    """The list side of a reader; see `Reader`."""

    def __init__(self, connection: sa.Connection, tables: Tables, person: str, now: dt.datetime) -> None:
        self.connection = connection
        self.tables = tables
        self.registry: Registry = tables.registry
        self.person = person
        self.now = now

    def settings(self) -> dict[str, str]:
        """The settings that differ from their defaults: name -> text."""
        return dict(self._settings)

    @cached_property
    def _settings(self) -> dict[str, str]:
        return dict(self.connection.exec_driver_sql("SELECT name, value FROM setting").all())

    @cached_property
    def zone(self) -> ZoneInfo:
        """The office's time zone."""
        return ZoneInfo(self._settings.get("timezone") or "Asia/Jakarta")

    @cached_property
    def selecting(self) -> Selecting:
        """What turns queries into statements."""
        return Selecting(self.tables, self.person, self.zone)

    def columns(self, kind: Kind) -> Columns:
        """The field columns of a kind's main table."""
        return self.tables.columns[kind.name]

    def first(self, query: Query, limit: int) -> list[Row]:
        """The first rows, at once: what the user sees while the worker fetches all ids."""
        kind = self.selecting.kind(query.kind)
        pks = self._glimpsed(query, limit)
        for statement in self.selecting.in_order(query) if pks is None else ():
            pks = [*(pks or ()), *self.connection.execute(statement.limit(limit)).scalars()][:limit]
            if len(pks) == limit:
                break
        return self.rows(kind.name, pks or ())

    def _glimpsed(self, query: Query, limit: int) -> list[int] | None:
        """The first `pk`, when the quick way finds as many as are wanted."""
        wanted, look_at = search.expression(query.search), _LOOK_AT
        if wanted:
            if not sqlite.search_is_frequent(sqlite.raw_of(self.connection), query.kind, wanted, _FREQUENT):
                return None
            look_at = _LOOK_AT_SEARCHED
        statement = self.selecting.glimpse(query, look_at, limit)
        found = [] if statement is None else list(self.connection.execute(statement).scalars())
        return found if len(found) == limit else None

    def ids(self, query: Query) -> array[int]:
        """The `pk` of all that match, in order."""
        found = array("q")
        for statement in self.selecting.in_order(query):
            found.extend(sqlite.id_array(self.connection, statement))
        return found

    def rows(self, kind: str, pks: Sequence[int]) -> list[Row]:
        """The rows with these `pk`, in the order given; those that do not exist are left out."""
        if not pks:
            return []
        table = self.tables.main[self.selecting.kind(kind).name]
        columns = self.columns(self.registry[kind])
        found = self.connection.execute(sa.select(table).where(table.c.pk.in_(list(pks)))).all()
        by_pk = {row[0]: row_of(row, columns, self.person) for row in found}
        return [by_pk[pk] for pk in pks if pk in by_pk]

    def count(self, query: Query) -> int:
        """How many match."""
        table = self.tables.main[self.selecting.kind(query.kind).name]
        statement = sa.select(sa.func.count()).select_from(table).where(*self.selecting.conditions(query))
        return int(self.connection.execute(statement).scalar_one())

    def facets(self, query: Query, field: str) -> list[tuple[Value, int]]:
        """The values of a field (or `status`) and how many records have each, under the query without its condition on that field.

        Code lists come in their order, everything else most frequent first, at most 500 values.
        """
        kind = self.selecting.kind(query.kind)
        column, declared = self.selecting.column(kind, field)
        conditions = self.selecting.conditions(query, without=field)
        number = sa.func.count().label("number")
        statement = (
            sa.select(column, number).where(*conditions).group_by(column).order_by(number.desc(), column)
        )
        like = values.leaf(declared) if declared else None
        several = isinstance(like, f.Choices)
        found = self.connection.execute(statement if several else statement.limit(_FACETS)).all()
        counted: dict[Value, int] = {}
        for stored, times in found:
            value = stored if declared is None else values.from_db(declared, stored)
            for one in value if isinstance(value, tuple) else (value,):
                counted[one] = counted.get(one, 0) + times
        order = [code.code for code in like.codes] if isinstance(like, f.Choice | f.Choices) else []
        if field == "status" and kind.life_cycle:
            order = [state.code for state in kind.life_cycle.states]
        place = {code: number for number, code in enumerate(order)}
        return sorted(counted.items(), key=lambda entry: place.get(str(entry[0]), len(order)))

    def stream_rows(self, query: Query) -> Iterator[Row]:
        """All rows that match, in order, page by page: memory does not grow with their number (but 8 bytes each)."""
        pks = self.ids(query)
        for start in range(0, len(pks), _PAGE):
            yield from self.rows(query.kind, pks[start : start + _PAGE])

    def stream(self, query: Query, fields: Sequence[str]) -> Iterator[tuple[Value, ...]]:
        """The values of these fields (or of `uid`, `status`, `record_no`, `site_code`) of all that match, in order."""
        for row in self.stream_rows(query):
            yield tuple(row.values[name] if name in row.values else getattr(row, name) for name in fields)

    def counts(self) -> dict[str, int]:
        """How many living records each kind has."""
        return {kind.name: self.count(Query(kind.name)) for kind in self.registry}

    def unsent(self) -> int:
        """How many records wait to be sent: all that were ever stored, removed ones too, as nothing has been sent yet."""
        return sum(self.counts().values()) + sum(
            self.count(Query(kind.name, removed=True)) for kind in self.registry
        )
