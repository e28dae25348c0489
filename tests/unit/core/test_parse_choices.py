"""Choices, yes and no, and other records by their names."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core import fields as f
from desktop_app.core import parse
from desktop_app.core.parse import NotUnderstood, Reading
from desktop_app.core.words import Words

READING = Reading(today=dt.date(2026, 11, 5))
CONDITION = f.Codes(
    GOOD=("Baik", "Good"),
    LIGHT_DAMAGE=("Rusak ringan", "Light damage"),
    HEAVY_DAMAGE=("Rusak berat", "Heavy damage"),
    NONE_FOUND=("Tidak ada kerusakan", "Nothing found"),
    LED=("LED", "LED"),
    SOLAR_LED=("LED surya", "Solar LED"),
    SPOUSE=("Suami, istri", "Husband, wife"),
)
ONE = f.Choice("c", "Kondisi", "Condition", codes=CONDITION)
MANY = f.Choices("c", "Kondisi", "Condition", codes=CONDITION)


def read(field, typed, reading=READING):
    return parse.read(field, typed, reading)


CHOSEN = [
    ("GOOD", "GOOD"),
    ("baik", "GOOD"),
    ("Good", "GOOD"),
    ("b", "GOOD"),
    ("rusak  RINGAN", "LIGHT_DAMAGE"),
    ("rusak r", "LIGHT_DAMAGE"),
    ("light-damage", "LIGHT_DAMAGE"),
    ("heavy", "HEAVY_DAMAGE"),
    ("led", "LED"),
    ("led s", "SOLAR_LED"),
    ("tidak ada", "NONE_FOUND"),
    ("suami, istri", "SPOUSE"),
    ("-", None),
    ("nihil", None),
]


def test_a_choice_is_known_by_code_words_or_their_beginning():
    assert {typed: read(ONE, typed).value for typed, _ in CHOSEN} == dict(CHOSEN)


def test_what_may_be_two_choices_is_asked():
    with pytest.raises(NotUnderstood) as caught:
        read(ONE, "rusak")
    assert (
        caught.value.words.id
        == "Kondisi: 'rusak' bisa berarti Rusak ringan atau Rusak berat. Tulis lebih lengkap."
    )
    assert (
        caught.value.words.en == "Condition: 'rusak' may mean Light damage or Heavy damage. Write more of it."
    )


def test_what_is_no_choice_is_told_the_choices():
    with pytest.raises(
        NotUnderstood,
        match=r"'hancur' tidak ada dalam daftar. Pilih salah satu: Baik, Rusak ringan, Rusak berat, …\.",
    ):
        read(ONE, "hancur")


def test_the_hint_says_what_a_short_text_was_taken_for():
    assert read(ONE, "b").hint == Words("= Baik", "= Good")
    assert read(ONE, "baik").hint is None
    assert read(ONE, "Good").hint is None


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("led; baik", ("GOOD", "LED")),
        ("baik, led", ("GOOD", "LED")),
        ("HEAVY_DAMAGE|GOOD", ("GOOD", "HEAVY_DAMAGE")),
        ("baik,baik", ("GOOD",)),
        ("suami, istri; led", ("LED", "SPOUSE")),
        ("baik\nled", ("GOOD", "LED")),
        ("-", None),
        ("baik; -", ("GOOD",)),
    ],
)
def test_several_choices_stand_in_the_order_of_the_list(typed, codes):
    assert read(MANY, typed).value == codes


def test_one_unknown_among_several_refuses_all():
    with pytest.raises(NotUnderstood, match="'hancur'"):
        read(MANY, "baik, hancur")


@given(st.sets(st.sampled_from([entry.code for entry in CONDITION]), min_size=1))
def test_codes_joined_as_in_files_are_read(codes):
    found = read(MANY, "|".join(codes)).value
    assert isinstance(found, tuple)
    assert set(found) == codes


YES = "Ya ya Y YES √ v 1 Ada true benar sudah ✓".split()
NO = ["Tidak", "tdk", "T", "no", "N", "0", "belum", "tidak ada", "False", "bukan."]


def test_yes_and_no_in_many_words():
    for words, expected in ((YES, True), (NO, False), (["-", "N/A"], None)):
        assert {typed: read(f.YesNo("y", "Ada", "Present"), typed).value for typed in words} == dict.fromkeys(
            words, expected
        )


def test_a_cross_is_neither_yes_nor_no():
    with pytest.raises(NotUnderstood, match="Tulis Ya atau Tidak"):
        read(f.YesNo("y", "Ada", "Present"), "x")


PANEL = f.Reference("panel", "Panel", "Panel", kind="power_panel", among={"village": "=village"})


def resolving(*found):
    return Reading(today=READING.today, resolve=lambda _field, _text, _values: found)


def test_a_record_is_known_by_its_uid_its_name_or_what_only_it_fits():
    both = resolving(("u1", "PJU-0042"), ("u2", "PJU-0420"))
    assert read(PANEL, "u2", both).value == "u2"
    assert read(PANEL, "PJU-0042", both).value == "u1"
    assert read(PANEL, "pju-0420", both).value == "u2"
    assert read(PANEL, "pju42", both).value == "u1"
    assert read(PANEL, "42", resolving(("u1", "PJU-0042"))).value == "u1"
    assert read(PANEL, "Metro", resolving(("a", "Metro Pusat"), ("b", "Metro, Metro Pusat"))).value == "b"


def test_the_hint_names_the_record():
    assert read(PANEL, "42", resolving(("u1", "PJU-0042"))).hint == Words("= PJU-0042", "= PJU-0042")
    assert read(PANEL, "pju-0042", resolving(("u1", "PJU-0042"))).hint is None


def test_several_records_are_named_up_to_three():
    many = resolving(*((f"u{i}", f"PJU-{i}") for i in range(1, 6)))
    with pytest.raises(NotUnderstood) as caught:
        read(PANEL, "PJU", many)
    assert (
        caught.value.words.id
        == "Panel: 'PJU' ada 5: 'PJU-1', 'PJU-2', 'PJU-3' dan 2 lagi. Pilih salah satu dari daftar."
    )


def test_the_same_name_twice_is_asked_and_not_guessed():
    with pytest.raises(NotUnderstood, match="ada 2"):
        read(PANEL, "Mawar", resolving(("u1", "Mawar"), ("u2", "Mawar")))


def test_an_unknown_record_is_refused():
    with pytest.raises(NotUnderstood, match="'PJU-9' tidak ditemukan"):
        read(PANEL, "PJU-9", resolving())


def test_looking_up_is_told_the_field_the_text_and_the_other_values():
    asked = []

    def resolve(field, text, values):
        asked.append((field.name, text, dict(values)))
        return [("u1", "PJU-1")]

    read(PANEL, " PJU ", Reading(today=READING.today, resolve=resolve, values={"village": "18.72.01.1001"}))
    assert asked == [("panel", "PJU", {"village": "18.72.01.1001"})]
