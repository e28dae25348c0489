"""A new record as the rows that will be stored: the same for one that is typed and for 100,000 that are loaded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from desktop_app.core import stamps
from desktop_app.core.computing import compute
from desktop_app.core.errors import UsageError
from desktop_app.core.record import Line, Moved, Record, View
from desktop_app.core.spec import Kind
from desktop_app.core.words import Words
from desktop_app.storage import numbering
from desktop_app.storage.columns import Columns, moment

if TYPE_CHECKING:
    from desktop_app.storage.write import Writer

BEGUN = "begin"
"""The name of the first move of every record."""

Cells = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Made:
    """One new record: as it will be read, and its rows (without the columns that are empty in every new row). `lines` has one list of rows for each of the kind's `Lines`, in order."""

    record: Record
    main: Cells
    lines: tuple[list[Cells], ...]
    moves: list[Cells]
    journal: Cells

    def as_stored(self, columns: Columns, line_columns: Sequence[Columns]) -> Record:
        """The record as a reader would give it: texts in their one form, decimals with their declared digits."""
        self.record.values = columns.to_values(self.main[name] for name in columns.names)
        for of_lines, rows, lines in zip(line_columns, self.lines, self.record.lines.values(), strict=True):
            for row, line in zip(rows, lines, strict=True):
                line.values = of_lines.to_values(row[name] for name in of_lines.names)
        return self.record


class Maker:
    """Makes the rows of new records of one kind; takes stamps and numbers from the writer."""

    def __init__(self, writer: Writer, kind: Kind) -> None:
        self.writer = writer
        self.kind = kind
        self.columns = writer.columns(kind)
        self.line_columns = [writer.tables.line_columns[kind.name, lines.name] for lines in kind.lines]
        self.site = writer.site()

    @cached_property
    def now(self) -> str:
        """The moment of the save."""
        return moment(self.writer.now)

    def made(self, record: Record) -> Made:
        """The rows of a new record. Raises `UsageError` when its natural key is empty."""
        new = self._begun(record)
        compute(View(self.kind, new, self.writer.setting))
        born = self.writer.stamp()
        new.record_no = new.record_no or self._number(new)
        new.version = self.writer.site_row.next_change()
        cells = self.columns.to_cells(new.values)
        lines = tuple(
            [
                self._line(columns, line, place, new, born)
                for place, line in enumerate(new.lines[declared.name])
            ]
            for declared, columns in zip(self.kind.lines, self.line_columns, strict=True)
        )
        moves = [
            self._move(move, new, self.writer.stamp() if later else born)
            for later, move in enumerate(new.moves)
        ]
        return Made(new, self._system(new, born) | cells, lines, moves, self._entry(new))

    def _begun(self, record: Record) -> Record:
        """A copy of what was given, with who, when, where and the first state filled in."""
        uid = str(record.values.get(self.kind.natural_key) or "") if self.kind.natural_key else record.uid
        if not uid:
            raise UsageError(
                Words("Kode wajib diisi.", "The code is missing."), self.kind.natural_key or None
            )
        by, at = record.entry_by or self.writer.person, _to_second(record.entry_at or self.writer.now)
        new = Record(
            self.kind.name,
            uid,
            dict(record.values),
            {
                lines.name: [_copy(line) for line in record.lines.get(lines.name, ())]
                for lines in self.kind.lines
            },
            site_code=record.site_code or self.site.site_code,
            record_no=record.record_no,
            entry_by=by,
            entry_at=at,
            updated_by=by,
            updated_at=at,
        )
        if self.kind.life_cycle is not None:
            first = Moved(stamps.new_uid(), BEGUN, None, record.status or self.kind.life_cycle.start, at, by)
            new.moves = [_moved_to_second(move) for move in record.moves] or [first]
            new.status = new.moves[-1].after
            new.updated_at, new.updated_by = max((at, by), *((move.at, move.by) for move in new.moves))
        return new

    def _number(self, new: Record) -> str | None:
        if not self.kind.number or new.entry_at is None:
            return None
        year = new.entry_at.astimezone(self.writer.zone).year
        return self.writer.numbers.next(numbering.prefix_of(self.kind, new.site_code, self.site.letter, year))

    def _system(self, new: Record, born: str) -> Cells:
        return self._stamped(new, new.uid, born, new.version) | {
            "record_no": new.record_no,
            "status": new.status,
            "entry_by": new.entry_by,
            "entry_at": None if new.entry_at is None else moment(new.entry_at),
            "updated_by": new.updated_by,
            "updated_at": None if new.updated_at is None else moment(new.updated_at),
        }

    def _stamped(self, new: Record, uid: str, born: str, change_no: int) -> Cells:
        return {"uid": uid, "site_code": new.site_code, "born": born, "change_no": change_no}

    def _line(self, columns: Columns, line: Line, place: int, new: Record, born: str) -> Cells:
        cells = columns.to_cells(line.values)
        stamped = self._stamped(new, line.uid, born, self.writer.site_row.next_change())
        return stamped | {"parent_uid": new.uid, "position": place} | cells

    def _move(self, move: Moved, new: Record, born: str) -> Cells:
        return self._stamped(new, move.uid, born, self.writer.site_row.next_change()) | move_cells(
            move, new.uid
        )

    def _entry(self, new: Record) -> Cells:
        return {
            "kind": new.kind,
            "uid": new.uid,
            "version": new.version,
            "at": self.now,
            "person": self.writer.person,
            "action": "created",
        }


def move_cells(move: Moved, parent_uid: str) -> Cells:
    """The columns of a move beside its stamps."""
    return {
        "parent_uid": parent_uid,
        "move": move.move,
        "state_before": move.before,
        "state_after": move.after,
        "moved_at": moment(move.at),
        "moved_by": move.by,
        "reason": move.reason,
    }


def last_written(person: str, now: dt.datetime, row: Mapping[str, Any] | None = None) -> Cells:
    """Who wrote a record last, and when. `row`: the stored one, when only its lines or moves were written.

    Merging takes the pair of the copy with the latest stamp, of copies with the same one the greater pair. So without a stamp of the
    record's own the pair never goes back, though the computer's clock was: all copies are to say the same.
    """
    now_and_who = (moment(now), person)
    at, by = max(now_and_who, (row["updated_at"] or "", row["updated_by"] or "")) if row else now_and_who
    return {"updated_by": by, "updated_at": at}


def _moved_to_second(move: Moved) -> Moved:
    at = _to_second(move.at)
    return move if at is move.at else replace(move, at=at)


def _to_second(at: dt.datetime) -> dt.datetime:
    if at.tzinfo is dt.UTC and not at.microsecond:
        return at
    return at.astimezone(dt.UTC).replace(microsecond=0)


def _copy(line: Line) -> Line:
    return Line(line.uid, dict(line.values))
