"""Reading for lists: the first page at once, all ids, pages by id, counts, and streams for exports."""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import compress
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from desktop_app.core import fields as f
from desktop_app.core import values
from desktop_app.core.fields import Value
from desktop_app.core.query import Query
from desktop_app.core.spec import Kind, Registry
from desktop_app.storage import backends, search
from desktop_app.storage.columns import HEADQUARTERS_PEERS, SYSTEM, Columns, Delivery, delivery_of, row_of
from desktop_app.storage.derived import is_walked
from desktop_app.storage.plain import Row
from desktop_app.storage.selecting import Selecting
from desktop_app.storage.tables import Tables

_FACETS = 500
_SOME, _MANY, _FREQUENT = 5_000, 30_000, 50_000
"""Hits of a search. From _SOME on the first rows are found sooner by going through the list in its order and looking for each record
among the hits than by fetching all hits to sort them; from _FREQUENT on by asking the index about each record; and from _MANY on all
ids and counts by reading the whole list from an index and picking the hits out of it."""
_LOOK_AT, _LOOK_AT_SEARCHED = 5_000, 1_000
"""How far the quick way goes: 10 to 50 milliseconds."""
_PAGE = 2_000
_PIECE = 20_000  # numbers looked at in one go, in which the window waits


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
        code = self._settings.get("site_code", "")
        return Selecting(self.tables, self.person, self.zone, self._delivery, code)

    @cached_property
    def _delivery(self) -> Delivery | None:
        heads = self.connection.exec_driver_sql(HEADQUARTERS_PEERS).all()
        return delivery_of(self._settings, heads)

    def columns(self, kind: Kind) -> Columns:
        """The field columns of a kind's main table."""
        return self.tables.columns[kind.name]

    def first(self, query: Query, limit: int, fields: Sequence[str] | None = None) -> list[Row]:
        """The first rows, at once: what the user sees while the worker fetches all ids. `fields`: see `rows`."""
        kind = self.selecting.kind(query.kind)
        hits = self._hits(query)
        pks = self._glimpsed(query, limit, hits)
        walk = hits >= _SOME and is_walked(kind, (query.sort or kind.sort).lstrip("-"))
        for statement in self.selecting.in_order(query, walk=walk) if pks is None else ():
            pks = [*(pks or ()), *self.connection.execute(statement.limit(limit)).scalars()][:limit]
            if len(pks) == limit:
                break
        return self.rows(kind.name, pks or (), fields)

    def _glimpsed(self, query: Query, limit: int, hits: int) -> list[int] | None:
        """The first `pk`, when the quick way finds as many as are wanted."""
        searched = bool(search.terms(query.search))
        if searched and hits < _FREQUENT:
            return None
        statement = self.selecting.glimpse(query, _LOOK_AT_SEARCHED if searched else _LOOK_AT, limit)
        found = [] if statement is None else list(self.connection.execute(statement).scalars())
        return found if len(found) == limit else None

    def _hits(self, query: Query, most: int = _FREQUENT) -> int:
        """How many records the search finds, at `most`; 0 without a search."""
        wanted = search.terms(query.search)
        return backends.of(self.connection).search_number(query.kind, wanted, most) if wanted else 0

    def _marks(self, query: Query) -> bytearray | None:
        """The hits of a search that finds many; None for another."""
        if self._hits(query, _MANY) < _MANY:
            return None
        return backends.of(self.connection).search_marks(query.kind, search.terms(query.search))

    def ids(self, query: Query) -> array[int]:
        """The `pk` of all that match, in order."""
        marks, found = self._marks(query), array("q")
        for statement in self.selecting.in_order(query if marks is None else replace(query, search="")):
            found.extend(backends.of(self.connection).id_array(statement))
        if marks is None:
            return found
        picked = array("q")
        for piece in _pieces(found):
            picked.extend(compress(piece, map(marks.__getitem__, piece)))
        return picked

    def rows(self, kind: str, pks: Sequence[int], fields: Sequence[str] | None = None) -> list[Row]:
        """The rows with these `pk`, in the order given; those that do not exist are left out.

        `fields`: the values wanted, instead of all; a list shows a tenth of them, and waits for each.
        """
        if not pks:
            return []
        declared = self.selecting.kind(kind)
        columns = (
            self.columns(declared) if fields is None else Columns([declared.by_name[name] for name in fields])
        )
        wanted = ("pk", *SYSTEM, *columns.names)
        found = backends.of(self.connection).rows_with(kind, wanted, "pk", pks)
        by_pk = {row[0]: row_of(row, columns, self.person, self._delivery) for row in found}
        return [by_pk[pk] for pk in pks if pk in by_pk]

    def count(self, query: Query) -> int:
        """How many match."""
        return self.tally([query])[0]

    def tally(self, queries: Sequence[Query]) -> list[int]:
        """How many match each of these questions. What they have in common is looked up once."""
        known: dict[object, int] = {}
        marks: dict[str, bytearray | None] = {}
        numbers = []
        for query in queries:
            table = self.tables.main[self.selecting.kind(query.kind).name]
            hits = marks[query.search] if query.search in marks else self._marks(query)
            marks[query.search] = hits
            rest = query if hits is None else replace(query, search="")
            matching = sa.select(table.c.pk).where(*self.selecting.conditions(rest))
            asked = (*backends.of(self.connection).literal(matching), query.search)
            if asked not in known:
                known[asked] = self._counted(matching, hits)
            numbers.append(known[asked])
        return numbers

    def _counted(self, matching: sa.Select[Any], marks: bytearray | None) -> int:
        if marks is None:
            number = sa.select(sa.func.count()).select_from(matching.subquery())
            return int(self.connection.execute(number).scalar_one())
        found = backends.of(self.connection).id_array(matching)
        return sum(sum(map(marks.__getitem__, piece)) for piece in _pieces(found))

    def facets(self, query: Query, field: str) -> list[tuple[Value, int]]:
        """The values of a field (or `status`) and how many records have each, under the query without its condition on that field.

        Code lists come in their order, everything else most frequent first, at most 500 values.
        """
        kind = self.selecting.kind(query.kind)
        column, declared = self.selecting.column(kind, field)
        conditions = self.selecting.conditions(query, without=field)
        number = sa.func.count().label("number")
        statement = (
            sa.select(column, number)
            .where(*conditions)
            .group_by(column)
            .order_by(number.desc(), column.asc().nulls_first())
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


def _pieces(numbers: array[int]) -> Iterator[array[int]]:
    return (numbers[begin : begin + _PIECE] for begin in range(0, len(numbers), _PIECE))
