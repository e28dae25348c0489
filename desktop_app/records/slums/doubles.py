"""When two units, assessments, interventions, targets or decrees may be the same one."""

from __future__ import annotations

from desktop_app.core import alike
from desktop_app.core.resembling import Evidence, Facts, Found, Likeness, Plan, Same, equal, said, same_code


def _units(one: Facts, other: Facts) -> Likeness | None:
    """The same RT under one decree."""
    if not equal(one, other, "village_code") or equal(one, other, "decree") is False:
        return None
    if "REMOVED_BY_DECREE" in (one.status, other.status):
        return None
    evidence = Evidence()
    codes = [alike.code_key(facts.text("area_code")) for facts in (one, other)]
    rt, rw = ([facts.text(name).lstrip("0") for facts in (one, other)] for name in ("rt", "rw"))
    if all(rt) and rt[0] == rt[1] and (rw[0] == rw[1] or not all(rw)):
        evidence.speaks(1 if all(rw) else 0.8, "RT/RW sama", "same RT/RW")
    elif all(rt) or (all(rw) and rw[0] != rw[1]):
        evidence.against(0.8)
    if all(codes) and codes[0] == codes[1]:
        evidence.speaks(0.4, "kode kawasan sama", "same area code")
    names = [facts.text("area_name") for facts in (one, other)]
    if all(names):
        likeness = alike.street_likeness(*names)
        if likeness >= 0.85:
            evidence.speaks(0.3, "nama kawasan mirip", "similar area name")
        elif likeness < 0.5:
            evidence.against(0.3)
    if equal(one, other, "decree_area_ha"):
        evidence.speaks(0.2, "luas sama", "same area")
    return evidence.likeness()


UNITS = Plan((Same(("village_code", "rt")), Same(("village_code", "rw"))), _units)


def _assessments(one: Facts, other: Facts) -> Likeness | None:
    evidence = Evidence()
    if all(equal(one, other, name) for name in ("unit", "year", "stage")):
        evidence.speaks(1, "lokasi, tahun dan tahap sama", "same unit, year and stage")
    elif equal(one, other, "unit") and equal(one, other, "assessed_on"):
        day = said(other, "assessed_on")
        evidence.speaks(1, f"lokasi dan tanggal sama, {day}", f"same unit and day, {day}")
    return evidence.likeness()


ASSESSMENTS = Plan((Same(("unit",)),), _assessments, at="assessed_on")


def _interventions(one: Facts, other: Facts) -> Likeness | None:
    """One job of one year in one unit; the stretches of a contract are jobs of their own."""
    if not (equal(one, other, "unit") and equal(one, other, "year")):
        return None
    if "CANCELLED" in (one.status, other.status):
        return None
    evidence = Evidence()
    if equal(one, other, "criterion"):
        evidence.speaks(0.4, "lokasi, tahun dan kriteria sama", "same unit, year and criterion")
    activity = alike.street_likeness(one.text("activity"), other.text("activity"))
    if activity >= 0.85:
        evidence.speaks(0.4, "kegiatan mirip", "similar activity")
    elif activity < 0.5:
        evidence.against(0.3)
    evidence.weigh(equal(one, other, "volume"), 0.3, 0.3, "volume sama", "same volume")
    evidence.weigh(same_code(one, other, "contract_no"), 0.3, 0.5, "kontrak sama", "same contract")
    return evidence.likeness()


INTERVENTIONS = Plan((Same(("unit", "year")),), _interventions, at="started_on")


def _targets(one: Facts, other: Facts) -> Likeness | None:
    evidence = Evidence()
    same_level = equal(one, other, "target_level") is not False
    same_district = one.values.get("district_code") == other.values.get("district_code")
    if equal(one, other, "decree") and equal(one, other, "year") and same_level and same_district:
        evidence.speaks(1, "SK, tahun dan wilayah sama", "same decree, year and area")
    return evidence.likeness()


TARGETS = Plan((Same(("decree", "year")),), _targets)


def _decrees(one: Facts, other: Facts) -> Likeness | None:
    evidence = Evidence()
    if same_code(one, other, "decree_no"):
        evidence.speaks(1, "nomor SK sama", "same decree no.")
    elif equal(one, other, "decree_date"):
        day = said(other, "decree_date")
        evidence.speaks(0.6, f"tanggal sama, {day}", f"same date, {day}")
        if equal(one, other, "total_area_ha"):
            evidence.speaks(0.5, "luas sama", "same area")
    return evidence.likeness()


DECREES = Plan(
    (Found(("decree_no",), lambda facts: [facts.text("decree_no")]), Same(("decree_date",))),
    _decrees,
    at="decree_date",
)
