"""The parts that all forms of the cemetery and slum sections share are wired into each of them: place and closing rules."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal as Number
from typing import Any

import pytest

from tests.unit.records import graveyard, settlement
from tests.unit.records.house import House

CLERK = "Sri Wahyuni"
KINDS = [
    kind.name for kind in (*graveyard.KINDS, *settlement.KINDS) if kind.section in ("cemeteries", "slums")
]
PLACED = ["cemetery", "grave_plot", "slum_unit"]


@pytest.fixture
def house() -> House:
    house = House((*graveyard.KINDS, *settlement.KINDS))
    house.put("region", "18.72.04", {"code": "18.72.04", "level": "district", "name": "Metro Timur"})
    house.put("region", "18.09.01.2001", {"code": "18.09.01.2001", "level": "village", "name": "Jauh"})
    return house


@pytest.mark.parametrize("kind", KINDS)
def test_the_second_person_and_personal_data_in_notes(house: House, kind: str):
    plain = house.said(house.make(kind, "new", {"verified_by": "Agus Prasetyo", "notes": "Makam tua"}))
    odd = house.said(house.make(kind, "new", {"verified_by": CLERK, "notes": "HP 0812-3456-7890"}))
    assert set(odd) - set(plain) == {
        f"verified_by: Verified by the person who entered it: {CLERK}. A second person should.",
        "notes: The notes seem to hold a NIK or a telephone number. Put it into a masked field instead (UU 27/2022).",
    }


@pytest.mark.parametrize("kind", KINDS)
def test_a_verification_does_not_lie_ahead(house: House, kind: str):
    ahead = dt.datetime(2026, 11, 23, 3, tzinfo=dt.UTC)
    said = house.said(
        house.make(kind, "new", {"verified_by": "Agus Prasetyo", "verified_at": ahead}), "error"
    )
    assert "verified_at: Verified at 23/11/2026 10.00 is still to come." in said


@pytest.mark.parametrize("kind", PLACED)
@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            {"latitude": Number("-12.1167")},
            "latitude: Latitude -12,1167 is outside Indonesia (−11.1 to 6.1).",
        ),
        ({"longitude": Number("15.3")}, "longitude: Longitude 15,3000 is outside Indonesia (94.9 to 141.1)."),
        ({"longitude": None}, "longitude: Latitude and longitude must be given together."),
        ({"latitude": Number("-5.3")}, "latitude: The position -5,3000, 105,3000 is outside the city."),
        ({"longitude": Number(105)}, "longitude: The position -5,1167, 105,0000 seems rounded to a degree."),
        ({"village_code": "18.72.04"}, "village_code: Metro Timur is not a village."),
        ({"village_code": "18.09.01.2001"}, "village_code: Jauh is outside this city."),
    ],
)
def test_an_odd_place(house: House, kind: str, change: dict[str, Any], said: str):
    place: dict[str, Any] = {
        "latitude": Number("-5.1167"),
        "longitude": Number("105.3"),
        "coord_source": "GPS",
    }
    plain = house.said(house.make(kind, "new", place))
    assert said in set(house.said(house.make(kind, "new", {**place, **change}))) - set(plain)
