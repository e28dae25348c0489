"""What a list asks (`core.query.Query`) as SQL: conditions and order, the same for first page, ids, counts and exports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from desktop_app.core import fields as f
from desktop_app.core import values
from desktop_app.core.errors import UsageError
from desktop_app.core.fields import Field, Value
from desktop_app.core.query import Query
from desktop_app.core.spec import Kind, Registry
from desktop_app.core.words import Words
from desktop_app.storage import search
from desktop_app.storage.columns import moment
from desktop_app.storage.tables import Tables

Condition = sa.ColumnElement[bool]
Column = sa.ColumnElement[Any]

MOMENTS = ("entry_at", "updated_at", "removed_at")
ASKED = ("status", "site_code", "record_no", "entry_by", "updated_by", *MOMENTS)
"""System columns that a query may name like fields."""


class Selecting:
    """Turns queries into statements. `person` is who asks ("mine"), `zone` says when a day begins."""

    def __init__(self, tables: Tables, person: str, zone: ZoneInfo) -> None:
        self.tables = tables
        self.registry: Registry = tables.registry
        self.person = person
        self.zone = zone

    def kind(self, name: str) -> Kind:
        """The kind with this name; `UsageError` when there is none."""
        if name not in self.registry:
            raise UsageError(Words(f"Jenis data '{name}' tidak ada.", f"There is no record kind '{name}'."))
        return self.registry[name]

    def ids(self, query: Query) -> sa.Select[Any]:
        """The `pk` of all that match, in order."""
        kind = self.kind(query.kind)
        table = self.tables.main[kind.name]
        statement = sa.select(table.c.pk).where(*self.conditions(query))
        return self.ordered(statement, kind, query.sort or kind.sort)

    def conditions(self, query: Query, *, without: str = "") -> Iterator[Condition]:
        """What a record must fulfil; `without` leaves out the conditions on one field (for its own counts)."""
        kind = self.kind(query.kind)
        table = self.tables.main[kind.name]
        yield table.c.removed_at.is_not(None) if query.removed else table.c.removed_at.is_(None)
        for name, allowed in query.where:
            if name != without:
                yield self._one_of(kind, name, allowed)
        if query.open_only and without != "status":
            states = kind.life_cycle.states if kind.life_cycle else ()
            yield table.c.status.in_([state.code for state in states if state.open])
        if query.period:
            yield self._within(kind, *query.period)
        if "mine" in query.marks:
            yield table.c.entry_by == self.person
        if "returned" in query.marks:
            yield sa.false()  # headquarters returns nothing yet
        if query.search.strip():
            yield search.matching(table, query.search)

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

    def _one_of(self, kind: Kind, name: str, allowed: tuple[Value, ...]) -> Condition:
        column, field = self.column(kind, name)
        if field is not None and isinstance(values.leaf(field), f.Choices):
            return sa.or_(*(_has_code(column, str(code)) for code in allowed))
        cells = [cell(field, value) for value in allowed]
        filled = [one for one in cells if one is not None]
        one_of = column.in_(filled)
        return sa.or_(one_of, column.is_(None)) if len(filled) < len(cells) else one_of

    def _within(self, kind: Kind, name: str, first: str, last: str) -> Condition:
        column, field = self.column(kind, name)
        if name in MOMENTS or (field is not None and isinstance(values.leaf(field), f.Timestamp)):
            begin, end = dt.date.fromisoformat(first), dt.date.fromisoformat(last) + dt.timedelta(days=1)
            return sa.and_(column >= self._midnight(begin), column < self._midnight(end))
        return column.between(first, last)

    def _midnight(self, day: dt.date) -> str:
        return moment(dt.datetime.combine(day, dt.time(), self.zone))

    def ordered(self, statement: sa.Select[Any], kind: Kind, sort: str) -> sa.Select[Any]:
        """The statement in the order of a field; what is empty comes last either way round, `pk` decides between equals."""
        down = sort.startswith("-")
        column, field = self.column(kind, sort.lstrip("-"))
        table = self.tables.main[kind.name]
        key = order_key(kind, column, field)
        if isinstance(like := values.leaf(field) if field else None, f.Reference):
            target = self.tables.main[like.kind].alias("target")
            statement = statement.outerjoin(target, target.c.uid == column)
            key = title_column(self.registry[like.kind], target)
        if down:
            return statement.order_by(key.desc().nulls_last(), table.c.pk.desc())
        return statement.order_by(key.asc().nulls_last(), table.c.pk)


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
    return sa.collate(column, "NOCASE") if named else column


def _place_in(codes: list[str], column: Column) -> Column:
    """The place of a code in its list. Written out, without bound values: an index on it must be recognised."""
    places = enumerate("'" + code.replace("'", "''") + "'" for code in codes)
    return sa.case(*((column == _as_is(quoted), _as_is(str(place))) for place, quoted in places))


def _as_is(sql: str) -> Column:
    return sa.literal_column(sql)


def title_column(kind: Kind, table: sa.FromClause) -> Column:
    """The name of a referenced record as SQL can order by it."""
    names = [table.c[name] for name in kind.title if name in table.c]
    text = names[0] if len(names) == 1 else sa.func.nullif(sa.func.concat_ws(", ", *names), "")
    return sa.collate(text, "NOCASE")
