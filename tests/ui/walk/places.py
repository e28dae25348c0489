"""Which places of the program the ordinary tests go to, which `.ci/run` goes to as well, and which only `python -m tests.soak walk`."""

from __future__ import annotations

import pytest

from tests.ui.walk.theatre import EMPTY, FIRST, HEADQUARTERS, OFFICE

_ONE_IN = 7
"""Of the other places `.ci/run` goes to each so many-th."""
PLACES = {"office": OFFICE, "headquarters": HEADQUARTERS, "empty": EMPTY, "first": FIRST}


def everywhere(**sample: str):
    """A parameter for every place of the program; those not named in `sample` ("home settings", by office, headquarters…) are heavy,
    and most of them `whole`.
    """
    every = [(place, station) for place, stations in PLACES.items() for station in stations]
    return [
        pytest.param(
            place,
            station,
            id=f"{place}-{station.name}",
            marks=() if station.name in sample.get(place, "").split() else _marks(number),
        )
        for number, (place, station) in enumerate(every)
    ]


def _marks(number: int) -> list[pytest.MarkDecorator]:
    return [pytest.mark.heavy, *([pytest.mark.whole] if number % _ONE_IN else [])]
