"""The two written forms of a value: canonical text, and what the database holds."""

import datetime as dt
import unicodedata
from decimal import Decimal as Number

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core import fields as f
from desktop_app.core.errors import KnownError
from desktop_app.core.values import from_db, from_text, is_whole_number, leaf, scale_of, to_db, to_text

CODES = f.Codes(LED=("LED", "LED"), HPS=("Natrium", "Sodium"), OTHER=("Lain", "Other"))
TEXT = f.Text("t", "Nama", "Name")
CHOICE = f.Choice("c", "Jenis", "Type", codes=CODES)
CHOICES = f.Choices("cs", "Jenis", "Types", codes=CODES)
YES_NO = f.YesNo("y", "Ada", "Present")
POWER = f.Integer("i", "Daya", "Power")
AREA = f.Decimal("a", "Luas", "Area", scale=2)
COST = f.Money("m", "Biaya", "Cost")
DAY = f.Date("d", "Tanggal", "Day")
TIME = f.Time("h", "Jam", "Time")
MOMENT = f.Timestamp("s", "Diterima", "Received")
LAT = f.Coordinate("lat", "Lintang", "Latitude")
PANEL = f.Reference("r", "Panel", "Panel", kind="power_panel")
LEFT = f.Computed("x", "Sisa", "Left", of=lambda _: None, like=AREA)
JAKARTA = dt.timezone(dt.timedelta(hours=7))

MORE = 2**63 - 1
codes = st.sampled_from([entry.code for entry in CODES])
VALUES = [
    (
        TEXT,
        st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1).map(
            lambda t: unicodedata.normalize("NFC", t)
        ),
    ),
    (CHOICE, codes),
    (CHOICES, st.lists(codes, min_size=1, unique=True).map(tuple)),
    (YES_NO, st.booleans()),
    (POWER, st.integers(-MORE, MORE)),
    (AREA, st.integers(-MORE, MORE).map(lambda n: Number(n).scaleb(-2))),
    (COST, st.integers(0, MORE)),
    (DAY, st.dates()),
    (TIME, st.times().map(lambda t: t.replace(second=0, microsecond=0))),
    (
        MOMENT,
        st.datetimes(dt.datetime(1900, 1, 1), timezones=st.just(dt.UTC)).map(
            lambda m: m.replace(microsecond=0)
        ),
    ),
    (LAT, st.decimals(-90, 90, places=8)),
    (PANEL, st.uuids().map(str)),
    (LEFT, st.integers(-MORE, MORE).map(lambda n: Number(n).scaleb(-2))),
]


@pytest.mark.parametrize(
    ("field", "values"), VALUES, ids=lambda part: part.name if isinstance(part, f.Field) else ""
)
def test_both_forms_bring_the_value_back(field, values):
    @given(values)
    def check(value):
        text = to_text(field, value)
        assert text
        assert from_text(field, text) == value
        assert to_text(field, from_text(field, text)) == text
        stored = to_db(field, value)
        assert type(stored) is (int if is_whole_number(field) else str)
        assert from_db(field, stored) == value
        assert to_text(field, from_db(field, stored)) == text

    check()


@pytest.mark.parametrize(
    ("field", "values"), VALUES, ids=lambda part: part.name if isinstance(part, f.Field) else ""
)
def test_empty_is_empty_in_both_forms(field, values):
    assert to_text(field, None) == ""
    assert from_text(field, "") is None
    assert to_db(field, None) is None
    assert from_db(field, None) is None
    assert to_db(field, "") is None
    assert to_db(field, ()) is None


@pytest.mark.parametrize(
    ("field", "value", "text", "stored"),
    [
        (TEXT, "cafe\u0301", "café", "café"),
        (CHOICES, ("LED", "OTHER"), "LED|OTHER", "LED|OTHER"),
        (YES_NO, False, "false", 0),
        (AREA, Number("359.5"), "359.50", 35950),
        (AREA, Number(7), "7.00", 700),
        (LAT, Number("-5.1167"), "-5.11670000", -511670000),
        (COST, 1_250_000, "1250000", 1_250_000),
        (DAY, dt.date(2026, 11, 5), "2026-11-05", "2026-11-05"),
        (TIME, dt.time(14, 5), "14:05", "14:05"),
        (
            MOMENT,
            dt.datetime(2026, 11, 5, 14, 0, tzinfo=JAKARTA),
            "2026-11-05T07:00:00Z",
            "2026-11-05T07:00:00Z",
        ),
        (LEFT, Number("0.01"), "0.01", 1),
    ],
)
def test_the_forms_are_these(field, value, text, stored):
    assert to_text(field, value) == text
    assert to_db(field, value) == stored


def test_nothing_is_rounded_on_the_way_to_the_database():
    with pytest.raises(ValueError, match="more than 2 decimals"):
        to_db(AREA, Number("1.234"))
    assert to_db(AREA, Number("1.230")) == 123


@pytest.mark.parametrize(
    ("field", "text"),
    [
        (YES_NO, "ya"),
        (YES_NO, "1"),
        (POWER, "12.0"),
        (POWER, "twelve"),
        (AREA, "1,5"),
        (AREA, "NaN"),
        (AREA, "Infinity"),
        (COST, "Rp5"),
        (DAY, "05/11/2026"),
        (DAY, "2026-02-30"),
        (TIME, "25:00"),
        (MOMENT, "2026-11-05 07:00:00"),
        (MOMENT, "2026-11-05T07:00:00"),
        (LAT, "5°"),
        (POWER, "1_000"),
        (POWER, "٣"),
        (POWER, "-0"),
        (POWER, "9" * 20),
        (AREA, "1e5"),
        (AREA, "1e400"),
        (AREA, " 1.5"),
        (DAY, "20261105"),
        (DAY, "2026-W45-4"),
        (TIME, "14:05:00"),
    ],
)
def test_what_is_not_canonical_is_refused_with_the_field(field, text):
    with pytest.raises(KnownError) as caught:
        from_text(field, text)
    assert caught.value.field == field.name
    assert text in caught.value.words.id
    assert caught.value.words.en.startswith(field.en)


def test_a_computed_field_looks_like_another():
    assert leaf(LEFT) is AREA
    assert leaf(AREA) is AREA
    assert scale_of(LEFT) == 2
    assert scale_of(COST) is None
    assert is_whole_number(LEFT)
    assert not is_whole_number(TEXT)
