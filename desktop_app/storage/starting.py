"""What a starter file is made of besides rows, and whether a computer is still without any of its own."""

from __future__ import annotations

import sqlalchemy as sa

from desktop_app.storage.read import Reader

_MOST = 50
"""Names of people; an office has three or four, over the years."""


def writers(reader: Reader, site_code: str) -> list[str]:
    """Who wrote records of an office, those who wrote most first."""
    counted: dict[str, int] = {}
    for table in reader.tables.main.values():
        number = (
            sa.select(table.c.entry_by, sa.func.count())
            .where(table.c.site_code == site_code, table.c.entry_by.is_not(None))
            .group_by(table.c.entry_by)
        )
        for name, count in reader.connection.execute(number):
            counted[name] = counted.get(name, 0) + count
    return sorted(counted, key=lambda name: (-counted[name], name))[:_MOST]


def has_own(reader: Reader, site_code: str) -> bool:
    """Whether there are records of this office here."""
    return any(
        reader.connection.execute(
            sa.select(table.c.pk).where(table.c.site_code == site_code).limit(1)
        ).first()
        is not None
        for table in reader.tables.main.values()
    )
