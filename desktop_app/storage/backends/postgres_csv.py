"""Machine CSV straight from PostgreSQL: each row is put together by one SQL expression, as `sqlite_csv` does it; the same bytes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any

import sqlalchemy as sa

from desktop_app.core import fields as f
from desktop_app.core import values
from desktop_app.core.fields import Field
from desktop_app.storage.backends.base import Piece, Raw

_AT_ONCE = 2_000
_TO_BE_QUOTED = "E'[\",\\n\\r]'"
_CURSORS = count()


def cell(column: sa.Column[Any], field: Field | None) -> str:
    """The SQL of one cell, never NULL. `field` is None for a system column."""
    name = f'"{column.table.name}"."{column.name}"'
    if field is None:
        return _text(name) if isinstance(column.type, sa.Text) else _number(name)
    like, scale = values.leaf(field), values.scale_of(field)
    if scale:
        sign, whole = f"CASE WHEN {name} < 0 THEN '-' ELSE '' END", f"(abs({name}) / {10**scale})::text"
        rest = f"lpad((abs({name}) % {10**scale})::text, {scale}, '0')"
        return f"coalesce({sign} || {whole} || '.' || {rest}, '')"
    if isinstance(like, f.YesNo):
        return f"CASE {name} WHEN 0 THEN 'false' ELSE CASE WHEN {name} IS NULL THEN '' ELSE 'true' END END"
    if scale == 0 or values.is_whole_number(field):
        return _number(name)
    if isinstance(like, f.Date | f.Time | f.Timestamp):
        return f"coalesce({name}, '')"
    return _text(name)


def _number(name: str) -> str:
    return f"coalesce({name}::text, '')"


def _text(name: str) -> str:
    quoted = f"""'"' || replace({name}, '"', '""') || '"'"""
    return f"CASE WHEN {name} ~ {_TO_BE_QUOTED} THEN {quoted} ELSE coalesce({name}, '') END"


def line(cells: Sequence[str]) -> str:
    """The SQL of one whole line, as bytes."""
    joined = " || ',' || ".join(f"({one})" for one in cells)
    return f"convert_to({joined}, 'UTF8')"


def rows(raw: Raw, sql: str, params: tuple[object, ...]) -> Iterator[Piece]:
    """The lines that a statement gives; a few thousand at a time, by a cursor of the server."""
    with raw.cursor(f"pelita_csv_{next(_CURSORS)}") as cursor:
        cursor.execute(sql, params, binary=True)
        while found := cursor.fetchmany(_AT_ONCE):
            yield len(found), b"\r\n".join([row[0] for row in found]) + b"\r\n"
