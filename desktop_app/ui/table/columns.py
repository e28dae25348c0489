"""What follows from a declared column: its heading, whether it holds figures, how wide it is, whether it can be sorted by."""

from __future__ import annotations

from desktop_app.core import fields as f
from desktop_app.core.spec import Column, Kind
from desktop_app.core.values import leaf
from desktop_app.services.lists import label


def heading(kind: Kind, column: Column) -> str:
    """The words over a column."""
    return (column.heading or label(kind, column.field)).say()


def is_number(kind: Kind, column: Column) -> bool:
    """Whether its cells are figures, which stand at the right."""
    field = kind.by_name.get(column.field)
    return field is not None and isinstance(leaf(field), f.Integer | f.Decimal | f.Money) and not column.also


def can_sort(kind: Kind, column: Column) -> bool:
    """Whether the list can be sorted by it: what isn't stored can't be."""
    field = kind.by_name.get(column.field)
    return not (isinstance(field, f.Computed) and not field.stored)


def is_day(kind: Kind, name: str) -> bool:
    """Whether a field is a day or a moment: a list is narrowed by it to a period."""
    field = kind.by_name.get(name)
    return field is not None and isinstance(leaf(field), f.Date | f.Timestamp)
