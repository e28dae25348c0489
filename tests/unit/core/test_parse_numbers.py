"""Whole numbers, decimals, money."""

import datetime as dt
import re
from decimal import Decimal as Number

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop_app.core import fields as f
from desktop_app.core import parse
from desktop_app.core.parse import NotUnderstood, Reading
from desktop_app.core.words import Words

READING = Reading(today=dt.date(2026, 11, 5))
POWER = f.Integer("power_va", "Daya", "Power", unit=Words("VA", "VA"))
POINTS = f.Integer("points", "Titik", "Points", unit=Words("titik", "points"))
AREA = f.Decimal("area", "Luas", "Area", scale=2, unit=Words("ha", "ha"))
FINE = f.Decimal("area", "Luas", "Area", scale=4, unit=Words("m²", "m²"))
LENGTH = f.Decimal("length", "Panjang", "Length", scale=2, unit=Words("m", "m"))
COST = f.Money("cost", "Biaya", "Cost")


def read(field, typed, reading=READING):
    return parse.read(field, typed, reading)


FIGURES = [
    (POWER, "3500", 3500),
    (POWER, "3500.0", 3500),
    (POWER, "3.500 VA", 3500),
    (POWER, "3,500", 3500),
    (POWER, "3.500", 3500),
    (POWER, "3,5 kVA", 3500),
    (POWER, "3.5KVA", 3500),
    (POWER, "'3500", 3500),
    (POWER, "1 250 000", 1_250_000),
    (POINTS, "12 titik", 12),
    (POINTS, "12 points.", 12),
    (POINTS, "1,2 juta", 1_200_000),
    (POINTS, "-3", -3),
    (POINTS, "+3", 3),
    (POINTS, "−3", -3),
    (AREA, "153, 71 Ha", Number("153.71")),
    (AREA, "7. 71 hectares", Number("7.71")),
    (AREA, "31,77 Ha.", Number("31.77")),
    (AREA, "1.234,56", Number("1234.56")),
    (AREA, "1,234.56", Number("1234.56")),
    (AREA, "1234,56", Number("1234.56")),
    (AREA, "1234.56", Number("1234.56")),
    (AREA, "12.500,00", Number(12500)),
    (AREA, "1.234.567", Number(1234567)),
    (AREA, "0,5", Number("0.5")),
    (AREA, ",5", Number("0.5")),
    (AREA, "5.", Number(5)),
    (AREA, "46300 m2", Number("4.63")),
    (AREA, "12.5000", Number("12.5")),
    (AREA, "1 250,5", Number("1250.5")),
    (FINE, "0.125", Number("0.125")),
    (FINE, "4,63 ha", Number(46300)),
    (LENGTH, "250 cm", Number("2.5")),
    (LENGTH, "2,5 meter", Number("2.5")),
    (COST, "Rp. 250.000,-", 250_000),
    (COST, "Rp250000", 250_000),
    (COST, "Rp 1.250.000,00", 1_250_000),
    (COST, "IDR 1,250,000.00", 1_250_000),
    (COST, "40 ribu", 40_000),
    (COST, "40rb", 40_000),
    (COST, "40k", 40_000),
    (COST, "1,5 juta", 1_500_000),
    (COST, "1.5 jt rupiah", 1_500_000),
    (COST, "1,2 M", 1_200_000_000),
    (COST, "1,2 miliar", 1_200_000_000),
    (COST, "1.250", 1250),
    (COST, "0", 0),
    (COST, "Rp. -", None),
]


def test_a_figure_is_read_exactly_and_without_a_doubt():
    for field, typed, value in FIGURES:
        found = read(field, typed)
        assert (typed, found.value, type(found.value)) == (typed, value, type(value))
        assert found.doubts == ()
        assert found.offer is None


NO_NUMBERS = (
    "111.80.0|111.0.0|112.0.0|1.25.000|1,2,3|12.34,56.7|1..2|1,,2|12.3456.789|0.250.000|nan|inf|-inf|1e5|1,5E+7|0x10|1_000"
    "|½|٣|12²|five|12abc|3500watt|abc12|12/3|1+1|=1|12 34|1 25 000|3 500,5 x"
)


def test_what_is_no_number_is_refused():
    for typed in NO_NUMBERS.split("|"):
        for field in (POWER, AREA, COST):
            refusal(field, typed)


def refusal(field, typed):
    with pytest.raises(NotUnderstood) as caught:
        read(field, typed)
    return caught.value


def test_a_foreign_unit_is_named():
    assert refusal(POWER, "3500 watt").words == Words(
        "Daya: 'watt' di belakang angka tidak dikenal. Tulis angkanya saja (satuan: VA).",
        "Power: 'watt' behind the figure is unknown. Write the figure only (unit: VA).",
    )


