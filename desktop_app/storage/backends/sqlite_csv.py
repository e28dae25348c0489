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
    if field is None:
        return _text(name) if isinstance(column.type, sa.Text) else f"ifnull({name}, '')"
    like, scale = values.leaf(field), values.scale_of(field)
    if scale == 0:
        return f"ifnull({name}, '')"
    if scale:
        sign, whole, rest = (
            f"iif({name} < 0, '-', '')",
            f"abs({name}) / {10**scale}",
            f"abs({name}) % {10**scale}",
        )
        return f"iif({name} IS NULL, '', format('%s%d.%0{scale}d', {sign}, {whole}, {rest}))"
    if isinstance(like, f.YesNo):
        return f"iif({name} IS NULL, '', iif({name}, 'true', 'false'))"
    if values.is_whole_number(field) or isinstance(like, f.Date | f.Time | f.Timestamp):
        return f"ifnull({name}, '')"
    return _text(name)


def _text(name: str) -> str:
    quoted = f"format('\"%w\"', {name})"
    return f"iif({name} GLOB {_TO_BE_QUOTED}, {quoted}, ifnull({name}, ''))"


def line(cells: Sequence[str]) -> str:
    """The SQL of one whole line, as bytes."""
    return f"CAST(concat_ws(',', {', '.join(cells)}) AS BLOB)"


def rows(raw: Raw, sql: str, params: tuple[object, ...]) -> Iterator[Piece]:
    """The lines that a statement gives; a few thousand at a time."""
    cursor = raw.cursor()
    try:
        cursor.execute(sql, params)
        while found := cursor.fetchmany(_AT_ONCE):
            yield len(found), b"\r\n".join([row[0] for row in found]) + b"\r\n"
    finally:
        cursor.close()
