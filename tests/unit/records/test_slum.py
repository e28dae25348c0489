"""Decrees, units, assessments, handling and targets: what they refuse, what they ask about, what they compute."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal as Number
from typing import Any

import pytest

from desktop_app.core.computing import figure
from desktop_app.core.fields import Computed, Reference, Value
from desktop_app.core.record import Record
from desktop_app.core.settings import Settings
from tests.unit.records.house import House
from tests.unit.records.settlement import BAD, DECREE, FIGURES, assessment, keep, settlement, unit


def shown(house: House, record: Record, name: str) -> Value:
    """A computed figure as the form shows it."""
    field = house[record.kind].by_name[name]
    assert isinstance(field, Computed)
    return figure(house.view(record), field)


# ---- decree


def test_a_decree_number_is_kept_as_it_is_written_and_its_change_is_shown_apart():
    house = settlement()
    house.put("slum_decree", "old", {"decree_no": "032/97-C/1/2014", "decree_date": dt.date(2014, 12, 2), "total_area_ha": Number("467.62")})  # fmt: skip
    new = house.make("slum_decree", "new", {"decree_no": "413.21/38.1/2016", "decree_date": dt.date(2023, 6, 1), "total_area_ha": Number("359.50"), "supersedes": "old"})  # fmt: skip
    assert new.values["decree_no"] == "413.21/38.1/2016"
    assert shown(house, new, "redetermined_ha") == Number("-108.12")
    assert house.said(new) == []


@pytest.mark.parametrize(
    ("area", "doubtful"), [("86.00", False), ("85.95", False), ("86.06", True), ("85.94", True)]
)
def test_the_units_must_add_up_to_the_decree_within_five_hundredths(area: str, doubtful: bool):
    house = settlement()
    house.records["unit"].values["decree_area_ha"] = Number(area)
    said = house.said(house.records["decree"])
    assert bool(said) is doubtful
    if doubtful:
        assert said[0].startswith("total_area_ha: The units add up to")


def test_a_decree_without_units_is_not_compared():
    house = settlement()
    del house.records["unit"]
    assert house.said(house.records["decree"]) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"supersedes": "new"}, "supersedes: A decree can't supersede itself."),
        ({"supersedes": "decree", "decree_date": dt.date(2024, 1, 1)}, "decree_date: The superseded decree is dated 02/04/2024, after 01/01/2024."),
        ({"valid_from": dt.date(2024, 5, 1), "valid_to": dt.date(2024, 4, 1)}, "valid_to: In force until 01/04/2024, before it begins 01/05/2024."),
        ({"decree_date": dt.date(2021, 11, 21)}, "decree_date: This decree is more than 5 years old: it must be reviewed (Permen PUPR 14/2018, Pasal 38)."),
    ],
)  # fmt: skip
def test_what_is_said_about_a_decree(change: dict[str, Any], said: str):
    house = settlement()
    assert said in house.said(
        house.make("slum_decree", "new", {**DECREE, "decree_no": "658/9/2025", **change})
    )


def test_an_old_decree_that_was_superseded_needs_no_review():
    house = settlement()
    old = house.put(
        "slum_decree", "old", {**DECREE, "decree_no": "1/2014", "decree_date": dt.date(2014, 1, 1)}
    )
    assert len(house.said(old)) == 1
    house.records["decree"].values["supersedes"] = "old"
    assert house.said(old) == []


# ---- unit


def test_a_plain_unit_is_in_order_and_has_a_name():
    house = settlement()
    plain = unit(house)
    assert house.said(plain) == []
    assert plain.values["location_name"] == "Iringmulyo RT 002/RW 005"


@pytest.mark.parametrize(
    ("change", "severity", "said"),
    [
        ({"rt": "001"}, "error", "rt: RT 001/RW 005 Iring Mulyo already stands in this decree."),
        ({"rt": None}, "error", "rt: Fill in RT and RW: a unit is one RT."),
        ({"households": 202}, "error", "households: 202 households exceed 201 persons."),
        ({"households": 20}, "warning", "population: 201 persons in 20 households: 1 to 10 persons each."),
        ({"decree_area_ha": Number("10.01")}, "warning", "decree_area_ha: An area of 10,01 ha for one RT: check, maybe square metres."),
        ({"priority_rank": 1}, "error", "priority_date: Decided on is not filled in yet."),
    ],
)  # fmt: skip
def test_what_is_said_about_a_unit(change: dict[str, Any], severity: str, said: str):
    house = settlement()
    assert said in house.said(unit(house, **change), severity)


@pytest.mark.parametrize("change", [{"decree": "other"}, {"rw": "006"}, {"village_code": "18.72.04.1001"}])
def test_the_same_rt_elsewhere_is_another_unit(change: dict[str, Any]):
    house = settlement()
    house.put("slum_decree", "other", {**DECREE, "decree_no": "2"})
    assert house.said(unit(house, rt="001", **change)) == []


def test_a_unit_under_a_decree_that_has_ended_is_doubtful():
    house = settlement()
    house.records["decree"].values["valid_to"] = dt.date(2026, 1, 1)
    assert house.said(unit(house)) == ["decree: Decree 658/440/2024 is no longer in force."]


def test_a_unit_is_followed_until_an_assessment_finds_no_slum():
    house = settlement()
    kept = house.records["unit"]
    assert house.refuses(kept, "reassess") == ["Record its final assessment first."]
    keep(house, assessment(house, "before", year=2024))
    assert house.refuses(kept, "reassess") == ["Record its final assessment first."]
    keep(house, assessment(house, "after", year=2025, stage="FINAL"))
    assert house.refuses(kept, "reassess") == []
    assert house.refuses(kept, "resolve") == [
        "The final assessment still finds a slum: choose Partly resolved."
    ]
    assert shown(house, kept, "slum_level") == "KR"
    keep(house, assessment(house, "again", {}, year=2026, stage="FINAL"))
    assert house.refuses(kept, "resolve") == []
    assert shown(house, kept, "slum_level") == "TK"


# ---- assessment


def test_a_plain_assessment_is_in_order():
    house = settlement()
    plain = assessment(house)
    assert house.said(plain) == []
    assert (plain.values["total"], plain.values["level"]) == (35, "KR")


def test_the_figures_to_measure_against_come_from_the_unit():
    house = settlement()
    field = house["slum_assessment"].by_name["unit"]
    assert isinstance(field, Reference)
    assert field.fills is not None
    assert {
        mine: house.records["unit"].values[its] for mine, its in field.fills.items() if mine in FIGURES
    } == FIGURES


def test_a_volume_above_the_whole_is_refused_at_its_line():
    house = settlement()
    findings = house.findings(assessment(house, volumes={"3a": "60.0001", "2a": 780}))
    assert [(one.field, one.line, one.words.en) for one in findings] == [
        ("volume", ("criteria", "new-criteria-5"), "No access to safe water (households): volume 60,0001 is above the whole of 60.")
    ]  # fmt: skip


def test_a_volume_with_nothing_to_measure_against_scores_nothing_and_is_pointed_out():
    house = settlement()
    record = assessment(house, volumes={"4b": 5}, ideal_drain_m=Number(0))
    assert house.said(record) == [
        "volume: No drainage (m): there is nothing to measure against (0), so it scores 0."
    ]
    assert record.values["total"] == 0


def test_hectare_volumes_keep_four_decimals():
    house = settlement()
    record = assessment(house, volumes={"4a": "0.7"}, verified_area_ha=Number("0.9493"))
    found = next(line for line in record.lines["criteria"] if line.values["criterion"] == "4a")
    assert (found.values["percent"], found.values["score"]) == (Number("73.74"), 3)


def test_more_households_than_persons_are_refused():
    house = settlement()
    assert house.said(assessment(house, population=59)) == ["households: 60 households exceed 59 persons."]


def test_half_a_form_is_not_graded():
    house = settlement()
    record = assessment(house)
    record.lines["criteria"][3].values["volume"] = None
    house.findings(record)
    assert "volume: Volume is not filled in yet." in house.said(record, "error")
    assert shown(house, record, "total") is None
    assert shown(house, record, "level") is None


def test_one_assessment_a_unit_year_and_stage():
    house = settlement()
    keep(house, assessment(house, "kept"))
    assert [(one.severity, one.field, one.see) for one in house.findings(assessment(house))] == [
        ("error", "year", ("slum_assessment", "kept"))
    ]
    assert house.said(assessment(house, stage="FINAL")) == []
    assert house.said(assessment(house, year=2026)) == []


def test_a_final_assessment_needs_a_baseline_before_it():
    house = settlement()
    assert house.said(assessment(house, stage="FINAL")) == [
        "stage: There is no baseline assessment of Iringmulyo RT 001/RW 005 yet."
    ]
    keep(house, assessment(house, "kept", year=2026))
    assert house.said(assessment(house, stage="FINAL")) == [
        "year: The final assessment of 2025 is before the baseline of 2026."
    ]


def test_what_the_paper_says_is_kept_beside_what_is_computed():
    house = settlement()
    record = assessment(house, reported_total=36, reported_level="KS")
    assert house.said(record) == [
        "reported_total: The paper says 36, computed 35.",
        "reported_level: The paper says Moderate slum, computed Light slum.",
    ]
    assert house.said(assessment(house, reported_total=35, reported_level="KR")) == []


def test_another_method_is_never_graded_again():
    house = settlement()
    old = house.make(
        "slum_assessment",
        "old",
        {"unit": "unit", "year": 2017, "stage": "BASELINE", "assessed_on": dt.date(2017, 1, 1), "assessment_method": "PUPR02_2016_19C", "reported_total": 71, "reported_level": "KB"},
    )  # fmt: skip
    assert house.said(old) == []
    assert (old.values["total"], old.values["level"]) == (None, "KB")


def test_the_contribution_compares_with_the_baseline():
    house = settlement()
    keep(house, assessment(house, "before", year=2024))
    assert shown(house, assessment(house, volumes={}, year=2025, stage="FINAL"), "contribution_pct") == 100
    assert shown(house, assessment(house, year=2025, stage="FINAL"), "contribution_pct") == 0
    assert shown(house, house.records["before"], "contribution_pct") is None


def test_a_locked_assessment_stays_as_it_is_until_it_is_unlocked():
    house = settlement()
    keep(house, assessment(house, "kept", status="LOCKED"))
    locked = "status: This assessment is locked: ask the head to unlock it first."
    assert house.said(assessment(house, "kept", status="LOCKED")) == []
    assert house.said(assessment(house, "kept", status="LOCKED", notes="Dilihat lagi")) == []
    assert house.said(assessment(house, "kept", volumes={**BAD, "3a": 53}, status="LOCKED")) == [locked]
    assert house.said(assessment(house, "kept", surveyor="Wagino", status="LOCKED")) == [locked]
    assert house.said(assessment(house, "kept", surveyor="Wagino", status="DRAFT")) == []


# ---- handling


HANDLING: dict[str, Any] = {
    "unit": "unit",
    "year": 2025,
    "criterion": "2b",
    "activity": "Paving jalan lingkungan",
    "volume": 300,
    "volume_unit": "M",
}


def handling(
    house: House, uid: str = "new", budgets: Any = (), status: str | None = None, **change: Any
) -> Record:
    return house.make("slum_intervention", uid, {**HANDLING, **change}, {"budgets": budgets}, status)


def test_plain_handling_is_in_order_and_its_budget_is_summed():
    house = settlement()
    keep(house, assessment(house, "before", year=2024))
    plain = handling(
        house,
        budgets=[
            {"funding_source": "DAK", "amount": 150_000_000},
            {"funding_source": "SWADAYA", "amount": 5_000_000},
        ],
    )
    assert house.said(plain) == []
    assert plain.values["budget_total"] == 155_000_000
    assert handling(house).values["budget_total"] is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"volume_unit": "KK"}, "volume_unit: Bad road surface (m) is counted in m."),
        ({"volume": 606}, "volume: Volume 606 is more than was found below standard: 605."),
        ({"started_on": dt.date(2025, 5, 2), "finished_on": dt.date(2025, 5, 1)}, "finished_on: Finished 01/05/2025 before it started 02/05/2025."),
        ({"finished_on": dt.date(2025, 5, 2), "bast_date": dt.date(2025, 5, 1)}, "bast_date: Handover 01/05/2025 before it was finished 02/05/2025."),
        ({"volume": 0}, "volume: Volume: 0 is too small, at least 0,0001."),
    ],
)  # fmt: skip
def test_what_is_said_about_handling(change: dict[str, Any], said: str):
    house = settlement()
    keep(house, assessment(house, "before", year=2024))
    assert said in house.said(handling(house, **change))


@pytest.mark.parametrize(
    ("spent", "said"), [(100, []), (101, ["realised: Spent Rp101, more than the budget Rp100."])]
)
def test_spending_more_than_the_budget_is_doubtful(spent: int, said: list[str]):
    house = settlement()
    budget = {"funding_source": "DAK", "amount": 100, "realised": spent}
    assert house.said(handling(house, budgets=[budget])) == said


def test_the_same_work_twice_is_doubtful():
    house = settlement()
    keep(house, handling(house, "kept"))
    assert [(one.severity, one.field, one.see) for one in house.findings(handling(house))] == [
        ("warning", "activity", ("slum_intervention", "kept"))
    ]


def test_handling_goes_from_proposal_to_handover_with_what_each_step_needs():
    house = settlement()
    record = handling(house)
    assert house.refuses(record, "budget") == ["Fill in the budget first."]
    assert house.refuses(handling(house, budgets=[{"funding_source": "DAK", "amount": 1}]), "budget") == []
    assert house.refuses(record, "hand_over") == [
        "Handover no. is not filled in yet.",
        "Handover date is not filled in yet.",
    ]
    assert "progress_pct: Completed, but progress is 90 %." in house.said(
        handling(house, status="COMPLETED", progress_pct=90)
    )


# ---- targets


def target(house: House, uid: str = "new", **change: Any) -> Record:
    return house.make(
        "slum_target", uid, {"decree": "decree", "year": 2026, "target_ha": Number("4.00"), **change}
    )


def worked(settings: Settings | None = None) -> House:
    """86 ha by the decree, of which 4.63 ha were handled in 2025."""
    house = settlement(settings)
    keep(house, assessment(house, "before", year=2024))
    keep(house, assessment(house, "after", {}, year=2025, stage="FINAL"))
    return house


def test_a_target_knows_what_is_left_and_what_was_handled():
    house = worked()
    assert shown(house, target(house), "remaining_before_ha") == Number("81.37")
    assert shown(house, target(house, year=2025), "remaining_before_ha") == Number("86.00")
    assert shown(house, target(house, year=2025), "handled_ha") == Number("4.63")
    assert house.said(target(house)) == []


def test_a_target_above_what_remains_is_doubtful_by_how_much():
    house = worked()
    assert house.said(target(house, target_ha=Number("81.37"))) == []
    assert house.said(target(house, target_ha=Number("81.38"))) == [
        "target_ha: The target 81,38 ha is above the 81,37 ha that remain, by 0,01 ha."
    ]
    keep(house, target(house, "earlier", target_ha=Number("80.00")))
    assert house.said(target(house, year=2027)) == [
        "target_ha: The target 4 ha is above the 1,37 ha that remain, by 2,63 ha."
    ]


def test_what_remains_follows_the_method_in_the_settings():
    house = worked(Settings(site_code="18.72.04", hectares_method="PROPORTIONAL"))
    keep(house, assessment(house, "after", year=2025, stage="FINAL"))
    assert shown(house, target(house), "remaining_before_ha") == Number("86.00")


def test_a_reported_figure_far_from_the_computed_one_is_doubtful():
    house = worked()
    assert house.said(target(house, year=2025, reported_handled_ha=Number("4.68"))) == []
    assert house.said(target(house, year=2025, reported_handled_ha=Number("4.69"))) == [
        "reported_handled_ha: The paper says 4,69 ha, the assessments 4,63 ha."
    ]


def test_one_target_a_decree_year_and_district():
    house = settlement()
    keep(house, target(house, "kept"))
    assert house.said(target(house), "error") == ["year: This decree has a target for 2026 already."]
    district = {"target_level": "DISTRICT", "district_code": "18.72.04"}
    assert house.said(target(house, **district)) == []
    assert house.said(target(house, target_level="DISTRICT"), "error") == [
        "district_code: District is not filled in yet."
    ]


def test_a_target_without_hectares_is_only_for_reported_figures():
    house = settlement()
    assert house.said(target(house, target_ha=None)) == ["target_ha: Target is not filled in yet."]
    assert house.said(target(house, target_ha=None, reported_handled_ha=Number("7.94"))) == []
