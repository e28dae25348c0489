"""Plausible regions, crews and materials."""

from __future__ import annotations

import datetime as dt
import hashlib

from desktop_app.core.fields import Value
from desktop_app.core.record import Record
from desktop_app.records.sampling import World

_MATERIALS = (
    ("LED-90", "Lampu LED 90 W Philips BRP391", "PIECE"),
    ("LED-60", "Lampu LED 60 W", "PIECE"),
    ("SON-250", "Lampu SON-T 250 W", "PIECE"),
    ("KBL-225", "Kabel NYM 2×2,5 mm²", "METRE"),
    ("KBL-410", "Kabel twisted 4×10 mm²", "METRE"),
    ("MCB-10", "MCB 10 A", "PIECE"),
    ("MCB-16", "MCB 16 A", "PIECE"),
    ("FTS-6", "Fotosel 6 A", "PIECE"),
    ("TMR-24", "Timer 24 jam", "PIECE"),
    ("BLS-250", "Ballast 250 W", "PIECE"),
    ("KON-25", "Kontaktor 25 A", "PIECE"),
    ("PPK-NPK", "Pupuk NPK", "KG"),
    ("PPK-KDG", "Pupuk kandang", "SACK"),
    ("BIB-TAB", "Bibit tabebuya", "BAR"),
    ("CAT-5", "Cat tembok", "LITRE"),
    ("SEM-50", "Semen 50 kg", "SACK"),
)
_GARDEN = ("PPK", "BIB", "CAT", "SEM")
_VEHICLES = ("Mobil tangga", "Pikap", "Crane", "Motor roda tiga", "Truk")


def region(world: World) -> Record:
    """One of the world's villages, in turn: their code is their uid."""
    number = world.number("region")
    village = world.villages[(number - 1) % len(world.villages)]
    at = world.moment(world.day(400, 300))
    values = {"code": village.code, "level": "village", "name": village.name, "parent_code": village.code[:8]}
    made = world.record(
        "region", at, {**values, "village_type": "KELURAHAN", "valid_from": dt.date(2025, 1, 1)}
    )
    made.uid, made.site_code = village.code, village.code[:5]
    return made


def crew(world: World) -> Record:
    """A crew with its leader and vehicle."""
    number = world.number("crew")
    at = world.moment(world.day(400, 300))
    values: dict[str, Value] = {
        "name": f"Regu {world.mark}{number}",
        "leader": world.name("M"),
        "members": "\n".join(world.name("M") for _ in range(world.number_in(2, 5))),
        "vehicle": f"{world.one(_VEHICLES)} BE {world.number_in(8000, 9999)} F",
        "tasks": world.one((("lighting",), ("parks",), ("lighting", "parks"))),
    }
    made = world.record("crew", at, values)
    return world.keep(made, "leader")


def material(world: World) -> Record:
    """A material from the list of the store; once that is used up, with a number behind."""
    number = world.number("material") - 1
    code, name, unit = _MATERIALS[number % len(_MATERIALS)]
    again = number // len(_MATERIALS)
    suffix = f" ({again + 1})" if again else ""
    values: dict[str, Value] = {
        "code": f"{world.mark}{code}-{again + 1}" if again else f"{world.mark}{code}",
        "name": name + suffix,
        "unit": unit,
        "stock": world.decimal(0, 200, 0),
    }
    made = world.record("material", world.moment(world.day(400, 300)), values)
    return world.keep(made, "unit", trade="parks" if code.startswith(_GARDEN) else "lighting")


def attachment(world: World) -> Record:
    """A photo of a repair; the picture itself is not made up."""
    at = world.moment(world.day(60, 1))
    number = world.number("attachment")
    values: dict[str, Value] = {
        "record_kind": "streetlight_repair",
        "record_uid": world.uid(at),
        "stage": world.one(("BEFORE", "DURING", "AFTER")),
        "file_name": f"IMG-{at:%Y%m%d}-WA{number:04d}.jpg",
        "sha256": hashlib.sha256(f"{number}".encode()).hexdigest(),
        "size_bytes": world.number_in(80_000, 400_000),
        "width": 1600,
        "height": 1200,
        "taken_at": at,
    }
    return world.record("attachment", at, values)


def conflict(world: World) -> Record:
    """Two writings of a repair's cause."""
    at = world.moment(world.day(60, 1))
    values: dict[str, Value] = {
        "record_kind": "streetlight_repair",
        "record_uid": world.uid(at),
        "group_name": "cause",
        "lower_stamp": f"{1:012x}{0:04x}{1:012x}",
        "lower_texts": '["BULB_DEAD"]',
        "higher_stamp": f"{2:012x}{0:04x}{2:012x}",
        "higher_texts": '["CABLE"]',
    }
    return world.record("conflict", at, values)


def proposal(world: World) -> Record:
    """Another leader for a crew."""
    at = world.moment(world.day(60, 1))
    values: dict[str, Value] = {
        "record_kind": "crew",
        "record_uid": world.uid(at),
        "field_name": "leader",
        "seen_text": "Budi Santoso",
        "proposed_text": "Rudi Hartono",
        "reason": "Ketua regu sudah berganti",
    }
    return world.record("proposal", at, values)
