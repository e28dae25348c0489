"""What Beranda shows: drafts to go on with, and per section what there is to do."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.core.query import Query
from desktop_app.core.words import Words
from desktop_app.services import drafts
from desktop_app.services.context import AppContext

_OPEN = Words("masih terbuka", "still open")
_ALL = Words("catatan", "records")


@dataclass(frozen=True)
class Count:
    """A number that is a door: the kind whose list lies behind it."""

    kind: str
    icon: str
    label: Words
    number: int
    note: Words


@dataclass(frozen=True)
class Overview:
    """The drafts, newest first, and the counts in the order of the sidebar."""

    drafts: list[drafts.Kept]
    counts: list[Count]


def overview(ctx: AppContext) -> Overview:
    """Count what is open (kinds with a life cycle) or there (the others), for the sections that this office uses."""
    counts = []
    with ctx.store.reading() as reader:
        for kind in ctx.registry:
            if not kind.own_page or kind.section not in ctx.settings.sections or kind.owner == "reference":
                continue
            works = kind.life_cycle is not None and kind.life_cycle.is_work and kind.owner == "office"
            number = reader.count(Query(kind.name, open_only=works))
            counts.append(Count(kind.name, kind.icon, kind.plural, number, _OPEN if works else _ALL))
    return Overview(drafts.all_kept(ctx), counts)
