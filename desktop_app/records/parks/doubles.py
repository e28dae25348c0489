"""When two slips of work, requests or parks may be the same one."""

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
    compare_places,
    days_apart,
    equal,
    keys_of_street,
    overlap,
    said,
    same_code,
)


def _work(one: Facts, other: Facts) -> Likeness | None:
    """The same park, activity and day; two crews or two shifts are two works."""
    days = days_apart(one, other, "work_date")
    if not (equal(one, other, "park") and equal(one, other, "activity")) or days is None or days > 1:
        return None
    evidence = Evidence()
    day = said(other, "work_date")
    base = 0.9 if days == 0 else 0.3
    evidence.speaks(base, f"taman dan pekerjaan sama, {day}", f"same park and activity, {day}")
    crew = equal(one, other, "crew")
    if crew:
        evidence.speaks(0.2, "regu sama", "same crew")
    elif crew is None:
        evidence.speaks(0.1, "regu belum diisi", "crew not filled in")
    else:
        evidence.against(0.4)
    _compare_hours(evidence, one, other)
    evidence.weigh(equal(one, other, "volume"), 0.2, 0.1, "volume sama", "same volume")
    evidence.weigh(same_code(one, other, "work_order_no"), 0.3, 0.3, "SPT sama", "same work order")
    return evidence.likeness()


def _compare_hours(evidence: Evidence, one: Facts, other: Facts) -> None:
    begins = one.values.get("start_time"), other.values.get("start_time")
    if isinstance(begins[0], dt.time) and isinstance(begins[1], dt.time):
        hours = abs(begins[0].hour * 60 + begins[0].minute - begins[1].hour * 60 - begins[1].minute) / 60
        if hours <= 0.5:
            evidence.speaks(0.2, "jam mulai sama", "same hour")
        elif hours >= 2:
            evidence.against(0.4)


WORK = Plan(
    (
        Around(
            "work_date",
            1,
            ("park", "activity"),
            lambda facts: [f"{facts.text('park')}|{facts.text('activity')}"],
        ),
    ),
    _work,
    at="work_date",
)


def _requests(one: Facts, other: Facts) -> Likeness | None:
    """The same trees asked for again before they were dealt with."""
    if not overlap(one, other, "received_at", "finished_at", ("DONE", "CLOSED", "REJECTED")):
        return None
    days = days_apart(one, other, "received_at")
    if days is not None and days > 120:
        return None
    evidence = Evidence()
    if equal(one, other, "park"):
        evidence.speaks(0.3, "taman sama", "same park")
    elif equal(one, other, "park") is False:
        return None
    if not compare_places(evidence, one, other, 0.4):
        return None
    if equal(one, other, "applicant_phone"):
        evidence.speaks(0.4, "telepon pemohon sama", "same telephone")
    likeness = compare_persons(evidence, one, other, "applicant_name", 0.35)
    if likeness < 0.5 and one.text("applicant_name") and other.text("applicant_name"):
        evidence.against(0.1)
    if equal(one, other, "category") is False:
        evidence.against(0.25)
    since = said(other, "received_at")
    if days is not None and days <= 30:
        evidence.speaks(0.3 if days <= 7 else 0.15, f"diajukan {since}", f"asked for {since}")
    elif days is not None:
        evidence.against(0.1)
    return evidence.likeness()


REQUESTS = Plan(
    (
        Around("received_at", 30, ("street_name",), keys_of_street),
        Found(("applicant_phone",), lambda facts: [facts.text("applicant_phone")], open_only=True),
    ),
    _requests,
    at="received_at",
)


def _parks(one: Facts, other: Facts) -> Likeness | None:
    evidence = Evidence()
    if same_code(one, other, "park_code"):
        evidence.speaks(1, "kode taman sama", "same park code")
    names = [_park_name(facts.text("park_name")) for facts in (one, other)]
    turns = {alike.address(name).turn for name in names}
    likeness = alike.street_likeness(*names) if len(turns) == 1 else 0.0
    if likeness >= 0.85:
        evidence.speaks(0.7, "nama taman mirip", "similar name")
    evidence.weigh(equal(one, other, "village_code"), 0.2, 0.5, "kelurahan sama", "same village")
    if alike.street_likeness(one.text("street_name"), other.text("street_name")) >= 0.85:
        evidence.speaks(0.15, "jalan sama", "same street")
    if equal(one, other, "rth_type") is False:
        evidence.against(0.2)
    far = apart(one, other)
    if far is not None and far <= 60:
        evidence.speaks(0.3, "letak sama", "same position")
    elif far is not None and far > 400:
        evidence.against(0.4)
    return evidence.likeness()


def _park_name(text: str) -> str:
    words = text.casefold().split()
    return " ".join(word for word in words if word not in ("taman", "rth", "tmn")) or text


PARKS = Plan(
    (
        Same(("village_code",)),
        Found(("park_name",), lambda facts: [_park_name(facts.text("park_name"))]),
        Near(60),
    ),
    _parks,
)
