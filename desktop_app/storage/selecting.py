"""What a list asks (`core.query.Query`) as SQL: conditions and order, the same for first page, ids, counts and exports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.sql.elements import Grouping

from desktop_app.core import fields as f
from desktop_app.core import values
from desktop_app.core.errors import UsageError
from desktop_app.core.fields import Field, Value
from desktop_app.core.query import Overdue, Query
from desktop_app.core.spec import Kind, Registry
from desktop_app.core.words import Words
from desktop_app.storage import search
from desktop_app.storage.backends import expressions
from desktop_app.storage.columns import Delivery, moment
from desktop_app.storage.tables import Tables

Condition = sa.ColumnElement[bool]
Column = sa.ColumnElement[Any]

MOMENTS = ("entry_at", "updated_at", "removed_at")
ASKED = ("status", "site_code", "record_no", "entry_by", "updated_by", *MOMENTS)
"""System columns that a query may name like fields."""


class Selecting:
    """Turns queries into statements. `person` is who asks ("mine"), `zone` says when a day begins, `delivery` what is "unsent",
    `site_code` which office this is ("own").
    """

    def __init__(
        self, tables: Tables, person: str, zone: ZoneInfo, delivery: Delivery | None, site_code: str
    ) -> None:
        self.tables = tables
        self.delivery = delivery
        self.site_code = site_code
        self.registry: Registry = tables.registry
        self.person = person
        self.zone = zone

    def kind(self, name: str) -> Kind:
        """The kind with this name; `UsageError` when there is none."""
        if name not in self.registry:
            raise UsageError(Words(f"Jenis data '{name}' tidak ada.", f"There is no record kind '{name}'."))
        return self.registry[name]

    def in_order(self, query: Query, *, walk: bool = False) -> list[sa.Select[Any]]:
        """The `pk` of all that match: one statement after the other gives them in order, what is empty last.

        `walk`: go through the records in their order and look for each among the hits of the search, instead of sorting the hits.
        """
        kind, down = self.kind(query.kind), self._sort(query).startswith("-")
        column, field = self.column(kind, self._sort(query).lstrip("-"))
        table = self.tables.main[kind.name]
        matching = sa.select(table.c.pk).where(*self.conditions(query, walk=walk))
        like = values.leaf(field) if field else None
        if not isinstance(like, f.Reference):
            return [_by([order_key(kind, column, field)], table, matching, down=down)]
        referred = self.registry[like.kind]
        target = self.tables.main[like.kind].alias("target")
        names = [order_key(referred, target.c[name], referred.by_name[name]) for name in referred.title]
        found = matching.select_from(expressions.outer_first(target, table, target.c.uid == column))
        nowhere = self._nowhere(table, column, self.tables.main[like.kind], removed=query.removed)
        return [_by(names, table, found, down=down), _by([], table, matching.where(nowhere), down=down)]

    def _nowhere(
        self, table: sa.Table, column: sa.Column[Any], target: sa.Table, *, removed: bool
    ) -> Condition:
        """That a reference is empty, or that what it refers to is not here."""
        copy = table.alias("copy")
        gone = copy.c.removed_at.is_not(None) if removed else copy.c.removed_at.is_(None)
        used = sa.select(copy.c[column.name]).where(gone, copy.c[column.name].is_not(None)).distinct()
        return sa.or_(column.is_(None), column.in_(sa.except_(used, sa.select(target.c.uid))))

    def glimpse(self, query: Query, look_at: int, limit: int) -> sa.Select[Any] | None:
        """The first `pk` of a narrowed list, if they are among the first `look_at` of the whole list; None when that is no short cut.

        The whole list is read in order from its index, and each record asked; quick where many match, and bounded where few do.
        """
        if query.removed or query == Query(query.kind, sort=query.sort):
            return None
        kind, sort = self.kind(query.kind), self._sort(query)
        column, field = self.column(kind, sort.lstrip("-"))
        if field is not None and isinstance(values.leaf(field), f.Reference):
            return None
        table = self.tables.main[kind.name]
        whole = sa.select(table).where(table.c.removed_at.is_(None))
        key, down = order_key(kind, column, field), sort.startswith("-")
        begin = _by([key], table, whole, down=down).limit(look_at).subquery(kind.name)
        conditions = self.conditions(query, begin, one_by_one=True)
        found = sa.select(begin.c.pk).where(*conditions).limit(limit)
        return _by([order_key(kind, begin.c[column.name], field)], begin, found, down=down)

    def _sort(self, query: Query) -> str:
        return query.sort or self.kind(query.kind).sort

    def conditions(
        self,
        query: Query,
        rows: sa.FromClause | None = None,
        *,
        without: str = "",
        one_by_one: bool = False,
        walk: bool = False,
    ) -> Iterator[Condition]:
        """What a record must fulfil. `rows`: instead of the kind's table, something with its columns. `without`: leave out the
        conditions on one field (for its own counts). `one_by_one`: ask the search index about each record, not for all hits. `walk`: see `in_order`.
        """
        kind = self.kind(query.kind)
        table = self.tables.main[kind.name] if rows is None else rows
        yield table.c.removed_at.is_not(None) if query.removed else table.c.removed_at.is_(None)
        for name, allowed in query.where:
            if name != without:
                yield self._one_of(kind, table, name, allowed)
        if query.open_only and without != "status":
            states = kind.life_cycle.states if kind.life_cycle else ()
            yield table.c.status.in_([state.code for state in states if state.open])
        if _is_work(query, without) or "own" in query.marks:
            yield from self._own(kind, query, rows)
        if query.period:
            yield self._within(kind, table, *query.period)
        if query.overdue is not None:
            yield self._overdue(kind, table, query.overdue)
        if "mine" in query.marks:
            yield table.c.entry_by == self.person
        if "returned" in query.marks:
            yield table.c.returned == 1
        if "unsent" in query.marks:
            yield self._due(table)
        wanted = search.terms(query.search)
        if wanted and one_by_one:
            yield expressions.search_has(kind.name, wanted, table.c.pk)
        elif wanted:
            pk = (
                table.c.pk + _as_is("0") if walk else table.c.pk
            )  # an expression is nothing to fetch records by
            yield pk.in_(expressions.search_hits(kind.name, wanted))

    def _own(self, kind: Kind, query: Query, rows: sa.FromClause | None) -> Iterator[Condition]:
        """That this office is responsible. Headquarters answers for everybody's work: there only the mark "own" leaves records out."""
        at_office = self.delivery is not None
        if not self.site_code or not (at_office or "own" in query.marks):
            return
        table = self.tables.main[kind.name]
        if not at_office:
            yield (table if rows is None else rows).c.site_code == self.site_code
        elif query.removed or rows is not None:
            yield _not_looked_up((table if rows is None else rows).c.site_code) == self.site_code
        else:
            # At an office nearly all are its own: what is others' is found from both ends of an index, and left out.
            others = table.alias("others")
            living = sa.select(others.c.pk).where(others.c.removed_at.is_(None))
            beside = (others.c.site_code < self.site_code, others.c.site_code > self.site_code)
            yield table.c.pk.not_in(sa.union_all(*(living.where(one) for one in beside)))

    def _overdue(self, kind: Kind, rows: sa.FromClause, overdue: Overdue) -> Condition:
        """See `core.query.Overdue`."""
        since, by = (rows.c[self.column(kind, name)[0].name] for name in (overdue.since, overdue.by))
        named = [code for code, _ in overdue.before if code]
        late = [
            sa.and_(since < moment, by == code if code else sa.or_(by.is_(None), by.not_in(named)))
            for code, moment in overdue.before
        ]
        return sa.and_(rows.c.status.in_(overdue.states), sa.or_(*late))

    def _due(self, rows: sa.FromClause) -> Condition:
        """See `Delivery.is_due`."""
        due = self.delivery
        if due is None:
            return sa.false()
        conditions = [rows.c.change_no > due.upto]
        if due.site_code:
            conditions.append(_not_looked_up(rows.c.site_code) == due.site_code)
        if due.to:
            conditions.append(sa.or_(rows.c.known_to.is_(None), rows.c.known_to != due.to))
        return sa.and_(*conditions)

    def column(self, kind: Kind, name: str) -> tuple[sa.Column[Any], Field | None]:
        """The column of a field or of a system column that may be asked; `UsageError` when there is none."""
        table = self.tables.main[kind.name]
        field = kind.by_name.get(name)
        if (field is None and name not in ASKED) or name not in table.c:
            raise UsageError(
                Words(
                    f"{kind.id}: tidak ada isian '{name}' di daftar.",
                    f"{kind.en}: the list has no field '{name}'.",
                ),
                name,
            )
        return table.c[name], field

    def _one_of(self, kind: Kind, rows: sa.FromClause, name: str, allowed: tuple[Value, ...]) -> Condition:
        field = self.column(kind, name)[1]
        column = rows.c[name]
        if field is not None and isinstance(values.leaf(field), f.Choices):
            return sa.or_(*(_has_code(column, str(code)) for code in allowed))
        cells = [cell(field, value) for value in allowed]
        filled = [one for one in cells if one is not None]
        one_of = column.in_(filled)
        return sa.or_(one_of, column.is_(None)) if len(filled) < len(cells) else one_of

    def _within(self, kind: Kind, rows: sa.FromClause, name: str, first: str, last: str) -> Condition:
        field = self.column(kind, name)[1]
        column = rows.c[name]
        if name in MOMENTS or (field is not None and isinstance(values.leaf(field), f.Timestamp)):
            begin, end = dt.date.fromisoformat(first), dt.date.fromisoformat(last) + dt.timedelta(days=1)
            return sa.and_(column >= self._midnight(begin), column < self._midnight(end))
        return column.between(first, last)

    def _midnight(self, day: dt.date) -> str:
        return moment(dt.datetime.combine(day, dt.time(), self.zone))


