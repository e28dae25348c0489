"""CSV for machines: RFC 4180, UTF-8 without BOM, comma, CRLF; an empty cell is NULL (an empty text is never stored).

The writer is the plain statement of the form; the database writes the same rows by itself where a million of them leave it.
The reader is strict: what a spreadsheet or a mail program did to the file is said with line and column, never guessed away.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

from desktop_app.core.errors import KnownError
from desktop_app.core.words import Words
from desktop_app.formats.characters import has_unwritable, refuse_unwritable, unwritable_in

Row = Sequence[str | None]

_MAX_LINE = 4 * 1024 * 1024
"""Bytes between two line ends; far more than a row of ours can have."""

_AGAIN = Words("Minta berkas aslinya lagi.", "Ask for the original file again.")


class DamagedFileError(KnownError):
    """A file that is not what it should be; `line` counts from 1, `column` is the heading's name where it is known.

    `case` is a short code of what is wrong with it ("semicolon", "heading").
    """

    def __init__(self, words: Words, line: int, column: str = "", *, case: str) -> None:
        place = Words(f"Baris {line}", f"Line {line}")
        if column:
            place = Words(f"{place.id}, kolom {column}", f"{place.en}, column {column}")
        super().__init__(Words(f"{place.id}: {words.id} {_AGAIN.id}", f"{place.en}: {words.en} {_AGAIN.en}"))
        self.line = line
        self.column = column
        self.case = case


def to_line(cells: Row) -> bytes:
    """One row as it stands in the file, line end included. NULL is nothing between two commas.

    Raises `KnownError` for control characters and halves of letters.
    """
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(["" if cell is None else cell for cell in cells])
    text = out.getvalue()
    if has_unwritable(text):
        for number, cell in enumerate(cells, 1):
            refuse_unwritable(cell or "", Words(f"Kolom {number}", f"Column {number}"))
    return text.encode("utf-8")


def write(file: BinaryIO, names: Sequence[str], rows: Iterable[Row]) -> int:
    """Write the heading and the rows; the number of rows."""
    file.write(to_line(names))
    count = 0
    for count, row in enumerate(rows, 1):  # noqa: B007  (the last number is the answer)
        file.write(to_line(row))
    return count


class Table:
    """A machine CSV being read: `names` as its heading has them; going over it gives the rows, empty cells as None.

    `had_bom`: somebody put a byte order mark in front; it is skipped, and worth a note. Memory does not grow with the file.
    """

    def __init__(self, file: BinaryIO, expected: Sequence[str]) -> None:
        """Read the heading. `expected`: the names that must be there, no more and no fewer, in any order.

        Raises `DamagedFileError` when the heading is not that.
        """
        self.had_bom = False
        self._line = 0
        self._suspicious = False
        self._rows = csv.reader(self._lines(file), strict=True)
        self.names = tuple(self._next() or [])
        self._check_heading(expected)

    def __iter__(self) -> Iterator[list[str | None]]:
        width = len(self.names)
        while (cells := self._next()) is not None:
            if len(cells) != width:
                raise self._damaged(
                    "width",
                    f"ada {len(cells)} kolom, seharusnya {width}.",
                    f"{len(cells)} columns instead of {width}.",
                )
            yield [cell or None for cell in cells]

    @property
    def line(self) -> int:
        """The line of the file that was read last, from 1."""
        return self._line

    def _next(self) -> list[str] | None:
        """The next row; None at the end."""
        begin = self._line + 1
        try:
            cells = next(self._rows, None)
        except csv.Error as wrong:
            raise _explained(str(wrong), begin) from wrong
        if self._suspicious:
            for number, cell in enumerate(cells or []):
                if has_unwritable(cell):
                    name = self.names[number] if number < len(getattr(self, "names", ())) else str(number + 1)
                    raise DamagedFileError(unwritable_in(cell), begin, name, case="control")
        return cells

    def _lines(self, file: BinaryIO) -> Iterator[str]:
        """The file's lines as text, checked while they pass."""
        while raw := file.readline(_MAX_LINE + 1):
            self._line += 1
            if self._line == 1:
                raw = self._without_mark(raw)
            if len(raw) > _MAX_LINE:
                raise self._damaged(
                    "cell_size", "baris ini lebih dari 4 MB.", "this line is longer than 4 MB."
                )
            try:
                text = raw.decode("utf-8")
            except UnicodeDecodeError as wrong:
                raise self._damaged(
                    "encoding",
                    f"bukan UTF-8 (bita ke-{wrong.start + 1}); mungkin disimpan ulang dengan program lain.",
                    f"not UTF-8 (byte {wrong.start + 1}); another program may have saved it again.",
                ) from wrong
            if has_unwritable(text):
                self._suspicious = True
            yield text

    def _without_mark(self, raw: bytes) -> bytes:
        if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in raw[:2]:
            raise self._damaged(
                "encoding", "berkas ini UTF-16, seharusnya UTF-8.", "this file is UTF-16 instead of UTF-8."
            )
        self.had_bom = raw.startswith(codecs.BOM_UTF8)
        return raw.removeprefix(codecs.BOM_UTF8)

    def _check_heading(self, expected: Sequence[str]) -> None:
        if not self.names:
            raise self._damaged("heading", "berkas ini kosong.", "this file is empty.")
        if self.names[0].lower().startswith("sep="):
            raise self._damaged(
                "sep_line",
                "baris 'sep=' milik Excel tidak boleh ada.",
                "Excel's 'sep=' line doesn't belong here.",
            )
        if len(self.names) == 1 and len(expected) > 1 and ";" in self.names[0]:
            raise self._damaged(
                "semicolon",
                "pemisahnya titik koma: berkas ini disimpan ulang dengan Excel.",
                "separated by semicolons: Excel has saved this file again.",
            )
        for number, name in enumerate(self.names):
            if name in self.names[:number]:
                raise self._damaged(
                    "heading", "judul kolom ini ada dua kali.", "this heading is there twice.", name
                )
            if name not in expected:
                raise self._damaged(
                    "heading", "judul kolom ini tidak dikenal.", "this heading is unknown.", name
                )
        for name in expected:
            if name not in self.names:
                raise self._damaged("heading", "kolom ini tidak ada.", "this column is missing.", name)

    def _damaged(self, case: str, indonesian: str, english: str, column: str = "") -> DamagedFileError:
        return DamagedFileError(Words(indonesian, english), max(self._line, 1), column, case=case)


def _explained(wrong: str, begin: int) -> DamagedFileError:
    """Python's own complaint in words that help."""
    if "unexpected end of data" in wrong:
        return DamagedFileError(
            Words("tanda kutip dibuka tetapi tidak ditutup.", "a quote is opened and never closed."),
            begin,
            case="quote",
        )
    if "field limit" in wrong:
        return DamagedFileError(
            Words(
                "satu sel lebih dari 128 KB; mungkin ada tanda kutip yang tidak ditutup.",
                "a cell is larger than 128 KB; a quote may be left open.",
            ),
            begin,
            case="cell_size",
        )
    return DamagedFileError(
        Words("tanda kutip atau akhir baris tidak pada tempatnya.", "a quote or a line end is out of place."),
        begin,
        case="quote",
    )