def test_whole_means_whole():
    assert refusal(POWER, "12,5").words.id == "Daya harus bilangan bulat, ini '12,5'."
    assert refusal(COST, "1.250,50").words.id == "Biaya harus bilangan bulat, ini '1.250,50'."


def test_money_is_never_negative():
    for typed in ("-5000", "Rp-5000", "-Rp 5.000"):
        assert "tidak boleh negatif" in refusal(COST, typed).words.id


def test_a_figure_that_no_column_holds_is_refused():
    for field in (POWER, AREA, COST):
        refusal(field, "9" * 20)
        refusal(field, "9" * 30)
        refusal(field, "9" * 5 + "." + "1" * 30)


def test_more_decimals_than_declared_are_never_rounded():
    assert refusal(AREA, "12,3456").words.id == "Luas: paling banyak 2 angka di belakang koma, ini '12,3456'."
    refusal(AREA, "1.000000000000000000000000000001")


def test_three_digits_after_one_separator_are_asked_about():
    point = read(AREA, "1.250")
    assert point.value == 1250
    assert point.hint == Words("= 1250 ha", "= 1250 ha")
    assert point.doubts == (
        Words(
            "'1.250' dibaca 1250, bukan 1 koma 25. Periksa.",
            "'1.250' is read as 1250, not 1 point 25. Check it.",
        ),
    )
    assert point.offer == (
        Words("Maksudnya 1 koma 25? Pakai itu", "Did you mean 1 point 25? Use that"),
        {"area": Number("1.25")},
    )

    comma = read(FINE, "95,007")
    assert comma.value == Number("95.007")
    assert comma.hint == Words("= 95 koma 007 m²", "= 95 point 007 m²")
    assert len(comma.doubts) == 1
    assert comma.offer is not None
    assert comma.offer[1] == {"area": Number(95007)}


def test_the_other_reading_is_offered_only_if_it_fits():
    assert read(AREA, "95.007").offer is None  # 95,007 has three decimals, the field two
    refused = refusal(AREA, "95,007")
    assert refused.offer is not None
    assert refused.offer[1] == {"area": Number(95007)}


def test_three_digits_before_a_word_of_size_are_asked_about_even_where_only_whole_numbers_go():
    found = read(COST, "1,250 juta")
    assert found.value == 1_250_000
    assert len(found.doubts) == 1
    assert found.offer is not None
    assert found.offer[1] == {"cost": 1_250_000_000}
    assert read(POWER, "3.500 kVA").offer is not None


def test_the_hint_shows_what_was_understood_unless_the_text_says_it():
    assert read(COST, "1250000").hint == Words("= Rp1.250.000", "= Rp1.250.000")
    assert read(COST, "Rp1.250.000").hint is None
    assert read(POWER, "3500.0").hint == Words("= 3.500 VA", "= 3.500 VA")
    assert read(POWER, "3.500").hint is None
    assert read(POWER, "3.500 VA").hint is None
    assert read(POINTS, "12").hint is None


@given(st.integers(-(10**12), 10**12), st.sampled_from(["{}", "{:,}", " {} ", "'{}", "{}.0", "{},00"]))
def test_whole_numbers_in_every_dress(number, dress):
    typed = dress.format(number).replace(",", ".") if dress == "{:,}" else dress.format(number)
    assert read(POINTS, typed).value == number


@given(st.decimals(0, 10**9, places=2), st.booleans())
def test_decimals_with_grouping_as_indonesians_and_as_others_write(number, foreign):
    typed = f"{number:,.2f}"
    if not foreign:
        typed = typed.translate(str.maketrans(",.", ".,"))
    found = read(AREA, typed)
    assert found.value == number
    assert found.doubts == ()


def meanings(typed):
    """What Indonesians and others mean by a figure: found by their own patterns, not by the program's."""
    found = set()
    for thousands, comma in (".,", ",."):
        grouped = rf"[1-9]\d{{0,2}}([{thousands}]\d{{3}})+([{comma}]\d*)?"
        if re.fullmatch(rf"{grouped}|\d*[{comma}]?\d*", typed) and any(map(str.isdigit, typed)):
            found.add(Number(typed.replace(thousands, "").replace(comma, ".")))
    return found


@given(
    st.text("0123456789.,", min_size=1, max_size=6),
    st.sampled_from([".", ",", ""]),
    st.text("0123456789", max_size=3),
)
@example("1", ".", "250")
@example("0", ".", "125")
@example("1.234", ",", "567")
def test_a_figure_with_two_meanings_is_never_taken_silently(front, separator, behind):
    typed = front + separator + behind
    possible = meanings(re.sub("[.,]$", "", typed))
    try:
        found = read(f.Decimal("d", "Luas", "Area", scale=9), typed)
    except NotUnderstood:
        assert not possible
        return
    if found.value is not None:
        assert found.value in possible
        assert bool(found.doubts) == (len(possible) == 2)
