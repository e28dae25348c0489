"""When two slips, lamps or panels may be the same one."""

from __future__ import annotations

from collections.abc import Iterable

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
    questions_for_street,
    said,
    same_code,
)
from desktop_app.records.lighting.repair_life import TO_BE_DONE

_SETTLED = ("DUPLICATE", "REJECTED")
_OVER = ("DONE", "CONFIRMED", "REFERRED")
_OF_PANEL = ("PANEL_FAULT", "LAMP_GROUP_OUT")


def _repairs(one: Facts, other: Facts) -> Likeness | None:
    """The same lamp while its report is open; without a lamp, the same place within days."""
    linked = other.uid == one.values.get("duplicate_of") or one.uid == other.values.get("duplicate_of")
    settled = one.status in _SETTLED or other.status in _SETTLED
    if linked or settled or not overlap(one, other, "received_at", "finished_at", _OVER):
        return None
    if (one.text("category") == "NEW_REQUEST") != (other.text("category") == "NEW_REQUEST"):
        return None
    evidence = Evidence()
    since = said(other, "received_at")
    opened = other.status in TO_BE_DONE
    lamp = equal(one, other, "lamp")
    if lamp is None and one.text("lamp_code") and other.text("lamp_code"):
        lamp = alike.code_key(one.text("lamp_code")) == alike.code_key(other.text("lamp_code"))
    if lamp is False:
        return None
    if lamp:
        if opened:
            evidence.speaks(1, f"lampu sama, laporan terbuka {since}", f"same lamp, open report of {since}")
        else:
            evidence.speaks(1, f"lampu sama, dilaporkan {since}", f"same lamp, reported {since}")
        return evidence.likeness()
    if equal(one, other, "panel") and one.text("category") == other.text("category") in _OF_PANEL:
        evidence.speaks(1, f"panel sama, dilaporkan {since}", f"same panel, reported {since}")
        return evidence.likeness()
    if not compare_places(evidence, one, other):
        return None
    _compare_reports(evidence, one, other)
    return evidence.likeness()


def _compare_reports(evidence: Evidence, one: Facts, other: Facts) -> None:
    if equal(one, other, "reporter_phone"):
        evidence.speaks(0.4, "telepon pelapor sama", "same telephone")
    compare_persons(evidence, one, other, "reporter_name", 0.25)
    days = days_apart(one, other, "received_at")
    since = said(other, "received_at")
    if days is None:
        return
    if days <= 7:
        evidence.speaks(0.3 if days <= 3 else 0.2, f"dilaporkan {since}", f"reported {since}")
    elif days > 14:
        evidence.against(0.3)
    if equal(one, other, "category") is False:
        evidence.against(0.15)
    if equal(one, other, "points_reported") is False:
        evidence.against(0.1)


def _keys(facts: Facts) -> Iterable[str]:
    code = alike.code_key(facts.text("lamp_code"))
    return (*keys_of_street(facts), code) if code else keys_of_street(facts)


REPAIRS = Plan(
    (
        Same(("lamp",)),
        Same(("panel", "category")),
        Around("received_at", 14, ("street_name", "lamp_code"), _keys, typed=False),
        Found(("street_name",), questions_for_street, open_only=True),
        Found(("reporter_phone",), lambda facts: [facts.text("reporter_phone")], open_only=True),
        Found(("lamp_code",), lambda facts: [facts.text("lamp_code")], open_only=True),
    ),
    _repairs,
    at="received_at",
)


def _lamps(one: Facts, other: Facts) -> Likeness | None:
    """The same code or serial number, or the same spot with hardly another code; two lamps on one pole are two."""
    evidence = Evidence()
    if same_code(one, other, "lamp_code"):
        evidence.speaks(1, "kode lampu sama", "same lamp code")
        return evidence.likeness()
    if same_code(one, other, "serial_no"):
        evidence.speaks(0.7, "nomor seri sama", "same serial no.")
    if equal(one, other, "pole_code") is True:
        evidence.against(0.6)  # a second arm of the pole
    far = apart(one, other)
    if far is not None and far <= 3:
        evidence.speaks(0.5, "titik koordinat sama", "same position")
    elif far is not None and far > 25:
        evidence.against(0.5)
    if alike.street_likeness(one.text("street_name"), other.text("street_name")) >= 0.85:
        evidence.speaks(0.2, "jalan sama", "same street")
    if _slip_of_code(one.text("lamp_code"), other.text("lamp_code")):
        evidence.speaks(0.3, "kode hampir sama", "nearly the same code")
    for name in ("power_w", "lamp_type", "brand", "install_date"):
        if equal(one, other, name) is False:
            evidence.against(0.15)
    return evidence.likeness()


def _slip_of_code(a: str, b: str) -> bool:
    """Two neighbouring digits swapped (0042, 0024), or a program's made-up code beside a painted one."""
    one, other = alike.code_key(a), alike.code_key(b)
    swapped = len(one) == len(other) and sorted(one) == sorted(other)
    return bool(one and other) and (swapped or ("1872" in one) != ("1872" in other))


LAMPS = Plan(
    (
        Found(("lamp_code",), lambda facts: [facts.text("lamp_code")]),
        Found(("serial_no",), lambda facts: [facts.text("serial_no")]),
        Near(5),
    ),
    _lamps,
    at="install_date",
)


def _panels(one: Facts, other: Facts) -> Likeness | None:
    evidence = Evidence()
    if equal(one, other, "idpel"):
        evidence.speaks(1, "ID Pelanggan sama", "same customer no.")
    if same_code(one, other, "panel_code"):
        evidence.speaks(1, "kode panel sama", "same panel code")
    if equal(one, other, "idpel") is False:
        evidence.against(0.6)
    far = apart(one, other)
    if far is not None and far <= 5:
        evidence.speaks(0.6, "titik koordinat sama", "same position")
    if alike.street_likeness(one.text("street_name"), other.text("street_name")) >= 0.85:
        evidence.speaks(0.2, "jalan sama", "same street")
    if same_code(one, other, "meter_no"):
        evidence.speaks(0.6, "nomor meter sama", "same meter no.")
    if alike.street_likeness(one.text("panel_name"), other.text("panel_name")) >= 0.85:
        evidence.speaks(0.3, "nama panel mirip", "similar name")
    return evidence.likeness()


def _codes(facts: Facts) -> Iterable[str]:
    return [facts.text("panel_code")]


PANELS = Plan(
    (
        Same(("idpel",)),
        Found(("panel_code",), _codes),
        Found(("meter_no",), lambda facts: [facts.text("meter_no")]),
        Near(6),
    ),
    _panels,
)
