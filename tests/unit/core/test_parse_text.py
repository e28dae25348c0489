"""Texts, codes, names and streets."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core import fields as f
from desktop_app.core import parse
from desktop_app.core.parse import NotUnderstood, Reading
from desktop_app.core.parse_text import street
from desktop_app.core.words import Words

READING = Reading(today=dt.date(2026, 11, 5))


def read(field, typed, reading=READING):
    return parse.read(field, typed, reading)


def text(reads="plain", **more):
    return f.Text("x", "Nama", "Name", reads=reads, **more)


def value(field, typed):
    return read(field, typed).value


def test_a_text_is_kept_as_typed_but_for_what_cannot_be_seen():
    assert value(text(), "  Depan\xa0masjid\u200b Al-Ikhlas \ufeff") == "Depan masjid Al-Ikhlas"
    assert value(text(), "cafe\u0301") == "café"
    assert value(text(), "Rusak (50 %) – “parah”, 💡!") == "Rusak (50 %) – “parah”, 💡!"


def test_lines_stay_where_there_may_be_lines_and_become_blanks_elsewhere():
    assert value(text(multiline=True), "satu\r\ndua\rtiga\u2028empat\n") == "satu\ndua\ntiga\nempat"
    assert value(text(), "Jl. Mawar \r\n No.\t3\n") == "Jl. Mawar No. 3"


def test_a_text_that_is_too_long_is_refused_with_its_length():
    assert value(text(max_len=5), "12345") == "12345"
    with pytest.raises(NotUnderstood) as caught:
        value(text(max_len=5), "123456")
    assert caught.value.words == Words(
        "Nama: 6 huruf, paling banyak 5. Singkatkan.", "Name: 6 characters, at most 5. Shorten it."
    )


@given(st.text(max_size=60))
def test_reading_a_read_text_again_changes_nothing(typed):
    for field in (text(), text(multiline=True), text("code"), text("name"), text("street")):
        try:
            once = value(field, typed)
        except NotUnderstood:
            continue
        assert once is None or value(field, str(once)) in (once, None)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("PJU-0042", "PJU-0042"),
        ("  A   12 ", "A 12"),
        ("'0012", "0012"),
        ("1E5", "1E5"),
        ("032/97-C/1/2014", "032/97-C/1/2014"),
        ("0", None),
        ("0000", "0000"),
    ],
)
def test_codes(typed, kept):
    assert value(text("code"), typed) == kept


@pytest.mark.parametrize("typed", ["5.14011E+11", "1,87E+15", "=SUM(A1:A3)", "####", "#N/A"])
def test_codes_that_a_spreadsheet_has_spoilt_are_refused(typed):
    with pytest.raises(NotUnderstood):
        value(text("code"), typed)


NAMES = [
    ("Alm. Sukir", "Sukir"),
    ("alm bpk. SUKIR", "bpk. SUKIR"),
    ("(Alm) Sukir bin Karto", "Sukir bin Karto"),
    ("Siti Aminah (almh.)", "Siti Aminah"),
    ("Siti Aminah, Almarhumah", "Siti Aminah"),
    ("Alm. Almarhum Sukir", "Sukir"),
    ("Almira", "Almira"),
    ("H. AHMAD,S.Pd", "H. AHMAD,S.Pd"),
    ("Ma’arif", "Ma'arif"),
]


def test_names_lose_the_late():
    for typed, kept in NAMES:
        found = read(text("name"), typed)
        assert found.value == kept
        assert found.hint == (None if typed == kept else Words(f"= {kept}", f"= {kept}"))


def test_a_name_is_more_than_the_late():
    with pytest.raises(NotUnderstood):
        value(text("name"), "Alm.")


STREETS = [
    ("Jl. Mawar", "Jl. Mawar"),
    ("Jalan Mawar", "Jl. Mawar"),
    ("JLN.MAWAR", "Jl. MAWAR"),
    ("jl mawar gg.3", "Jl. mawar Gg. 3"),
    ("Jl. Jalan Mawar", "Jl. Mawar"),
    ("JL JLN MAWAR", "Jl. MAWAR"),
    ("JL JLMAWAR", "Jl. MAWAR"),
    ("Gang Melati, jalan Mawar", "Gg. Melati, Jl. Mawar"),
    ("DN DNDUSUN TUGUREJO", "DUSUN TUGUREJO"),
    ("DS DSJEMEKAN KRAS", "DS JEMEKAN KRAS"),
    ("Simpang jalan Mawar", "Simpang jalan Mawar"),
    ("Jalanan Baru", "Jalanan Baru"),
    ("Jl", "Jl"),
]


def test_streets_have_one_spelling_of_their_prefix():
    for typed, kept in STREETS:
        found = read(text("street"), typed)
        assert found.value == kept
        assert found.hint == (None if typed == kept else Words(f"= {kept}", f"= {kept}"))


@given(
    st.lists(
        st.sampled_from("jl jln jalan gg gang ds dn dsn dusun desa Mawar 3 . , n ( / ''".split()), max_size=7
    ).map(" ".join)
)
def test_streets_settle_at_once(typed):
    assert street(street(typed)) == street(typed)
