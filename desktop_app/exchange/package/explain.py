"""What happened to a table whose hash is wrong: mostly that somebody opened it in Excel and saved it.

The original isn't there to compare with, but its description is: what each column always looks like. A cell that can't have stood
there was changed for certain; it is named with line and column. When nothing but the form of the file was changed (separator, line
ends, quotes), writing it again in its one form gives the hash that was declared, and that is said instead.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from desktop_app.core.stamps import is_stamp
from desktop_app.core.words import Words
from desktop_app.exchange.package.schema import Resource

_NAMED = 3
"""Cells that the sentence names; the others are counted."""


class Changed(NamedTuple):
    """A cell that can't be what was written. `line` counts from 1, the heading included."""

    line: int
    column: str
    cell: str
    why: Words


_SHORTENED = Words("angka panjang dipendekkan", "a long number was shortened")
_DATE = Words("tanggal ditulis ulang", "a date was rewritten")
_DATE_MADE = Words("dijadikan tanggal", "made into a date")
_FORMULA = Words("dihitung sebagai rumus", "taken for a formula")
_YES_NO = Words("ya/tidak ditulis ulang", "a yes or no was rewritten")
_NUMBER = Words("angka ditulis ulang", "a number was rewritten")
_STAMP = Words("stempel rusak", "a stamp was spoilt")

_LONG = re.compile(r"-?[0-9]+([.,][0-9]+)?E[+-]?[0-9]+", re.IGNORECASE)
_ERROR = re.compile(r"#(NAME|NAMA|VALUE|NILAI|REF|DIV/0|NUM|N/A|NULL)[?!]?", re.IGNORECASE)
_MONTH = "jan|feb|mar|apr|mei|may|jun|jul|agu|aug|sep|okt|oct|nov|des|dec"
_DAY_MONTH = re.compile(rf"[0-9]{{1,2}}-({_MONTH})(-[0-9]{{2,4}})?|({_MONTH})-[0-9]{{2}}", re.IGNORECASE)
_FORMS = {
    "date": (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), _DATE),
    "datetime": (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z"), _DATE),
    "time": (re.compile("[0-9]{2}:[0-9]{2}"), _DATE),
    "boolean": (re.compile("true|false"), _YES_NO),
    "integer": (re.compile("-?[0-9]+"), _NUMBER),
}


def explain(table: Resource, content: bytes) -> Words:
    """Two sentences or three: what was done to the file, which cells, and why it is not taken."""
    text, coding = _decoded(content)
    text, separator = _separated(text, len(table.types))
    rows = _rows(text, separator)
    signs = [*coding, *([_named(separator)] if separator != "," else [])]
    name = table.part_name
    if rows and _hash(rows) == table.sha256:
        return _only_form(name, signs)
    changed = list(changes(table, rows))
    if not changed and not signs and "\r\n" in text:
        return Words(
            f"Isi tabel {name} di paket ini tidak seperti yang dikirim (sidiknya lain), jadi tidak diterima.",
            f"The content of the table {name} in this package is not what was sent (its hash differs), so it is not taken.",
        )
    return _saved_again(name, signs, changed)


def changes(table: Resource, rows: Sequence[Sequence[str]]) -> Iterator[Changed]:
    """The cells that can't be what was written."""
    names = list(rows[0]) if rows else []
    for line, row in enumerate(rows[1:], 2):
        for column, cell in zip(names, row, strict=False):
            why = _why(table, column, cell) if cell else None
            if why:
                yield Changed(line, column, cell, why)


