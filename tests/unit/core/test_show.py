"""What stands on the screen, and in the editors: numbers and dates as Indonesians write them in both languages."""

import datetime as dt
from decimal import Decimal as Number
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core import fields as f
from desktop_app.core.parse import Reading, read
from desktop_app.core.record import Alone
from desktop_app.core.settings import Settings
from desktop_app.core.show import (
    duration,
    edit_text,
    full_date,
    long_date,
    masked,
    phone,
    show,
    show_any,
    show_short,
    terbilang,
    weekday,
)
from desktop_app.core.words import Words, use

JAYAPURA = Settings(timezone="Asia/Jayapura")
LAMPS = f.Codes(
    LED=("Lampu LED", "LED lamp"),
    HPS=("Natrium", "Sodium"),
    SON=("Natrium; tekanan tinggi", "High pressure, sodium"),
    A=("Sama", "Same"),
    B=("Sama", "Same"),
    C=("A", "B"),
)
TEXT = f.Text("t", "Nama", "Name")
NOTES = f.Text("n", "Keterangan", "Notes", multiline=True)
NIK = f.Text("nik", "NIK", "NIK", max_len=16, reads="nik")
PHONE = f.Text("p", "Telepon", "Phone", max_len=16, reads="phone")
CHOICE = f.Choice("c", "Jenis", "Type", codes=LAMPS)
CHOICES = f.Choices("cs", "Jenis", "Types", codes=LAMPS)
YES_NO = f.YesNo("y", "Ada", "Present")
POWER = f.Integer("i", "Daya", "Power", unit=Words("VA", "VA"))
POINTS = f.Integer("k", "Titik", "Points", unit=Words("titik", "points"))
AREA = f.Decimal("a", "Luas", "Area", scale=4, unit=Words("ha", "ha"))
QTY = f.Decimal("q", "Jumlah", "Quantity", scale=3)
COST = f.Money("m", "Biaya", "Cost")
BIRTH = f.Date("b", "Lahir", "Birth", precision="b_precision", future=False)
PLAN = f.Date("d", "Rencana", "Plan")
TIME = f.Time("h", "Jam", "Time")
MOMENT = f.Timestamp("s", "Diterima", "Received")
LAT = f.Coordinate("lat", "Lintang", "Latitude", axis="lat", other="lon")
LON = f.Coordinate("lon", "Bujur", "Longitude", axis="lon", other="lat")
PANEL = f.Reference("r", "Panel", "Panel", kind="power_panel")
NOON = dt.datetime(2026, 11, 5, 5, 0, tzinfo=dt.UTC)


SHOWN: list[tuple[f.Field, Any, str]] = [
    (TEXT, "Sukir", "Sukir"),
    (PHONE, "+6281234567890", "0812-3456-7890"),
    (PHONE, "+6272541234", "072541234"),
    (PHONE, "+60123456789", "+60123456789"),
    (CHOICE, "LED", "Lampu LED"),
    (CHOICE, "NEWER", "NEWER"),
    (CHOICES, ("LED", "HPS"), "Lampu LED, Natrium"),
    (YES_NO, True, "Ya"),
    (YES_NO, False, "Tidak"),
    (POWER, 3500, "3.500 VA"),
    (POWER, 0, "0 VA"),
    (POWER, -1234567, "-1.234.567 VA"),
    (AREA, Number("359.5000"), "359,5 ha"),
    (AREA, Number("1234567.8910"), "1.234.567,891 ha"),
    (AREA, Number("100.0000"), "100 ha"),
    (AREA, Number("-0.0100"), "-0,01 ha"),
    (QTY, Number("1E+3"), "1.000"),
    (COST, 1_250_000, "Rp1.250.000"),
    (COST, 0, "Rp0"),
    (PLAN, dt.date(2026, 11, 5), "05/11/2026"),
    (TIME, dt.time(14, 0), "14.00"),
    (TIME, dt.time(0, 0), "00.00"),
    (MOMENT, NOON, "05/11/2026 12.00"),
    (LAT, Number("-5.11670000"), "-5,1167"),
    (LON, Number("105.30000000"), "105,3000"),
    (LON, Number("112.17154050"), "112,1715405"),
    (PANEL, "0193-aaaa-bbbb", "0193-aaa"),
    (f.Computed("x", "Sisa", "Left", of=lambda _: 1, like=AREA), Number("2.5"), "2,5 ha"),
]


