"""Derived figures of merged records: they don't travel, and are computed from what is stored here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from desktop_app.core.computing import compute
from desktop_app.core.fields import Computed, Field, Value
from desktop_app.core.record import Record, View
from desktop_app.core.spec import Kind
from desktop_app.storage.columns import Columns
from desktop_app.storage.merging.layout import LARGEST, Cell

if TYPE_CHECKING:
    from desktop_app.storage.write import Writer


class Figuring:
    """The figures of the records of one kind (`own`) and of their lines."""

    def __init__(self, writer: Writer, kind: Kind) -> None:
        self.writer = writer
        self.kind = kind
        self.columns = writer.columns(kind)
        self.own = _figures(kind.table_fields)
        self.of_lines = {lines.name: _figures(lines.fields) for lines in kind.lines}
        self.any = bool(self.own.names or any(each.names for each in self.of_lines.values()))

    def at_birth(self, cells: Mapping[str, Cell], status: str | None) -> Mapping[str, Cell]:
        """The figures of a new record as far as its own fields tell: then it need not be written again, which costs a server with many
        indexes more than all the rest. Its lines come later.
        """
        if not self.own.names:
            return {}
        given = self.columns.to_values(map(cells.get, self.columns.names))
        record = Record(
            self.kind.name, cells["uid"], given, status=status, record_no=cells["record_no"], version=1
        )
        self.compute(record)
        return self.own.to_cells(record.values)

    def compute(self, record: Record) -> None:
        """Compute the figures. From codes and numbers that no program of ours would have let in there may come none: then they stay
        empty, as a record that came is kept in any case, and the rules flag it.
        """
        try:
            compute(View(self.kind, record, self.writer.setting))
            fine = _fits(self.own, record.values) and all(
                _fits(self.of_lines[name], line.values)
                for name, lines in record.lines.items()
                for line in lines
            )
        except (ArithmeticError, LookupError, TypeError, ValueError):
            fine = False
        if not fine:
            record.values.update(dict.fromkeys(self.own.names))
            for name, lines in record.lines.items():
                for line in lines:
                    line.values.update(dict.fromkeys(self.of_lines[name].names))


def _fits(figures: Columns, given: Mapping[str, Value]) -> bool:
    """Whether the figures are such that the database can hold them."""
    cells = figures.to_cells(given).values()
    return all(not isinstance(cell, int) or -LARGEST <= cell < LARGEST for cell in cells)


def _figures(fields: Iterable[Field]) -> Columns:
    """The derived figures that are kept."""
    return Columns([field for field in fields if isinstance(field, Computed) and field.stored])
