"""CSV for machines: RFC 4180, UTF-8 without BOM, comma, CRLF; an empty cell is NULL (an empty text is never stored).

The writer is the plain statement of the form; the database writes the same rows by itself where a million of them leave it.
The reader is strict: what a spreadsheet or a mail program did to the file is said with line and column, never guessed away.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, BinaryIO

from desktop_app.core.errors import KnownError
from desktop_app.core.words import Words
from desktop_app.formats.characters import has_unwritable, refuse_unwritable, unwritable_in

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

Row = Sequence[str | None]

_PIECE = 256 * 1024
_CONTROL = bytes(code for code in range(32) if chr(code) not in "\t\r\n")
_MAX_CELL = 128 * 1024
"""Letters in a cell."""
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
        head = file.read(3)
        self.line = 1
        """The first line of the row that was read last."""
        self.names: tuple[str, ...] = ()
        self.had_bom = head == codecs.BOM_UTF8
        if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in head[:2]:
            raise self._damaged(
                "encoding", "berkas ini UTF-16, seharusnya UTF-8.", "this file is UTF-16 instead of UTF-8."
            )
        self._bytes = _Bytes(b"" if self.had_bom else head, file)
        # Lines end at a line feed only; a lone carriage return stays where it is, for the CSV reader to judge.
        text = io.TextIOWrapper(io.BufferedReader(self._bytes, _PIECE), encoding="utf-8", newline="\n")
        csv.field_size_limit(_MAX_CELL)  # other code in the process may have set another
        self._rows = csv.reader(text, strict=True)
        self.names = tuple(next(self._cells(), ()))
        self._check_heading(expected)

    def __iter__(self) -> Iterator[list[str | None]]:
        width = len(self.names)
        for cells in self._cells():
            if len(cells) != width:
                raise self._damaged(
                    "width",
                    f"ada {len(cells)} kolom, seharusnya {width}.",
                    f"{len(cells)} columns instead of {width}.",
                )
            yield [cell or None for cell in cells]

    def _cells(self) -> Iterator[list[str]]:
        """The rows as they stand there; what can't be read is said with its place."""
        rows, read = self._rows, self._bytes
        self.line = rows.line_num + 1
        try:
            for cells in rows:
                if read.suspicious:
                    self._refuse_unwritable(cells)
                yield cells
                self.line = rows.line_num + 1
        except csv.Error as wrong:
            raise self._explained(str(wrong)) from wrong
        except UnicodeDecodeError as wrong:
            # The rows before it may still be on their way: count the line ends that were decoded with it.
            line = rows.line_num + 1 + wrong.object.count(b"\n", 0, wrong.start)
            place = wrong.start - wrong.object.rfind(b"\n", 0, wrong.start)
            raise DamagedFileError(
                Words(
                    f"bukan UTF-8 (bita ke-{place}); mungkin disimpan ulang dengan program lain.",
                    f"not UTF-8 (byte {place}); another program may have saved it again.",
                ),
                line,
                case="encoding",
            ) from wrong
        except _LongLineError as wrong:
            raise DamagedFileError(
                Words("baris ini lebih dari 4 MB.", "this line is longer than 4 MB."),
                rows.line_num + 1,
                case="cell_size",
            ) from wrong

    def _refuse_unwritable(self, cells: Sequence[str]) -> None:
        for number, cell in enumerate(cells):
            if has_unwritable(cell):
                name = self.names[number] if number < len(self.names) else str(number + 1)
                raise DamagedFileError(unwritable_in(cell), self.line, name, case="control")

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
        return DamagedFileError(Words(indonesian, english), self.line, column, case=case)

    def _explained(self, wrong: str) -> DamagedFileError:
        """Python's own complaint in words that help."""
        if "unexpected end of data" in wrong:
            return self._damaged(
                "quote", "tanda kutip dibuka tetapi tidak ditutup.", "a quote is opened and never closed."
            )
        if "field limit" in wrong:
            return self._damaged(
                "cell_size",
                "satu sel lebih dari 128 KB; mungkin ada tanda kutip yang tidak ditutup.",
                "a cell is larger than 128 KB; a quote may be left open.",
            )
        return self._damaged(
            "quote",
            "tanda kutip atau akhir baris tidak pada tempatnya.",
            "a quote or a line end is out of place.",
        )


class _LongLineError(Exception):
    """A line that no row of ours can be."""


class _Bytes(io.RawIOBase):
    """The file's bytes on their way to the decoder: looked at in large pieces, where that costs nearly nothing."""

    def __init__(self, head: bytes, file: BinaryIO) -> None:
        self._head = head
        self._file = file
        self._since_line_end = 0
        self.suspicious = False
        """Whether there was a sign among them that no file of ours carries; then the cells are looked at one by one."""

    def readable(self) -> bool:
        return True

    def readinto(self, into: WriteableBuffer, /) -> int:
        target = memoryview(into).cast("B")
        data = self._head or self._file.read(len(target))
        self._head = b""
        target[: len(data)] = data
        if len(data.translate(None, _CONTROL)) != len(data):
            self.suspicious = True
        end = data.rfind(b"\n")
        self._since_line_end = len(data) - end - 1 + (self._since_line_end if end < 0 else 0)
        if self._since_line_end > _MAX_LINE:
            raise _LongLineError
        return len(data)
