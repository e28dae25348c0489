"""What only headquarters may do."""

from __future__ import annotations

from desktop_app.core.errors import KnownError
from desktop_app.core.words import Words
from desktop_app.services.context import AppContext

HEADQUARTERS = "headquarters"


def is_headquarters(ctx: AppContext) -> bool:
    """Whether this installation is headquarters."""
    return ctx.settings.role == HEADQUARTERS


def refuse_elsewhere(ctx: AppContext, doing: Words) -> None:
    """Raise `KnownError` unless this is headquarters; `doing` goes on after "Only headquarters may ..."."""
    if is_headquarters(ctx):
        return
    here = ctx.settings.site_code
    raise KnownError(
        Words(
            f"Hanya pusat yang dapat {doing.id}; ini kantor {here}."
            if here
            else f"Hanya pusat yang dapat {doing.id}; komputer ini belum disiapkan.",
            f"Only headquarters may {doing.en}; this is office {here}."
            if here
            else f"Only headquarters may {doing.en}; this computer is not set up yet.",
        )
    )
