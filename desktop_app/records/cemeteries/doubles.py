"""When two burials, permits, plots or cemeteries may be the same one."""

from __future__ import annotations

import datetime as dt

from desktop_app.core import alike
from desktop_app.core.resembling import (
    Around,
    Evidence,
    Facts,
    Found,
    Likeness,
    Near,
    Plan,
    Same,
    apart,
    compare_persons,
    days_apart,
    equal,
    keys_of_person,
    questions_for_person,
    said,
    same_code,
)

_ENDED_PERMITS = ("RENEWED", "RELEASED", "REJECTED", "REVOKED")


def _burials(one: Facts, other: Facts) -> Likeness | None:
    """The same person: NIK, name with father, days, plot and heir weighed; fathers and sons, twins and namesakes are two."""
    if "EXHUMED" in (one.status, other.status) or "REBURIAL" in (
        one.text("burial_kind"),
        other.text("burial_kind"),
    ):
        return None
    evidence = Evidence()
    number = alike.number_likeness(one.text("deceased_nik"), other.text("deceased_nik"))
    if number == "same":
        evidence.speaks(0.8, "NIK sama", "same NIK")
    elif number == "slip":
        evidence.speaks(0.3, "NIK hampir sama", "nearly the same NIK")
    elif number == "other":
        evidence.against(0.6)
    name = compare_persons(evidence, one, other, "deceased_name", 0.6)
    if name < 0.75 and number != "same":
        return None
    if one.values.get("is_unidentified") or other.values.get("is_unidentified"):
        _compare_finds(evidence, one, other)
    else:
        _compare_births(evidence, one, other)
    _compare_deaths(evidence, one, other)
    _compare_heirs(evidence, one, other)
    return evidence.likeness()


def _compare_finds(evidence: Evidence, one: Facts, other: Facts) -> None:
    """Nobody knows the name, so it tells nothing: the police letter and the place do."""
    evidence.against(0.6)
    evidence.weigh(
        same_code(one, other, "police_letter_no"), 0.9, 0.5, "surat polisi sama", "same police letter"
    )
    if alike.street_likeness(one.text("found_place"), other.text("found_place")) >= 0.8:
        evidence.speaks(0.4, "tempat ditemukan sama", "found at the same place")


def _compare_births(evidence: Evidence, one: Facts, other: Facts) -> None:
    parents = [facts.text("deceased_parentage") for facts in (one, other)]
    if all(parents):
        father = alike.name_likeness(*parents)
        if father >= 0.85:
            evidence.speaks(0.2, "bin/binti sama", "same father")
        elif father < 0.6:
            evidence.against(0.5)
    if equal(one, other, "deceased_sex") is False:
        evidence.against(0.5)
    born = one.day("deceased_birth_date"), other.day("deceased_birth_date")
    if None in born or not all(_to_the_day(facts) for facts in (one, other)):
        return
    if born[0] == born[1]:
        evidence.speaks(0.3, "tanggal lahir sama", "same birth date")
    elif not _slip_of_date(*born):
        evidence.against(0.35)


def _to_the_day(facts: Facts) -> bool:
    return facts.text("deceased_birth_date_precision") in ("", "DAY")


def _slip_of_date(one: dt.date | None, other: dt.date | None) -> bool:
    """Day and month swapped, or only one of day, month and year another."""
    if one is None or other is None:
        return False
    if (one.day, one.month, one.year) == (other.month, other.day, other.year):
        return True
    parts = (one.day == other.day, one.month == other.month, one.year == other.year)
    return sum(parts) == 2 and abs(one.year - other.year) in (0, 1, 10)


def _compare_deaths(evidence: Evidence, one: Facts, other: Facts) -> None:
    died = days_apart(one, other, "death_date")
    buried = days_apart(one, other, "burial_date")
    day = said(other, "burial_date")
    if died == 0:
        evidence.speaks(0.35, "tanggal wafat sama", "same date of death")
    elif died is not None and died <= 3:
        evidence.speaks(0.15, "tanggal wafat berdekatan", "died within days")
    elif _slip_of_date(one.day("death_date"), other.day("death_date")):
        evidence.speaks(0.1, "tanggal wafat mirip", "similar date of death")
    elif died is not None:
        evidence.against(0.6)
    if buried is not None and buried <= 1:
        evidence.speaks(0.15, f"dimakamkan {day}", f"buried {day}")
    if equal(one, other, "plot"):
        if equal(one, other, "stack_level") is False:
            evidence.against(0.2)
        else:
            evidence.speaks(0.3, "petak sama", "same plot")
    elif equal(one, other, "plot") is False:
        evidence.against(0.1)