def _why(table: Resource, column: str, cell: str) -> Words | None:
    """Why this cell can't have stood in that column; None when it can."""
    if _LONG.fullmatch(cell):
        return _SHORTENED
    if _ERROR.fullmatch(cell):
        return _FORMULA
    if column == "born" and not is_stamp(cell):
        return _STAMP
    kind = table.types.get(column, "string")
    if kind in _FORMS:
        pattern, words = _FORMS[kind]
        return None if pattern.fullmatch(cell) else words
    if kind == "number":
        digits = table.decimals.get(column, 0)
        written = rf"-?[0-9]+\.[0-9]{{{digits}}}" if digits else "-?[0-9]+"
        return None if re.fullmatch(written, cell) else _NUMBER
    return _DATE_MADE if _DAY_MONTH.fullmatch(cell) else None


def _decoded(content: bytes) -> tuple[str, list[Words]]:
    """The text, and what was done to its coding."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace"), [Words("disimpan sebagai UTF-16", "saved as UTF-16")]
    signs = []
    if content.startswith(codecs.BOM_UTF8):
        signs.append(Words("penanda BOM ditambahkan", "a byte order mark was added"))
    try:
        return content.removeprefix(codecs.BOM_UTF8).decode("utf-8"), signs
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace"), [
            *signs,
            Words("huruf disimpan sebagai Windows-1252", "letters were saved as Windows-1252"),
        ]


def _separated(text: str, width: int) -> tuple[str, str]:
    """The text without a `sep=` line, and the separator that gives the heading most nearly its width."""
    if text.lower().startswith(("sep=", '"sep=')):
        text = text.partition("\n")[2]
    heading = text.partition("\n")[0]
    return text, min(",;\t", key=lambda one: abs(heading.count(one) + 1 - width))


def _named(separator: str) -> Words:
    if separator == "\t":
        return Words("pemisahnya menjadi tabulasi", "the separator became a tab")
    return Words("pemisahnya menjadi titik koma", "the separator became a semicolon")


def _rows(text: str, separator: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error:
        return []


def _hash(rows: Sequence[Sequence[str]]) -> str:
    """The hash of the rows in the one form in which a package has them."""
    hashed = hashlib.sha256()
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        writer.writerow(row)
    hashed.update(out.getvalue().encode("utf-8", "replace"))
    return hashed.hexdigest()


def _only_form(name: str, signs: Sequence[Words]) -> Words:
    quotes = Words("tanda kutip atau akhir barisnya berubah", "its quotes or line ends changed")
    what = _list(signs or [quotes])
    return Words(
        f"Tabel {name} di paket ini dibuka dan disimpan ulang dengan program lain: {what.id}. Tidak ada sel yang berubah, "
        "tetapi berkas yang bukan aslinya tidak diterima.",
        f"The table {name} in this package was opened and saved again with another program: {what.en}. No cell was changed, "
        "but a file that is not the original is not taken.",
    )


def _saved_again(name: str, signs: Sequence[Words], changed: Sequence[Changed]) -> Words:
    what = _list(signs)
    indonesian = f"Tabel {name} di paket ini dibuka dan disimpan ulang dengan program lain, mungkin Excel"
    english = (
        f"The table {name} in this package was opened and saved again with another program, perhaps Excel"
    )
    if signs:
        indonesian, english = f"{indonesian}: {what.id}", f"{english}: {what.en}"
    if changed:
        cells = [
            Words(
                f"baris {one.line} kolom {one.column} '{one.cell[:30]}' ({one.why.id})",
                f"line {one.line} column {one.column} '{one.cell[:30]}' ({one.why.en})",
            )
            for one in changed[:_NAMED]
        ]
        shown = _list(cells)
        more = len(changed) - len(cells)
        rest = Words(f", dan {more} sel lagi", f", and {more} more") if more else Words("", "")
        indonesian += f". Sel yang berubah: {shown.id}{rest.id}"
        english += f". Cells that changed: {shown.en}{rest.en}"
    return Words(
        f"{indonesian}. Isinya tidak bisa dipercaya lagi, jadi tidak diterima.",
        f"{english}. It can't be relied on any more, so it is not taken.",
    )


def _list(parts: Sequence[Words]) -> Words:
    return Words(", ".join(part.id for part in parts), ", ".join(part.en for part in parts))
