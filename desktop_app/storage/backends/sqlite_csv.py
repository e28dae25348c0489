"""Machine CSV straight from SQLite: each row is put together by one SQL expression, so that a million of them cost little Python.

The bytes are those of `formats.machine_csv.to_line`; a test holds the two together.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa

from desktop_app.core import fields as f
from desktop_app.core import values
from desktop_app.core.fields import Field
from desktop_app.storage.backends.base import Piece, Raw

_AT_ONCE = 2_000
_GREATEST = 2**63 - 1
_SPECIAL = b',"\r\n'


def cell(column: sa.Column[Any], field: Field | None) -> str:
    """The SQL of one cell. `field` is None for a system column."""
    name = f'"{column.table.name}"."{column.name}"'
    like = None if field is None else values.leaf(field)
    if scale := 0 if field is None else values.scale_of(field):
        sign, whole, rest = (
            f"iif({name} < 0, '-', '')",
            f"abs({name}) / {10**scale}",
            f"abs({name}) % {10**scale}",
        )
        return f"iif({name} IS NULL, '', format('%s%d.%0{scale}d', {sign}, {whole}, {rest}))"
    if isinstance(like, f.YesNo):
        return f"iif({name} IS NULL, '', iif({name}, 'true', 'false'))"
    return f"ifnull({name}, '')"


def line(cells: Sequence[str]) -> str:
    """The SQL of one whole line, in which no cell is quoted."""
    return f"concat_ws(',', {', '.join(cells)})"


def along(
    raw: Raw, sql: str, params: tuple[object, ...], after: int, table: str, cells: Sequence[str]
) -> Iterator[Piece]:
    """The lines that a statement gives (`pk`, `place`, `line`) behind a place and `pk`, its last two parameters, in the order of both; a
    few thousand at a time, which SQLite puts together: fetching each line by itself takes as long as making it.
    """
    at_once = (
        "SELECT count(*), max(place), group_concat(pk), CAST(group_concat(line, char(13, 10)) AS BLOB) "
        f"FROM ({sql} LIMIT {_AT_ONCE})"
    )
    last = (after, _GREATEST)
    while True:
        count, place, numbers, text = raw.execute(at_once, (*params, *last)).fetchone()
        if not count:
            return
        pks = numbers.split(",")
        yield count, _quoted(raw, table, cells, pks, text) + b"\r\n"
        last = place, int(pks[-1])


def rows(raw: Raw, sql: str, params: tuple[object, ...], table: str, cells: Sequence[str]) -> Iterator[Piece]:
    """The lines that a statement gives (`pk`, `line`) in its own order; a few thousand at a time."""
    cursor = raw.cursor()
    try:
        cursor.execute(sql, params)
        while found := cursor.fetchmany(_AT_ONCE):
            pks, lines = zip(*found, strict=True)
            text = "\r\n".join(lines).encode()
            yield len(found), _quoted(raw, table, cells, pks, text) + b"\r\n"
    finally:
        cursor.close()


def _quoted(raw: Raw, table: str, cells: Sequence[str], pks: Sequence[object], text: bytes) -> bytes:
    """Lines in which nothing is quoted as they must be.

    Looking through every cell for what is to be quoted takes longer than all the rest. So lines are looked at together, and the few
    that have more commas than cells, or a quote or a line break, are made once more from their cells.
    """
    commas, breaks = len(cells) - 1, len(pks) - 1
    if len(text) - len(text.translate(None, _SPECIAL)) == commas * len(pks) + 2 * breaks:
        return text
    lines = text.split(b"\r\n")
    if text.count(b"\n") == text.count(b"\r") == breaks == len(lines) - 1:
        special = [at for at, one in enumerate(lines) if one.count(b",") != commas or b'"' in one]
    else:
        lines, special = [b""] * len(pks), list(range(len(pks)))
    wanted = ", ".join(str(pks[at]) for at in special)
    again = raw.execute(f'SELECT pk, {", ".join(cells)} FROM "{table}" WHERE pk IN ({wanted})')
    written: list[str] = []
    writer = csv.writer(SimpleNamespace(write=written.append), lineterminator="\r\n")
    by_pk = {}
    for pk, *row in again:
        writer.writerow(row)
        by_pk[pk] = written.pop().removesuffix("\r\n").encode()
    for at in special:
        lines[at] = by_pk[int(str(pks[at]))]
    return b"\r\n".join(lines)
