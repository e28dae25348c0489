"""RT and RW, postal codes, positions."""

import datetime as dt
from decimal import Decimal as Number

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core import fields as f
from desktop_app.core import parse
from desktop_app.core.parse import NotUnderstood, Reading
from desktop_app.core.settings import Settings
from desktop_app.core.words import Words

READING = Reading(today=dt.date(2026, 11, 5))
RT = f.Text("rt", "RT", "RT", max_len=3, reads="rt_rw")
RW = f.Text("heir_rw", "RW", "RW", max_len=3, reads="rt_rw")
LAT = f.Coordinate("latitude", "Lintang", "Latitude", axis="lat", other="longitude")
LON = f.Coordinate("longitude", "Bujur", "Longitude", axis="lon", other="latitude")
HERE = {"latitude": Number("-5.1167"), "longitude": Number("105.3")}


def read(field, typed, reading=READING):
    return parse.read(field, typed, reading)


def refusal(field, typed, reading=READING):
    with pytest.raises(NotUnderstood) as caught:
        read(field, typed, reading)
    return caught.value


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("3", "003"),
        ("03", "003"),
        ("003", "003"),
        ("RT 3", "003"),
        ("rt.03", "003"),
        ("12", "012"),
        ("3.0", "003"),
        ("000", None),
        ("-", None),
    ],
)
def test_an_rt_has_three_digits(typed, kept):
    found = read(RT, typed)
    assert found.value == kept
    assert found.also == {}


@pytest.mark.parametrize(
    "typed",
    [
        "003/005",
        "3/5",
        "RT 03/05",
        "RT 3 RW 5",
        "RT.03/RW.05",
        "RT 03, RW 05",
        "RW 05 RT 03",
        "RT/RW 003/005",
        "3-5",
        "rw 5/rt 3",
    ],
)
def test_both_in_one_field_fill_both(typed):
    found = read(RT, typed)
    assert (found.value, found.also) == ("003", {"rw": "005"})
    assert found.hint == Words("= RT 003 RW 005", "= RT 003 RW 005")
    found = read(RW, typed)
    assert (found.value, found.also) == ("005", {"heir_rt": "003"})


@pytest.mark.parametrize("typed", ["1234", "0305", "RW 5", "RT 3 RT 5", "tiga", "3/5/7", "RT"])
def test_what_is_no_rt_is_refused(typed):
    assert "tidak terbaca" in refusal(RT, typed).words.id


@pytest.mark.parametrize("typed", ["03-May", "3-Mei", "03/05/2026", "2026-05-03 00:00:00", "3 May 2026"])
def test_an_rt_that_a_spreadsheet_made_a_date_of_is_refused(typed):
    assert "tanggal, buatan Excel" in refusal(RT, typed).words.id


def test_postal_codes():
    field = f.Text("postal_code", "Kode pos", "Postal code", max_len=5, reads="postal_code")
    assert read(field, "34111").doubts == ()
    assert read(field, "34 111").value == "34111"
    assert read(field, "34111.0").value == "34111"
    assert len(read(field, "35111").doubts) == 1
    assert (
        read(field, "35111", Reading(today=READING.today, settings=Settings(city_code="18.71"))).doubts == ()
    )
    assert "harus 5 angka" in refusal(field, "3411").words.id


@pytest.mark.parametrize(
    "typed",
    [
        "-5.1167, 105.3000",
        "-5.1167,105.3",
        "-5.1167 105.3",
        "-5,1167 105,3",
        "-5,1167, 105,3000",
        "-5,1167,105,3",
        "-5,1167; 105,3",
        "−5.1167, 105.3",
        "5.1167 S, 105.3 E",
        "5,1167 LS 105,3 BT",
        "S 5.1167 E 105.3",
        "105.3 E 5.1167 S",
        "105,3 BT, 5,1167 LS",
        "https://www.google.com/maps/@-5.1167,105.3,17z",
        "https://www.google.com/maps/place/Taman+Merdeka/@-5.11,105.31,17z/data=!3m1!4b1!4m6!3m5!1s0x2e40:0x1!8m2!3d-5.1167!4d105.3!16s%2Fg",
        "https://maps.google.com/?q=-5.1167,105.3",
        "https://maps.google.com/maps?q=-5.1167%2C105.3&z=17&hl=en",
        "https://www.google.com/maps/search/?api=1&query=-5.1167,105.3",
        "https://www.google.com/maps/search/-5.1167,+105.3?entry=tts",
        "https://www.google.com/maps/dir//-5.1167,105.3/@-5.2,105.1,12z",
        "https://www.google.com/maps/place/-5.1167,105.3",
        "maps.google.com/?ll=-5.1167,105.3",
        "Lokasi: https://maps.google.com/?q=-5.1167,105.3 (depan masjid)",
        "geo:-5.1167,105.3?z=17",
        "geo:0,0?q=-5.1167,105.3(Lampu)",
        "https://www.openstreetmap.org/?mlat=-5.1167&mlon=105.3#map=17/-5.2/105.1",
    ],
)
def test_a_whole_position_fills_both_fields(typed):
    for field, other in ((LAT, LON), (LON, LAT)):
        found = read(field, typed)
        assert found.value == HERE[field.name]
        assert found.also == {other.name: HERE[other.name]}
        assert found.hint == Words("= -5,1167 105,3000", "= -5,1167 105,3000")
        assert found.offer is None


