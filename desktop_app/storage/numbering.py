"""Register numbers: `PJU-LAP/187204/2026/000123`, one counter per office, kind, year and installation."""

from __future__ import annotations

import sqlalchemy as sa

from desktop_app.core.spec import Kind
from desktop_app.storage.tables import Tables


def prefix_of(kind: Kind, site_code: str, letter: str, year: int) -> str:
    """What stands before the running number; the letter tells apart two PCs of one office."""
    return f"{kind.number}/{site_code.replace('.', '')}/{year}/{letter}"


def next_number(
    connection: sa.Connection, tables: Tables, kind: Kind, site_code: str, letter: str, year: int
) -> str | None:
    """The next register number; None for a kind that has none."""
    if not kind.number:
        return None
    prefix = prefix_of(kind, site_code, letter, year)
    return written(prefix, take(connection, tables, prefix, 1))


def written(prefix: str, number: int) -> str:
    """A register number."""
    return f"{prefix}{number:06d}"


def take(connection: sa.Connection, tables: Tables, prefix: str, how_many: int) -> int:
    """Take this many numbers from the counter; the first of them."""
    number = tables.number
    last = connection.execute(sa.select(number.c.last).where(number.c.prefix == prefix)).scalar()
    if last is None:
        connection.execute(sa.insert(number).values(prefix=prefix, last=how_many))
        return 1
    connection.execute(sa.update(number).where(number.c.prefix == prefix).values(last=last + how_many))
    return int(last) + 1
