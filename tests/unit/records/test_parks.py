"""Parks, the work in them, and tree requests: what the rules of test_rules.py do not tell."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from desktop_app.core.computing import compute
from desktop_app.core.record import Record
from desktop_app.records.parks.codes import MINIMUM_AREA_M2
from desktop_app.records.registry import REGISTRY
from tests.unit.records.city import DAY, ORDERLY, city, moved, slip
from tests.unit.records.house import NOW, House

TREE = [{"species_local": "MAHONI", "tree_count": 2}]
SURVEYED = {"surveyed_on": dt.date(2026, 11, 16), "survey_result": "APPROVE_PRUNE"}


def errors(house: House, record: Record) -> set[str]:
    return {one.field for one in house.findings(record) if one.severity == "error"}


# ---- work


def test_the_same_work_of_another_crew_or_day_is_no_double():
    house = city()
    house.put("crew", "other", {"name": "Regu 3"})
    house.put("park_work", "first", ORDERLY["park_work"])
    assert house.said(slip(house, "park_work", crew="other")) == []
    assert house.said(slip(house, "park_work", work_date=dt.date(2026, 11, 19))) == []
    assert house.said(slip(house, "park_work", activity="WATERING")) == []
    double = house.findings(slip(house, "park_work"))
    assert [(one.field, one.see) for one in double] == [("work_date", ("park_work", "first"))]


@pytest.mark.parametrize(
    ("steps", "result"),
    [
        ([("begin", "PLANNED")], None),
        ([("begin", "PLANNED"), ("finish", "DONE")], "DONE"),
        ([("begin", "PLANNED"), ("finish_partly", "PARTIAL"), ("verify", "VERIFIED")], "PARTIAL"),
        ([("begin", "PLANNED"), ("skip", "SKIPPED"), ("verify", "VERIFIED")], "SKIPPED"),
        ([("begin", "PLANNED"), ("finish", "DONE"), ("rework", "PLANNED")], None),
    ],
)
def test_how_it_ended_stays_known_once_verified(steps: list[tuple[str, str]], result: str | None):
    house = city()
    work = slip(house, "park_work", status=steps[-1][1], moves=moved(*steps))
    compute(house.view(work))
    assert work.values["result"] == result


@pytest.mark.parametrize(
    ("status", "missing"),
    [
        ("PLANNED", set[str]()),
        ("ASSIGNED", {"crew"}),
        ("DONE", {"crew"}),
        ("PARTIAL", {"crew", "volume"}),
        ("SKIPPED", {"skip_reason"}),
    ],
)
def test_work_needs_what_belongs_to_where_it_stands(status: str, missing: set[str]):
    house = city()
    history = moved(("begin", "PLANNED"), ("x", status))
    assert errors(house, slip(house, "park_work", crew=None, status=status, moves=history)) == missing


def test_skipped_work_is_verified_without_a_crew():
    house = city()
    history = moved(("begin", "PLANNED"), ("skip", "SKIPPED"), ("verify", "VERIFIED"))
    work = slip(house, "park_work", crew=None, status="VERIFIED", moves=history, skip_reason="NO_WORKERS")
    assert errors(house, work) == set()


def test_a_volume_has_its_unit_and_both_are_merged_as_one():
    house = city()
    assert errors(house, slip(house, "park_work", volume=Decimal(200))) == {"unit"}
    assert errors(house, slip(house, "park_work", volume=Decimal(200), unit="M2")) == set()
    assert REGISTRY["park_work"].groups["volume"] == ("volume", "unit")


def test_the_one_who_recorded_it_does_not_verify_it():
    house = city()
    history = moved(("begin", "PLANNED"), ("finish", "DONE"), by="Sri Wahyuni")
    assert house.refuses(slip(house, "park_work", status="DONE", moves=history), "verify")
    history = moved(("begin", "PLANNED"), ("finish", "DONE"), by="Agus Prasetyo")
    assert house.refuses(slip(house, "park_work", status="DONE", moves=history), "verify") == []


# ---- parks


def test_a_schedule_line_says_how_many_only_where_it_counts():
    house = city()
    starts = {"starts_on": dt.date(2026, 1, 1), "activity": "MOWING"}
    daily = slip(house, "park", lines={"schedule": [{**starts, "frequency": "DAILY"}]})
    every = slip(house, "park", lines={"schedule": [{**starts, "frequency": "EVERY_N_DAYS"}]})
    assert house.said(daily) == []
    assert house.said(every) == ["frequency_n: How many is not filled in yet."]


@pytest.mark.parametrize("kind", MINIMUM_AREA_M2)
def test_a_park_of_the_standard_size_is_large_enough(kind: str):
    house = city()
    said = house.said(slip(house, "park", rth_type=kind, area_m2=MINIMUM_AREA_M2[kind]))
    assert said == []


# ---- trees


@pytest.mark.parametrize(
    ("status", "missing"),
    [
        ("RECEIVED", set[str]()),
        ("SURVEYED", {"surveyed_on", "survey_result", "trees"}),
        ("SCHEDULED", {"surveyed_on", "survey_result", "trees", "planned_date", "crew"}),
        ("REJECTED", set()),
    ],
)
def test_a_request_needs_what_belongs_to_where_it_stands(status: str, missing: set[str]):
    house = city()
    assert errors(house, slip(house, "tree_request", status=status)) == missing


def test_a_fallen_tree_skips_the_survey():
    house = city()
    assert house.refuses(slip(house, "tree_request"), "schedule_emergency") == [
        "Without a survey only for a fallen tree or an emergency."
    ]
    fallen = slip(house, "tree_request", category="TREE_FALLEN", applicant_name=None)
    assert house.refuses(fallen, "schedule_emergency") == []
    fallen.status = "SCHEDULED"
    assert errors(house, fallen) == {"planned_date", "crew"}


@pytest.mark.parametrize(("result", "move"), [("APPROVE_PRUNE", "approve"), ("REFER_PLN", "refer")])
def test_the_survey_decides_the_next_step(result: str, move: str):
    house = city()
    asked = slip(
        house,
        "tree_request",
        status="SURVEYED",
        lines={"trees": TREE},
        **{**SURVEYED, "survey_result": result},
    )
    other = "refer" if move == "approve" else "approve"
    assert house.refuses(asked, move) == []
    assert len(house.refuses(asked, other)) == 1


def test_felling_needs_a_permit_and_pruning_does_not():
    house = city()
    asked = slip(house, "tree_request", status="APPROVED", lines={"trees": TREE}, **SURVEYED)
    assert errors(house, asked) == set()
    asked.values["survey_result"] = "APPROVE_FELL"
    assert errors(house, asked) == {"permit_no"}


def test_a_finished_request_is_in_order():
    house = city()
    done = {
        "planned_date": dt.date(2026, 11, 19),
        "crew": "crew",
        "finished_at": NOW - DAY,
        "trees_pruned": 2,
    }
    asked = slip(house, "tree_request", status="CLOSED", lines={"trees": TREE}, **SURVEYED, **done)
    assert house.said(asked) == []
