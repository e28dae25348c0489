"""Streetlights: the way of a repair slip, what its lamp tells, and panels from an old register."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from desktop_app.core.computing import figure
from desktop_app.core.draft import Draft
from desktop_app.core.record import Record, Setting, View
from desktop_app.core.rules import findings, is_required
from desktop_app.core.stamps import new_uid
from desktop_app.records.registry import REGISTRY
from tests.unit.records.city import DAY, DONE, HERE, HOUR, ORDERLY, city, moved, slip
from tests.unit.records.house import NOW, House

REPAIR, LAMP, PANEL = (REGISTRY[name] for name in ("streetlight_repair", "light_point", "power_panel"))
WAY = (
    ("begin", "RECEIVED"),
    ("verify", "VERIFIED"),
    ("schedule", "SCHEDULED"),
    ("start", "IN_PROGRESS"),
    ("finish", "DONE"),
    ("confirm", "CONFIRMED"),
)


def by(house: House, person: str, record: Record, move: str, now: dt.datetime = NOW) -> list[str]:
    """What stands in the way of a move when this person makes it."""
    from desktop_app.core.rules import guard

    step = REPAIR.life_cycle.move(move) if REPAIR.life_cycle else None
    assert step is not None
    where = Setting(now, house, house.settings, house, person)
    return [one.words.en for one in guard(View(REPAIR, record, where), step)]


def errors(house: House, record: Record) -> set[str]:
    return {one.field for one in house.findings(record) if one.severity == "error"}


# ---- the way of a repair slip


def test_the_ordinary_way_leads_from_report_to_confirmation():
    cycle = REPAIR.life_cycle
    assert cycle is not None
    stands = cycle.start
    for name, after in WAY[1:]:
        step = cycle.moves_from(stands)[0]
        assert (step.name, step.main, step.to) == (name, True, after)
        stands = after


@pytest.mark.parametrize(
    ("status", "missing"),
    [
        ("RECEIVED", set[str]()),
        ("VERIFIED", set()),
        ("SCHEDULED", {"planned_date", "crew"}),
        ("IN_PROGRESS", {"planned_date", "crew", "started_at"}),
        ("DONE", {"planned_date", "crew", *DONE} - {"order_type"}),
        ("ON_HOLD", {"hold_reason"}),
        ("REFERRED", {"referred_to"}),
        ("DUPLICATE", {"duplicate_of"}),
        ("REJECTED", set()),
    ],
)
def test_a_slip_needs_what_belongs_to_where_it_stands(status: str, missing: set[str]):
    house = city()
    assert errors(house, slip(house, "streetlight_repair", status=status)) == missing


def test_a_finished_slip_is_in_order():
    house = city()
    assert house.said(slip(house, "streetlight_repair", status="DONE", **DONE)) == []


def test_done_needs_light():
    house = city()
    dark = slip(
        house,
        "streetlight_repair",
        status="IN_PROGRESS",
        **{**DONE, "result": "NOT_FIXED", "points_fixed": 0},
    )
    assert by(house, "Agus Prasetyo", dark, "finish") == [
        "Done needs the result fixed or partly fixed. If it does not burn yet: put it on hold."
    ]
    dark.values["result"] = "PARTIAL"
    assert by(house, "Agus Prasetyo", dark, "finish") == []


def test_the_lamp_may_be_found_later_but_not_never():
    house = city()
    lost = slip(house, "streetlight_repair", lamp=None, status="IN_PROGRESS", **DONE)
    assert errors(house, lost) == set()
    lost.status = "DONE"
    assert errors(house, lost) == {"lamp"}
    lost.values["category"] = "NEW_REQUEST"
    assert "lamp" not in errors(house, lost)


@pytest.mark.parametrize(
    ("person", "may"), [("Dewi Lestari", True), ("Agus Prasetyo", False), ("Bambang", False)]
)
def test_somebody_else_confirms(person: str, may: bool):
    """Neither the crew's leader (Agus Prasetyo) nor who recorded the work as done (Bambang)."""
    house = city()
    done = slip(house, "streetlight_repair", status="DONE", **DONE, moves=moved(*WAY[:-1], by="Bambang"))
    assert (by(house, person, done, "confirm") == []) == may


