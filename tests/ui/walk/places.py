"""Which places of the program the ordinary tests go to, and which only the heavy ones."""

from __future__ import annotations

import pytest

from tests.ui.walk.theatre import EMPTY, FIRST, HEADQUARTERS, OFFICE

PLACES = {"office": OFFICE, "headquarters": HEADQUARTERS, "empty": EMPTY, "first": FIRST}


def everywhere(**sample: str):
    """A parameter for every place of the program; those not named in `sample` ("home settings", by office, headquarters…) are heavy."""
    return [
        pytest.param(
            place,
            station,
            id=f"{place}-{station.name}",
            marks=() if station.name in sample.get(place, "").split() else pytest.mark.heavy,
        )
        for place, stations in PLACES.items()
        for station in stations
    ]