def _is_work(query: Query, without: str) -> bool:
    """Whether what is asked for is to be done by somebody."""
    opened = query.open_only and without != "status"
    return opened or query.overdue is not None or "returned" in query.marks


def _not_looked_up(column: Column) -> Column:
    """A text as an expression, which is nothing to fetch records by: nearly all have this office's code."""
    return column.concat(_as_is("''"))


def _by(keys: list[Column], rows: sa.FromClause, statement: sa.Select[Any], *, down: bool) -> sa.Select[Any]:
    """In this order, what is empty last either way round; `pk` decides between equals."""
    if down:
        return statement.order_by(*(key.desc().nulls_last() for key in keys), rows.c.pk.desc())
    return statement.order_by(*(key.asc().nulls_last() for key in keys), rows.c.pk)


def cell(field: Field | None, value: Value) -> values.DbValue:
    """What the column holds for a value that is asked for."""
    if field is not None:
        return values.to_db(field, value)
    return moment(value) if isinstance(value, dt.datetime) else None if value is None else str(value)


def _has_code(column: Column, code: str) -> Condition:
    """Whether a column of several choices (`A|B`) holds this code."""
    escaped = code.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return sa.literal("|").concat(column).concat("|").like(f"%|{escaped}|%", escape="\\")


def order_key(kind: Kind, column: Column, field: Field | None) -> Column:
    """What a list is ordered by: names without regard to capitals, choices and states in the order of the paper form."""
    like = values.leaf(field) if field else None
    codes: list[str] = []
    if isinstance(like, f.Choice):
        codes = [code.code for code in like.codes]
    elif column.name == "status" and kind.life_cycle:
        codes = [state.code for state in kind.life_cycle.states]
    if codes:
        return _place_in(codes, column)
    named = isinstance(like, f.Text) or column.name in ("record_no", "entry_by", "updated_by")
    return expressions.by_name(column) if named else column


def order_value(key: Column, text: str) -> Column | None:
    """A text to compare `order_key` with; None when the order is not one of texts."""
    if isinstance(key, expressions.ByName):
        return expressions.by_name(sa.literal(text))
    return sa.literal(text) if isinstance(key.type, sa.Text) else None


def _place_in(codes: list[str], column: Column) -> Column:
    """The place of a code in its list. Written out, without bound values: an index on it must be recognised."""
    places = enumerate("'" + code.replace("'", "''") + "'" for code in codes)
    return Grouping(sa.case(*((column == _as_is(quoted), _as_is(str(place))) for place, quoted in places)))


def _as_is(sql: str) -> Column:
    return sa.literal_column(sql)
