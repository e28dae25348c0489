"""How a kind's fields look in files for people: headings, widths, names instead of codes, days and numbers as such."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from desktop_app.core import fields as f
from desktop_app.core import show, values
from desktop_app.core.fields import Field, Value
from desktop_app.core.spec import Kind, Lines
from desktop_app.core.words import tr
from desktop_app.formats import xlsx
from desktop_app.formats.people_csv import Cell
from desktop_app.services.context import AppContext
from desktop_app.services.lists import Names
from desktop_app.storage.plain import Row

_AT_ONCE = 1_000
_SYSTEM = ("uid", "record_no", "status")
_NARROW, _WIDE = 10, 40
_WIDTHS: dict[type[Field], int] = {
    f.Date: 12, f.Time: 8, f.Timestamp: 17, f.Coordinate: 13, f.YesNo: 8, f.Integer: 10, f.Decimal: 12, f.Money: 15,
    f.Choice: 20, f.Choices: 30, f.Reference: 24,
}  # fmt: skip


@dataclass(frozen=True)
class PeopleColumn:
    """One column: the field's name (stable, for map programs), how it looks in a workbook, and how a value becomes its cell."""

    name: str
    look: xlsx.Column
    cell: Callable[[Value], Cell] | None = None
    """For values that are not empty; None leaves them as they are."""


def of_record(ctx: AppContext, kind: Kind, names: Names) -> list[PeopleColumn]:
    """Register number, status, then every field that the form shows and the table keeps, in the order of the form."""
    columns = [_number(), *([_status(kind)] if kind.life_cycle else [])]
    shown = [field for field in kind.table_fields if not field.hidden]
    return columns + [_of_field(ctx, field, names) for field in shown]


def of_lines(ctx: AppContext, lines: Lines, names: Names) -> list[PeopleColumn]:
    """The record's register number, then the fields of its lines."""
    stored = [field for field in lines.fields if not isinstance(field, f.Computed) or field.stored]
    return [_number(), *(_of_field(ctx, field, names) for field in stored)]


def as_it_is(name: str) -> PeopleColumn:
    """A column whose values are left alone (`uid`, a coordinate)."""
    return PeopleColumn(name, xlsx.Column(name, _WIDE))


def rows(
    columns: Sequence[PeopleColumn], found: Iterable[Row], names: Names, fields: Sequence[Field]
) -> Iterator[list[Cell]]:
    """The cells of these rows; names of references are looked up a thousand rows at a time."""
    keys = [column.name for column in columns]
    made = [(place, column.cell) for place, column in enumerate(columns) if column.cell is not None]
    system = [place for place, name in enumerate(keys) if name in _SYSTEM]
    waiting = iter(found)
    while page := list(islice(waiting, _AT_ONCE)):
        names.forget()
        names.learn(fields, (row.values for row in page))
        for row in page:
            cells: list[Any] = list(map(row.values.get, keys))
            for place in system:
                cells[place] = getattr(row, keys[place])
            for place, cell in made:
                if cells[place] is not None:
                    cells[place] = cell(cells[place])
            yield cells


def _number() -> PeopleColumn:
    return PeopleColumn("record_no", xlsx.Column(tr("Nomor register", "Register no."), 28))


def _status(kind: Kind) -> PeopleColumn:
    states = {state.code: state.label.say() for state in kind.life_cycle.states} if kind.life_cycle else {}
    return PeopleColumn("status", xlsx.Column("Status", 16), lambda code: states.get(str(code), str(code)))


def _of_field(ctx: AppContext, field: Field, names: Names) -> PeopleColumn:
    like = values.leaf(field)
    heading = field.label.say()
    unit = like.unit if isinstance(like, f.Integer | f.Decimal) else None
    if unit is not None and unit.say().casefold() not in heading.casefold():
        heading = f"{heading} ({unit.say()})"
    width = max(_width(like), min(len(heading) + 3, _WIDE))
    return PeopleColumn(field.name, xlsx.Column(heading, width, *_style(like)), _cell(ctx, like, names))


def _width(like: Field) -> int:
    if isinstance(like, f.Text):
        return _WIDE if like.multiline else max(_NARROW, min(like.max_len + 2, 30))
    return _WIDTHS.get(type(like), _NARROW)


def _style(like: Field) -> tuple[Any, ...]:
    """The column's style, and the decimals of a number."""
    if isinstance(like, f.Decimal):
        return "number", like.scale
    for kind_of, style in _STYLES:
        if isinstance(like, kind_of):
            return (style,)
    return ("text",)


_STYLES: tuple[tuple[type[Field], xlsx.Style], ...] = (
    (f.Integer, "whole"),
    (f.Money, "money"),
    (f.Coordinate, "degrees"),
    (f.Date, "date"),
    (f.Timestamp, "moment"),
    (f.Time, "time"),
)


def _cell(ctx: AppContext, like: Field, names: Names) -> Callable[[Value], Cell] | None:
    """What turns a value into its cell: codes and references become words, moments the office's time; None: it is one already."""
    if isinstance(like, f.Timestamp):
        zone = ctx.settings.zone
        return lambda value: (
            value.astimezone(zone).replace(tzinfo=None) if isinstance(value, dt.datetime) else None
        )
    if isinstance(like, f.Reference):
        kind = like.kind
        return lambda value: names.title(kind, str(value))
    if isinstance(like, f.Choice):
        words = {code.code: code.words.say() for code in like.codes}
        return lambda value: words.get(str(value), str(value))
    if isinstance(like, f.YesNo):
        said = {answer: show.show(like, answer) for answer in (True, False)}
        return lambda value: said[bool(value)]
    if isinstance(like, f.Choices):
        return lambda value: show.show(like, value)
    return None
