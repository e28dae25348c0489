"""CSV for people with Excel under Indonesian settings: UTF-8 with BOM, `;`, decimal comma, ISO dates (they open alike everywhere).

Texts that a spreadsheet would run as a formula get a `'` in front, and lose it when read back: nothing is changed for good
(the guard of exchange.md). Never read by `receive`.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal as Number
from typing import BinaryIO

from desktop_app.core.errors import KnownError
from desktop_app.core.words import Words
from desktop_app.formats.characters import has_unwritable, refuse_unwritable

Cell = str | int | Number | dt.date | dt.time | dt.datetime | None
"""What a cell for people holds; moments are in the office's time, without a zone."""

_BOM = "\ufeff"
_AT_ONCE = 500
_SKIPPED = (
    " \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"  # spaces
    "\u00ad\u180e\u200b-\u200f\u2060-\u2064\ufeff"  # nothing to see, and yet there
    "\"'`\u00b4\u2018-\u201f\u00ab\u00bb\u2039\u203a\uff02\uff07"  # quotes
)
_DANGEROUS = re.compile(f"'|[{_SKIPPED}]*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


def guard(text: str) -> str:
    """The text as it may stand in a spreadsheet: with a `'` in front when it would be run or misread."""
    return f"'{text}" if _DANGEROUS.match(text) else text


def unguard(text: str) -> str:
    """What was meant by a guarded text: one leading `'` is ours."""
    return text.removeprefix("'")


def to_text(cell: Cell) -> str:
    """How a cell is written. Only texts are guarded: -5,1167 is a number and shall stay one."""
    if isinstance(cell, str):
        return guard(cell)
    if cell is None:
        return ""
    if isinstance(cell, Number):
        return f"{cell:f}".replace(".", ",")
    if isinstance(cell, dt.datetime):
        return f"{cell:%Y-%m-%d %H:%M:%S}"
    if isinstance(cell, dt.time):
        return f"{cell:%H:%M}"
    return str(cell)


def write(file: BinaryIO, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    """Write headings and rows; the number of rows. Raises `KnownError` for control characters and halves of letters."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    out.write(_BOM)
    writer.writerow([guard(heading) for heading in headings])
    count = 0
    for count, row in enumerate(rows, 1):
        writer.writerow([to_text(cell) for cell in row])
        if count % _AT_ONCE == 0:
            _flush(out, file, headings, count)
    _flush(out, file, headings, count)
    return count


def _flush(out: io.StringIO, file: BinaryIO, headings: Sequence[str], count: int) -> None:
    text = out.getvalue()
    if has_unwritable(text):
        written = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
        for number, row in enumerate(written, count - len(written) + 1):
            for heading, cell in zip(headings, row, strict=False):
                refuse_unwritable(
                    unguard(cell),
                    Words(f"Baris {number}, kolom {heading}", f"Row {number}, column {heading}"),
                )
    file.write(text.encode("utf-8"))
    out.seek(0)
    out.truncate()


def read(file: BinaryIO) -> Iterator[list[str]]:
    """The rows of such a file, the headings first, without the guard.

    Raises `KnownError` when it isn't one (not UTF-8, a quote left open).
    """
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    rows = csv.reader(text, delimiter=";", strict=True)
    try:
        for row in rows:
            yield [unguard(cell) for cell in row]
    except (csv.Error, UnicodeDecodeError) as wrong:
        raise KnownError(
            Words(
                f"Berkas CSV ini tidak terbaca setelah baris {rows.line_num}. Simpan ulang sebagai 'CSV UTF-8'.",
                f"This CSV can't be read after line {rows.line_num}. Save it again as 'CSV UTF-8'.",
            )
        ) from wrong
    finally:
        text.detach()
