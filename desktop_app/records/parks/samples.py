"""Plausible parks, work in them, and tree requests."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal as Number

from desktop_app.core.fields import Value
from desktop_app.core.record import Line, Record
from desktop_app.records.common import PLACE
from desktop_app.records.parks import park as park_kind
from desktop_app.records.parks import park_work as work_kind
from desktop_app.records.parks import tree_request as tree_kind
from desktop_app.records.sampling import Step, World

_TYPES = (
    "VILLAGE",
    "DISTRICT",
    "GREEN_STRIP",
    "MEDIAN",
    "ROUNDABOUT",
    "NEIGHBOURHOOD_RW",
    "PLAYGROUND",
    "SPORT_FIELD",
)
_NAMES = (
    "Merdeka",
    "Ki Hajar Dewantara",
    "Samber",
    "Pinang",
    "Bougenville",
    "Kartini",
    "Garuda",
    "Nusantara",
    "Teratai",
)
_WORK = (
    ("SWEEPING", "M2", 200, 3000),
    ("SWEEPING", "M2", 200, 3000),
    ("WATERING", "LITRE", 500, 5000),
    ("WEEDING", "M2", 50, 800),
    ("MOWING", "M2", 200, 4000),
    ("SHRUB_TRIM", "M", 20, 200),
    ("TREE_PRUNING", "TREE", 1, 12),
    ("FERTILIZING", "KG", 10, 80),
    ("WASTE_HAUL", "TRIP", 1, 5),
    ("DRAIN_CLEANING", "M", 20, 150),
)
_SCHEDULES: tuple[tuple[str, str, int | None], ...] = (
    ("SWEEPING", "DAILY", None),
    ("WATERING", "TIMES_PER_WEEK", 3),
    ("MOWING", "EVERY_N_DAYS", 10),
    ("FERTILIZING", "QUARTERLY", None),
)
_REASONS = (
    "Dahan menutupi lampu jalan.",
    "Pohon miring ke rumah warga.",
    "Akar merusak trotoar.",
    "Ranting menyentuh kabel.",
)


def park(world: World) -> Record:
    """A park with a maintenance schedule."""
    number = world.number("park")
    area = world.decimal(300, 30_000, 2)
    at = world.moment(world.day(800, 400))
    values: dict[str, Value] = {
        "park_name": f"Taman {world.one(_NAMES)} {number}",
        "park_code": f"TMN-1872-{world.mark}{number:04d}",
        "rth_type": world.one(_TYPES),
        "active_passive": world.one(("ACTIVE", "PASSIVE")),
        "area_m2": area,
        "green_area_m2": (area * 85 / 100).quantize(Number("0.01")),
        "condition": world.one(("GOOD", "GOOD", "LIGHT_DAMAGE", "MEDIUM_DAMAGE", "UNKNOWN")),
        "maintenance_class": world.one(("A", "B", "C")),
        **world.place(),
        "manager": "AGENCY",
        "land_status": "CITY_ASSET",
        "built_year": world.today.year - world.number_in(2, 40),
        "funding": "APBD_KOTA",
        **world.administration(),
    }
    made = world.record("park", at, values, cycle=park_kind.LIFE_CYCLE)
    crew = world.pick("crew")
    made.lines["schedule"] = [
        world.line(
            at,
            activity=activity,
            frequency=frequency,
            frequency_n=times,
            crew=crew.uid if crew else None,
            starts_on=dt.date(world.today.year, 1, 1),
        )
        for activity, frequency, times in _SCHEDULES[: world.number_in(1, 4)]
    ]
    return world.keep(made, *PLACE)


def park_work(world: World) -> Record:
    """Work of one crew in one park on one day; made after its park."""
    place = world.pick("park")
    if place is None:
        park(world)
        place = world.made["park"][0]
    crew = world.pick("crew")
    activity, unit, low, high = world.one(_WORK)
    day = world.day(500, 1)
    for _ in range(3):
        if world.take("work", place.uid, activity, day.isoformat()):
            break
        day = world.day(500, 1)
    at = world.moment(day, 13, 16)
    end = (
        world.one(("VERIFIED",) * 12 + ("DONE",) * 3 + ("PARTIAL", "SKIPPED", "PLANNED", "ASSIGNED"))
        if crew
        else "PLANNED"
    )
    values: dict[str, Value] = {
        "park": place.uid,
        "activity": activity,
        "work_date": day,
        "crew": crew.uid if crew else None,
        **world.administration(),
    }
    worked = end in ("VERIFIED", "DONE", "PARTIAL")
    if worked:
        values |= {"start_time": dt.time(7, 0), "end_time": dt.time(world.number_in(9, 13), 30)}
        values |= {
            "workers_count": world.number_in(2, 15),
            "volume": Number(world.number_in(low, high)),
            "unit": unit,
        }
    elif end == "SKIPPED":
        values["skip_reason"] = world.one(("RAIN", "RAIN", "NO_VEHICLE", "HOLIDAY"))
    made = world.record("park_work", at, values, cycle=work_kind.LIFE_CYCLE, steps=_work_steps(end, at))
    if worked:
        made.lines["materials"] = world.materials(at, "parks", 1)
    return made


def _work_steps(end: str, at: dt.datetime) -> list[Step]:
    if end == "PLANNED":
        return []
    steps: list[Step] = [("assign", at, None)]
    if end == "ASSIGNED":
        return steps
    last = {"PARTIAL": "finish_partly", "SKIPPED": "skip"}.get(end, "finish")
    steps.append((last, at + dt.timedelta(hours=1), None))
    return [*steps, ("verify", at + dt.timedelta(days=1), None)] if end == "VERIFIED" else steps


def tree_request(world: World) -> Record:
    """A request to prune or fell, walked to where it stands today."""
    crew = world.pick("crew")
    end = world.one(("CLOSED",) * 6 + ("DONE", "SCHEDULED", "APPROVED", "SURVEYED", "RECEIVED", "REJECTED"))
    if crew is None and end in ("CLOSED", "DONE", "SCHEDULED"):
        end = "APPROVED"
    received = world.moment(
        world.day(600, 40) if end in ("CLOSED", "DONE", "REJECTED") else world.day(25, 12)
    )
    surveyed = received.astimezone(world.zone).date() + dt.timedelta(days=world.number_in(1, 5))
    fell = world.chance(0.25)
    values: dict[str, Value] = {
        "received_at": received,
        "channel": world.one(("WHATSAPP", "LETTER", "WALK_IN", "RT_RW")),
        "category": "TREE_FELL" if fell else "TREE_PRUNE",
        "priority": world.one(("NORMAL", "NORMAL", "HIGH", "LOW")),
        "applicant_name": world.name(),
        "applicant_phone": world.phone(),
        "request_reason": world.one(_REASONS),
        **world.place(),
        **world.administration(),
    }
    trees = world.number_in(1, 4)
    if end not in ("RECEIVED", "REJECTED"):
        values |= {"surveyed_on": surveyed, "surveyor": world.clerk()}
        values |= {"survey_result": "APPROVE_FELL" if fell else "APPROVE_PRUNE", "cost_bearer": "AGENCY"}
    if end in tree_kind.AFTER_APPROVAL:
        values |= {
            "permit_no": f"660/{world.number('permit')}/{surveyed.year}",
            "permit_date": surveyed + dt.timedelta(days=2),
        }
        values["replacement_trees"] = trees * 2 if fell else 0
    planned = surveyed + dt.timedelta(days=5)
    if end in ("SCHEDULED", "DONE", "CLOSED"):
        values |= {"planned_date": planned, "crew": crew.uid if crew else None}
    if end in ("DONE", "CLOSED"):
        values |= {"finished_at": world.moment(planned), "trees_pruned": 0 if fell else trees}
        values |= {"trees_felled": trees if fell else 0, "trees_planted": trees * 2 if fell else 0}
    steps = _tree_steps(world, end, received, surveyed)
    made = world.record("tree_request", received, values, cycle=tree_kind.LIFE_CYCLE, steps=steps)
    if "surveyed_on" in values:
        made.lines["trees"] = [_tree(world, received, trees)]
    return made


def _tree(world: World, at: dt.datetime, trees: int) -> Line:
    dbh = world.decimal(15, 90, 1)
    return world.line(
        at,
        species_local=world.one(
            ("ANGSANA", "TREMBESI", "MAHONI", "GLODOKAN_TIANG", "KETAPANG_KENCANA", "TABEBUYA")
        ),
        tree_count=trees,
        dbh_cm=dbh,
        girth_cm=(dbh * Number("3.14")).quantize(Number("0.1")),
        height_m=world.decimal(4, 20, 1),
        health=world.one(("HEALTHY", "FAIR", "POOR")),
        risk=world.one(("LOW", "MEDIUM", "HIGH")),
        conflict=world.one((("POWER_LINE",), ("LAMP_SHADE",), ("BUILDING",), None)),
    )


def _tree_steps(world: World, end: str, received: dt.datetime, surveyed: dt.date) -> list[Step]:
    if end == "RECEIVED":
        return []
    if end == "REJECTED":
        return [("reject", received + dt.timedelta(days=2), "Pohon sehat dan tidak mengganggu.")]
    at = world.moment(surveyed)
    day = dt.timedelta(days=1)
    way = (("survey", 0), ("approve", 2), ("schedule", 3), ("finish", 5), ("close", 7))
    ends = ("SURVEYED", "APPROVED", "SCHEDULED", "DONE", "CLOSED")
    return [(name, at + day * after, None) for name, after in way[: ends.index(end) + 1]]