def test_values_on_the_screen():
    assert [show(field, value) for field, value, _ in SHOWN] == [text for _, _, text in SHOWN]


def test_an_empty_value_is_an_empty_text():
    for field in (TEXT, CHOICE, CHOICES, YES_NO, POWER, AREA, COST, BIRTH, TIME, MOMENT, LAT, PANEL):
        assert show(field, None) == edit_text(field, None) == ""
    assert show(CHOICES, ()) == ""


def test_the_language_changes_the_words_and_not_the_figures():
    assert show(CHOICE, "LED", language="en") == "LED lamp"
    assert show(YES_NO, True, language="en") == "Yes"
    assert show(POINTS, 1234, language="en") == "1.234 points"
    assert show(COST, 1_250_000, language="en") == "Rp1.250.000"
    assert show(PLAN, dt.date(2026, 11, 5), language="en") == "05/11/2026"
    use("en")
    try:
        assert show(CHOICE, "LED") == "LED lamp"
        assert long_date(dt.date(2026, 5, 21)) == "21 May 2026"
    finally:
        use("id")


def test_moments_are_shown_where_the_office_is():
    assert show(MOMENT, NOON, zone=JAYAPURA.zone) == "05/11/2026 14.00"
    assert show(MOMENT, dt.datetime(2026, 12, 31, 18, tzinfo=dt.UTC), this_year=2026) == "01/01/2027 01.00"


def test_lists_leave_out_the_current_year():
    assert show_short(PLAN, dt.date(2026, 11, 5), 2026) == "05/11"
    assert show_short(PLAN, dt.date(2025, 11, 5), 2026) == "05/11/2025"
    assert show_short(MOMENT, NOON, 2026) == "05/11 12.00"
    assert show_short(CHOICE, "LED", 2026, language="en") == "LED lamp"


def test_old_papers_show_what_is_known():
    day = dt.date(1965, 11, 1)
    assert show(BIRTH, day, values={"b_precision": "YEAR"}) == "1965"
    assert show(BIRTH, day, values={"b_precision": "MONTH"}) == "11/1965"
    assert show(BIRTH, day, values={"b_precision": "DAY"}) == "01/11/1965"
    assert show(BIRTH, day) == "01/11/1965"


class House(Alone):
    def title(self, kind, uid):
        return f"{kind}:{uid}"


def test_records_are_shown_by_name():
    assert show(PANEL, "u1", lookup=House()) == "power_panel:u1"


def test_personal_numbers_are_masked_when_asked():
    assert show(NIK, "1872010509650012", mask=True) == "1872********0012"
    assert show(NIK, "1872010509650012") == "1872010509650012"
    assert show(PHONE, "+6281234567890", mask=True) == "0812*****890"
    assert (
        show(f.Text("kk", "KK", "KK", reads="family_card"), "1872010509120012", mask=True)
        == "1872********0012"
    )
    assert show(TEXT, "Sukir", mask=True) == "Sukir"


@given(st.text("0123456789", max_size=20))
def test_a_mask_keeps_the_length_and_hides_most(number):
    hidden = masked(number)
    assert len(hidden) == len(number)
    assert hidden.count("*") >= min(len(number), 3)


def test_figures_that_belong_to_no_field():
    assert show_any(1234) == "1.234"
    assert show_any(Number("0.50")) == "0,5"
    assert show_any(True) == "Ya"
    assert show_any(None) == ""
    assert show_any(dt.date(2026, 11, 5)) == "05/11/2026"
    assert show_any(NOON, zone=JAYAPURA.zone) == "05/11/2026 14.00"
    assert show_any(dt.time(7, 5)) == "07.05"
    assert show_any(dt.timedelta(days=3)) == "3 hari"
    assert show_any(Words("Ya", "Yes"), language="en") == "Yes"
    assert show_any(("a", 1000)) == "a, 1.000"
    assert show_any("PJU-0042") == "PJU-0042"


