"""What the status bar and the navigation tell: how much is unsent, the last receipt, the last proven backup, what there is to do."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from desktop_app.core import show
from desktop_app.core.query import Query
from desktop_app.core.words import Words
from desktop_app.services.context import AppContext

if TYPE_CHECKING:
    from desktop_app.storage.read import Reader

LAST_BACKUP = "last_backup"
"""The settings line that `services.upkeep.backup` writes: the moment of the last proven backup, ISO, UTC."""


class Status(NamedTuple):
    """Counts and words; `open` counts per kind what is still to do.

    `unsent`: records of this office, removed ones too, that headquarters has not acknowledged (at headquarters none: what offices
    are to get goes with the next answer). `receipt`: what was acknowledged last. `returned`: given back and not corrected since.
    At headquarters `waiting` files set aside, `conflicts` to be decided and `flagged` records.
    """

    unsent: int
    backup: Words
    open: dict[str, int]
    receipt: Words
    returned: int = 0
    waiting: int = 0
    conflicts: int = 0
    flagged: int = 0


def status(ctx: AppContext) -> Status:
    """Count, for a worker."""
    with ctx.store.reading() as reader:
        # Only now: the window starts without the database layer, and this is asked while it is being drawn.
        from desktop_app.services import conflicts, proposals  # noqa: PLC0415
        from desktop_app.storage import exchanging, reviewing  # noqa: PLC0415

        opened = {
            kind.name: reader.count(Query(kind.name, open_only=True))
            for kind in ctx.registry
            if kind.life_cycle is not None and kind.owner == "office"
        }
        at_headquarters = ctx.settings.role == "headquarters"
        return Status(
            0 if at_headquarters else _unsent(ctx, reader),
            _backup(ctx, reader.settings().get(LAST_BACKUP)),
            opened,
            _receipt(ctx, reader),
            reviewing.number_returned(reader),
            len(exchanging.waiting(reader)) if at_headquarters else 0,
            conflicts.number_open(reader) + (proposals.number_undecided(reader) if at_headquarters else 0),
            sum(reviewing.numbers_to_review(reader).values()) if at_headquarters else 0,
        )


def _unsent(ctx: AppContext, reader: Reader) -> int:
    """By mark and `known_to`; as long as no headquarters is known, all of the office's own."""
    from desktop_app.storage import exchanging, reviewing  # noqa: PLC0415

    head = exchanging.headquarters(reader)
    after, known = (head.mark, head.site_id) if head else (0, "")
    return reviewing.number_unsent(reader, ctx.registry, ctx.settings.site_code, after, known)


def _receipt(ctx: AppContext, reader: Reader) -> Words:
    """The newest package that the other side has acknowledged."""
    from desktop_app.storage import exchanging  # noqa: PLC0415

    got = [
        (one.acknowledged_at, one.number) for one in exchanging.packages_out(reader) if one.acknowledged_at
    ]
    if not got:
        return Words("Belum ada tanda terima", "No receipt yet")
    at, number = max(got)
    said = _day(ctx, at)
    return Words(f"Tanda terima no. {number}, {said}", f"Receipt no. {number}, {said}")


def _backup(ctx: AppContext, last: str | None) -> Words:
    if not ctx.store.engines.is_file:
        return Words("Dicadangkan di server", "Backed up on the server")
    if not last:
        return Words("Belum ada cadangan", "No backup yet")
    said = _day(ctx, last)
    return Words(f"Cadangan teruji {said}", f"Backup proven {said}")


def _day(ctx: AppContext, moment: str) -> str:
    day = dt.datetime.fromisoformat(moment).astimezone(ctx.settings.zone).date()
    return show.date(day, this_year=ctx.clock().astimezone(ctx.settings.zone).year)