@pytest.mark.parametrize(("days", "may"), [(29, True), (31, False)])
def test_a_confirmed_slip_is_reopened_within_thirty_days(days: int, may: bool):
    house = city()
    closed = slip(
        house, "streetlight_repair", status="CONFIRMED", **DONE, moves=moved(*WAY, at=NOW - days * DAY)
    )
    said = by(house, "Dewi Lestari", closed, "reopen")
    assert (said == []) == may
    assert may or said == ["More than 30 days have passed since it was confirmed: make a new report."]


def test_every_step_back_gives_a_reason():
    cycle = REPAIR.life_cycle
    assert cycle is not None
    for move in cycle.moves:
        for before in move.frm:
            if (
                before in cycle.path
                and move.to in cycle.path
                and cycle.path.index(move.to) < cycle.path.index(before)
            ):
                assert move.reason, move.name
    for name in ("reject", "answer", "restore"):
        move_named = cycle.move(name)
        assert move_named is not None
        assert move_named.reason


def test_what_is_not_asked_is_not_shown():
    house = city()
    draft = Draft.of(REPAIR, slip(house, "streetlight_repair"), house.where(), new_uid, lambda *_: [])
    assert not any(draft.relevant(name) for name in ("hold_reason", "referred_to", "duplicate_of"))
    draft.choose("hold_reason", "WEATHER")
    assert draft.relevant("hold_reason")


# ---- reports of the same lamp


def test_an_open_report_of_the_same_lamp_is_shown_beside():
    house = city()
    house.put("streetlight_repair", "first", {**ORDERLY["streetlight_repair"], "received_at": NOW - 3 * DAY})
    found = next(one for one in house.findings(slip(house, "streetlight_repair")) if one.field == "lamp")
    assert (found.severity, found.see) == ("warning", ("streetlight_repair", "first"))
    assert found.words.id == "Lampu ini sudah punya laporan terbuka 19/11/2026."


@pytest.mark.parametrize("status", ["DONE", "CONFIRMED", "REJECTED", "DUPLICATE", "REFERRED"])
def test_a_report_that_is_worked_off_is_in_nobody_s_way(status: str):
    house = city()
    house.put("streetlight_repair", "first", ORDERLY["streetlight_repair"], status=status)
    assert house.said(slip(house, "streetlight_repair")) == []


# ---- filling in


def begun(house: House, kind: str) -> Draft:
    return Draft.new(REGISTRY[kind], house.where(), new_uid, lambda *_: [])


def test_picking_the_lamp_fills_where_it_is():
    draft = begun(city(), "streetlight_repair")
    draft.choose("lamp", "lamp")
    filled = {name: draft.record.values[name] for name in HERE}
    assert filled == HERE
    assert draft.record.values["lamp_code"] == "PJU-0042"
    assert draft.record.values["panel"] == "panel"
    assert draft.value("district_code") == "18.72.04"


def test_a_new_slip_begins_with_what_is_usual():
    draft = begun(city(), "streetlight_repair")
    values = draft.record.values
    assert (values["received_at"], values["points_reported"], values["priority"]) == (NOW, 1, "NORMAL")
    assert values["responsible_agency"] == "PERKIM"
    assert draft.record.status == "RECEIVED"


@pytest.mark.parametrize(("priority", "hours"), [("EMERGENCY", 2), ("HIGH", 12), ("NORMAL", 12), ("LOW", 48)])
def test_the_target_is_the_office_s_promise(priority: str, hours: int):
    house = city(sla_hours=12, sla_hours_max=48)
    record = slip(house, "streetlight_repair", priority=priority)
    target = REPAIR.by_name["target_at"]
    assert figure(house.view(record), target) == NOW - DAY + hours * HOUR  # type: ignore[arg-type]


