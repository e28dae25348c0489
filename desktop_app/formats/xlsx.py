"""Excel workbooks for people: identifiers as text, real dates and numbers, a bold heading that stays in view, widths.

Written by rustpy-xlsxwriter in constant memory: the rows stream into the file, a million of them need no more than a thousand.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal as Number
from pathlib import Path
from typing import Literal, cast

from rustpy_xlsxwriter import FastExcel, Format

from desktop_app.core.errors import KnownError
from desktop_app.core.words import Words
from desktop_app.formats.characters import has_unwritable, refuse_unwritable
from desktop_app.formats.people_csv import Cell

MAX_ROWS = 1_048_575
"""Rows that a sheet holds under its heading."""

_MAX_LETTERS = 32_767
_EXACT = 10**15
"""Numbers up to here keep all their digits in Excel (15 significant ones)."""

_FIRST_DAY = dt.date(1900, 3, 1)
"""Before it Excel counts a day that never was; earlier days are written as text."""

Style = Literal["text", "whole", "number", "money", "degrees", "date", "moment", "time"]


@dataclass(frozen=True)
class Column:
    """One column: heading, width in letters, what stands in it; `decimals` behind the comma of a "number"."""

    heading: str
    width: float
    style: Style = "text"
    decimals: int = 0

    @property
    def number_format(self) -> str:
        """Excel's code for how the cells look."""
        if self.style == "number":
            return "#,##0." + "0" * self.decimals if self.decimals else "#,##0"
        return _FORMATS[self.style]


_FORMATS: dict[Style, str] = {
    "text": "@",
    "whole": "0",
    "money": '"Rp"#,##0',
    "degrees": "0.000000##",
    "date": "dd/mm/yyyy",
    "moment": "dd/mm/yyyy hh:mm",
    "time": "hh:mm",
}


@dataclass(frozen=True)
class Sheet:
    """One sheet; `rows` is gone over once. Cells of "text" columns are texts or empty; the others are what their style says."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]


def write(path: Path, sheets: Sequence[Sheet]) -> int:
    """Write the workbook; the number of rows of the first sheet.

    What a row raises (a Cancel too) comes through as it is. Raises `KnownError` for control characters, halves of letters,
    texts over 32,767 letters and more rows than a sheet holds.
    """
    counts = [0] * len(sheets)
    book = FastExcel(path, output_format="xlsx")
    names = _different([_sheet_name(sheet.name) for sheet in sheets], 31)
    for number, (name, sheet) in enumerate(zip(names, sheets, strict=True)):
        headings = _different([column.heading for column in sheet.columns], 255)
        heading = Format()
        heading.set_bold()
        heading.set_text_wrap()
        book.sheet(
            name,
            _rows(sheet, headings, counts, number),
            column_widths=[column.width for column in sheet.columns],
            column_formats=[_format(column) for column in sheet.columns],
            header_format=heading,
            autofilter=True,
            ignore_errors=[
                name for name, column in zip(headings, sheet.columns, strict=True) if column.style == "text"
            ],
        )
    book.freeze(row=1).save()
    return counts[0]


def _format(column: Column) -> Format:
    cell = Format()
    cell.set_num_format(column.number_format)
    return cell


def _rows(
    sheet: Sheet, headings: Sequence[str], counts: list[int], number: int
) -> Iterator[dict[str, object]]:
    """The rows as the library takes them. Most cells are texts and pass as they are: a workbook is millions of cells."""
    texts_at = [place for place, column in enumerate(sheet.columns) if column.style == "text"]
    others_at = [place for place, column in enumerate(sheet.columns) if column.style != "text"]
    count = 0
    for count, row in enumerate(sheet.rows, 1):
        if count > MAX_ROWS:
            raise KnownError(
                Words(
                    "Lembar Excel hanya memuat 1.048.575 baris. Saring daftarnya, atau ekspor sebagai CSV.",
                    "An Excel sheet holds 1,048,575 rows only. Filter the list, or export as CSV.",
                )
            )
        cells: list[object] = [*row]
        written = "".join(cast("list[str]", [cells[place] or "" for place in texts_at]))
        if len(written) > _MAX_LETTERS or has_unwritable(written):
            _refuse(headings, row, count)
        for place in others_at:
            if cells[place] is not None:
                cells[place] = _plain(row[place])
        counts[number] = count
        yield dict(zip(headings, cells, strict=True))
    if count == 0:
        # The library learns the headings from the first row; without one it would write none.
        yield dict.fromkeys(headings)


def _plain(cell: Cell) -> str | float | dt.date | None:
    """A number, day or time as the library takes it. What Excel can't hold as such is written as text, not bent."""
    if isinstance(cell, Number | int):
        return float(cell) if -_EXACT < cell < _EXACT else f"{Number(cell):f}"
    if isinstance(cell, dt.datetime):
        return cell if cell.date() >= _FIRST_DAY else f"{cell:%d/%m/%Y %H:%M}"
    if isinstance(cell, dt.date):
        return cell if cell >= _FIRST_DAY else f"{cell:%d/%m/%Y}"
    if isinstance(cell, dt.time):
        return (cell.hour * 60 + cell.minute) / 1440
    return cell


def _refuse(headings: Sequence[str], row: Sequence[Cell], count: int) -> None:
    for heading, cell in zip(headings, row, strict=True):
        where = Words(f"Baris {count}, kolom {heading}", f"Row {count}, column {heading}")
        refuse_unwritable(cell if isinstance(cell, str) else "", where)
        if isinstance(cell, str) and len(cell) > _MAX_LETTERS:
            raise KnownError(
                Words(
                    f"{where.id}: teks lebih dari 32.767 huruf, batas Excel.",
                    f"{where.en}: the text has more than 32,767 letters, Excel's limit.",
                )
            )


def _sheet_name(name: str) -> str:
    """A name that Excel allows."""
    return re.sub(r"[\[\]:*?/\\]", " ", name).strip().strip("'") or "Data"


def _different(names: Sequence[str], limit: int) -> list[str]:
    """The names, cut to the limit, with a number behind those that are there already."""
    found: list[str] = []
    for name in names:
        candidate, number = name[:limit], 1
        while candidate.lower() in (one.lower() for one in found):
            number += 1
            candidate = f"{name[: limit - 4]} ({number})"
        found.append(candidate)
    return found
