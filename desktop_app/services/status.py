"""What the status bar and the navigation tell: how much is unsent, when the last backup was proven, what is open."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from desktop_app.core import show
from desktop_app.core.query import Query
from desktop_app.core.words import Words
from desktop_app.services.context import AppContext

LAST_BACKUP = "last_backup"
"""The settings line that `services.upkeep.backup` writes: the moment of the last proven backup, ISO, UTC."""


class Status(NamedTuple):
    """Counts and the words about the backup; `open` counts per kind what is still to do.

    `unsent`: records of this office, removed ones too, that headquarters has not acknowledged; as long as nothing can be sent, all.
    """

    unsent: int
    backup: Words
    open: dict[str, int]


def status(ctx: AppContext) -> Status:
    """Count, for a worker."""
    with ctx.store.reading() as reader:
        lines = reader.settings()
        opened = {
            kind.name: reader.count(Query(kind.name, open_only=True))
            for kind in ctx.registry
            if kind.life_cycle is not None and kind.owner == "office"
        }
        own = [kind.name for kind in ctx.registry if kind.owner != "reference"]
        unsent = sum(reader.count(Query(name, removed=removed)) for name in own for removed in (False, True))
        return Status(unsent, _backup(ctx, lines.get(LAST_BACKUP)), opened)


def _backup(ctx: AppContext, last: str | None) -> Words:
    if not last:
        return Words("Belum ada cadangan", "No backup yet")
    day = dt.datetime.fromisoformat(last).astimezone(ctx.settings.zone).date()
    year = ctx.clock().astimezone(ctx.settings.zone).year
    said = show.date(day, this_year=year)
    return Words(f"Cadangan teruji {said}", f"Backup proven {said}")
