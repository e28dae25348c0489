"""Which columns the tables have, and what each value looks like in one. Nothing here needs SQLAlchemy: the first paint is made by it."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any, NamedTuple

from desktop_app.core import fields as f
from desktop_app.core import values
from desktop_app.core.fields import Computed, Field, Value
from desktop_app.core.query import Mark
from desktop_app.core.spec import Lines
from desktop_app.core.values import DbValue
from desktop_app.storage.plain import Row

STAMPED = ("uid", "site_code", "born", "field_stamps", "change_no", "known_to", "extras", "removed_at")
"""What every row that travels carries."""
SYSTEM = (
    *STAMPED,
    *(
        "record_no",
        "status",
        "needs_review",
        "returned",
        "entry_by",
        "entry_at",
        "updated_by",
        "updated_at",
        "remove_reason",
    ),
)
"""The columns of a main table that are not declared fields."""
OF_LINE = (*STAMPED, "parent_uid", "position")
OF_MOVE = (*STAMPED, "parent_uid", "move", "state_before", "state_after", "moved_at", "moved_by", "reason")


def stored_line_fields(lines: Lines) -> tuple[Field, ...]:
    """The fields of child lines that have a column."""
    return tuple(field for field in lines.fields if not isinstance(field, Computed) or field.stored)


def moment(at: dt.datetime) -> str:
    """A moment as the database holds it: UTC, to the second."""
    if at.tzinfo is not dt.UTC:
        at = at.astimezone(dt.UTC)
    return f"{at.isoformat()[:19]}Z"


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
    if isinstance(value, Decimal):
        scaled = value.scaleb(scale)
        whole = int(scaled)
        if whole == scaled:
            return whole
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
        self._reader_of = dict(self._readers)

    def to_values(self, cells: Iterable[Any]) -> dict[str, Value]:
        """The values of the cells of one row, in the order of the fields."""
        found: dict[str, Value] = dict(zip(self.names, cells, strict=True))
        for name, reader in self._readers:
            stored = found[name]
            if stored is not None:
                found[name] = reader(stored)
        return found

    def to_value(self, name: str, cell: Any) -> Value:
        """The value of one cell."""
        reader = self._reader_of.get(name)
        return cell if cell is None or reader is None else reader(cell)

    def to_column(self, name: str, cells: Sequence[Any]) -> Sequence[Value]:
        """The values of one column of many rows: each different cell is read once."""
        reader = self._reader_of.get(name)
        if reader is None:
            return cells
        read = {cell: None if cell is None else reader(cell) for cell in set(cells)}
        return [read[cell] for cell in cells]

    def to_cells(self, given: Mapping[str, Value]) -> dict[str, DbValue]:
        """The cells of a record's values; a name that is missing is empty."""
        return {
            name: None if (value := given.get(name)) is None else writer(value)
            for name, writer in self._writers
        }


_AT = {name: place + 1 for place, name in enumerate(SYSTEM)}


HEADQUARTERS_ID = "headquarters_id"
"""The settings line that names the headquarters id which this office sends to."""
HEADQUARTERS_PEERS = "SELECT site_id, mark, state FROM peer WHERE role = 'headquarters' ORDER BY pk"


class Delivery(NamedTuple):
    """What headquarters has of this office's records: all up to the change number `upto`, and those that it is known to have (`to`)."""

    site_code: str
    upto: int
    to: str

    def is_due(self, site_code: str, change_no: int, known_to: str | None) -> bool:
        """Whether a record of this office waits to be sent, or for the receipt. Before an office is set up, all are its own."""
        own = not self.site_code or site_code == self.site_code
        return own and change_no > self.upto and (not self.to or known_to != self.to)


def delivery_of(settings: Mapping[str, str], heads: Sequence[Sequence[Any]]) -> Delivery | None:
    """From the settings and the rows of `HEADQUARTERS_PEERS`; None at headquarters, where nothing waits to be sent there."""
    if settings.get("role") == "headquarters":
        return None
    chosen = [head for head in heads if head[0] == settings.get(HEADQUARTERS_ID)]
    known = chosen or [head for head in heads if head[2] is None]
    to, upto = (str(known[-1][0]), int(known[-1][1])) if known else ("", 0)
    return Delivery(settings.get("site_code", ""), upto, to)


def row_of(cells: Sequence[Any], columns: Columns, person: str, delivery: Delivery | None) -> Row:
    """A row of a list from `pk`, the system columns and the fields; `person` is who looks ("mine")."""
    marks: set[Mark] = {"returned"} if cells[_AT["returned"]] else set()
    if person and cells[_AT["entry_by"]] == person:
        marks.add("mine")
    if delivery and delivery.is_due(cells[_AT["site_code"]], cells[_AT["change_no"]], cells[_AT["known_to"]]):
        marks.add("unsent")
    return Row(
        cells[0],
        cells[_AT["uid"]],
        columns.to_values(cells[len(SYSTEM) + 1 :]),
        cells[_AT["status"]],
        cells[_AT["change_no"]],
        cells[_AT["site_code"]],
        cells[_AT["record_no"]],
        from_moment(cells[_AT["removed_at"]]),
        frozenset(marks),
    )
