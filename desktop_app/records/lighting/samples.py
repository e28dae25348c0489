"""Plausible panels, light points and repairs."""

from __future__ import annotations

import datetime as dt

from desktop_app.core.fields import Value
from desktop_app.core.record import Record
from desktop_app.records.common import PLACE
from desktop_app.records.lighting.repair_life import LIFE_CYCLE
from desktop_app.records.sampling import Made, Step, World

_POWERS_VA = (1300, 2200, 3500, 4400, 5500, 6600, 7700, 10600)
_LAMPS = (
    ("LED", 60),
    ("LED", 90),
    ("LED", 120),
    ("HPS", 250),
    ("HPS", 150),
    ("MERCURY", 250),
    ("SOLAR_LED", 40),
)
_CHANNELS = (
    "WHATSAPP",
    "WHATSAPP",
    "WHATSAPP",
    "WALK_IN",
    "PHONE",
    "RT_RW",
    "CAMAT_LURAH",
    "NIGHT_PATROL",
    "LETTER",
)
_CATEGORIES = (
    "LAMP_OUT",
    "LAMP_OUT",
    "LAMP_OUT",
    "LAMP_OUT",
    "FLICKER",
    "DAY_BURNER",
    "CABLE_HAZARD",
    "LAMP_GROUP_OUT",
)
_FAULTS = (
    ("LAMP", "AGE", "REPLACE"),
    ("DRIVER", "LIGHTNING", "REPLACE"),
    ("MCB", "SHORT", "RESET"),
    ("TIMER", "INSECT", "CLEAN"),
    ("PHOTOCELL", "AGE", "REPLACE"),
    ("CABLE_OVERHEAD", "TREE", "RECONNECT"),
    ("CONTACTOR", "AGE", "REPAIR"),
    ("NONE_FOUND", "PLN_OUTAGE", "NO_ACTION"),
)
_STORIES = (
    "Lampu mati sejak kemarin malam.",
    "Padam tiga malam berturut-turut.",
    "Lampu kedip-kedip kalau hujan.",
    "Gelap, rawan kecelakaan. Mohon segera.",
    "Menyala terus siang malam.",
    None,
    None,
)
_ENDS = {
    "RECEIVED": 6,
    "VERIFIED": 5,
    "SCHEDULED": 5,
    "IN_PROGRESS": 2,
    "ON_HOLD": 2,
    "DONE": 12,
    "CONFIRMED": 60,
}
_ENDS |= {"REFERRED": 3, "REJECTED": 3, "DUPLICATE": 2}
_ENDINGS = tuple(end for end, share in _ENDS.items() for _ in range(share))


def power_panel(world: World) -> Record:
    """A metered panel at a street."""
    place = world.place()
    number = world.number("panel")
    values: dict[str, Value] = {
        "panel_code": f"PNL-1872-{world.mark}{number:04d}",
        "panel_name": f"PJU {str(place['street_name']).split(' ', 1)[1]} {number}",
        "condition": world.one(("GOOD", "GOOD", "GOOD", "LIGHT_DAMAGE", "UNKNOWN")),
        **place,
        "supply_type": "METERED" if world.chance(0.7) else "UNMETERED_LEGAL",
        "idpel": world.idpel(),
        "connected_power_va": world.one(_POWERS_VA),
        "tariff_class": "P3",
        "transformer_code": f"MT{world.number_in(1, 399):03d}",
        "network_pole": f"{world.one('ABCD')}{world.number_in(1, 20):02d}",
        "meter_no": str(world.number_in(10_000_000, 99_999_999)),
        "meter_brand": world.one(("MELCOINDA", "HEXING", "ITRON")),
        "meter_payment": "POSTPAID",
        "control_type": world.one(("PHOTOCELL", "TIMER")),
        "mcb_rating_a": world.one((10, 16, 20, 25)),
        "installed_year": world.today.year - world.number_in(1, 15),
        "owner": "CITY",
        **world.administration(),
    }
    return world.keep(world.record("power_panel", world.moment(world.day(800, 400)), values), "panel_code")


