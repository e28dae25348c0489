"""The box that looks everywhere (Ctrl+K): records of all kinds of this office's pages, by number, asset code, name or any searched word."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, NamedTuple

from desktop_app.core.spec import Family, Kind, Registry, Shape
from desktop_app.services.context import AppContext
from desktop_app.services.lists import Stoppable
from desktop_app.storage.stopping import Stop

if TYPE_CHECKING:
    from desktop_app.storage.finding import Found

A_KIND = 4
"""So many hits a kind are shown; the list of the kind has the others."""
_SHARED = "shared"


class Hit(NamedTuple):
    """One record that was found, in words. `status` is empty for a kind without states."""

    kind: str
    uid: str
    title: str
    subtitle: str
    number: str
    status: str = ""
    family: Family | None = None
    shape: Shape | None = None


class Group(NamedTuple):
    """The hits of one kind; `more`: its list has others."""

    kind: Kind
    hits: list[Hit]
    more: bool


def kinds(registry: Registry, sections: tuple[str, ...]) -> list[Kind]:
    """The kinds that have a page in an office that uses these sections."""
    return [kind for kind in registry if kind.own_page and kind.section in (*sections, _SHARED)]


def everywhere(ctx: AppContext, typed: str, op: Stoppable | None = None) -> list[Group]:
    """What is called like this or holds these words, kind by kind; kinds with a record that is called just that come first.

    Raises `Cancelled` when `op` is stopped: the next letter has been typed.
    """
    from desktop_app.storage import finding  # noqa: PLC0415  (the first paint needs no database layer)

    if not typed.strip():
        return []
    stop = Stop()
    with (
        op.interruptible(stop) if op else nullcontext(),
        ctx.store.reading(stop, person=ctx.person) as reader,
    ):
        found = [
            (kind, finding.found(reader, kind, typed, A_KIND + 1))
            for kind in kinds(ctx.registry, ctx.settings.sections)
        ]
    groups = [
        (hits[0].rank != 0, Group(kind, [_hit(kind, hit) for hit in hits[:A_KIND]], len(hits) > A_KIND))
        for kind, hits in found
        if hits
    ]
    return [group for _, group in sorted(groups, key=lambda one: one[0])]


def _hit(kind: Kind, found: Found) -> Hit:
    number = found.record_no or found.code
    state = kind.life_cycle.by_code.get(found.status or "") if kind.life_cycle else None
    if state is None:
        return Hit(kind.name, found.uid, found.title, found.subtitle, number)
    words = state.label.say()
    return Hit(kind.name, found.uid, found.title, found.subtitle, number, words, state.family, state.shape)
