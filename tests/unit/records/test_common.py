"""What all forms share: place, identity, dates of old papers, administration; and the small questions of rules."""

from __future__ import annotations

import csv
import datetime as dt
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.record import Alone, Record, Setting, View
from desktop_app.core.rules import findings
from desktop_app.core.spec import Kind, Registry, Section
from desktop_app.core.words import Words
from desktop_app.records.common import administration, identity, identity_rules, partial_date
from desktop_app.records.registry import REGISTRY
from desktop_app.records.rules import city_of, day_of, less, metres_between, tells_personal_data
from desktop_app.records.sampling import METRO
from desktop_app.records.shared.region import level_of
from tests.unit.records.city import HERE, city, slip
from tests.unit.records.house import NOW

REGIONS = Path(__file__).parents[3] / "resources" / "regions" / "kota_metro.csv"
WORDS = Words("Orang", "Person")
PERSON = Kind(
    "person",
    "shared",
    *WORDS,
    plural=WORDS,
    short=WORDS,
    icon="account",
    number="X",
    title=("nik",),
    form=(Section(*WORDS, identity(), partial_date("birth_date", "Lahir", "Born")), administration()),
    rules=identity_rules(birth_date="birth_date"),
    columns=(),
    sort="nik",
    empty=WORDS,
    help=WORDS,
)


def said(**values: object) -> list[str]:
    where = Setting(NOW, Registry((), (PERSON,)), lookup=Alone())
    given = {"responsible_agency": "PERKIM", "birth_date_precision": "DAY", **values}
    return [one.words.en for one in findings(View(PERSON, Record("person", "new", given), where))]  # type: ignore[arg-type]


def test_a_nik_or_the_reason_why_there_is_none():
    assert said() == ["NIK is not filled in yet."]
    assert said(nik="1872014508900002") == []
    assert said(nik_absent_reason="INFANT") == []
    assert PERSON.groups["identity"] == ("nik", "nik_absent_reason")


def test_a_nik_that_tells_another_birth_date_is_asked_about():
    other = ["The NIK tells another birth date than 06/08/1990."]
    assert said(nik="1872014508900002", birth_date=dt.date(1990, 8, 5)) == []
    assert said(nik="1872014508900002", birth_date=dt.date(1990, 8, 6)) == other
    assert said(nik="1872014508900002", birth_date=dt.date(1990, 1, 1), birth_date_precision="YEAR") == []


def test_a_date_and_its_precision_are_merged_as_one():
    assert PERSON.groups["birth_date"] == ("birth_date", "birth_date_precision")


def test_the_parts_of_a_place_are_merged_as_one():
    for kind in ("power_panel", "light_point", "streetlight_repair", "park", "tree_request"):
        group = REGISTRY[kind].groups["place"]
        assert group == ("village_code", "rt", "rw", "latitude", "longitude", "coord_source"), kind


def test_the_district_is_the_village_s():
    house = city()
    assert slip(house, "park").values["district_code"] == "18.72.04"
    assert slip(house, "park", village_code=None).values["district_code"] is None


def test_a_position_says_where_it_comes_from():
    house = city()
    assert house.said(slip(house, "park", coord_source=None)) == [
        "coord_source: Source of position is not filled in yet."
    ]
    nowhere = {"latitude": None, "longitude": None, "coord_source": None}
    assert house.said(slip(house, "tree_request", **nowhere)) == []


@pytest.mark.parametrize(
    ("text", "personal"),
    [
        ("NIK 1872014508900002", True),
        ("hub. 081234567890 (Sri)", True),
        ("+62 812-3456-7890", True),
        ("IDPEL 175300000001", False),
        ("tiang 0042, 12 titik, 3.500 VA", False),
        ("SK 413.21/38.1/2016", False),
        (None, False),
    ],
)
def test_notes_with_personal_data_are_noticed(text: str | None, personal: bool):
    assert tells_personal_data(text) == personal


def test_the_second_person_is_another():
    house = city()
    stored = slip(house, "park", verified_by="Dewi Lestari", version=3)
    stored.entry_by = "Dewi Lestari"
    assert len(house.said(stored, "warning")) == 1
    stored.entry_by = "Agus Prasetyo"
    assert house.said(stored) == []


@given(a=st.none() | st.integers(), b=st.none() | st.integers())
def test_an_unknown_value_is_never_less(a: int | None, b: int | None):
    assert less(a, b) == (a is not None and b is not None and a < b)


def test_distances_are_right_within_a_hundredth():
    here = SimpleNamespace(latitude=HERE["latitude"], longitude=HERE["longitude"])
    north = SimpleNamespace(latitude=HERE["latitude"] + Decimal("0.001"), longitude=HERE["longitude"])
    east = SimpleNamespace(latitude=HERE["latitude"], longitude=HERE["longitude"] + Decimal("0.001"))
    assert metres_between(here, north) == pytest.approx(110.6, rel=0.01)
    assert metres_between(here, east) == pytest.approx(110.9, rel=0.01)
    assert metres_between(here, SimpleNamespace(latitude=None, longitude=None)) == 0


def test_the_day_is_the_office_s():
    view = city().view(slip(city(), "park"))
    assert day_of(view, dt.datetime(2026, 11, 21, 18, tzinfo=dt.UTC)) == dt.date(2026, 11, 22)
    assert day_of(view, dt.date(2026, 11, 21)) == dt.date(2026, 11, 21)
    assert day_of(view, None) is None


@pytest.mark.parametrize(
    ("code", "level"),
    [
        ("18", "province"),
        ("18.72", "regency"),
        ("18.72.04", "district"),
        ("18.72.04.1003", "village"),
        ("18.7", ""),
        ("1872", ""),
    ],
)
def test_the_level_stands_in_the_code(code: str, level: str):
    assert level_of(code) == level
    assert city_of("18.72.04.1003") == "18.72"


def test_the_built_in_regions_are_kota_metro_s():
    with REGIONS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    codes = {row["code"] for row in rows}
    assert len(rows) == len(codes) == 29
    assert all(level_of(row["code"]) == row["level"] for row in rows)
    assert all(row["parent_code"] in codes for row in rows if row["level"] != "province")
    assert {(row["code"], row["name"]) for row in rows if row["level"] == "village"} == {
        (village.code, village.name) for village in METRO
    }
    house = city()
    for row in rows:
        given = {name: value or None for name, value in row.items()}
        assert house.said(slip(house, "region", **given), "error") == [] or row["code"] in house.records