def light_point(world: World) -> Record:
    """A lamp on its pole, with or without a panel."""
    number = world.number("lamp")
    panel = world.pick("power_panel") if world.chance(0.65) else None
    lamp_type, power = world.one(_LAMPS)
    values: dict[str, Value] = {
        "lamp_code": f"PJU-{world.mark}{number:04d}",
        "lamp_type": lamp_type,
        "power_w": power,
        "lamp_kind": "STREET",
        "panel": panel.uid if panel else None,
        **world.place(),
        "road_status": world.one(("CITY", "CITY", "VILLAGE", "PROVINCIAL")),
        "road_function": world.one(("LOCAL", "ENVIRONMENTAL", "COLLECTOR")),
        "road_side": world.one(("LEFT", "RIGHT", "MEDIAN")),
        "pole_code": f"T-{world.mark}{number:05d}",
        "pole_type": world.one(("OCTAGONAL", "ROUND", "PLN_SHARED", "CONCRETE")),
        "height_m": world.decimal(6, 9, 1),
        "arm_type": "SINGLE",
        "arm_length_m": world.decimal(1, 2, 1),
        "distance_to_prev_m": world.decimal(30, 55, 1),
        "pole_condition": world.one(("GOOD", "GOOD", "GOOD", "LEANING", "CORRODED", "UNKNOWN")),
        "install_date": world.day(4000, 700).replace(month=1, day=1),
        "install_date_precision": "YEAR",
        "funding_source": world.one(("APBD_KOTA", "APBD_PROV", "DAK", "SWADAYA")),
        "owner": "CITY",
        **world.administration(),
    }
    return world.keep(
        world.record("light_point", world.moment(world.day(800, 400)), values), "lamp_code", *PLACE
    )


def streetlight_repair(world: World) -> Record:
    """A repair slip, walked to where it stands today: old ones are mostly confirmed, new ones are open."""
    end = world.one(_ENDINGS)
    closed = end in ("DONE", "CONFIRMED", "REFERRED", "REJECTED", "DUPLICATE")
    received = world.moment(world.day(700, 4) if closed else world.day(20, 1), 7, 16)
    lamp = _lamp(world, closed=closed)
    first = world.pick("streetlight_repair") if end == "DUPLICATE" else None
    if end == "DUPLICATE" and first is None:
        end = "REJECTED"
    category = world.one(_CATEGORIES) if lamp else "CABLE_HAZARD"
    points = 1 if category != "LAMP_GROUP_OUT" else world.number_in(2, 12)
    values: dict[str, Value] = {
        "received_at": received,
        "channel": world.one(_CHANNELS),
        "category": category,
        "points_reported": points,
        "reporter_name": world.name() if world.chance(0.8) else None,
        "reporter_phone": world.phone() if world.chance(0.7) else None,
        "description": world.one(_STORIES),
        "priority": "HIGH" if category == "CABLE_HAZARD" else "NORMAL",
        **(dict(lamp.facts) if lamp else world.place()),
        "lamp": lamp.uid if lamp else None,
        "order_type": "CORRECTIVE",
        **world.administration(),
    }
    steps = _steps(world, end, received, values, points)
    if first is not None and end == "DUPLICATE":
        values["duplicate_of"] = first.uid
    made = world.record("streetlight_repair", received, values, cycle=LIFE_CYCLE, steps=steps)
    if end in ("DONE", "CONFIRMED"):
        made.lines["materials"] = world.materials(received, "lighting")
        if len(world.made["streetlight_repair"]) < 1000:
            world.keep(made)
    return made


def _lamp(world: World, *, closed: bool) -> Made | None:
    """A lamp that has no open report yet (an old report may be on any)."""
    for _ in range(4):
        lamp = world.pick("light_point")
        if lamp is None or closed or world.take("open report", lamp.uid):
            return lamp
    return None


def _steps(
    world: World, end: str, received: dt.datetime, values: dict[str, Value], points: int
) -> list[Step]:
    """The steps from the report to `end`, and the values that they ask for."""
    hour = dt.timedelta(hours=1)
    verified = received + hour * world.number_in(1, 5)
    if end == "RECEIVED":
        return []
    if end == "REJECTED":
        return [("reject", verified, "Bukan lampu jalan kota.")]
    if end == "DUPLICATE":
        return [("duplicate", verified, None)]
    steps: list[Step] = [("verify", verified, None)]
    if end == "REFERRED":
        values["referred_to"] = world.one(("PLN", "BPTD", "PROVINCE"))
        return [*steps, ("refer", verified + hour, None)]
    if end == "VERIFIED":
        return steps
    crew = world.pick("crew")
    started = min(world.now, received + hour * world.number_in(8, 60))
    values |= {"planned_date": started.astimezone(world.zone).date(), "crew": crew.uid if crew else None}
    steps.append(("schedule", verified + hour, None))
    if end == "SCHEDULED":
        return steps
    if end == "ON_HOLD":
        values["hold_reason"] = world.one(("MATERIAL", "VEHICLE", "WEATHER", "PLN"))
        return [*steps, ("hold", verified + 2 * hour, None)]
    values["started_at"] = started
    steps.append(("start", started, None))
    if end == "IN_PROGRESS":
        return steps
    finished = min(world.now, started + dt.timedelta(minutes=world.number_in(20, 240)))
    component, cause, action = world.one(_FAULTS)
    values |= {"finished_at": finished, "fault_component": component, "fault_cause": cause, "action": action}
    values |= {"points_fixed": points, "result": "FIXED", "labor_hours": world.decimal(0.5, 4, 1)}
    steps.append(("finish", finished, None))
    return steps if end == "DONE" else [*steps, ("confirm", finished + hour * world.number_in(12, 48), None)]
