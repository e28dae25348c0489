"""Files for people and machines from a list or a whole kind: streamed, written beside and renamed at the end, stopped without a trace.

- `csv`: canonical machine CSV with stamps, as in the exchange package. Child lines and moves are files of their own beside it:
  `repairs.materials.csv`, `repairs.moves.csv`.
- `excel_csv`: for Excel; what a person reads: Indonesian headings, names instead of codes. Child lines beside it.
- `xlsx`: the same as a workbook; child lines are further sheets.
- `geojson`: for map programs; field names as keys, words as values.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal as Number
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal, Self, TypeVar

from desktop_app.core import fields as f
from desktop_app.core.errors import KnownError, UsageError
from desktop_app.core.progress import Progress, Quiet
from desktop_app.core.query import Query
from desktop_app.core.spec import Kind, Lines
from desktop_app.core.words import Words
from desktop_app.formats import geojson, people_csv, xlsx
from desktop_app.formats.disk_errors import not_written
from desktop_app.formats.people_csv import Cell
from desktop_app.services import people_columns
from desktop_app.services.context import AppContext
from desktop_app.services.lists import Names
from desktop_app.services.people_columns import PeopleColumn

if TYPE_CHECKING:
    from desktop_app.storage.read import Reader

Style = Literal["csv", "excel_csv", "xlsx", "geojson"]
STYLES: dict[str, Style] = {".csv": "csv", ".xlsx": "xlsx", ".geojson": "geojson"}
"""By the ending of the file's name; `.csv` is for Excel when that is asked for."""

T = TypeVar("T")
_TELL_EVERY = 50


@dataclass(frozen=True)
class Exported:
    """What was written: the number of records, and the files (the first is the one asked for)."""

    rows: int
    files: tuple[Path, ...]


def style_of(path: Path, *, excel: bool = False) -> Style:
    """What a file of this name holds. Raises `UsageError` for an ending that we don't write."""
    style = STYLES.get(path.suffix.lower())
    if style is None:
        raise UsageError(
            Words(
                f"Nama berkas {path.name}: akhiri dengan .csv, .xlsx atau .geojson.",
                f"File name {path.name}: end it with .csv, .xlsx or .geojson.",
            )
        )
    return "excel_csv" if excel and style == "csv" else style


def export(
    ctx: AppContext,
    query: Query,
    path: Path,
    style: Style,
    progress: Progress | None = None,
    *,
    personal: bool = True,
) -> Exported:
    """Write all that match the query. The file appears when it is whole; a Cancel or a refusal leaves nothing behind.

    `personal`: with the columns that tell about people, and the names of records that are called by people's names (files for people).
    Raises `KnownError` when the place can't be written or the kind has no positions (GeoJSON), `Cancelled` when stopped.
    """
    kind = ctx.kind(query.kind)
    with ctx.store.reading(person=ctx.person) as reader, _Files(path) as files:
        work = _Work(ctx, reader, kind, query, progress or Quiet(), personal)
        rows = _WRITERS[style](work, files)
        files.finish()
        return Exported(rows, tuple(files.made))


