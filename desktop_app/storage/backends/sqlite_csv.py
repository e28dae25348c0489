"""Machine CSV straight from SQLite: each row is put together by one SQL expression, so that a million of them cost little Python.

The bytes are those of `formats.machine_csv.to_line`; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from desktop_app.core import fields as f
from desktop_app.core import values
from desktop_app.core.fields import Field
from desktop_app.storage.backends.base import Piece, Raw

_AT_ONCE = 2_000
_TO_BE_QUOTED = "'*[\",\n\r]*'"
"""Written out and not put together by SQLite: it would do so for every cell."""


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
    """The SQL of one whole line, as bytes, in which no cell is quoted."""
    return f"CAST(concat_ws(',', {', '.join(cells)}) AS BLOB)"


def _quoted(cell: str) -> str:
    return f"iif({cell} GLOB {_TO_BE_QUOTED}, format('\"%w\"', {cell}), {cell})"


def rows(raw: Raw, sql: str, params: tuple[object, ...], table: str, cells: Sequence[str]) -> Iterator[Piece]:
    """The lines that a statement gives (`pk`, `line`); a few thousand at a time.

    Looking through every cell for what is to be quoted takes longer than all the rest. So a line is looked at as a whole, and the few
    that have more commas than cells, or a quote or a line break, are asked for once more with their cells quoted.
    """
    again = f'SELECT pk, {line([_quoted(cell) for cell in cells])} FROM "{table}" WHERE pk IN '
    commas = len(cells) - 1
    cursor = raw.cursor()
    try:
        cursor.execute(sql, params)
        while found := cursor.fetchmany(_AT_ONCE):
            special = [
                pk
                for pk, text in found
                if text.count(b",") != commas or b'"' in text or b"\n" in text or b"\r" in text
            ]
            lines: dict[int, bytes] = dict(found)
            if special:
                lines.update(raw.execute(f"{again}({', '.join(map(str, special))})"))
            yield len(found), b"\r\n".join(lines.values()) + b"\r\n"
    finally:
        cursor.close()
