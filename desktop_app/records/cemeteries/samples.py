"""Plausible cemeteries, plots, burials and permits: bodies lie only where there is room, permits follow burials, renewals permits."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal as Number
from typing import Any

from desktop_app.core.fields import Value
from desktop_app.core.record import Record
from desktop_app.records.cemeteries import burial as burial_kind
from desktop_app.records.cemeteries import cemetery as cemetery_kind
from desktop_app.records.cemeteries import grave_plot as plot_kind
from desktop_app.records.cemeteries import plot_permit as permit_kind
from desktop_app.records.cemeteries.dates import add_months, end_of_validity
from desktop_app.records.sampling import Made, Step, World

_TO_BURY, _SPARE, _TO_STACK = "plots to bury in", "spare plots", "graves to stack on"
_TO_PERMIT, _TO_RENEW = "burials without permit", "permits to renew"
_PLACE = ("village_code", "street_name", "latitude", "longitude")
_HEIR = ("heir_name", "heir_nik", "heir_nik_absent_reason", "heir_relationship", "heir_phone", "heir_address")
_HEAD = "Drs. Hasan Basri, M.Si."
_OTHER_RELIGIONS = ("PROTESTAN", "KATOLIK", "HINDU", "BUDDHA")
_DAY = dt.timedelta(days=1)
_LEVY_ENDED = dt.date(2024, 1, 5)
_MONTHS = 36


def cemetery(world: World) -> Record:
    """A public cemetery of one of the villages, with its policy and the tariffs that once were in force."""
    number = world.number("cemetery")
    village = world.village()
    area = world.number_in(2_000, 30_000)
    at = world.moment(world.day(400, 300))
    values: dict[str, Value] = {
        "cemetery_code": f"TPU{world.mark}{number:02d}",
        "name": f"TPU {village.name}" if number == 1 else f"TPU {village.name} {number}",
        "cemetery_kind": "PUBLIC",
        "religion_scope": "MUSLIM" if world.chance(0.4) else "MIXED",
        "manager": "CITY" if world.chance(0.6) else "KELURAHAN",
        "land_status": "CITY_ASSET",
        "area_m2": Number(area),
        "usable_area_m2": Number(area * 7 // 10),
        "caretaker_name": world.name("M"),
        "caretaker_phone": world.phone(),
        "permit_validity_months": _MONTHS,
        "stacking_min_years": 3,
        "stacking_max": 3,
        "plot_length_m": Number("2.5"),
        "plot_width_m": Number("1.5"),
        **world.place(),
        **world.administration(),
        "village_code": village.code,
    }
    values["latitude"], values["longitude"] = world.point_in(village)
    made = world.record("cemetery", at, values, cycle=cemetery_kind.LIFE_CYCLE)
    old, new = dt.date(2012, 1, 2), _LEVY_ENDED
    made.lines["tariffs"] = [
        world.line(
            at,
            service=service,
            amount=amount,
            valid_from=old,
            valid_to=new - _DAY,
            legal_basis="Perda 5/2012",
        )
        for service, amount in (("PLOT", 100_000), ("RENEWAL", 50_000), ("STACKING", 25_000))
    ]
    made.lines["facilities"] = [
        world.line(at, facility=facility, condition=world.one(("GOOD", "GOOD", "LIGHT_DAMAGE", "UNKNOWN")))
        for facility in ("ACCESS_ROAD", "FENCE", "DRAIN")
    ]
    return world.keep(made, "cemetery_code", "religion_scope", *_PLACE)


def grave_plot(world: World) -> Record:
    """A plot, numbered on in its cemetery; most of them are there to be buried in by a later sample."""
    site = _needed(world.pick("cemetery"), "a cemetery")
    number = world.number(f"plots of {site.uid}") - 1
    turn, block_number = divmod(number // 200, 26)
    block = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[block_number] + (str(turn) if turn else "")
    row, plot_no = f"{number // 20 % 10 + 1:02d}", f"{number % 20 + 1:03d}"
    muslim = site.facts["religion_scope"] == "MUSLIM" or block_number % 5 < 4
    used = world.chance(0.8)
    values: dict[str, Value] = {
        "cemetery": site.uid,
        "plot_code": f"{site.facts['cemetery_code']}-{block}-{row}-{plot_no}",
        "block_code": block,
        "row_no": row,
        "plot_no": plot_no,
        "block_religion": "ISLAM" if muslim else _OTHER_RELIGIONS[turn % 4],
        "plot_type": "SINGLE" if world.chance(0.8) else "FAMILY",
        "length_m": Number("2.5"),
        "width_m": Number("1.5"),
        "depth_m": Number("1.5"),
        "max_stack": world.number_in(1, 3),
        "village_code": site.facts["village_code"],
        "street_name": site.facts["street_name"],
        "latitude": site.facts["latitude"] + Number(number % 20 * 18).scaleb(-6),
        "longitude": site.facts["longitude"] + Number(number // 20 % 200 * 27).scaleb(-6),
        "coord_source": "GPS",
        **world.administration(),
    }
    at = world.moment(world.day(300, 200))
    steps: list[Step] = [("occupy", at + _DAY, None)] if used else []
    made = world.record("grave_plot", at, values, cycle=plot_kind.LIFE_CYCLE, steps=steps)
    facts = {name: values[name] for name in ("cemetery", "block_religion", "max_stack", "village_code")}
    world.made[_TO_BURY if used else _SPARE].append(Made(made.uid, facts))
    return made


def burial(world: World) -> Record:
    """A burial in a plot with room: one in eight on top of an older grave, with the consent of its heir."""
    older = _taken(world, _TO_STACK) if world.chance(0.12) else None
    plot = older or _taken(world, _TO_BURY) or _taken(world, _SPARE) or _taken(world, _TO_STACK)
    plot = _needed(plot, "a plot with room")
    older = plot if "lies_since" in plot.facts else None
    day = (
        world.day(60 if world.chance(0.15) else 4000)
        if older is None
        else _between(world, add_months(plot.facts["lies_since"], 40), world.today)
    )
    died = day - _DAY if world.chance(0.3) else day
    level = 1 if older is None else plot.facts["level"] + 1
    sex = world.sex()
    values: dict[str, Value] = {
        "cemetery": plot.facts["cemetery"],
        "plot": plot.uid,
        "burial_kind": "NEW" if older is None else "STACKED",
        "stack_level": level,
        "burial_date": day,
        "burial_time": dt.time(world.number_in(8, 17), 15 * world.number_in(0, 3)),
        "is_unidentified": False,
        "deceased_name": world.name(sex),
        "deceased_sex": sex,
        "death_date": died,
        "death_place": world.one(
            ("Rumah", "RSUD Jenderal Ahmad Yani", "RS Mardi Waluyo", "Puskesmas Yosomulyo")
        ),
        "deceased_religion": plot.facts["block_religion"],
        "citizenship": "WNI",
        "deceased_village_code": world.village().code,
        "residency": "RESIDENT",
        "village_letter_no": f"474.3/{world.number('death letter')}/{day.year}",
        "infectious_protocol": False,
        **_birth(world, sex, died),
        **_heir(world),
        **world.administration(),
    }
    if older is not None:
        values |= {
            "consent_letter_no": f"SP/{world.number('consent')}/{day.year}",
            "consent_date": died,
            "consent_heir": plot.facts["heir_name"],
            "same_family": world.chance(0.8),
        }
    # Never the first: a small demo has one or two burials, and a permit to be made for one of them.
    exhumed = day < world.today - 400 * _DAY and world.chance(0.01) and bool(world.made[_TO_PERMIT])
    steps: list[Step] = []
    if exhumed:
        moved = _between(world, day + 200 * _DAY, world.today - _DAY)
        values |= {
            "exhumation_date": moved,
            "exhumation_destination": world.one(("Bandar Lampung", "Pringsewu", "Palembang")),
            "exhumation_permit_no": f"469/{world.number('exhumation')}/{moved.year}",
        }
        steps.append(("exhume", world.moment(moved), "Permintaan keluarga."))
    made = world.record("burial", world.moment(day), values, cycle=burial_kind.LIFE_CYCLE, steps=steps)
    if not exhumed:
        _remember(world, made, plot)
    return made


def plot_permit(world: World) -> Record:
    """A permit: of a burial that has none yet, or the renewal of one that has run out."""
    old = _taken(world, _TO_RENEW) if world.chance(0.4) else None
    basis = old or _taken(world, _TO_PERMIT) or _taken(world, _TO_RENEW)
    facts = _needed(basis, "a burial").facts
    renewed = "valid_until" in facts
    start = facts["valid_until"] + _DAY if renewed else facts["burial_date"]
    asked = min(world.today, start if renewed else start + world.number_in(0, 10) * _DAY)
    end = end_of_validity(start, _MONTHS)
    permit_type = "RENEWAL" if renewed else "STACKED" if facts["burial_kind"] == "STACKED" else "NEW"
    seq = facts["renewal_seq"] + 1 if renewed else 0
    state = _state(world, asked, end)
    values: dict[str, Value] = {
        "permit_type": permit_type,
        "application_date": asked,
        "previous_permit": basis.uid if basis is not None and renewed else None,
        "cemetery": facts["cemetery"],
        "plot": facts["plot"],
        "burial": facts["burial"],
        "requirements": ("HEIR_KTP", "DECEASED_KTP", "FAMILY_CARD", "VILLAGE_LETTER"),
        "is_poor": False,
        "renewal_seq": seq,
        "validity_months": _MONTHS,
        "valid_from": start,
        "valid_until": end,
        **{name: facts[name] for name in _HEIR},
        **world.administration(),
    }
    way = permit_kind.LIFE_CYCLE.path
    reached = way.index(state) if state in way else len(way)
    if reached >= way.index("SURVEYED"):
        values |= {"surveyed_by": world.name("M"), "surveyed_on": min(world.today, asked + 2 * _DAY)}
    if reached >= way.index("ISSUED"):
        issued = min(world.today, asked + world.number_in(3, 10) * _DAY)
        number = f"469/{world.serial('permit'):04d}/IPTM/{issued.year}"
        values |= {"permit_no": number, "issued_date": issued, "signed_by": _HEAD}
    steps = _permit_steps(world, state, asked, end)
    if state == "WARNED":
        values |= {"warning_no": 1, "warning_date": min(world.today, end + 20 * _DAY)}
    at = world.moment(asked)
    made = world.record("plot_permit", at, values, cycle=permit_kind.LIFE_CYCLE, steps=steps)
    if asked < _LEVY_ENDED:
        made.lines["levies"] = [_levy(world, at, permit_type, asked)]
    if state == "RENEWED":
        kept = {
            name: values[name]
            for name in (*_HEIR, "cemetery", "plot", "burial", "renewal_seq", "valid_until")
        }
        world.made[_TO_RENEW].append(Made(made.uid, kept))
    return made


def _needed(made: Made | None, what: str) -> Made:
    if made is None:
        raise LookupError(f"{what} must be made first")
    return made


def _taken(world: World, name: str) -> Made | None:
    """One of the things set aside under this name, taken away; None when there are none."""
    found = world.made[name]
    if not found:
        return None
    place = world.number_in(0, len(found) - 1)
    found[place], found[-1] = found[-1], found[place]
    return found.pop()


def _between(world: World, first: dt.date, last: dt.date) -> dt.date:
    return first + world.number_in(0, max(0, (last - first).days)) * _DAY


def _birth(world: World, sex: str, died: dt.date) -> dict[str, Value]:
    """Birth and NIK: a tenth of the papers tells only the year, some have no NIK."""
    years = world.number_in(0, 90)
    born = died - dt.timedelta(days=years * 365 + world.number_in(0, 364))
    nik = world.nik(sex, born) if world.chance(0.85) else None
    reason = None if nik else "INFANT" if years == 0 else "NOT_PROVIDED"
    told = "DAY" if world.chance(0.9) else "YEAR"
    return {
        "deceased_birth_date": born if told == "DAY" else born.replace(month=1, day=1),
        "deceased_birth_date_precision": told,
        "deceased_nik": nik,
        "deceased_nik_absent_reason": reason,
    }


def _heir(world: World) -> dict[str, Value]:
    sex = world.sex()
    born = world.today - dt.timedelta(days=world.number_in(22 * 365, 70 * 365))
    return {
        "heir_name": world.name(sex),
        "heir_nik": world.nik(sex, born),
        "heir_nik_absent_reason": None,
        "heir_relationship": world.one(("SPOUSE", "CHILD", "CHILD", "PARENT", "SIBLING", "GRANDCHILD")),
        "heir_phone": world.phone(),
        "heir_address": world.one(("Jl. Nangka 12", "Jl. Kutilang 4", "Gg. Melati 7", "Jl. Teratai 31")),
        "heir_consent_contact": True,
    }


def _remember(world: World, made: Record, plot: Made) -> None:
    """Set the burial aside for its permit, and the grave for a body on top of it once it is old enough."""
    held = made.values
    day, level = held["burial_date"], held["stack_level"]
    told: dict[str, Any] = {
        name: held[name] for name in (*_HEIR, "cemetery", "plot", "burial_date", "burial_kind")
    }
    world.made[_TO_PERMIT].append(Made(made.uid, {**told, "burial": made.uid}))
    if not isinstance(day, dt.date) or not isinstance(level, int) or level >= plot.facts["max_stack"]:
        return
    if add_months(day, 40) < world.today:
        below = {"lies_since": day, "level": level, "heir_name": held["heir_name"]}
        world.made[_TO_STACK].append(Made(plot.uid, {**plot.facts, **below}))


def _state(world: World, asked: dt.date, end: dt.date) -> str:
    """Where a permit stands by now."""
    if world.today - asked < 15 * _DAY:
        return world.one(("SUBMITTED", "CHECKED", "SURVEYED", "APPROVED", "ISSUED"))
    if end >= world.today:
        return "ACTIVE"
    return world.one(("RENEWED", "RENEWED", "RENEWED", "EXPIRED", "WARNED"))


def _permit_steps(world: World, state: str, asked: dt.date, end: dt.date) -> list[Step]:
    at, later = world.moment(asked), world.moment(min(world.today, end + _DAY))
    way = ("submit", "check", "survey", "approve", "issue", "activate")
    path = permit_kind.LIFE_CYCLE.path
    reached = path.index(state) if state in path else len(way)
    steps: list[Step] = [(name, at + number * _DAY, None) for number, name in enumerate(way[:reached])]
    after = {"RENEWED": ("renew",), "EXPIRED": ("expire",), "WARNED": ("expire", "notify")}.get(state, ())
    return steps + [(name, later + 20 * number * _DAY, None) for number, name in enumerate(after)]


def _levy(world: World, at: dt.datetime, permit_type: str, asked: dt.date) -> Any:
    service, amount = {"RENEWAL": ("RENEWAL", 50_000), "STACKED": ("STACKING", 25_000)}.get(
        permit_type, ("PLOT", 100_000)
    )
    return world.line(
        at,
        service=service,
        legal_basis="Perda 5/2012",
        amount=amount,
        skrd_no=f"SKRD/{world.number('skrd')}/{asked.year}",
        payment_status="PAID",
        paid_at=asked,
        payment_channel="CASH",
    )