def test_materials_are_added_up_to_the_rupiah():
    house = city()
    lines = [
        {"material": "material", "qty": Decimal(2), "unit": "PIECE", "unit_price": 725_000},
        {"material": "material", "qty": Decimal("16.125"), "unit": "METRE", "unit_price": 10_004},
        {"material": "material", "qty": Decimal(1), "unit": "PIECE"},
    ]
    record = slip(house, "streetlight_repair", lines={"materials": lines})
    assert [line.values["line_total"] for line in record.lines["materials"]] == [1_450_000, 161_315, None]
    assert record.values["materials_total"] == 1_611_315
    assert slip(house, "streetlight_repair").values["materials_total"] is None


def test_a_line_needs_material_quantity_and_unit():
    house = city()
    lines = {"materials": [{"qty": Decimal(0)}]}
    said = {(one.field, one.code) for one in house.findings(slip(house, "streetlight_repair", lines=lines))}
    assert said == {
        ("material", "materials.material:missing"),
        ("unit", "materials.unit:missing"),
        ("qty", "materials.qty:range"),
    }


# ---- lamps


def burning(house: House) -> Any:
    field = LAMP.by_name["operating_status"]
    return figure(house.view(house.records["lamp"]), field)  # type: ignore[arg-type]


def reported(
    house: House, uid: str, category: str, at: dt.datetime, status: str = "RECEIVED", **values: Any
) -> None:
    given = {**ORDERLY["streetlight_repair"], "category": category, "received_at": at, **values}
    house.put("streetlight_repair", uid, given, status=status)


def test_nobody_knows_whether_a_lamp_burns_that_nobody_looked_at():
    assert burning(city()) == "UNKNOWN"


def test_the_newest_repair_tells_whether_the_lamp_burns():
    house = city()
    reported(house, "first", "LAMP_OUT", NOW - 9 * DAY)
    assert burning(house) == "OFF"
    reported(house, "first", "LAMP_OUT", NOW - 9 * DAY, "DONE", **{**DONE, "finished_at": NOW - 8 * DAY})
    assert burning(house) == "ON"
    reported(house, "second", "DAY_BURNER", NOW - 2 * DAY)
    assert burning(house) == "DAY_BURNER"
    reported(house, "third", "LAMP_OUT", NOW - DAY, "REJECTED")
    assert burning(house) == "DAY_BURNER"


def test_a_newer_check_knows_better_than_the_repair():
    house = city()
    reported(house, "first", "LAMP_OUT", NOW - 9 * DAY)
    lamp = house.records["lamp"].values
    lamp |= {"last_checked_at": (NOW - 2 * DAY).date(), "checked_status": "DIM"}
    assert burning(house) == "DIM"
    lamp["last_checked_at"] = (NOW - 20 * DAY).date()
    assert burning(house) == "OFF"


@pytest.mark.parametrize(
    ("arm", "metres_north", "warned"),
    [("DOUBLE", 10, False), ("DOUBLE", 80, True), ("SINGLE", 10, True), (None, 10, True)],
)
def test_two_lamps_may_share_a_pole_with_two_arms(arm: str | None, metres_north: int, warned: bool):
    house = city()
    latitude = HERE["latitude"] + Decimal(metres_north) / 111_195
    twin = slip(
        house, "light_point", pole_code="T-42", arm_type=arm, latitude=latitude.quantize(Decimal("1e-8"))
    )
    found = [one.see for one in house.findings(twin) if one.field == "pole_code"]
    assert found == ([("light_point", "lamp")] if warned else [])


def test_a_lamp_s_code_and_a_panel_s_customer_number_are_its_own():
    house = city()
    assert house.said(slip(house, "light_point", lamp_code="PJU-0042"), "error") == [
        "lamp_code: Lamp code PJU-0042 is taken already: PJU-0042."
    ]
    assert house.said(slip(house, "power_panel", idpel="175300000001")) == [
        "idpel: PLN customer no. 175300000001 is taken already: PNL-1872-0001, PJU Sudirman."
    ]


