"""Derived figures: computed from the declaration, never typed. The stored ones are set anew at every write."""

from __future__ import annotations

from desktop_app.core.fields import Computed, Value
from desktop_app.core.record import View


def compute(view: View) -> None:
    """Set the stored computed fields of the record and of its lines, lines first, in declared order."""
    for lines in view.kind.lines:
        if not view.record.lines.get(lines.name):
            continue
        derived = [field for field in lines.fields if isinstance(field, Computed) and field.stored]
        for row, line in zip(view.rows(lines.name), view.record.lines.get(lines.name, ()), strict=True):
            for field in derived:
                line.values[field.name] = field.of(row)
    for field in view.kind.computed_fields:
        if field.stored:
            view.record.values[field.name] = field.of(view)


def figure(view: View, field: Computed) -> Value:
    """The present value of one computed field, stored or not (the ones that ask other records are not stored)."""
    return field.of(view)
