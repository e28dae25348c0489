"""A cemetery with plots, burials and permits, as the tests of the section use it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal as Number
from typing import Any

from desktop_app.core.record import Record
from desktop_app.records.cemeteries import burial, cemetery, grave_plot, plot_permit
from desktop_app.records.shared import region
from tests.unit.records.house import House, Lines

KINDS = (cemetery.KIND, grave_plot.KIND, burial.KIND, plot_permit.KIND, region.KIND)
BURIAL: dict[str, Any] = {
    "cemetery": "tpu",
    "plot": "plot",
    "burial_date": dt.date(2026, 11, 5),
    "deceased_name": "Sukirman",
    "deceased_nik": "1872040311500012",
    "deceased_sex": "M",
    "deceased_birth_date": dt.date(1950, 11, 3),
    "death_date": dt.date(2026, 11, 4),
    "deceased_religion": "ISLAM",
    "deceased_village_code": "18.72.04.1003",
    "village_letter_no": "474.3/12/2026",
    "heir_name": "Siti Aminah",
    "heir_relationship": "SPOUSE",
}
STACKED: dict[str, Any] = {
    **BURIAL,
    "burial_kind": "STACKED",
    "stack_level": 2,
    "deceased_name": "Hartini",
    "deceased_nik": "1872044301520011",
    "deceased_sex": "F",
    "deceased_birth_date": dt.date(1952, 1, 3),
    "consent_letter_no": "SP-01",
    "consent_date": dt.date(2026, 11, 4),
    "consent_heir": "Siti Aminah",
}
PERMIT: dict[str, Any] = {
    "cemetery": "tpu",
    "plot": "plot",
    "burial": "sukirman",
    "application_date": dt.date(2026, 11, 6),
    "heir_name": "Siti Aminah",
    "heir_nik": "1872044507800021",
    "heir_relationship": "SPOUSE",
    "permit_no": "469/0123/IPTM/2026",
    "issued_date": dt.date(2026, 11, 12),
    "valid_from": dt.date(2026, 11, 12),
    "valid_until": dt.date(2029, 11, 11),
    "validity_months": 36,
}


def graveyard(*, max_stack: int = 2) -> House:
    """A cemetery with one plot in its block for Muslims, and an empty one beside it."""
    house = House(KINDS)
    house.put("region", "18.72.04.1003", {"code": "18.72.04.1003", "level": "village", "name": "Iring Mulyo"})
    house.put(
        "cemetery",
        "tpu",
        {
            "cemetery_code": "TPU01",
            "name": "TPU Mulyojati",
            "area_m2": Number(8000),
            "village_code": "18.72.04.1003",
        },
    )
    for uid, code in (("plot", "TPU01-A-03-017"), ("other", "TPU01-A-03-018")):
        house.put(
            "grave_plot",
            uid,
            {"cemetery": "tpu", "plot_code": code, "block_religion": "ISLAM", "max_stack": max_stack},
        )
    return house


def buried(house: House, uid: str, on: dt.date, status: str = "BURIED", **more: Any) -> Record:
    """Somebody who lies in the plot since that day."""
    values = {
        **BURIAL,
        "burial_date": on,
        "death_date": on,
        "deceased_nik": None,
        "deceased_nik_absent_reason": "LEGACY_RECORD",
        "deceased_name": uid.title(),
        **more,
    }
    return house.put("burial", uid, values, status=status)


def burial_slip(house: House, uid: str = "new", status: str | None = None, **change: Any) -> Record:
    """A burial being typed: a right one, with these changes."""
    return house.make("burial", uid, {**BURIAL, **change}, status=status)


def stacking(house: House, **change: Any) -> Record:
    """A stacked burial being typed: a right one, with these changes."""
    return house.make("burial", "new", {**STACKED, **change})


def permit(
    house: House, uid: str = "new", status: str | None = None, lines: Lines | None = None, **change: Any
) -> Record:
    """A permit being typed: a right one, with these changes."""
    return house.make("plot_permit", uid, {**PERMIT, **change}, lines, status)
