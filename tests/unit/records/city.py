"""A small city in memory: its regions, a crew, a material, a panel, a lamp, a park, and slips that are in order."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from desktop_app.core.record import Moved, Record
from desktop_app.core.settings import Settings
from desktop_app.records.registry import REGISTRY
from tests.unit.records.house import NOW, House

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
VILLAGE = "18.72.04.1003"
HERE: dict[str, Any] = {
    "street_name": "Jl. Jenderal Sudirman",
    "village_code": VILLAGE,
    "latitude": Decimal("-5.121"),
    "longitude": Decimal("105.318"),
    "coord_source": "GPS",
}
ORDERLY: dict[str, dict[str, Any]] = {
    "region": {
        "code": "18.72.04.1004",
        "level": "village",
        "name": "Yosorejo",
        "parent_code": "18.72.04",
        "village_type": "KELURAHAN",
    },
    "crew": {"name": "Regu 7", "leader": "Joko Susanto"},
    "material": {"code": "MCB-10", "name": "MCB 10 A", "unit": "PIECE"},
    "power_panel": {
        "panel_code": "PNL-1872-0007",
        "panel_name": "PJU Sudirman",
        "condition": "GOOD",
        **HERE,
        "supply_type": "METERED",
        "idpel": "175300000007",
        "connected_power_va": 3440,
    },
    "light_point": {
        "lamp_code": "PJU-0117",
        "lamp_type": "LED",
        "power_w": 90,
        **HERE,
        "road_status": "CITY",
        "pole_code": "T-117",
        "pole_type": "ROUND",
    },
    "streetlight_repair": {
        "received_at": NOW - DAY,
        "channel": "WHATSAPP",
        "category": "LAMP_OUT",
        "lamp": "lamp",
        **HERE,
    },
    "park": {
        "park_name": "Taman Samber",
        "park_code": "TMN-7",
        "rth_type": "PLAYGROUND",
        "area_m2": Decimal(2500),
        "maintenance_class": "B",
        "manager": "AGENCY",
        **HERE,
    },
    "park_work": {"park": "park", "activity": "MOWING", "work_date": dt.date(2026, 11, 20), "crew": "crew"},
    "tree_request": {
        "received_at": NOW - 9 * DAY,
        "channel": "LETTER",
        "category": "TREE_PRUNE",
        "applicant_name": "Siti Rahayu",
        **HERE,
    },
}
DONE: dict[str, Any] = {
    "crew": "crew",
    "planned_date": dt.date(2026, 11, 21),
    "started_at": NOW - 5 * HOUR,
    "finished_at": NOW - 4 * HOUR,
    "points_fixed": 1,
    "result": "FIXED",
    "fault_component": "DRIVER",
    "action": "REPLACE",
}


def city(**settings: Any) -> House:
    """The regions around, and one of each thing that slips refer to, under plain ids."""
    house = House(REGISTRY.kinds, Settings(site_code="18.72.04", **settings))
    for code, level, name in (
        ("18", "province", "Lampung"),
        ("18.72", "regency", "Kota Metro"),
        ("18.72.04", "district", "Metro Timur"),
        (VILLAGE, "village", "Iring Mulyo"),
        ("35.06.01.2001", "village", "Juwet"),
    ):
        house.put("region", code, {"code": code, "level": level, "name": name})
    house.put(
        "crew", "crew", {"name": "Regu 2", "vehicle": "Mobil tangga BE 9042 F", "leader": "Agus Prasetyo"}
    )
    house.put("material", "material", {"code": "LED-90", "name": "Lampu LED 90 W", "unit": "PIECE"})
    house.put(
        "power_panel",
        "panel",
        {**ORDERLY["power_panel"], "panel_code": "PNL-1872-0001", "idpel": "175300000001"},
    )
    house.put(
        "light_point",
        "lamp",
        {**ORDERLY["light_point"], "lamp_code": "PJU-0042", "pole_code": "T-42", "panel": "panel"},
    )
    house.put("park", "park", {**ORDERLY["park"], "park_name": "Taman Merdeka", "park_code": "TMN-1"})
    return house


def slip(house: House, kind: str, **values: Any) -> Record:
    """A new record that is in order but for these values; `status`, `lines`, `moves` and `version` may be given too."""
    status, lines = values.pop("status", None), values.pop("lines", None)
    moves, version = values.pop("moves", ()), values.pop("version", 0)
    made = house.make(kind, "new", {**ORDERLY[kind], **values}, lines, status)
    made.moves, made.version = list(moves), version
    return made


def moved(*steps: tuple[str, str], by: str = "Agus Prasetyo", at: dt.datetime = NOW - HOUR) -> list[Moved]:
    """Steps (move, state reached) in this order."""
    before, made = None, []
    for number, (name, after) in enumerate(steps):
        made.append(Moved(f"move-{number}", name, before, after, at, by))
        before = after
    return made
