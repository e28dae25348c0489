"""Records to rows and back: the columns of a kind, and what each value looks like in one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from desktop_app.core import values
from desktop_app.core.fields import Field, Value
from desktop_app.core.record import Line, Moved, Record
from desktop_app.core.values import DbValue
from desktop_app.storage.columns import Columns, from_moment


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
