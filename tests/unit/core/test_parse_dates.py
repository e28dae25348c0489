"""Days, times of day, moments. Today is Thursday, 5 November 2026."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core import fields as f
from desktop_app.core import parse
from desktop_app.core.parse import NotUnderstood, Reading
from desktop_app.core.settings import Settings
from desktop_app.core.show import MONTHS, WEEKDAYS
from desktop_app.core.words import Words

READING = Reading(today=dt.date(2026, 11, 5))
BIRTH = f.Date("birth_date", "Tanggal lahir", "Birth date", precision="birth_date_precision", future=False)
DONE = f.Date("done", "Selesai", "Done", future=False)
PLAN = f.Date("plan", "Rencana", "Planned")
TIME = f.Time("time", "Jam", "Time")
RECEIVED = f.Timestamp("received_at", "Diterima", "Received", future=False)


def read(field, typed, reading=READING):
    return parse.read(field, typed, reading)


def refusal(field, typed):
    with pytest.raises(NotUnderstood) as caught:
        read(field, typed)
    return caught.value


DAYS = [
    ("05/11/2026", "2026-11-05"),
    ("5/11/2026", "2026-11-05"),
    ("5-11-26", "2026-11-05"),
    ("5.11.26", "2026-11-05"),
    ("5 / 11 / 2026", "2026-11-05"),
    ("5 11 2026", "2026-11-05"),
    ("5/11", "2026-11-05"),
    ("5.11", "2026-11-05"),
    ("6/11", "2025-11-06"),
    ("2026-11-05", "2026-11-05"),
    ("2026/11/05", "2026-11-05"),
    ("20261105", "2026-11-05"),
    ("05112026", "2026-11-05"),
    ("051126", "2026-11-05"),
    ("2026-11-05 00:00:00", "2026-11-05"),
    ("5 Nopember 2026", "2026-11-05"),
    ("5 nov 26", "2026-11-05"),
    ("5-Nov-26", "2026-11-05"),
    ("tgl. 5 November", "2026-11-05"),
    ("12 Pebruari 2020", "2020-02-12"),
    ("12 Agt 24", "2024-08-12"),
    ("12 Ags 24", "2024-08-12"),
    ("12 Agust 24", "2024-08-12"),
    ("12 Okt 24", "2024-10-12"),
    ("12 Mei 24", "2024-05-12"),
    ("12 Des 24", "2024-12-12"),
    ("12 December 2024", "2024-12-12"),
    ("Jum'at, 3-5-24", "2024-05-03"),
    ("Jum’at 3 Mei 2024", "2024-05-03"),
    ("Jumat,3/5/2024", "2024-05-03"),
    ("hari ini", "2026-11-05"),
    ("Kemarin", "2026-11-04"),
    ("yesterday", "2026-11-04"),
    ("kemarin dulu", "2026-11-03"),
    ("besok", "2026-11-06"),
    ("lusa", "2026-11-07"),
    ("h-1", "2026-11-04"),
    ("H+2", "2026-11-07"),
    ("3 hari yang lalu", "2026-11-02"),
    ("5-11-65", "1965-11-05"),
    ("5-11-27", "1927-11-05"),
]


def test_days():
    found = {typed: read(DONE, typed) for typed, _ in DAYS}
    assert {typed: str(one.value) for typed, one in found.items()} == dict(DAYS)
    assert not any(one.doubts for one in found.values())


@pytest.mark.parametrize(
    ("typed", "day", "precision"),
    [
        ("1965", "1965-01-01", "YEAR"),
        ("00/00/1965", "1965-01-01", "YEAR"),
        ("??/??/1965", "1965-01-01", "YEAR"),
        ("± 1965", "1965-01-01", "YEAR"),
        ("sekitar 1965", "1965-01-01", "YEAR"),
        ("thn. 1965", "1965-01-01", "YEAR"),
        ("11/1965", "1965-11-01", "MONTH"),
        ("00/11/1965", "1965-11-01", "MONTH"),
        ("1965-11", "1965-11-01", "MONTH"),
        ("Nopember 1965", "1965-11-01", "MONTH"),
        ("5/11/1965", "1965-11-05", "DAY"),
        ("00/00/0000", None, "UNKNOWN"),
        ("0000-00-00", None, "UNKNOWN"),
    ],
)
def test_old_papers_know_only_part_of_a_day(typed, day, precision):
    found = read(BIRTH, typed)
    assert found.value == (dt.date.fromisoformat(day) if day else None)
    assert found.also == {"birth_date_precision": precision}


def test_other_days_must_be_whole():
    for typed in ("1965", "11/1965", "00/00/1965", "Nov 1965"):
        assert "belum lengkap" in refusal(DONE, typed).words.id
    assert read(DONE, "00/00/0000").value is None
    assert read(DONE, "5/11/2026").also == {}


def test_a_year_of_two_digits_or_none_is_the_last_that_fits():
    assert read(DONE, "28/12").value == dt.date(2025, 12, 28)
    assert read(PLAN, "28/12").value == dt.date(2026, 12, 28)
    assert read(PLAN, "5/1").value == dt.date(2027, 1, 5)
    assert read(PLAN, "5/10").value == dt.date(2026, 10, 5)
    assert read(PLAN, "28/12/26").value == dt.date(2026, 12, 28)
    assert read(PLAN, "28/12/87").value == dt.date(1987, 12, 28)


def test_a_century_back_only_because_the_day_is_still_to_come_is_doubted():
    found = read(DONE, "28/12/26")
    assert found.value == dt.date(1926, 12, 28)
    assert found.doubts[0].id == "'28/12/26' dibaca 28/12/1926. Kalau bukan, tulis tahunnya lengkap."
    assert read(DONE, "28/12/2026").value == dt.date(2026, 12, 28)  # written out: the rules complain


def test_the_hint_is_the_day_in_full():
    assert read(DONE, "3/11").hint == Words("= Selasa, 3 November 2026", "= Tuesday, 3 November 2026")
    assert read(DONE, "03/11/2026").hint is None
    assert read(BIRTH, "00/00/1965").hint == Words("= tahun 1965", "= the year 1965")
    assert read(BIRTH, "00/11/1965").hint == Words("= November 1965", "= November 1965")
    assert read(BIRTH, "1965").hint is None


def test_the_wrong_day_of_the_week_is_doubted():
    found = read(DONE, "Senin, 3 Mei 2024")
    assert found.value == dt.date(2024, 5, 3)
    assert found.doubts == (
        Words("03/05/2024 hari Jumat, bukan Senin.", "03/05/2024 is a Friday, not a Monday."),
    )


@pytest.mark.parametrize(
    ("typed", "because"),
    [
        ("31/04/2026", "April 2026 hanya sampai tanggal 30"),
        ("29/2/2025", "Februari 2025 hanya sampai tanggal 28"),
        ("5/13/2026", "bulan 13 tidak ada"),
        ("5/0/2026", "bulannya tidak ada"),
        ("5/11/0026", "tahun 26 tidak mungkin"),
        ("1026", "tahun 1026 tidak mungkin"),
        ("5 Foo 2026", "itu bukan tanggal"),
        ("Nov 26", "itu bukan tanggal"),
        ("5", "itu bukan tanggal"),
        ("2026-11-05 14:00", "itu bukan tanggal"),
    ],
)
def test_what_is_no_day_is_refused_with_the_reason(typed, because):
    assert (
        refusal(BIRTH, typed).words.id
        == f"Tanggal lahir: '{typed}' tidak terbaca, {because}. Tulis misalnya 05/11/2026."
    )


def test_month_and_day_the_other_way_round_are_offered():
    offer = refusal(DONE, "11/25/2026").offer
    assert offer == (
        Words("Maksudnya 25/11/2026? Pakai itu", "Did you mean 25/11/2026? Use that"),
        {"done": dt.date(2026, 11, 25)},
    )


def test_the_number_that_a_spreadsheet_keeps_for_a_day_is_doubted():
    found = read(DONE, "45383")
    assert found.value == dt.date(2024, 4, 1)
    assert len(found.doubts) == 1
    shifted = read(DONE, "37288.7083333")
    assert shifted.value == dt.date(2002, 2, 1)
    assert shifted.offer is not None
    assert shifted.offer[1] == {"done": dt.date(2002, 2, 2)}


days = st.dates(dt.date(1800, 1, 1), dt.date(2200, 12, 31))


@given(
    days,
    st.sampled_from(
        [
            "{d}/{m}/{y}",
            "{d:02}-{m:02}-{y}",
            "{y}-{m:02}-{d:02}",
            "{d} {name} {y}",
            "{week}, {d} {name} {y}",
            "{d:02}{m:02}{y}",
        ]
    ),
)
def test_every_day_in_every_dress(day, dress):
    for pick in (0, 1):
        name, week = MONTHS[day.month - 1][pick], WEEKDAYS[day.weekday()][pick]
        typed = dress.format(d=day.day, m=day.month, y=day.year, name=name, week=week)
        found = read(DONE, typed)
        assert found.value == day
        assert found.doubts == ()


@given(days, st.dates(dt.date(1950, 1, 1), dt.date(2100, 12, 31)))
def test_a_day_without_its_century_is_never_ahead_where_it_cannot_be(day, today):
    try:
        found = read(DONE, f"{day:%d/%m}/{day.year % 100:02}", Reading(today=today))
    except NotUnderstood:
        assert (day.month, day.day) == (2, 29)  # a leap day that the other century did not have
        return
    assert today.replace(year=today.year - 100, day=min(today.day, 28)) <= found.value <= today
    assert (found.value.day, found.value.month, found.value.year % 100) == (
        day.day,
        day.month,
        day.year % 100,
    )


TIMES = [
    ("14.00", "14:00"),
    ("14:00", "14:00"),
    ("1400", "14:00"),
    ("930", "09:30"),
    ("14", "14:00"),
    ("2", "02:00"),
    ("jam 2 siang", "14:00"),
    ("2 siang", "14:00"),
    ("pukul 14.30 WIB", "14:30"),
    ("pkl. 8.05", "08:05"),
    ("setengah 3 sore", "14:30"),
    ("setengah 1 siang", "12:30"),
    ("12 siang", "12:00"),
    ("12 malam", "00:00"),
    ("1 malam", "01:00"),
    ("7 malam", "19:00"),
    ("9 pagi", "09:00"),
    ("3 dini hari", "03:00"),
    ("14.00 siang", "14:00"),
    ("2:15 PM", "14:15"),
    ("12 am", "00:00"),
    ("14:00:35", "14:00"),
    ("-", None),
]


def test_times_of_day():
    read_as = {typed: read(TIME, typed).value for typed, _ in TIMES}
    assert {typed: value and f"{value:%H:%M}" for typed, value in read_as.items()} == dict(TIMES)


@pytest.mark.parametrize(
    "typed", ["24.00", "25.00", "14.60", "14.5", "siang", "12345", "14.00.99", "-2", "jam"]
)
def test_what_is_no_time_of_day_is_refused(typed):
    assert "bukan jam" in refusal(TIME, typed).words.id


def test_another_zone_is_refused_for_a_time_and_converted_for_a_moment():
    assert "daerah waktu lain" in refusal(TIME, "14.00 WITA").words.id
    assert read(RECEIVED, "5/11/2026 14.00 WITA").value == dt.datetime(2026, 11, 5, 6, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    "typed",
    [
        "5/11 14.00",
        "05/11/2026 14.00",
        "05/11/2026, 14:00",
        "5/11/2026 1400",
        "5/11 14",
        "5 November 2026 pukul 14.00 WIB",
        "Kamis, 5 November 2026 jam 2 siang",
        "hari ini 14.00",
        "hari ini jam 2 siang",
        "14.00",
        "jam 2 siang",
        "14.00 5/11/2026",
        "[14.00, 5/11/2026]",
        "2026-11-05 14:00:00",
        "2026-11-05T14:00:00+07:00",
        "2026-11-05T07:00:00Z",
    ],
)
def test_moments_are_kept_in_utc(typed):
    found = read(RECEIVED, typed)
    assert found.value == dt.datetime(2026, 11, 5, 7, tzinfo=dt.UTC)
    assert found.value.tzinfo is dt.UTC
    assert (found.hint is None) == (typed == "05/11/2026 14.00")


def test_a_moment_is_meant_where_the_office_is():
    there = Reading(today=READING.today, settings=Settings(timezone="Asia/Jayapura"))
    assert read(RECEIVED, "5/11 14.00", there).value == dt.datetime(2026, 11, 5, 5, tzinfo=dt.UTC)


def test_a_moment_needs_its_time():
    assert (
        refusal(RECEIVED, "kemarin").words.id
        == "Diterima: jamnya belum ada. Tulis misalnya 04/11/2026 14.00."
    )
    assert (
        refusal(RECEIVED, "5 November 2026").words.id
        == "Diterima: jamnya belum ada. Tulis misalnya 05/11/2026 14.00."
    )


@pytest.mark.parametrize(
    "typed", ["abc", "31/4/2026 14.00", "5/11/2026 25.00", "1965 14.00", "2026", "14.00 14.00"]
)
def test_what_is_no_moment_is_refused(typed):
    refusal(RECEIVED, typed)


@given(st.datetimes(dt.datetime(1970, 1, 1), dt.datetime(2199, 12, 31)))
def test_every_minute_is_read_back(moment):
    moment = moment.replace(second=0, microsecond=0)
    local = moment.replace(tzinfo=READING.settings.zone)
    for typed in (f"{moment:%d/%m/%Y %H.%M}", f"{moment:%Y-%m-%dT%H:%M}", f"{moment:%H:%M %d-%m-%Y}"):
        assert read(RECEIVED, typed).value == local