def test_a_panel_counts_its_lamps():
    house = city()
    field = PANEL.by_name["lamp_count"]
    assert figure(house.view(house.records["panel"]), field) == 1  # type: ignore[arg-type]


# ---- panels


@pytest.mark.parametrize(
    ("supply", "needed"),
    [("METERED", True), ("UNMETERED_LEGAL", True), ("SHARED", False), ("SOLAR", False), ("ILLEGAL", False)],
)
def test_a_connection_of_its_own_has_a_customer_number(supply: str, needed: bool):
    house = city()
    panel = slip(house, "power_panel", supply_type=supply, idpel=None, connected_power_va=None)
    assert errors(house, panel) == ({"idpel", "connected_power_va"} if needed else set())


def test_the_program_gives_a_panel_a_code_of_its_own():
    house = city()
    first, second = begun(house, "power_panel"), begun(house, "power_panel")
    codes = {str(draft.record.values["panel_code"]) for draft in (first, second)}
    assert len(codes) == 2
    assert all(code.startswith("PNL-1872-") and len(code) == 15 for code in codes)
    again = PANEL.by_name["panel_code"].default
    assert callable(again)
    assert again(first.view()) == first.record.values["panel_code"]


def old(house: House, **typed: str) -> Draft:
    """A row of an old register as an import types it in: another city's panel, of which the register tells little."""
    draft = begun(house, "power_panel")
    draft.choose("from_old_register", True)
    row = {
        "panel_name": "PJU DESA JUWET",
        "idpel": "514541419189",
        "street_name": "JUWET KEL JUWET",
        "connected_power_va": "3500.0",
        "supply_type": "METERED",
        "pln_unit": "51458.0",
        "latitude": "-7.38275500",
        "longitude": "112.10142100",
        "meter_no": "0",
        "transformer_code": "HJ097",
        "network_pole": "D06C01",
    }
    for name, text in {**row, **typed}.items():
        draft.type(name, text)
    return draft


KEDIRI = {
    "city_code": "35.06",
    "city_box": (Decimal("-8.2"), Decimal("111.7"), Decimal("-7.3"), Decimal("112.5")),
}


def test_an_old_register_comes_in_with_what_it_has():
    draft = old(city(**KEDIRI))
    assert [one.words.en for one in draft.findings() if one.severity == "error"] == []
    assert {one.code for one in draft.findings()} == {"village_code:missing"}
    values = draft.record.values
    assert (values["connected_power_va"], values["meter_no"], values["condition"]) == (3500, None, "UNKNOWN")
    assert str(values["latitude"]) == "-7.38275500"


def test_an_unusual_power_is_a_hint_not_a_warning():
    assert "connected_power_va" not in {
        one.field for one in old(city(**KEDIRI), connected_power_va="3680.0").findings()
    }


def test_a_rounded_position_is_warned_about():
    draft = old(city(**KEDIRI), latitude="-7.80776900", longitude="112.00000000")
    assert [one.words.id for one in draft.findings() if one.field == "longitude"] == [
        "Koordinat -7,807769, 112,0000 tampaknya dibulatkan ke derajat."
    ]


def test_a_row_shifted_by_columns_is_refused():
    """IDPEL right, but the power stands where the supply should be, and so on to the right."""
    draft = old(
        city(**KEDIRI), connected_power_va="P3", supply_type="1.0", latitude="112.15322300", longitude=""
    )
    refused = {one.field for one in draft.findings() if one.severity == "error"}
    assert {"supply_type", "latitude"} <= refused


def test_what_a_paper_can_t_tell_is_a_warning_there_only():
    house = city(**KEDIRI)
    draft = old(house)
    draft.choose("from_old_register", False)
    assert "village_code" in {one.field for one in draft.findings() if one.severity == "error"}
    assert is_required(draft.view(), PANEL.by_name["village_code"])
    assert findings(draft.view())
