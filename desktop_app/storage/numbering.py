"""Register numbers: `PJU-LAP/187204/2026/000123`, one counter per office, kind, year and installation."""

from __future__ import annotations

import sqlalchemy as sa

from desktop_app.core.spec import Kind
from desktop_app.storage.tables import Tables


def prefix_of(kind: Kind, site_code: str, letter: str, year: int) -> str:
    """What stands before the running number; the letter tells apart two PCs of one office."""
    return f"{kind.number}/{site_code.replace('.', '')}/{year}/{letter}"


class Numbers:
    """The counters that a writer has used; stored once, before it commits."""

    def __init__(self, connection: sa.Connection, tables: Tables) -> None:
        self._connection = connection
        self._table = tables.number
        self._last: dict[str, int] = {}
        self._stored: dict[str, int] = {}

    def next(self, prefix: str) -> str:
        """The next register number with this prefix."""
        if prefix not in self._last:
            query = sa.select(self._table.c.last).where(self._table.c.prefix == prefix)
            self._stored[prefix] = self._last[prefix] = int(self._connection.execute(query).scalar() or 0)
        self._last[prefix] += 1
        return f"{prefix}{self._last[prefix]:06d}"

    def save(self) -> None:
        """Store the counters."""
        for prefix, last in self._last.items():
            if not self._stored[prefix]:
                self._connection.execute(sa.insert(self._table), {"prefix": prefix, "last": last})
            elif last != self._stored[prefix]:
                same = self._table.c.prefix == sa.bindparam("of")
                self._connection.execute(sa.update(self._table).where(same), {"of": prefix, "last": last})
        self._stored = dict(self._last)
