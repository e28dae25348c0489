"""The journal: who did what when, with the canonical texts before and after. It only grows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

import sqlalchemy as sa

from desktop_app.storage import backends
from desktop_app.storage.columns import from_moment
from desktop_app.storage.plain import Action, Change
from desktop_app.storage.tables import Tables

LOOKED = "looked"


@dataclass(frozen=True, slots=True)
class Entry:
    """What one save did to one field (or line, or the whole record)."""

    action: Action
    field: str | None = None
    old: str | None = None
    new: str | None = None
    lines: str | None = None
    line_uid: str | None = None
    reason: str | None = None


def enter(
    connection: sa.Connection,
    kind: str,
    uid: str,
    version: int,
    at: str,
    person: str,
    entries: Iterable[Entry],
) -> None:
    """Write the entries of one save."""
    same = {"kind": kind, "uid": uid, "version": version, "at": at, "person": person}
    rows = [
        same
        | {
            "action": entry.action,
            "field": entry.field,
            "old": entry.old or None,
            "new": entry.new or None,
            "lines": entry.lines,
            "line_uid": entry.line_uid,
            "reason": entry.reason,
        }
        for entry in entries
    ]
    backends.of(connection).insert("journal", rows)


def changes_of(
    connection: sa.Connection, tables: Tables, kind: str, uid: str, *, looks: bool
) -> list[Change]:
    """The journal of one record, oldest first; with or without who looked at a masked number, which changed nothing."""
    journal = tables.journal
    statement = sa.select(journal).where(journal.c.uid == uid, journal.c.kind == kind).order_by(journal.c.pk)
    if not looks:
        statement = statement.where(journal.c.action != LOOKED)
    found = []
    for row in connection.execute(statement):
        at = from_moment(row.at)
        if at is None:
            raise ValueError(f"journal entry {row.pk} has no time")
        texts = (
            row.field or "",
            row.old or "",
            row.new or "",
            row.lines or "",
            row.line_uid or "",
            row.reason or "",
        )
        found.append(Change(row.version, at, row.person, cast("Action", row.action), *texts))
    return found


_LOOK_BACK = 50_000
"""So many of the newest entries are looked through for somebody's last record: there is no index by person."""


def last_of(connection: sa.Connection, tables: Tables, kind: str, person: str) -> str | None:
    """The uid of the record of this kind that this person stored last; None when that is long ago, or never was."""
    journal = tables.journal
    newest = connection.execute(sa.select(sa.func.max(journal.c.pk))).scalar() or 0
    statement = (
        sa.select(journal.c.uid)
        .where(
            journal.c.pk > newest - _LOOK_BACK,
            journal.c.kind == kind,
            journal.c.person == person,
            journal.c.action.in_(("created", "changed", "moved")),
        )
        .order_by(journal.c.pk.desc())
        .limit(1)
    )
    return connection.execute(statement).scalar()
