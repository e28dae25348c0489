"""The days on which a park's schedule plans work."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.records.parks.planned import falls_on, last_before

MONDAY = dt.date(2026, 1, 5)


def line(frequency, number=None, begin=MONDAY, end=None):
    return {"frequency": frequency, "frequency_n": number, "starts_on": begin, "ends_on": end}


def days(given_line, first=MONDAY, number=31):
    return [
        day
        for day in (first + dt.timedelta(days=turn) for turn in range(number))
        if falls_on(given_line, day)
    ]


@pytest.mark.parametrize(
    ("frequency", "number", "expected"),
    [
        ("DAILY", None, 31),
        ("WEEKLY", None, 5),
        ("EVERY_N_DAYS", 10, 4),
        ("MONTHLY", None, 1),
        ("QUARTERLY", None, 1),
        ("AS_NEEDED", None, 0),
    ],
)
def test_how_often_in_a_month(frequency, number, expected):
    assert len(days(line(frequency, number))) == expected


def test_months_without_such_a_day_take_their_last_one():
    end_of_january = line("MONTHLY", begin=dt.date(2026, 1, 31))
    assert days(end_of_january, dt.date(2026, 2, 1), 59) == [dt.date(2026, 2, 28), dt.date(2026, 3, 31)]
    yearly = line("ANNUAL", begin=dt.date(2024, 2, 29))
    assert days(yearly, dt.date(2026, 1, 1), 365) == [dt.date(2026, 2, 28)]


def test_nothing_before_it_begins_or_after_it_ends():
    short = line("DAILY", end=MONDAY + dt.timedelta(days=2))
    assert days(short, MONDAY - dt.timedelta(days=5)) == [
        MONDAY + dt.timedelta(days=turn) for turn in range(3)
    ]


@given(times=st.integers(1, 7), week=st.integers(0, 200))
def test_so_many_times_a_week_are_so_many_days_in_every_week(times, week):
    first = MONDAY + dt.timedelta(weeks=week)
    assert len(days(line("TIMES_PER_WEEK", times), first, 7)) == times


@given(back=st.integers(1, 30), within=st.integers(1, 10))
def test_the_last_planned_day_lies_before_and_not_too_long_ago(back, within):
    today = MONDAY + dt.timedelta(days=back)
    found = last_before(line("WEEKLY"), today, within)
    if found is not None:
        assert falls_on(line("WEEKLY"), found)
        assert 1 <= (today - found).days <= within
    elif within >= 7:
        assert back < 1 or today <= MONDAY
