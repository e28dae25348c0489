"""What counts as the same writing, and what does not."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core import alike

SAME_PERSON = [
    ("Moh. Yusuf", "Muhammad Yusup"),
    ("H. Soeharto", "Suharto, S.H."),
    ("Drs. H. M. Yusuf, S.Pd., M.M.", "Mochamad Joesoef"),
    ("Hj. Siti Aminah", "Sitti Aminah binti Karyo"),
    ("Tjokro Aminoto", "Cokroaminoto"),
    ("I Made Sudarma", "Made Sudarma"),
    ("Abd. Rachman", "Abdul Rahman"),
    ("Abdul Rahman", "Abdurrahman"),
    ("Alm. Achmad Chaerul", "ahmad khairul"),
    ("Soerjadi", "Suryadi"),
    ("Djunaidi", "Junaedi"),
    ("Sri Wahyuni", "Sriwahyuni"),
    ("Fatimah", "Patima"),
    ("Wati Wijaya", "Wtai Wijaya"),
    ("Hadi Ibrahim", "Had iIbrahim"),
]
TWO_PERSONS = [
    ("Sutrisno", "Agus Sutrisno"),
    ("Hasan Prasetyo", "Husin Prasetyo"),
    ("Rini Lestari", "Rina Lestari"),
    ("Slamet Riyadi bin Kromo", "Slamet Riyadi bin Slamet"),
    ("Joko Purnomo", "Joko Purnomo Saputra Wibowo"),
    ("Budi Hartono", "Endang Rahayu"),
    ("Siti Aminah", "Siti Khadijah"),
]


@pytest.mark.parametrize(("one", "other"), SAME_PERSON)
def test_one_person_under_two_spellings(one, other):
    assert alike.name_likeness(one, other) >= 0.85
    assert alike.name_key(one) & alike.name_key(other)


@pytest.mark.parametrize(("one", "other"), TWO_PERSONS)
def test_two_persons_stay_two(one, other):
    assert alike.name_likeness(one, other) < 0.75


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jl. A.H. Nasution No. 12", "Jalan AH Nasution 12"),
        ("Jl. Abdul Haris Nasution", "Jln A.H Nasution"),
        ("Jl. Mawar II", "jalan mawar 2"),
        ("Jend. Sudirman", "Jl Jenderal Soedirman"),
        ("Gg. Flamboyan RT 03/02", "Gang Flamboyan, RT.003 RW.002"),
        ("Jl Mawar, Kel. Iringmulyo", "Jln. Mawar"),
    ],
)
def test_one_street_under_two_spellings(one, other):
    assert alike.street_likeness(one, other) >= 0.9


@pytest.mark.parametrize(
    ("one", "other"),
    [("Jl. Melati", "Gg. Melati"), ("Jl. Mawar I", "Jl. Mawar II"), ("Jl. Tongkol", "Jl. Kakap")],
)
def test_two_streets_stay_two(one, other):
    assert alike.street_likeness(one, other) < 0.5


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Jl. Mawar No. 3", "Jl. Mawar nomor 3", True),
        ("Jl. Mawar No. 3", "Jl. Mawar No. 3A", False),
        ("Jl. Mawar RT 03/05", "Jl. Mawar RT.003 RW.005", True),
        ("Jl. Mawar RT 03/05", "Jl. Mawar RT 04/05", False),
        ("Perumahan Asri Blok C 14", "Perum Asri blok D 14", False),
        ("Jl. Mawar No. 3", "Jl. Mawar", None),
        ("Jl. Nasution 12", "Jl. Nasution No. 12", True),
    ],
)
def test_house_block_and_neighbourhood(one, other, same):
    assert alike.same_house(one, other) is same


def test_a_nik_and_its_slips():
    nik = "1872010507600003"
    assert alike.number_likeness(nik, nik) == "same"
    assert alike.number_likeness(nik, "1872015007600003") == "slip"  # two digits swapped
    assert alike.number_likeness(nik, "1872010507600004") == "other"  # registered next: a twin
    assert alike.number_likeness(nik, "1872014507600003") == "other"  # day + 40: a woman
    assert alike.number_likeness(nik, "") is None


def test_codes_and_positions():
    assert alike.code_key("PJU-0042") == alike.code_key("pju 42") == alike.code_key("PJU.042") == "pju-42"
    assert alike.code_key("PJU-0042") != alike.code_key("PJU-0420")
    assert alike.metres(-5.1, 105.3, -5.1, 105.3) == 0
    assert alike.metres(-5.1, 105.3, -5.101, 105.3) == pytest.approx(111.2, abs=0.1)
    assert alike.metres(None, 105.3, -5.1, 105.3) is None


LETTERS = st.text(string.ascii_letters + " .'-éÉ0123456789", min_size=1, max_size=40)
NAMES = st.lists(
    st.sampled_from(
        "Moh. H. Siti Soeharto bin binti Yusuf Abd. Rahman Sri S.Pd A.H. Djoko Tjipto Khairul I Made Hj. Nur x".split()
    ),
    min_size=1,
    max_size=6,
).map(" ".join)
ANY = st.one_of(LETTERS, NAMES, st.text(max_size=30))
LIKENESSES = (alike.name_likeness, alike.street_likeness)


@pytest.mark.parametrize("likeness", LIKENESSES)
@given(one=ANY, other=ANY)
def test_likeness_is_symmetric_and_lies_between_nothing_and_the_same(likeness, one, other):
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 1
    assert alike.same_house(one, other) == alike.same_house(other, one)


@given(one=st.one_of(NAMES, LETTERS.filter(lambda text: any(letter.isalpha() for letter in text))))
def test_everything_is_like_itself(one):
    assert alike.name_likeness(one, one) == 1
    assert alike.number_likeness(one, one) == "same"
    assert alike.same_house(one, one) in (True, None)
    assert alike.street_likeness(one, one) in (0, 1)  # 0 when it names no street
    assert (alike.street_likeness(one, one) == 1) == bool(alike.address(one).words)


@given(one=st.one_of(NAMES, LETTERS), other=st.one_of(NAMES, LETTERS))
def test_capitals_and_blanks_play_no_role(one, other):
    said = "  ".join(one.split(" ")).upper()
    for likeness in LIKENESSES:
        assert likeness(f" {said} ", other) == likeness(one, other)
    assert alike.code_key(said) == alike.code_key(one)
