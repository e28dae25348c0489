"""Derived figures of merged records: they don't travel, and are computed from what is stored here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

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

    def at_birth(self, columns: Mapping[str, Sequence[Cell]], status: str | None) -> dict[str, list[Cell]]:
        """The figures of new records as far as their own fields tell, as columns: then they need not be written again, which costs a
        server with many indexes more than all the rest. Their lines come later.
        """
        if not self.own.names:
            return {}
        at = {name: place for place, name in enumerate(columns)}
        found = [self._at_birth(at, row, status) for row in zip(*columns.values(), strict=True)]
        return {name: [cells[name] for cells in found] for name in self.own.names}

    def _at_birth(self, at: Mapping[str, int], row: Sequence[Cell], status: str | None) -> Mapping[str, Cell]:
        values, uid, site_code = _Asked(self.columns, at, row), row[at["uid"]], row[at["site_code"]]
        return self.compute(
            Record(self.kind.name, uid, values, status=status, site_code=site_code, version=1)
        )

    def compute(self, record: Record) -> Mapping[str, Cell]:
        """Compute the figures; those of the record as cells. From codes and numbers that no program of ours would have let in there may
        come none: then they stay empty, as a record that came is kept in any case, and the rules flag it.
        """
        try:
            compute(View(self.kind, record, self.writer.setting))
            cells = _fitting(self.own, record.values)
            for name, lines in record.lines.items():
                for line in lines:
                    _fitting(self.of_lines[name], line.values)
        except (ArithmeticError, LookupError, TypeError, ValueError):
            cells = dict.fromkeys(self.own.names)
            record.values.update(cells)
            for name, lines in record.lines.items():
                for line in lines:
                    line.values.update(dict.fromkeys(self.of_lines[name].names))
        return cells


class _Asked(dict[str, Value]):
    """The values of a row: a figure asks for few of them, and only those are made of their cells."""

    def __init__(self, columns: Columns, at: Mapping[str, int], row: Sequence[Cell]) -> None:
        super().__init__()
        self._columns = columns
        self._at = at
        self._row = row

    def __missing__(self, name: str) -> Value:
        at = self._at.get(name)
        value = self[name] = None if at is None else self._columns.to_value(name, self._row[at])
        return value

    def get(self, name: str, default: Any = None) -> Any:
        """The value of a field; None when it is empty."""
        value = self[name]
        return default if value is None else value


def _fitting(figures: Columns, given: Mapping[str, Value]) -> dict[str, Cell]:
    """The figures as cells. Raises ValueError for one that the database can't hold."""
    cells = figures.to_cells(given)
    for cell in cells.values():
        if isinstance(cell, int) and not -LARGEST <= cell < LARGEST:
            raise ValueError(figures.names)
    return cells


def _figures(fields: Iterable[Field]) -> Columns:
    """The derived figures that are kept."""
    return Columns([field for field in fields if isinstance(field, Computed) and field.stored])
