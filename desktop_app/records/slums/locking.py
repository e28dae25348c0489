"""A locked record stays as it is: what was verified for a year changes only after the head unlocked it (domain.md 6.3)."""

from __future__ import annotations

from desktop_app.core.fields import Computed
from desktop_app.core.record import Record, View

FREE = frozenset({"notes", "accepted_warnings", "verified_by", "verified_at"})
"""Fields that say something about the record, not about what was found."""


def changed_though_locked(r: View) -> bool:
    """Whether a record that stands as LOCKED, before and after, differs from what is stored."""
    if r.status != "LOCKED":
        return False
    stored = r.ask.get(r.kind.name, r.uid)
    return stored is not None and stored.status == "LOCKED" and _content(r, stored) != _content(r, r.record)


def _content(r: View, record: Record) -> object:
    values = {
        field.name: record.values.get(field.name) for field in r.kind.stored_fields if field.name not in FREE
    }
    typed = {
        lines.name: [field.name for field in lines.fields if not isinstance(field, Computed)]
        for lines in r.kind.lines
    }
    cells = {
        (name, line.uid): [line.values.get(column) for column in columns]
        for name, columns in typed.items()
        for line in record.lines.get(name, [])
    }
    return values, cells
