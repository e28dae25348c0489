"""Plausible decrees, units, assessments, handling and targets: an assessment before and one after, handling where something is wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import ROUND_DOWN
from decimal import Decimal as Number
from typing import Any

from desktop_app.core.fields import Value
from desktop_app.core.record import Record
from desktop_app.records.sampling import Made, Step, World
from desktop_app.records.slums import scoring
from desktop_app.records.slums import slum_assessment as assessment_kind
from desktop_app.records.slums import slum_intervention as intervention_kind
from desktop_app.records.slums import slum_unit as unit_kind
from desktop_app.records.slums.slum_intervention import unit_of

_TO_ASSESS, _RESOLVED, _ASSESSED = "units to assess", "resolved units to assess", "units with a baseline"
_FIGURES = tuple(dict.fromkeys(scoring.DENOMINATORS.values()))
_DAY = dt.timedelta(days=1)
_WAY = ("verify", "decree", "plan", "start", "reassess", "resolve")
_ACTIVITIES = {
    "1": "Penataan bangunan",
    "2": "Pembangunan jalan paving lingkungan",
    "3": "Sambungan rumah air minum",
    "4": "Rehabilitasi saluran drainase",
    "5": "Pembangunan tangki septik individual",
    "6": "Pengadaan gerobak dan bak sampah",
    "7": "Pengadaan hidran kering dan APAR",
}


def slum_decree(world: World) -> Record:
    """A decree of two to four years ago."""
    number = world.serial("slum_decree")
    day = world.day(1400, 750)
    values: dict[str, Value] = {
        "decree_no": f"663/{410 + number}/D-3/{day.year}",
        "decree_date": day,
        "title": "Penetapan Lokasi Perumahan Kumuh dan Permukiman Kumuh",
        "signed_by": "Wali Kota Metro",
        "valid_from": day,
        "total_area_ha": world.decimal(60, 120, 2),
        **world.administration(),
    }
    return world.keep(world.record("slum_decree", world.moment(day), values), "decree_date", "total_area_ha")


def slum_unit(world: World) -> Record:
    """One RT of a decree, each RT once."""
    decree = world.pick("slum_decree")
    if decree is None:
        raise LookupError("a decree must be made first")
    number = world.number(f"units of {decree.uid}") - 1
    number, place = divmod(number, len(world.villages))
    village = world.villages[place]
    area, households, decreed = world.decimal(0.4, 4, 2), world.number_in(20, 90), decree.facts["decree_date"]
    resolved = world.chance(0.15)
    values: dict[str, Value] = {
        "decree": decree.uid,
        "area_code": f"KMH-{village.code[-4:]}",
        "area_name": f"Kawasan {village.name}",
        "typology": world.one(("LOWLAND", "WATERSIDE", "DISASTER_PRONE")),
        **world.place(),
        "village_code": village.code,
        "rt": f"{number % 40 + 1:03d}",
        "rw": f"{number // 40 + 1:03d}",
        "decree_area_ha": area,
        "verified_area_ha": area,
        "buildings": households - world.number_in(0, 8),
        "households": households,
        "population": households * world.number_in(3, 4) + world.number_in(0, 9),
        "ideal_road_m": world.decimal(150, 900, 1),
        "ideal_drain_m": world.decimal(150, 700, 1),
        "tenure": world.one(("LEGAL", "LEGAL", "MIXED")),
        "spatial_fit": "SESUAI" if world.chance(0.9) else "TIDAK",
        "phase": "USE" if resolved else world.one(("PLANNING", "PLANNING", "CONSTRUCTION")),
        "agencies": ("PERKIM", "PUTR"),
        "community_group": f"KSM {world.one(('Maju Bersama', 'Sejahtera', 'Guyub Rukun', 'Mandiri'))}",
        **world.administration(),
    }
    values["latitude"], values["longitude"] = world.point_in(village)
    reached = len(_WAY) if resolved else world.number_in(0, 4)
    if reached >= 3:
        values["planned_year"] = decreed.year + 1
    at = world.moment(decreed - 30 * _DAY)
    steps: list[Step] = [(name, at + (10 + 90 * n) * _DAY, None) for n, name in enumerate(_WAY[:reached])]
    made = world.record("slum_unit", at, values, cycle=unit_kind.LIFE_CYCLE, steps=steps)
    facts = {name: values[name] for name in (*_FIGURES, "population", "village_code")}
    told = Made(made.uid, {**facts, "year": decreed.year})
    world.made[_RESOLVED if resolved else _TO_ASSESS].append(told)
    return made


def slum_assessment(world: World) -> Record:
    """The next assessment of a unit: its baseline, then one a year after handling."""
    waiting = world.made[_RESOLVED] or world.made[_TO_ASSESS]
    if not waiting:
        raise LookupError("more units must be made first: each has been assessed up to this year")
    place = world.number_in(0, len(waiting) - 1)
    waiting[place], waiting[-1] = waiting[-1], waiting[place]
    unit = waiting.pop()
    before = unit.facts.get("volumes")
    year, resolved = unit.facts["year"], waiting is world.made[_RESOLVED]
    day = min(dt.date(year, world.number_in(1, 12), world.number_in(1, 28)), world.today)
    volumes = _volumes(world, unit.facts) if before is None else _after(world, before, resolved=resolved)
    values: dict[str, Value] = {
        "unit": unit.uid,
        "village_code": unit.facts["village_code"],
        "year": year,
        "stage": "BASELINE" if before is None else "FINAL",
        "assessment_method": scoring.METHOD_16,
        "assessed_on": day,
        "surveyor": world.name(),
        "population": unit.facts["population"],
        **{name: unit.facts[name] for name in _FIGURES},
        **world.administration(),
    }
    at = world.moment(day)
    steps: list[Step] = [("lock", at + 20 * _DAY, None)] if world.chance(0.7) else []
    made = world.record("slum_assessment", at, values, cycle=assessment_kind.LIFE_CYCLE, steps=steps)
    made.lines["criteria"] = [
        world.line(at, criterion=name, volume=volume) for name, volume in volumes.items()
    ]
    told = Made(unit.uid, {**unit.facts, "year": year + 1, "volumes": volumes})
    if before is None:
        world.made[_ASSESSED].append(told)
    if year < world.today.year and not (resolved and before is not None):
        waiting.append(told)
    return made


def slum_intervention(world: World) -> Record:
    """Handling of something that the baseline found wrong in a unit."""
    unit = world.pick(_ASSESSED)
    if unit is None:
        raise LookupError("an assessment must be made first")
    wrong = [(name, volume) for name, volume in unit.facts["volumes"].items() if volume > 0]
    criterion, volume = world.one(wrong)
    year = world.number_in(unit.facts["year"], max(unit.facts["year"], world.today.year))
    begun = min(dt.date(year, world.number_in(2, 6), world.number_in(1, 28)), world.today)
    over = begun < world.today - 150 * _DAY
    way = ("budget", "contract", "start", "complete", "hand_over")
    reached = world.number_in(3, 5) if over else world.number_in(0, 3)
    values: dict[str, Value] = {
        "unit": unit.uid,
        "village_code": unit.facts["village_code"],
        "year": year,
        "criterion": criterion,
        "activity": f"{_ACTIVITIES[criterion[0]]} tahap {world.number(f'works in {unit.uid}')}",
        "handling_type": "PEMUGARAN" if world.chance(0.8) else "PEREMAJAAN",
        "volume": volume,
        "volume_unit": unit_of(criterion),
        "progress_pct": 100 if reached >= 4 else world.number_in(10, 90) if reached == 3 else 0,
        **world.administration(),
    }
    finished = min(begun + 90 * _DAY, world.today)
    if reached >= 2:
        values["contractor"] = (
            f"{world.one(('CV', 'KSM', 'PT'))} {world.one(('Karya Mandiri', 'Sejahtera', 'Bina Warga'))}"
        )
    if reached >= 3:
        values["started_on"] = begun
    if reached >= 4:
        values["finished_on"] = finished
    if reached >= 5:
        values |= {
            "bast_no": f"BAST/{world.number('bast')}/{year}",
            "bast_date": min(finished + 7 * _DAY, world.today),
        }
    at = world.moment(begun - 30 * _DAY)
    steps: list[Step] = [(name, at + 30 * n * _DAY, None) for n, name in enumerate(way[:reached], start=1)]
    made = world.record("slum_intervention", at, values, cycle=intervention_kind.LIFE_CYCLE, steps=steps)
    budget = world.number_in(20, 400) * 1_000_000
    made.lines["budgets"] = [
        world.line(at, funding_source=world.one(("APBD_KOTA", "DAK", "APBN")), amount=budget)
    ]
    return made


def slum_target(world: World) -> Record:
    """The next year's target of a decree."""
    decree = world.pick("slum_decree")
    if decree is None:
        raise LookupError("a decree must be made first")
    first = decree.facts["decree_date"].year
    year = (
        first + 1 + world.number(f"targets of {decree.uid}") % 5
    )  # running numbers begin high in some offices
    part = (decree.facts["total_area_ha"] / 20).quantize(Number("0.01"), ROUND_DOWN)
    values: dict[str, Value] = {
        "decree": decree.uid,
        "year": year,
        "target_level": "CITY",
        "target_ha": part,
        "reported_handled_ha": part if year < world.today.year and world.chance(0.5) else None,
        **world.administration(),
    }
    return world.record("slum_target", world.moment(decree.facts["decree_date"] + 60 * _DAY), values)