def test_dates_in_words():
    day = dt.date(2026, 11, 21)
    assert long_date(day) == "21 November 2026"
    assert weekday(day) == "Sabtu"
    assert full_date(dt.date(2026, 8, 17)) == Words("Senin, 17 Agustus 2026", "Monday, 17 August 2026")


@pytest.mark.parametrize(
    ("span", "indonesian", "english"),
    [
        (dt.timedelta(days=3), "3 hari", "3 days"),
        (dt.timedelta(days=1, hours=5), "1 hari", "1 day"),
        (dt.timedelta(hours=23, minutes=59), "23 jam", "23 hours"),
        (dt.timedelta(minutes=61), "1 jam", "1 hour"),
        (dt.timedelta(minutes=12, seconds=59), "12 menit", "12 minutes"),
        (dt.timedelta(0), "0 menit", "0 minutes"),
        (dt.timedelta(days=1234), "1.234 hari", "1.234 days"),
    ],
)
def test_durations(span, indonesian, english):
    assert duration(span, "id") == indonesian
    assert duration(span, "en") == english


AMOUNTS = [
    (0, "nol"),
    (1, "satu"),
    (10, "sepuluh"),
    (11, "sebelas"),
    (12, "dua belas"),
    (20, "dua puluh"),
    (21, "dua puluh satu"),
    (100, "seratus"),
    (111, "seratus sebelas"),
    (200, "dua ratus"),
    (1000, "seribu"),
    (1001, "seribu satu"),
    (1250, "seribu dua ratus lima puluh"),
    (2000, "dua ribu"),
    (11_000, "sebelas ribu"),
    (100_000, "seratus ribu"),
    (101_000, "seratus satu ribu"),
    (1_000_000, "satu juta"),
    (1_250_000, "satu juta dua ratus lima puluh ribu"),
    (1_001_000, "satu juta seribu"),
    (4_700_000_000, "empat miliar tujuh ratus juta"),
    (10**12, "satu triliun"),
    (10**15 + 1, "satu kuadriliun satu"),
    (-5, "minus lima"),
]


def test_amounts_in_words():
    assert {amount: terbilang(amount) for amount, _ in AMOUNTS} == dict(AMOUNTS)


UNITS = {
    "satu": 1,
    "dua": 2,
    "tiga": 3,
    "empat": 4,
    "lima": 5,
    "enam": 6,
    "tujuh": 7,
    "delapan": 8,
    "sembilan": 9,
}
SIZES = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "triliun": 10**12, "kuadriliun": 10**15}


def said_amount(words):
    """The other way round, word by word."""
    total = group = last = 0
    for word in (
        words.replace("sepuluh", "satu puluh")
        .replace("sebelas", "satu belas")
        .replace("seratus", "satu ratus")
        .replace("seribu", "satu ribu")
        .split()
    ):
        if word in SIZES:
            total, group, last = total + (group + last) * SIZES[word], 0, 0
        elif word == "belas":
            group, last = group + last + 10, 0
        elif word in ("puluh", "ratus"):
            group, last = group + last * (10 if word == "puluh" else 100), 0
        else:
            last = UNITS[word]
    return total + group + last


@given(st.integers(1, 10**18 - 1))
def test_every_amount_is_said_so_that_it_can_be_heard(amount):
    assert said_amount(terbilang(amount)) == amount


def test_too_large_an_amount_is_no_silent_nonsense():
    with pytest.raises(ValueError, match="1000000000000000000"):
        terbilang(10**18)


# ---- what stands in an editor is read as the value that it stands for

