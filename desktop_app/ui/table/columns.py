"""What follows from a declared column: its heading, whether it holds figures, how wide it is, whether it can be sorted by."""

from __future__ import annotations

from desktop_app.core import fields as f
from desktop_app.core.spec import Column, Kind
from desktop_app.core.values import leaf
from desktop_app.core.words import Words

# Columns that every kind has without declaring them as fields (core.record.Record).
SYSTEM: dict[str, Words] = {
    "status": Words("Status", "Status"),
    "record_no": Words("Nomor", "Number"),
    "site_code": Words("Kantor", "Office"),
    "entry_by": Words("Dicatat oleh", "Entered by"),
    "entry_at": Words("Dicatat", "Entered"),
    "updated_by": Words("Diubah oleh", "Changed by"),
    "updated_at": Words("Diubah", "Changed"),
    "removed_at": Words("Dihapus", "Removed"),
    "remove_reason": Words("Alasan", "Reason"),
}


def field_words(kind: Kind, name: str) -> Words:
    """What a field, or one that every kind has, is called. KeyError when there is none."""
    field = kind.by_name.get(name)
    return field.label if field is not None else SYSTEM[name]


def heading(kind: Kind, column: Column) -> str:
    """The words over a column."""
    return (column.heading or field_words(kind, column.field)).say()


def is_number(kind: Kind, column: Column) -> bool:
    """Whether its cells are figures, which stand at the right."""
    field = kind.by_name.get(column.field)
    return field is not None and isinstance(leaf(field), f.Integer | f.Decimal | f.Money) and not column.also


def can_sort(kind: Kind, column: Column) -> bool:
    """Whether the list can be sorted by it: what isn't stored can't be."""
    field = kind.by_name.get(column.field)
    return not (isinstance(field, f.Computed) and not field.stored)


def period_field(kind: Kind) -> f.Field | None:
    """The day by which a list is narrowed to a month: the one it is sorted by, else the first among its columns."""
    for name in (kind.sort.removeprefix("-"), *(column.field for column in kind.columns)):
        field = kind.by_name.get(name)
        if field is not None and isinstance(leaf(field), f.Date | f.Timestamp):
            return field
    return None