def _volumes(world: World, figures: Mapping[str, Any]) -> dict[str, Number]:
    """What is below standard: nothing for two criteria in five, else a part of the whole; the two fire criteria mostly all."""
    shares = {name: 0.0 if world.chance(0.4) else world.rng.random() for name in scoring.DENOMINATORS}
    if world.chance(0.7):
        shares["7a"] = shares["7b"] = 1.0
    shares["6b"] = max(shares["6b"], 0.5)
    return {name: _part(name, figures[scoring.DENOMINATORS[name]], share) for name, share in shares.items()}


def _after(world: World, before: Mapping[str, Number], *, resolved: bool) -> dict[str, Number]:
    """What is left after handling: nothing in a resolved unit, else less in every second criterion."""
    left = [0.0 if resolved else 1.0 if world.chance(0.5) else world.rng.random() for _ in before]
    return {
        name: _part(name, volume, share) for (name, volume), share in zip(before.items(), left, strict=True)
    }


def _part(criterion: str, whole: Number | int, share: float) -> Number:
    """Part of a figure, as the criterion is counted: whole buildings and households, decimetres, square metres."""
    step = {"HA": Number("0.0001"), "M": Number("0.1")}.get(str(unit_of(criterion)), Number(1))
    return (whole * Number(f"{share:.6f}")).quantize(step, ROUND_DOWN)
