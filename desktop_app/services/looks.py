"""Masked personal numbers shown to somebody: each look is in the journal, who, when, which record and field (UU 27/2022)."""

from __future__ import annotations

from desktop_app.core.errors import UsageError
from desktop_app.core.show import masks
from desktop_app.core.words import Words
from desktop_app.services.context import AppContext


def look(ctx: AppContext, kind: str, uid: str, field: str) -> None:
    """Enter into the journal that the person at the keyboard has this field shown; durable when it returns, and only then show it.

    Raises `UsageError` for a field that is not masked, or a record that is not here.
    """
    declared = ctx.kind(kind)
    if field not in declared.by_name or not masks(declared.by_name[field]):
        raise UsageError(
            Words(f"{declared.id}: '{field}' tidak disamarkan.", f"{declared.en}: '{field}' is not masked."),
            field,
        )
    with ctx.store.writing(ctx.person) as writer:
        writer.looked(kind, uid, field)
