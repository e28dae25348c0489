"""Records to rows and back: the columns of a kind, and what each value looks like in one."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from desktop_app.core import fields as f
from desktop_app.core import values
from desktop_app.core.fields import Field, Value
from desktop_app.core.record import Line, Moved, Record
from desktop_app.core.values import DbValue


def moment(at: dt.datetime) -> str:
    """A moment as the database holds it: UTC, to the second."""
    return at.astimezone(dt.UTC).replace(tzinfo=None, microsecond=0).isoformat() + "Z"


def from_moment(text: str | None) -> dt.datetime | None:
    """The moment that the database holds."""
    return dt.datetime.fromisoformat(text).astimezone(dt.UTC) if text else None


def reader_of(field: Field) -> Callable[[Any], Value] | None:
    """How a column's content becomes the value; None when it is the value already. Empty (None) never comes here."""
    like = values.leaf(field)
    scale = values.scale_of(field)
    if scale is not None:
        return lambda stored: Decimal(stored).scaleb(-scale)
    if isinstance(like, f.YesNo):
        return bool
    if isinstance(like, f.Timestamp):
        return from_moment
    if isinstance(like, f.Date):
        return dt.date.fromisoformat
    if isinstance(like, f.Time | f.Choices):
        return partial(values.from_db, field)
    return None


def writer_of(field: Field) -> Callable[[Any], DbValue]:
    """How a value that isn't empty becomes the column's content: `values.to_db`, prepared once for many rows."""
    like = values.leaf(field)
    scale = values.scale_of(field)
    if scale is not None:
        return partial(_scaled, field, scale)
    if isinstance(like, f.YesNo | f.Integer | f.Money):
        return int
    if isinstance(like, f.Timestamp):
        return moment
    if isinstance(like, f.Date):
        return dt.date.isoformat
    if isinstance(like, f.Text | f.Choice | f.Reference):
        return _text
    return partial(values.to_db, field)


def _scaled(field: Field, scale: int, value: Value) -> DbValue:
    if isinstance(value, Decimal) and value.as_tuple().exponent == -scale:
        return int(value.scaleb(scale))
    return values.to_db(field, value)


def _text(value: str) -> DbValue:
    if value.isascii():
        return value or None
    return unicodedata.normalize("NFC", value)


class Columns:
    """Some fields of a kind (or of its child lines) as columns, with what turns a row's cells into values at speed."""

    def __init__(self, fields: Sequence[Field]) -> None:
        self.fields = tuple(fields)
        self.names = tuple(field.name for field in fields)
        self._writers = [(field.name, writer_of(field)) for field in fields]
        self._readers = [(field.name, reader) for field in fields if (reader := reader_of(field))]

    def to_values(self, cells: Iterable[Any]) -> dict[str, Value]:
        """The values of the cells of one row, in the order of the fields."""
        found: dict[str, Value] = dict(zip(self.names, cells, strict=True))
        for name, reader in self._readers:
            stored = found[name]
            if stored is not None:
                found[name] = reader(stored)
        return found

    def to_cells(self, given: Mapping[str, Value]) -> dict[str, DbValue]:
        """The cells of a record's values; a name that is missing is empty."""
        return {
            name: None if (value := given.get(name)) is None else writer(value)
            for name, writer in self._writers
        }


def text_of(field: Field, cell: DbValue) -> str:
    """Canonical text of what a column holds (for the journal and for stamps)."""
    return values.to_text(field, values.from_db(field, cell))


def record_of(kind: str, system: Mapping[str, Any], given: dict[str, Value]) -> Record:
    """A record from the system columns of its row and its values; lines and moves are put in by the caller."""
    return Record(
        kind,
        system["uid"],
        given,
        status=system["status"],
        site_code=system["site_code"],
        record_no=system["record_no"],
        entry_by=system["entry_by"],
        entry_at=from_moment(system["entry_at"]),
        updated_by=system["updated_by"],
        updated_at=from_moment(system["updated_at"]),
        removed_at=from_moment(system["removed_at"]),
        remove_reason=system["remove_reason"],
        version=system["change_no"],
    )


def moved_of(row: Mapping[str, Any]) -> Moved:
    """One step of a life cycle from its row."""
    at = from_moment(row["moved_at"])
    if at is None:
        raise ValueError(f"move {row['uid']} has no time")
    return Moved(
        row["uid"], row["move"], row["state_before"], row["state_after"], at, row["moved_by"], row["reason"]
    )


def line_of(uid: str, columns: Columns, cells: Iterable[Any]) -> Line:
    """One child line from its row."""
    return Line(uid, columns.to_values(cells))
