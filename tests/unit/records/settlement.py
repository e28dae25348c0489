"""Slum units under a decree, with their assessments, as the tests of the section use them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal as Number
from typing import Any

from desktop_app.core.record import Record
from desktop_app.records.shared import region
from desktop_app.records.slums import (
    scoring,
    slum_assessment,
    slum_decree,
    slum_intervention,
    slum_target,
    slum_unit,
)
from tests.unit.records.house import House

KINDS = (
    slum_decree.KIND,
    slum_unit.KIND,
    slum_assessment.KIND,
    slum_intervention.KIND,
    slum_target.KIND,
    region.KIND,
)
DECREE: dict[str, Any] = {
    "decree_no": "658/440/2024",
    "decree_date": dt.date(2024, 4, 2),
    "total_area_ha": Number("86.00"),
}
FIGURES: dict[str, Any] = {
    "buildings": 50,
    "households": 60,
    "population": 201,
    "verified_area_ha": Number("4.63"),
    "ideal_road_m": Number(780),
    "ideal_drain_m": Number(385),
}
UNIT: dict[str, Any] = {
    "decree": "decree",
    "area_name": "Iringmulyo",
    "village_code": "18.72.04.1003",
    "rt": "001",
    "rw": "005",
    "decree_area_ha": Number("4.63"),
    "tenure": "LEGAL",
    "spatial_fit": "SESUAI",
    **FIGURES,
}
BAD: Mapping[str, int] = {"2b": 605, "3a": 54, "4c": 310, "6a": 60, "6b": 60, "7a": 50, "7b": 50}
"""Volumes of a unit of 35 points (light slum)."""


def settlement(settings: Any = None) -> House:
    """A decree with one unit in it."""
    house = House(KINDS, settings)
    house.put("region", "18.72.04.1003", {"code": "18.72.04.1003", "level": "village", "name": "Iring Mulyo"})
    house.put("slum_decree", "decree", DECREE)
    house.put("slum_unit", "unit", UNIT)
    return house


def unit(house: House, uid: str = "new", status: str | None = None, **change: Any) -> Record:
    """A unit being typed."""
    return house.make("slum_unit", uid, {**UNIT, "rt": "002", **change}, status=status)


def assessment(
    house: House, uid: str = "new", volumes: Mapping[str, Any] = BAD, status: str | None = None, **change: Any
) -> Record:
    """An assessment being typed: all criteria, 0 where nothing is said."""
    values = {
        "unit": "unit",
        "year": 2025,
        "stage": "BASELINE",
        "assessed_on": dt.date(2025, 3, 4),
        **FIGURES,
        **change,
    }
    lines: Any = {
        "criteria": [
            {"criterion": name, "volume": Number(str(volumes.get(name, 0)))} for name in scoring.DENOMINATORS
        ]
    }
    return house.make("slum_assessment", uid, values, lines, status)


def keep(house: House, record: Record) -> Record:
    """The record stands in the house from now on."""
    house.records[record.uid] = record
    record.version = 1
    return record
