"""Plausible records of every kind, in the order in which they can refer to each other: for demo data and for tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice

from desktop_app.core.record import Record
from desktop_app.records.cemeteries import samples as cemeteries
from desktop_app.records.lighting import samples as lighting
from desktop_app.records.parks import samples as parks
from desktop_app.records.sampling import World
from desktop_app.records.shared import samples as shared
from desktop_app.records.slums import samples as slums

Sample = Callable[[World], Record]

SAMPLES: Mapping[str, Sample] = {
    "region": shared.region,
    "crew": shared.crew,
    "material": shared.material,
    "power_panel": lighting.power_panel,
    "light_point": lighting.light_point,
    "streetlight_repair": lighting.streetlight_repair,
    "park": parks.park,
    "park_work": parks.park_work,
    "tree_request": parks.tree_request,
    "cemetery": cemeteries.cemetery,
    "grave_plot": cemeteries.grave_plot,
    "burial": cemeteries.burial,
    "plot_permit": cemeteries.plot_permit,
    "slum_decree": slums.slum_decree,
    "slum_unit": slums.slum_unit,
    "slum_assessment": slums.slum_assessment,
    "slum_intervention": slums.slum_intervention,
    "slum_target": slums.slum_target,
    "attachment": shared.attachment,
    "conflict": shared.conflict,
    "proposal": shared.proposal,
}

_PER_THOUSAND = {
    "power_panel": 10,
    "light_point": 120,
    "streetlight_repair": 400,
    "park": 5,
    "park_work": 200,
    "tree_request": 25,
    "cemetery": 1,
    "grave_plot": 110,
    "burial": 80,
    "plot_permit": 30,
    "slum_decree": 0,
    "slum_unit": 4,
    "slum_assessment": 4,
    "slum_intervention": 6,
    "slum_target": 0,
    "attachment": 0,
    "conflict": 0,
    "proposal": 0,
}
_AT_LEAST = {
    "crew": 9,
    "material": 16,
    "cemetery": 2,
    "slum_decree": 1,
    "slum_target": 3,
    "slum_unit": 4,
    "attachment": 0,
    "conflict": 0,
    "proposal": 0,
}
"""A demo has no photos, whose pictures would have to be made up too, no conflicts, which only merging finds, and no proposals. A city has nine crews whether it has a thousand lamps or ten thousand; a small demo has fewer."""

_AT_MOST = {"power_panel": 400, "park": 80, "cemetery": 20, "slum_unit": 200, "slum_assessment": 200}
"""Nor does it get more parks because more work was done in them. A unit can be assessed once at least, and once a year."""

ONE_EACH = {"slum_assessment": "slum_unit"}
"""Of these there can only be as many as of what they are about."""


def counts(total: int) -> dict[str, int]:
    """How many of each kind a demo of `total` records has, in the order in which they are made; regions are not among them."""
    wanted = {name: _share(name, total) for name in SAMPLES if name != "region"}
    wanted["streetlight_repair"] = max(1, wanted["streetlight_repair"] + total - sum(wanted.values()))
    return wanted


def _share(name: str, total: int) -> int:
    least = min(_AT_LEAST.get(name, 1), max(1, total // 25))
    return min(max(least, total * _PER_THOUSAND.get(name, 0) // 1000), _AT_MOST.get(name, total))


def make(world: World, total: int) -> Iterator[Record]:
    """`total` records over all kinds that offices write, each after those that it refers to; from 20 on some of every kind."""
    yield from islice(
        (SAMPLES[name](world) for name, number in counts(total).items() for _ in range(number)), total
    )