def _compare_heirs(evidence: Evidence, one: Facts, other: Facts) -> None:
    likeness = alike.name_likeness(one.text("heir_name"), other.text("heir_name"))
    if likeness >= 0.85:
        evidence.speaks(0.15, "ahli waris sama", "same heir")
    if equal(one, other, "heir_phone") or equal(one, other, "heir_nik"):
        evidence.speaks(0.1, "nomor ahli waris sama", "same number of the heir")


BURIALS = Plan(
    (
        Same(("deceased_nik",)),
        Same(("plot",)),
        Around("burial_date", 4, ("deceased_name",), keys_of_person("deceased_name")),
        Found(("deceased_name",), questions_for_person("deceased_name")),
    ),
    _burials,
    at="burial_date",
)


def _permits(one: Facts, other: Facts) -> Likeness | None:
    """Two applications for one grave; a renewal and what it renews are a chain, no double."""
    chained = other.uid == one.values.get("previous_permit") or one.uid == other.values.get("previous_permit")
    if chained or one.status in _ENDED_PERMITS or other.status in _ENDED_PERMITS:
        return None
    evidence = Evidence()
    evidence.weigh(same_code(one, other, "permit_no"), 1, 0.3, "nomor izin sama", "same permit no.")
    plot = equal(one, other, "plot")
    if plot is False and not evidence.points:
        return None
    if plot:
        evidence.speaks(0.5, "petak sama", "same plot")
    burial = equal(one, other, "burial")
    evidence.weigh(burial, 0.8, 0.6, "pemakaman sama", "same burial")
    _compare_holders(evidence, one, other)
    if equal(one, other, "permit_type") is False:
        evidence.against(0.3)
    days, day = days_apart(one, other, "application_date"), said(other, "application_date")
    if days is not None and days <= 60:
        evidence.speaks(0.25, f"permohonan {day}", f"applied {day}")
    elif days is not None and days > 365:
        evidence.against(0.4)
    return evidence.likeness()


def _compare_holders(evidence: Evidence, one: Facts, other: Facts) -> None:
    heir = alike.number_likeness(one.text("heir_nik"), other.text("heir_nik"))
    if heir == "other":
        evidence.against(0.3)
    elif heir:
        evidence.speaks(0.3, "NIK ahli waris sama", "same NIK of the heir")
    likeness = alike.name_likeness(one.text("heir_name"), other.text("heir_name"))
    if likeness >= 0.85:
        evidence.speaks(0.3, "ahli waris sama", "same heir")
    elif one.text("heir_name") and other.text("heir_name"):
        evidence.against(0.2)


PERMITS = Plan(
    (Same(("plot",)), Same(("burial",)), Found(("permit_no",), lambda facts: [facts.text("permit_no")])),
    _permits,
    at="application_date",
)


def _plots(one: Facts, other: Facts) -> Likeness | None:
    evidence = Evidence()
    if equal(one, other, "cemetery") is False:
        return None
    codes = [_plot_code(facts.text("plot_code")) for facts in (one, other)]
    if codes[0] and codes[0] == codes[1]:
        evidence.speaks(1, "kode petak sama", "same plot code")
    places = [tuple(alike.code_key(facts.text(name)) for name in _IN_BLOCK) for facts in (one, other)]
    if all(places[0]) and places[0] == places[1]:
        evidence.speaks(1, "blok, baris dan nomor sama", "same block, row and number")
    return evidence.likeness()


_IN_BLOCK = ("block_code", "row_no", "plot_no")


def _plot_code(text: str) -> str:
    parts = alike.code_key(text).split("-")
    return "-".join(part for part in parts if part not in ("blok", "no", "petak"))


PLOTS = Plan(
    (Same(("cemetery", "plot_code")), Found(("plot_code",), lambda facts: [facts.text("plot_code")])), _plots
)


def _cemeteries(one: Facts, other: Facts) -> Likeness | None:
    evidence = Evidence()
    if same_code(one, other, "cemetery_code"):
        evidence.speaks(1, "kode TPU sama", "same code")
    names = [_cemetery_name(facts.text("name")) for facts in (one, other)]
    numbers = [alike.address(name).turn for name in names]
    if alike.street_likeness(*names) >= 0.85 and numbers[0] == numbers[1]:
        evidence.speaks(0.8, "nama TPU mirip", "similar name")
    far = apart(one, other)
    evidence.weigh(equal(one, other, "village_code"), 0.25, 0.5, "kelurahan sama", "same village")
    if far is not None:
        if far <= 100:
            evidence.speaks(0.2, "letak sama", "same position")
        elif far > 1000:
            evidence.against(0.5)
    return evidence.likeness()


def _cemetery_name(text: str) -> str:
    words = text.casefold().replace("taman pemakaman umum", "").replace("pemakaman", "").split()
    return " ".join(word for word in words if word not in ("tpu", "makam"))


CEMETERIES = Plan(
    (
        Same(("village_code",)),
        Found(("name",), lambda facts: [_cemetery_name(facts.text("name"))]),
        Near(100),
    ),
    _cemeteries,
)