class _Files:
    """The files of one export: written as `.part`, renamed together at the end, taken away if it doesn't come to that."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.made: list[Path] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, wrong: BaseException | None, _trace: object) -> None:
        for target in self.made:
            _part(target).unlink(missing_ok=True)
        if isinstance(wrong, OSError):
            raise not_written(self.path.name, wrong) from wrong

    def begin(self, name: str = "") -> Path:
        """The `.part` of the file itself, or of one beside it (`repairs.materials.csv`)."""
        target = self.path.with_name(f"{self.path.stem}.{name}{self.path.suffix}") if name else self.path
        part = _part(target)
        part.open("wb").close()  # a place that can't be written is refused now, with the system's own reason
        self.made.append(target)
        return part

    @contextmanager
    def writing(self, name: str = "") -> Iterator[BinaryIO]:
        """A file to write bytes into; on disk when the block ends."""
        with self.begin(name).open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())

    def finish(self) -> None:
        """Everything is written: give the files their names."""
        for target in self.made:
            _part(target).replace(target)


def _part(target: Path) -> Path:
    return target.with_name(f"{target.name}.part")


@dataclass
class _Work:
    """One export under way."""

    ctx: AppContext
    reader: Reader
    kind: Kind
    query: Query
    progress: Progress
    personal: bool

    def allowed(self, columns: Sequence[PeopleColumn], fields: Sequence[f.Field]) -> list[PeopleColumn]:
        """The columns that may be told."""
        told = {field.name for field in fields if _tells_of_people(self.ctx, field)}
        return [column for column in columns if self.personal or column.name not in told]

    def told(self, items: Iterator[T], total: int | None) -> Iterator[T]:
        """The items, while saying how far it is."""
        for number, item in enumerate(items):
            if number % _TELL_EVERY == 0:
                self.progress.at(number, total, _DOING)
            yield item

    def records(self, columns: Sequence[PeopleColumn], names: Names) -> Iterator[list[Cell]]:
        """All records as cells for people."""
        found = self.told(self.reader.stream_rows(self.query), self.reader.count(self.query))
        return people_columns.rows(columns, found, names, self.kind.table_fields)

    def lines(self, lines: Lines, columns: Sequence[PeopleColumn], names: Names) -> Iterator[list[Cell]]:
        """All child lines of these records as cells for people."""
        found = self.told(self.reader.stream_lines(self.query, lines.name), None)
        return people_columns.rows(columns, found, names, lines.fields)

    def bytes_into(
        self, files: _Files, name: str, parts: Iterator[tuple[int, bytes]], total: int | None
    ) -> int:
        """Write parts of machine CSV as they come; the number of rows."""
        done = 0
        with files.writing(name) as file:
            for rows, data in parts:
                file.write(data)
                done += rows
                self.progress.at(done, total, _DOING)
        return done


def _tells_of_people(ctx: AppContext, field: f.Field) -> bool:
    """A personal field, or a reference to what is called by one."""
    if not isinstance(field, f.Reference):
        return field.personal
    there = ctx.registry[field.kind]
    return field.personal or any(there.by_name[name].personal for name in (*there.title, *there.subtitle))


_DOING = Words("Menulis berkas", "Writing the file")


def _excel_csv(work: _Work, files: _Files) -> int:
    names = Names(work.reader)
    columns = work.allowed(people_columns.of_record(work.ctx, work.kind, names), work.kind.table_fields)
    with files.writing() as file:
        count = people_csv.write(
            file, [column.look.heading for column in columns], work.records(columns, names)
        )
    for lines in work.kind.lines:
        columns = work.allowed(people_columns.of_lines(work.ctx, lines, names), lines.fields)
        with files.writing(lines.name) as file:
            people_csv.write(
                file, [column.look.heading for column in columns], work.lines(lines, columns, names)
            )
    return count


def _workbook(work: _Work, files: _Files) -> int:
    names = Names(work.reader)
    columns = people_columns.of_record(work.ctx, work.kind, names)
    sheets = [
        xlsx.Sheet(work.kind.plural.say(), [column.look for column in columns], work.records(columns, names))
    ]
    for lines in work.kind.lines:
        columns = people_columns.of_lines(work.ctx, lines, names)
        sheets.append(
            xlsx.Sheet(
                lines.label.say(), [column.look for column in columns], work.lines(lines, columns, names)
            )
        )
    return xlsx.write(files.begin(), sheets)


def _map(work: _Work, files: _Files) -> int:
    axes = {field.axis: field.name for field in work.kind.fields if isinstance(field, f.Coordinate)}
    if set(axes) != {"lat", "lon"}:
        raise KnownError(
            Words(
                f"{work.kind.plural.id} tidak punya koordinat; pilih CSV atau XLSX.",
                f"{work.kind.plural.en} have no coordinates; choose CSV or XLSX.",
            )
        )
    names = Names(work.reader)
    place = [people_columns.as_it_is(name) for name in ("uid", axes["lon"], axes["lat"])]
    told = [
        one for one in people_columns.of_record(work.ctx, work.kind, names) if one.name not in axes.values()
    ]
    keys = [column.name for column in told]
    with files.writing() as file:
        return geojson.write(file, (_feature(keys, cells) for cells in work.records([*place, *told], names)))


def _feature(keys: Sequence[str], cells: Sequence[Cell]) -> geojson.Feature:
    uid, longitude, latitude, *told = cells
    properties = {key: _property(cell) for key, cell in zip(keys, told, strict=True)}
    return geojson.Feature(str(uid), _degrees(longitude), _degrees(latitude), properties)


def _degrees(cell: Cell) -> Number | None:
    return cell if isinstance(cell, Number) else None


def _property(cell: Cell) -> geojson.Property:
    """A cell as JSON has it; days and times as ISO texts."""
    if isinstance(cell, Number):
        return float(cell)
    return cell.isoformat() if isinstance(cell, dt.date | dt.time) else cell


def _canonical(work: _Work, files: _Files) -> int:
    reader, query, total = work.reader, work.query, work.reader.count(work.query)
    done = work.bytes_into(files, "", reader.csv_records(query), total)
    for lines in work.kind.lines:
        work.bytes_into(files, lines.name, reader.csv_lines(query, lines.name), None)
    if work.kind.life_cycle:
        work.bytes_into(files, "moves", reader.csv_moves(query), None)
    return done


_WRITERS: dict[Style, Callable[[_Work, _Files], int]] = {
    "csv": _canonical,
    "excel_csv": _excel_csv,
    "xlsx": _workbook,
    "geojson": _map,
}
