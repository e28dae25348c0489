"""Databases around an update: a copy on which the new version rehearses, and the way back when it failed all the same."""

from __future__ import annotations

import logging
from contextlib import closing
from pathlib import Path

from desktop_app import place
from desktop_app.core.errors import KnownError
from desktop_app.storage.backends import sqlite
from desktop_app.storage.glance import FILE
from desktop_app.storage.upkeep import backup, revision
from desktop_app.storage.upkeep.migrate import BEFORE_UPGRADES

_log = logging.getLogger(__name__)


def put_back(folder: Path, migrations: Path | None = None) -> bool:
    """Put the copy made before the upgrade back, where a newer version upgraded the database and nothing was recorded since.

    Nobody may have the folder open. The upgraded database is kept beside it. True when it was put back; False when there is nothing
    to put back, or when records were made since: then the database is left alone.
    """
    file = folder / FILE
    steps = revision.steps(migrations or place.migrations())
    if not file.exists() or not steps:
        return False
    now, recorded = _state(file)
    if now is None or now in steps:
        return False
    for copy in sorted((folder / BEFORE_UPGRADES).glob("pelita-*.db"), key=_made, reverse=True):
        before, recorded_then = _state(copy)
        if before in steps and recorded is not None and recorded == recorded_then:
            backup.put_in_place(copy, file)
            _log.info("the copy from before step %s is back", now)
            return True
        _log.info("the copy %s is not what the upgraded database was", copy.name)
        return False
    return False


def _made(copy: Path) -> str:
    """Copies are called pelita-<step>-<moment>.db."""
    return copy.stem.rpartition("-")[2]


def _state(file: Path) -> tuple[str | None, tuple[str, int] | None]:
    """At which step a database stands, and whose how manieth change it has seen; None where that can't be told."""
    try:
        with closing(sqlite.open_unprepared(file)) as raw:
            step = revision.of(raw)
            row = raw.execute("SELECT site_id, change_no FROM site").fetchone()
    except (sqlite.Damaged, KnownError):
        return None, None
    return step, (str(row[0]), int(row[1])) if row else None
