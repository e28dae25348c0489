"""Hectares handled, year by year: two published series, and what must hold for every table."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal as Number
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.record import Record
from desktop_app.records.slums import hectares
from desktop_app.records.slums.hectares import Method, Row, table
from tests.unit.records.house import House
from tests.unit.records.settlement import BAD, assessment, keep, settlement, unit

Cells = tuple[Any, ...]


def decree(
    house: House, uid: str, number: str, on: dt.date, area: str, supersedes: str | None = None
) -> None:
    values: dict[str, Any] = {
        "decree_no": number,
        "decree_date": on,
        "total_area_ha": Number(area),
        "supersedes": supersedes,
    }
    house.put("slum_decree", uid, values)


def handled(
    house: House, under: str, rt: int, area: str, year: int, volumes: dict[str, int] | None = None
) -> None:
    """A unit of the decree: a light slum in 2016, in that year assessed again (by default: no slum any more)."""
    uid = f"{under}-{rt}"
    keep(house, unit(house, uid, decree=under, rt=f"{rt:03d}", decree_area_ha=Number(area)))
    keep(house, assessment(house, f"{uid}-before", unit=uid, year=2016))
    keep(house, assessment(house, f"{uid}-after-{year}", volumes or {}, unit=uid, year=year, stage="FINAL"))


def target(
    house: House, under: str, year: int, ha: str | None, reported: str | None = None, **more: Any
) -> None:
    values = {
        "decree": under,
        "year": year,
        "target_ha": ha and Number(ha),
        "reported_handled_ha": reported and Number(reported),
        **more,
    }
    house.put("slum_target", f"{under}-{year}-{more.get('district_code', '')}", values)


def rows(house: House, method: Method = "COMPLETED") -> list[Row]:
    def of(kind: str) -> list[Record]:
        return [record for record in house.records.values() if record.kind == kind]

    return table(of("slum_decree"), of("slum_unit"), of("slum_assessment"), of("slum_target"), method)


def cells(row: Row) -> Cells:
    """A row as the published table prints it: percent with two digits."""
    percent = None if row.percent is None else round(row.percent, 2)
    return (row.year, row.redetermined_ha, row.handled_ha, row.cumulative_ha, percent, row.remaining_ha)


def surakarta() -> House:
    """467.62 ha by the decree of 2014; 359.50 ha by that of 2016; 153.71 ha handled to 2018; targets for 2019 and 2020."""
    house = settlement()
    house.records.clear()
    decree(house, "sk2014", "032/97-C/1/2014", dt.date(2014, 12, 2), "467.62")
    decree(house, "sk2016", "413.21/38.1/2016", dt.date(2016, 6, 1), "359.50", "sk2014")
    for rt, area in enumerate(("60.00", "50.21", "43.50"), start=1):
        handled(house, "sk2016", rt, area, 2018)
    handled(house, "sk2016", 4, "205.79", 2018, dict(BAD))
    target(house, "sk2016", 2019, "124.00")
    target(house, "sk2016", 2020, "81.80")
    return house


SURAKARTA: list[Cells] = [
    (2014, None, None, None, None, Number("467.62")),
    (2016, Number("-108.12"), None, Number(0), Number(0), Number("359.50")),
    (2018, None, Number("153.71"), Number("153.71"), Number("42.76"), Number("205.79")),
    (2019, None, Number("124.00"), Number("277.71"), Number("77.25"), Number("81.79")),
    (2020, None, Number("81.80"), Number("359.51"), Number("100.00"), Number(0)),
]


def test_the_table_of_surakarta_comes_out_exactly():
    found = rows(surakarta())
    assert [cells(row) for row in found] == SURAKARTA
    assert [row.source for row in found] == ["DECREE", "REVISION", "ASSESSED", "TARGET", "TARGET"]
    assert [row.over_baseline for row in found] == [False, False, False, False, True]
    assert found[-1].percent == Number("100.0028")


def test_a_new_decree_is_never_counted_as_handling():
    without_work = surakarta()
    for uid in [uid for uid, record in without_work.records.items() if record.kind == "slum_assessment"]:
        del without_work.records[uid]
    found = [row for row in rows(without_work) if row.source != "TARGET"]
    assert [cells(row) for row in found] == SURAKARTA[:2]
    assert found[1].handled_ha is None


def test_the_series_of_bandar_lampung_closes_from_reported_figures():
    house = settlement()
    house.records.clear()
    decree(house, "sk", "SK 2014", dt.date(2014, 10, 1), "266.64")
    for year, ha in zip(range(2015, 2019), ("7.94", "39.1", "19.43", "120.06"), strict=True):
        target(house, "sk", year, None, ha)
    found = rows(house)
    assert [row.source for row in found] == ["DECREE"] + ["REPORTED"] * 4
    assert (found[-1].cumulative_ha, found[-1].remaining_ha) == (Number("186.53"), Number("80.11"))
    assert [row.cumulative_ha for row in found[1:]] == [
        Number("7.94"),
        Number("47.04"),
        Number("66.47"),
        Number("186.53"),
    ]


# ---- what counts


def small(volumes_after: dict[str, int] | None = None, **before: Any) -> House:
    """One unit of 4.63 ha under a decree of 86 ha: light slum in 2016, assessed again in 2025."""
    house = settlement()
    keep(house, assessment(house, "before", year=2016, **before))
    keep(house, assessment(house, "after", volumes_after or {}, year=2025, stage="FINAL"))
    return house


@pytest.mark.parametrize(
    ("volumes", "completed", "proportional"),
    [({}, "4.63", "4.63"), (dict(BAD), "0", "0"), ({"6a": 60, "6b": 60, "7a": 50, "7b": 50}, "0", "1.6489")],
)
def test_completed_counts_the_whole_area_or_nothing_proportional_the_share(
    volumes: dict[str, int], completed: str, proportional: str
):
    house = small(volumes)
    assert [row.handled_ha for row in rows(house)[1:]] == [Number(completed)]
    assert [row.handled_ha for row in rows(house, "PROPORTIONAL")[1:]] == [Number(proportional)]


def test_a_unit_that_never_was_a_slum_is_not_handled():
    house = settlement()
    keep(house, assessment(house, "before", {}, year=2016))
    keep(house, assessment(house, "after", {}, year=2025, stage="FINAL"))
    assert [row.handled_ha for row in rows(house)[1:]] == [Number(0)]


def test_a_unit_taken_out_by_decree_or_removed_does_not_count():
    for change in ("status", "removed"):
        house = small()
        if change == "status":
            house.records["unit"].status = "REMOVED_BY_DECREE"
        else:
            house.records["unit"].removed_at = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
        assert [row.source for row in rows(house)] == ["DECREE"]


def test_a_slum_that_comes_back_is_taken_off_again():
    house = small()
    keep(house, assessment(house, "again", dict(BAD), year=2026, stage="FINAL"))
    assert [(row.year, row.handled_ha, row.cumulative_ha) for row in rows(house)[1:]] == [
        (2025, Number("4.63"), Number("4.63")),
        (2026, Number("-4.63"), Number(0)),
    ]


def test_a_half_filled_assessment_says_nothing():
    house = small()
    house.records["after"].lines["criteria"].pop()
    assert [row.source for row in rows(house)] == ["DECREE"]


def test_a_reported_figure_stands_beside_the_computed_one_and_never_replaces_it():
    house = small()
    target(house, "decree", 2025, "5.00", "6.00")
    row = rows(house)[-1]
    assert (row.source, row.handled_ha, row.reported_ha) == ("ASSESSED", Number("4.63"), Number("6.00"))


def test_targets_of_years_that_are_over_are_no_forecast():
    house = small()
    target(house, "decree", 2024, "30")
    target(house, "decree", 2027, "10")
    assert [(row.year, row.source) for row in rows(house)] == [
        (2024, "DECREE"),
        (2025, "ASSESSED"),
        (2027, "TARGET"),
    ]


def test_district_targets_are_summed_where_the_city_has_none():
    house = settlement()
    for district, ha in (("18.72.04", "2.5"), ("18.72.01", "1.5")):
        target(house, "decree", 2027, ha, target_level="DISTRICT", district_code=district)
    assert rows(house)[-1].handled_ha == Number("4.0")
    target(house, "decree", 2027, "5")
    assert rows(house)[-1].handled_ha == Number(5)


@given(st.lists(st.tuples(st.integers(2017, 2023), st.decimals("0.01", "50", places=2)), max_size=6), st.decimals("1", "400", places=2), st.decimals("1", "400", places=2))  # fmt: skip
def test_every_change_of_what_remains_is_either_handled_or_redetermined(
    work: list[tuple[int, Number]], first: Number, second: Number
):
    house = settlement()
    house.records.clear()
    decree(house, "one", "1", dt.date(2016, 1, 1), str(first))
    decree(house, "two", "2", dt.date(2024, 1, 1), str(second), "one")
    for rt, (year, area) in enumerate(work, start=1):
        handled(house, "one", rt, str(area), year)
    found = rows(house)
    for before, after in pairwise(found):
        if not after.over_baseline:
            assert (
                before.remaining_ha + (after.redetermined_ha or 0) - (after.handled_ha or 0)
                == after.remaining_ha
            )
    assert all(row.remaining_ha >= 0 for row in found)
    assert sum((row.handled_ha or Number(0) for row in found), Number(0)) == sum(
        (area for _, area in work), Number(0)
    )


def test_what_remains_before_a_year():
    found = rows(surakarta())
    assert [hectares.remaining_before(found, year) for year in (2018, 2019, 2020, 2021)] == [
        Number("359.50"),
        Number("205.79"),
        Number("81.79"),
        Number(0),
    ]
    assert hectares.remaining_before([], 2020) is None
