"""Register numbers: `PJU-LAP/187204/2026/000123`, one counter per office, kind, year and installation."""

from __future__ import annotations

import sqlalchemy as sa

from desktop_app.core.spec import Kind
from desktop_app.storage import backends


def prefix_of(kind: Kind, site_code: str, letter: str, year: int) -> str:
    """What stands before the running number; the letter tells apart two PCs of one office."""
    return f"{kind.number}/{site_code.replace('.', '')}/{year}/{letter}"


class Numbers:
    """The counters that a writer has used; stored once, before it commits."""

    def __init__(self, connection: sa.Connection) -> None:
        self._here = backends.of(connection)
        self._last: dict[str, int] = {}

    def next(self, prefix: str) -> str:
        """The next register number with this prefix."""
        if prefix not in self._last:
            found = self._here.rows_with("number", ["last"], "prefix", [prefix])
            self._last[prefix] = int(found[0][0]) if found else 0
        self._last[prefix] += 1
        return f"{prefix}{self._last[prefix]:06d}"

    def save(self) -> None:
        """Store the counters."""
        for prefix, last in self._last.items():
            self._here.put("number", "prefix", {"prefix": prefix, "last": last})
