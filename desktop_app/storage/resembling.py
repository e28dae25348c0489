"""What possible doubles are looked for among: a few records by equal values, by day, by words, by position, and all of them in an order.

Every question is answered from an index, and stops at a number of records that a clerk does not wait for.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from desktop_app.core import fields as f
from desktop_app.core import values
from desktop_app.core.fields import Value
from desktop_app.core.spec import Kind
from desktop_app.storage import backends, search
from desktop_app.storage.backends import expressions
from desktop_app.storage.columns import Columns, moment
from desktop_app.storage.plain import Row
from desktop_app.storage.read import Reader
from desktop_app.storage.selecting import cell

_METRES_PER_DEGREE = 111_195.0
_AT_ONCE = 500


def equal(reader: Reader, kind: Kind, given: Mapping[str, Value], limit: int) -> list[int]:
    """The `pk` of the newest living records with these values; the first field has an index."""
    table = reader.tables.main[kind.name]
    same = [table.c[name] == cell(kind.by_name[name], value) for name, value in given.items()]
    first, *others = same
    wanted = sa.select(table.c.pk).where(table.c.removed_at.is_(None), first, *others)
    return list(reader.connection.execute(wanted.order_by(table.c.pk.desc()).limit(limit)).scalars())


def within(
    reader: Reader, kind: Kind, field: str, day: dt.date, days: int, names: Sequence[str], limit: int
) -> Iterator[tuple[int, dict[str, Value]]]:
    """`pk` and these values of the living records whose `field` lies at most so many days from `day`, the latest first."""
    table = reader.tables.main[kind.name]
    span = dt.timedelta(days=days)
    begin, end = _bound(reader, kind, field, day - span), _bound(reader, kind, field, day + span, after=True)
    columns = Columns([kind.by_name[name] for name in names])
    wanted = sa.select(table.c.pk, *(table.c[name] for name in names)).where(
        table.c.removed_at.is_(None), table.c[field] >= begin, table.c[field] < end
    )
    for row in reader.connection.execute(wanted.order_by(table.c[field].desc()).limit(limit)):
        yield row[0], columns.to_values(row[1:])


def _bound(reader: Reader, kind: Kind, field: str, day: dt.date, *, after: bool = False) -> str:
    day += dt.timedelta(days=after)
    if isinstance(values.leaf(kind.by_name[field]), f.Timestamp):
        return moment(dt.datetime.combine(day, dt.time(), reader.zone))
    return day.isoformat()


def found(reader: Reader, kind: Kind, typed: str, limit: int, *, open_only: bool = False) -> list[int]:
    """The `pk` of the newest living records that a search finds; none when there is nothing to search for."""
    wanted = search.terms(typed)
    if not wanted:
        return []
    table = reader.tables.main[kind.name]
    statement = sa.select(table.c.pk).where(
        table.c.removed_at.is_(None), table.c.pk.in_(expressions.search_hits(kind.name, wanted))
    )
    if open_only and kind.life_cycle is not None:
        # "+" keeps the engine from reading all open records to look for the few that the search finds.
        states = [state.code for state in kind.life_cycle.states if state.open]
        statement = statement.where(sa.func.coalesce(table.c.status, "").in_(states))
    return list(reader.connection.execute(statement.order_by(table.c.pk.desc()).limit(limit)).scalars())


def near(reader: Reader, kind: Kind, lat: Decimal, lon: Decimal, metres: float, limit: int) -> list[int]:
    """The `pk` of living records in the square of so many metres to each side of a position; latitude has an index."""
    table = reader.tables.main[kind.name]
    north = Decimal(metres / _METRES_PER_DEGREE)
    east = Decimal(metres / _METRES_PER_DEGREE / max(0.1, math.cos(math.radians(float(lat)))))
    bounds = []
    for name, at, by in (("latitude", lat, north), ("longitude", lon, east)):
        field = kind.by_name[name]
        scale = Decimal(10) ** -(values.scale_of(field) or 0)
        low, high = (values.to_db(field, (at + turn * by).quantize(scale)) for turn in (-1, 1))
        bounds.append(table.c[name].between(low, high))
    wanted = sa.select(table.c.pk).where(table.c.removed_at.is_(None), *bounds)
    return list(reader.connection.execute(wanted.limit(limit)).scalars())


def status_of(reader: Reader, kind: Kind, uid: str) -> str | None:
    """Where a stored record stands; None for one that is not here (or of a kind without a life cycle)."""
    table = reader.tables.main[kind.name]
    status = reader.connection.execute(sa.select(table.c.status).where(table.c.uid == uid)).scalar()
    return None if status is None else str(status)


def newest(reader: Reader, kind: Kind, limit: int) -> list[Row]:
    """The living records of a kind that were stored last, the last first."""
    table = reader.tables.main[kind.name]
    wanted = sa.select(table.c.pk).where(table.c.removed_at.is_(None)).order_by(table.c.change_no.desc())
    return reader.rows(kind.name, list(reader.connection.execute(wanted.limit(limit)).scalars()))


def in_order(reader: Reader, kind: Kind, by: Sequence[str]) -> Iterator[Row]:
    """All living records in which these fields are filled, in their order, a few hundred at a time in memory."""
    table = reader.tables.main[kind.name]
    columns: list[sa.Column[Any]] = [table.c[name] for name in by]
    wanted = sa.select(table.c.pk).where(
        table.c.removed_at.is_(None), *(column.is_not(None) for column in columns)
    )
    pks = backends.of(reader.connection).id_array(wanted.order_by(*columns, table.c.pk))
    for start in range(0, len(pks), _AT_ONCE):
        yield from reader.rows(kind.name, pks[start : start + _AT_ONCE])
