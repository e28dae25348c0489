"""Is the database sound?"""

from __future__ import annotations

from desktop_app.storage.backends import sqlite


def damage(raw: sqlite.Raw) -> list[str]:
    """What SQLite's own check finds, up to 100 sentences; empty when all is well."""
    return [str(row[0]) for row in raw.execute("PRAGMA integrity_check") if row[0] != "ok"]