@pytest.mark.parametrize(
    "typed",
    [
        "5°07'00\"S 105°18'00\"E",
        "5°07’00”S, 105°18’00”E",
        "5° 7' S, 105° 18' E",
        "-5°07'00\", 105°18'00\"",
        "5°07.000'S 105°18.000'E",
        "5 07 00 S, 105 18 00 E",
        "S 5°07'00'' E 105°18'00''",
        "105°18'00\"BT 5°07'00\"LS",
        "https://www.google.com/maps/place/5%C2%B007'00.0%22S+105%C2%B018'00.0%22E/@-5.2,105.2,17z",
    ],
)
def test_degrees_minutes_seconds_are_kept_to_a_millimetre(typed):
    found = read(LAT, typed)
    assert found.value == Number("-5.11666667")
    assert found.also == {"longitude": Number("105.3")}


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("-5.1167", "-5.1167"),
        ("-5,1167", "-5.1167"),
        ("-5, 1167", "-5.1167"),
        ("5°07'12\"S", "-5.12"),
        ("5,1167 LS", "-5.1167"),
        ("-7.38275500", "-7.382755"),
        ("2.5", "2.5"),
    ],
)
def test_half_a_position(typed, value):
    found = read(LAT, typed)
    assert found.value == Number(value)
    assert found.also == {}


def test_maps_give_more_digits_than_are_kept_and_the_hint_shows_it():
    found = read(LAT, "-5.113466849706421, 105.30695616006851")
    assert found.value == Number("-5.11346685")
    assert found.hint == Words("= -5,11346685 105,30695616", "= -5,11346685 105,30695616")


def test_nowhere_is_empty():
    for typed in ("0,0", "0, 0", "0 0", "0.000000, 0.000000", "0"):
        assert read(LAT, typed).value is None
    assert read(LAT, "0 0").also == {"longitude": None}


@pytest.mark.parametrize(
    ("typed", "asks"),
    [
        ("105.3, -5.1167", "Tertukar? Pakai -5,1167 105,3000"),
        ("105,3 -5,1167", "Tertukar? Pakai -5,1167 105,3000"),
        ("105.3, 5.1167", "Maksudnya -5,1167 105,3000? Pakai itu"),
        ("51167 1053000", "Maksudnya -5,1167 105,3000? Pakai itu"),
        ("-51167, 1053000", "Maksudnya -5,1167 105,3000? Pakai itu"),
    ],
)
def test_a_position_outside_indonesia_is_refused_and_offered_corrected(typed, asks):
    refused = refusal(LAT, typed)
    assert "di luar Indonesia" in refused.words.id
    assert refused.offer is not None
    assert refused.offer[0].id == asks
    assert refused.offer[1] == HERE


def test_a_lost_minus_is_offered_where_the_point_is_in_indonesia_as_well():
    found = read(LAT, "5.1167, 105.3")
    assert (found.value, found.also) == (Number("5.1167"), {"longitude": Number("105.3")})
    assert found.offer is not None
    assert found.offer[1] == HERE
    half = read(LAT, "5.1167")
    assert half.offer is not None
    assert half.offer[1] == {"latitude": Number("-5.1167")}


def test_another_city_is_offered_nothing():
    assert read(LAT, "-7.382755, 112.101421").offer is None
    assert read(LAT, "-7.382755").offer is None


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        (LAT, "51167", "-5.1167"),
        (LAT, "-51167", "-5.1167"),
        (LON, "1053000", "105.3"),
        (LAT, "7.38", "-7.38"),
    ],
)
def test_half_a_position_out_of_range_is_refused_and_offered_corrected(field, typed, value):
    refused = refusal(field, typed)
    assert refused.offer is not None
    assert refused.offer[1] == {field.name: Number(value)}


def test_a_half_in_the_wrong_field_is_offered_to_the_other():
    refused = refusal(LAT, "105.3")
    assert refused.words.id == "Lintang: '105.3' adalah bujur, bukan lintang. Periksa lagi."
    assert refused.offer is not None
    assert refused.offer[1] == {"latitude": None, "longitude": Number("105.3")}
    swapped = Reading(today=READING.today, values={"longitude": Number("-5.1167")})
    assert refusal(LAT, "105.3", swapped).offer[1] == HERE
    assert refusal(LON, "5,1167 LS").offer[1] == {"longitude": None, "latitude": Number("-5.1167")}


@pytest.mark.parametrize("typed", ["12.3 45.6", "91, 181", "-6.2, 200", "60", "-12"])
def test_the_rest_of_the_world_is_refused(typed):
    assert "di luar Indonesia" in refusal(LAT, typed).words.id


@pytest.mark.parametrize(
    "typed",
    ["abc", "5°61'S", "5°07'61\"S", "nan", "S 5 S", "5 E 105 E", "1E5", "5.1.2", "-5.1167, 105.3, 17"],
)
def test_what_is_no_position_is_refused(typed):
    refusal(LAT, typed)


def test_links_without_a_position_say_what_to_do():
    assert "tautan pendek" in refusal(LAT, "https://maps.app.goo.gl/AbCdEf123").words.id
    assert (
        "tautan ini tidak memuat koordinat"
        in refusal(LAT, "https://www.google.com/maps/place/Metro").words.id
    )


in_city = st.tuples(st.decimals("-5.18", "-5.06", places=6), st.decimals("105.24", "105.36", places=6))


@given(
    in_city,
    st.sampled_from(
        ["{0}, {1}", "{0} {1}", "{0},{1}", "https://maps.google.com/?q={0},{1}", "geo:{0},{1}", "{1} E {0}"]
    ),
    st.booleans(),
)
def test_every_place_in_the_city(place, dress, comma):
    typed = dress.format(*place)
    if comma and ":" not in typed and "," not in dress:
        typed = typed.replace(".", ",")
    found = read(LAT, typed)
    assert (found.value, found.also) == (place[0], {"longitude": place[1]})
    assert found.offer is None
