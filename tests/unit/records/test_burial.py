"""The burial slip: what it refuses, what it asks about, what it computes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from desktop_app.core.draft import Draft
from desktop_app.core.rules import is_relevant
from tests.unit.records.graveyard import BURIAL, burial_slip, buried, graveyard, stacking

LONG_AGO, LATELY = dt.date(2019, 3, 2), dt.date(2025, 3, 2)


def test_a_plain_burial_is_in_order():
    house = graveyard()
    assert house.said(burial_slip(house)) == []


def test_what_is_missing_is_said_field_by_field():
    house = graveyard()
    slip = house.make("burial", "new", {})
    missing = {one.field for one in house.findings(slip) if one.code.endswith(":missing")}
    assert {
        "cemetery",
        "plot",
        "burial_date",
        "deceased_name",
        "deceased_nik",
        "death_date",
        "heir_name",
    } <= missing
    assert not {"consent_letter_no", "found_place", "police_letter_no", "exhumation_date"} & missing


def test_an_old_register_may_not_know():
    house = graveyard()
    slip = burial_slip(
        house,
        deceased_nik=None,
        death_date=None,
        heir_name=None,
        village_letter_no=None,
        from_old_register=True,
    )
    assert house.said(slip, "error") == []
    assert "death_date: Date of death is not filled in yet." in house.said(slip, "warning")


# ---- the plot and the level


def test_a_taken_level_is_refused_and_says_who_lies_there():
    house = graveyard()
    buried(house, "sukirno", LONG_AGO)
    said = house.findings(stacking(house, stack_level=1))
    taken = next(one for one in said if one.field == "stack_level")
    assert taken.words.en == "Level 1 of plot TPU01-A-03-017 is taken by Sukirno."
    assert taken.see == ("burial", "sukirno")
    assert house.said(stacking(house, stack_level=2)) == []


def test_the_level_of_one_who_was_moved_away_is_free():
    house = graveyard()
    buried(house, "sukirno", LONG_AGO, status="EXHUMED", exhumation_date=LATELY)
    assert house.said(burial_slip(house), "error") == []


def test_a_level_above_the_plot_is_refused():
    house = graveyard(max_stack=1)
    buried(house, "sukirno", LONG_AGO)
    assert "stack_level: Level 2 is above what plot TPU01-A-03-017 holds: at most 1." in house.said(
        stacking(house)
    )
    house = graveyard(max_stack=2)
    buried(house, "sukirno", LONG_AGO)
    assert house.said(stacking(house)) == []


def test_a_new_grave_where_somebody_lies_must_be_called_stacked():
    house = graveyard()
    buried(house, "sukirno", LONG_AGO)
    assert "burial_kind: Sukirno already lies in plot TPU01-A-03-017: choose Stacked." in house.said(
        burial_slip(house, stack_level=2)
    )


def test_stacking_too_early_is_refused_unless_the_head_decides_and_says_why():
    house = graveyard()
    buried(house, "sukirno", LATELY)
    assert [one for one in house.said(stacking(house), "error") if one.startswith("burial_date")] == [
        "burial_date: The last burial was 02/03/2025: stacking is allowed from 02/03/2028 (3 years), unless the head decides."
    ]
    decided = stacking(house, override_by="Drs. Hasan", override_reason="Suami istri, wasiat keluarga")
    assert house.said(decided, "error") == []
    without_reason = stacking(house, override_by="Drs. Hasan")
    assert "override_reason: Reason of the decision is not filled in yet." in house.said(
        without_reason, "error"
    )


@pytest.mark.parametrize(("day", "right"), [(dt.date(2026, 11, 4), False), (dt.date(2026, 11, 5), True)])
def test_the_years_are_counted_to_the_day_and_by_the_cemeterys_own_policy(day: dt.date, right: bool):
    house = graveyard()
    house.records["tpu"].values["stacking_min_years"] = 7
    buried(house, "sukirno", dt.date(2019, 11, 5))
    slip = stacking(house, burial_date=day, death_date=day, consent_date=day)
    assert (house.said(slip, "error") == []) is right


def test_a_later_stacking_does_not_turn_the_first_burial_wrong():
    house = graveyard()
    first = buried(house, "sukirno", LONG_AGO)
    house.records["new"] = stacking(house)
    assert house.said(first, "error") == []


def test_stacking_needs_the_heirs_consent():
    house = graveyard()
    buried(house, "sukirno", LONG_AGO)
    slip = stacking(house, consent_letter_no=None, consent_date=None, consent_heir=None)
    assert house.said(slip, "error") == [
        "consent_letter_no: Consent letter no. is not filled in yet.",
        "consent_date: Date of consent is not filled in yet.",
        "consent_heir: Heir who consents is not filled in yet.",
    ]


def test_a_consent_that_came_after_the_burial_is_doubtful():
    house = graveyard()
    buried(house, "sukirno", LONG_AGO)
    assert house.said(stacking(house, consent_date=dt.date(2026, 11, 6))) == [
        "consent_date: The consent letter 06/11/2026 is later than the burial 05/11/2026."
    ]


def test_stacking_on_an_empty_plot_is_doubtful():
    house = graveyard()
    assert house.said(stacking(house)) == [
        "burial_kind: Stacked, but nobody is recorded in plot TPU01-A-03-017."
    ]


def test_the_plot_must_lie_in_the_cemetery():
    house = graveyard()
    house.put("cemetery", "far", {"cemetery_code": "TPU02", "name": "TPU Karangrejo"})
    slip = burial_slip(house, cemetery="far")
    assert "plot: Plot TPU01-A-03-017 does not lie in the cemetery TPU Karangrejo." in house.said(
        slip, "error"
    )


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("BLOCKED", "plot: Plot TPU01-A-03-017 can't be used at present."),
        ("FULL", "plot: Plot TPU01-A-03-017 was declared full."),
    ],
)
def test_a_plot_that_is_not_in_use_is_doubtful(status: str, said: str):
    house = graveyard()
    house.records["plot"].status = status
    assert house.said(burial_slip(house)) == [said]


def test_a_closed_cemetery_is_doubtful_for_new_slips_only():
    house = graveyard()
    house.records["tpu"].status = "INACTIVE"
    assert house.said(burial_slip(house)) == ["cemetery: TPU Mulyojati is full or not active."]
    assert house.said(house.put("burial", "kept", BURIAL)) == []


# ---- the people


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"death_date": dt.date(1949, 1, 1)}, "death_date: Death 01/01/1949 is before birth 03/11/1950."),
        ({"burial_date": dt.date(2026, 11, 3)}, "burial_date: Burial 03/11/2026 is before death 04/11/2026."),
        ({"burial_date": dt.date(2026, 11, 23)}, "burial_date: Date of burial 23/11/2026 is still to come."),
        ({"village_letter_no": None}, "village_letter_no: Fill in one: letter of the village, of the hospital, death certificate, or police letter."),
        ({"heir_nik": BURIAL["deceased_nik"]}, "heir_nik: The heir's NIK is the same as that of the deceased."),
    ],
)  # fmt: skip
def test_what_is_refused(change: dict[str, Any], said: str):
    house = graveyard()
    assert said in house.said(burial_slip(house, **change), "error")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"deceased_birth_date": dt.date(1880, 11, 3), "deceased_nik": "1872040311800012"}, "age_at_death: Older than 120 years: check the dates of birth and death."),
        ({"deceased_sex": "F"}, "deceased_nik: The NIK tells another sex than the one given."),
        ({"deceased_birth_date": dt.date(1950, 11, 4)}, "deceased_nik: The NIK tells another birth date than 04/11/1950."),
        ({"deceased_religion": "KATOLIK"}, "deceased_religion: Religion Catholic, but the block of plot TPU01-A-03-017 is for Islam."),
        ({"residency": "NON_RESIDENT"}, "residency: Not a resident, but the village Iring Mulyo is in this city."),
    ],
)  # fmt: skip
def test_what_is_doubtful(change: dict[str, Any], said: str):
    house = graveyard()
    assert said in house.said(burial_slip(house, **change), "warning")
    assert house.said(burial_slip(house, **change), "error") == []


def test_one_nik_for_two_people_is_doubtful():
    house = graveyard()
    buried(house, "sukirno", LONG_AGO, plot="other", deceased_nik=BURIAL["deceased_nik"])
    assert house.said(burial_slip(house)) == [
        "deceased_nik: This NIK already stands on the burial of Sukirno."
    ]


def test_an_unidentified_body_needs_the_police_letter_and_no_heir():
    house = graveyard()
    change: dict[str, Any] = {
        "is_unidentified": True,
        "deceased_name": "Tidak dikenal",
        "deceased_nik": None,
        "deceased_nik_absent_reason": "UNIDENTIFIED",
        "heir_name": None,
        "heir_relationship": None,
        "village_letter_no": None,
        "deceased_religion": "UNKNOWN",
    }
    assert house.said(burial_slip(house, **change), "error") == [
        "found_place: Found at is not filled in yet.",
        "found_date: Found on is not filled in yet.",
        "police_letter_no: Police letter no. is not filled in yet.",
        "village_letter_no: Fill in one: letter of the village, of the hospital, death certificate, or police letter.",
    ]
    found: dict[str, Any] = {
        "found_place": "Way Raman",
        "found_date": dt.date(2026, 11, 1),
        "police_letter_no": "B/12/XI/2026",
    }
    assert house.said(burial_slip(house, **change, **found)) == []
    found["found_date"] = dt.date(2026, 11, 6)
    assert house.said(burial_slip(house, **change, **found)) == [
        "found_date: Found 06/11/2026, after the burial 05/11/2026."
    ]


def test_only_what_applies_is_asked():
    house = graveyard()

    def asked(**change: Any) -> set[str]:
        view = house.view(burial_slip(house, **change))
        return {field.name for field in view.kind.stored_fields if is_relevant(view, field)}

    assert not {"consent_letter_no", "found_place", "previous_plot", "exhumation_date"} & asked()
    assert {"consent_letter_no", "override_reason"} <= asked(burial_kind="STACKED")
    assert "previous_plot" in asked(burial_kind="REBURIAL")
    assert "deceased_address" not in asked(is_unidentified=True)
    assert not [name for name in house["burial"].by_name if "cause" in name]


@pytest.mark.parametrize(
    ("birth", "precision", "age"),
    [
        (dt.date(1950, 11, 5), "DAY", 75),
        (dt.date(1950, 11, 4), "DAY", 76),
        (dt.date(1950, 1, 1), "YEAR", 76),
        (dt.date(1950, 1, 1), "UNKNOWN", None),
    ],
)
def test_the_age_is_computed_as_far_as_birth_is_known(birth: dt.date, precision: str, age: int | None):
    house = graveyard()
    slip = burial_slip(house, deceased_birth_date=birth, deceased_birth_date_precision=precision)
    assert slip.values["age_at_death"] == age


def test_a_birth_of_which_only_the_year_is_known_may_be_in_the_year_of_death():
    house = graveyard()
    same_year = burial_slip(house, deceased_birth_date=dt.date(2026, 11, 20), deceased_birth_date_precision="YEAR", deceased_nik=None, deceased_nik_absent_reason="INFANT")  # fmt: skip
    assert house.said(same_year, "error") == []


# ---- exhumation


def test_exhumation_needs_day_destination_and_permit_and_frees_the_level():
    house = graveyard()
    lying = buried(house, "sukirno", LONG_AGO)
    assert len(house.refuses(lying, "exhume")) == 3
    lying.values.update(
        exhumation_date=LATELY, exhumation_destination="Bandar Lampung", exhumation_permit_no="469/7/2025"
    )
    assert house.refuses(lying, "exhume") == []
    lying.status = "EXHUMED"
    assert house.said(lying, "error") == []
    assert house.said(burial_slip(house), "error") == []


def test_exhumation_can_not_be_before_the_burial():
    house = graveyard()
    lying = buried(house, "sukirno", LATELY, status="EXHUMED", exhumation_date=LONG_AGO, exhumation_destination="Metro", exhumation_permit_no="1")  # fmt: skip
    assert house.said(lying, "error") == [
        "exhumation_date: Exhumation 02/03/2019 is before the burial 02/03/2025."
    ]


@pytest.mark.parametrize("kind", ["burial", "plot_permit"])
def test_choosing_the_plot_fills_its_cemetery_but_not_over_what_was_chosen(kind: str):
    house = graveyard()
    house.put("cemetery", "far", {"cemetery_code": "TPU02", "name": "TPU Karangrejo"})
    uids = iter(f"new-{number}" for number in range(100))

    def begun() -> Draft:
        return Draft.new(house[kind], house.where(), lambda: next(uids), lambda _reference, _text, _among: [])

    draft = begun()
    draft.choose("plot", "plot")
    assert draft.value("cemetery") == "tpu"
    chosen = begun()
    chosen.choose("cemetery", "far")
    chosen.choose("plot", "plot")
    assert chosen.value("cemetery") == "far"