MORE = 2**63 - 1
moments = st.datetimes(dt.datetime(1970, 1, 1), dt.datetime(2199, 12, 31), timezones=st.just(dt.UTC)).map(
    lambda m: m.replace(microsecond=0)
)
numbers = st.from_regex(r"\A(8[0-9]{8,11}|[2-79][0-9]{7,10})\Z").map(lambda n: f"+62{n}")
readable = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=30)
VALUES = [
    (CHOICE, st.sampled_from([entry.code for entry in LAMPS])),
    (
        CHOICES,
        st.sets(st.sampled_from([entry.code for entry in LAMPS]), min_size=1).map(
            lambda s: tuple(e.code for e in LAMPS if e.code in s)
        ),
    ),
    (YES_NO, st.booleans()),
    (POWER, st.integers(-MORE, MORE)),
    (COST, st.integers(0, MORE)),
    (AREA, st.integers(-MORE, MORE).map(lambda n: Number(n).scaleb(-4))),
    (QTY, st.integers(-(10**7), 10**7).map(lambda n: Number(n).scaleb(-3))),
    (PLAN, st.dates(dt.date(1800, 1, 1), dt.date(2200, 12, 31))),
    (BIRTH, st.dates(dt.date(1800, 1, 1), dt.date(2026, 11, 5))),
    (TIME, st.times().map(lambda t: t.replace(second=0, microsecond=0))),
    (MOMENT, moments),
    (PHONE, numbers),
    (LAT, st.decimals("-11.1", "6.1", places=8).filter(bool)),
    (LON, st.decimals("94.9", "141.1", places=8)),
]


@pytest.mark.parametrize(
    ("field", "values"), VALUES, ids=lambda part: part.name if isinstance(part, f.Field) else ""
)
def test_an_editors_text_is_read_as_its_value_without_a_doubt(field, values):
    @given(values, st.sampled_from(["id", "en"]))
    def check(value, language):
        for settings in (Settings(), JAYAPURA):
            text = edit_text(field, value, language=language, zone=settings.zone)
            found = read(field, text, Reading(today=dt.date(2026, 11, 5), settings=settings))
            assert found.value == value
            assert found.doubts == ()
            assert "\n" not in text

    check()


@given(readable)
def test_a_text_stands_in_its_editor_as_it_is(text):
    kept = read(NOTES, text, Reading(today=dt.date(2026, 11, 5))).value
    assert edit_text(NOTES, kept) == kept
    assert read(NOTES, edit_text(NOTES, kept), Reading(today=dt.date(2026, 11, 5))).value == kept


@given(st.dates(dt.date(1800, 1, 1), dt.date(2026, 11, 5)), st.sampled_from(["DAY", "MONTH", "YEAR"]))
def test_part_of_a_day_stands_in_its_editor_with_its_precision(day, precision):
    if precision != "DAY":
        day = day.replace(day=1, month=1 if precision == "YEAR" else day.month)
    text = edit_text(BIRTH, day, values={"b_precision": precision})
    found = read(BIRTH, text, Reading(today=dt.date(2026, 11, 5)))
    assert (found.value, found.also) == (day, {"b_precision": precision})


def test_a_day_beside_its_precision_is_not_lost_in_the_editor():
    assert edit_text(BIRTH, dt.date(1965, 5, 7), values={"b_precision": "YEAR"}) == "07/05/1965"


def test_a_record_stands_in_its_editor_by_name_and_without_names_by_its_uid():
    assert edit_text(PANEL, "u1", lookup=House()) == "power_panel:u1"
    assert edit_text(PANEL, "u1") == "u1"
    reading = Reading(
        today=dt.date(2026, 11, 5),
        resolve=lambda _f, _t, _v: [("u0", "power_panel:u0"), ("u1", "power_panel:u1")],
    )
    for text in ("power_panel:u1", "u1"):
        assert read(PANEL, text, reading).value == "u1"


def test_what_stands_in_an_editor_is_plain():
    assert edit_text(AREA, Number("1250.0000")) == "1250"
    assert edit_text(AREA, Number("95.0070")) == "95,0070"
    assert edit_text(COST, 1_250_000) == "1.250.000"
    assert edit_text(PHONE, "+6281234567890") == "081234567890"
    assert edit_text(MOMENT, NOON) == "05/11/2026 12.00"
    assert edit_text(MOMENT, NOON.replace(second=7)) == "05/11/2026 12.00.07"
    assert phone("+6281234567890") == "0812-3456-7890"
