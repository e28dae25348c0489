"""What the search box finds: every term of the question is a part of the kept text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core import fields as f
from desktop_app.core.searchtext import normalise, of_field, query_terms


def finds(asked, *texts):
    """What storage does: all terms are substrings of what is kept."""
    kept = " ".join(normalise(text) for text in texts)
    return all(term in kept for term in query_terms(asked))


@pytest.mark.parametrize(
    "asked",
    [
        "PJU-42",
        "pju42",
        "pju 0042",
        "0042",
        "PJU-0042",
        "pju.0042",
        "42",
        "pju",
        "PJU0042",
        "pju-004",
        "pju-00",
        "pj",
        "p",
    ],
)
def test_a_lamp_is_found_by_its_number_in_every_dress(asked):
    assert finds(asked, "PJU-0042")
    assert finds(asked, "PJU 0042")
    assert not finds(asked, "TPU-0817")


def test_other_lamps_are_not_found():
    assert not finds("PJU-42", "PJU-0024")
    assert not finds("pju 43", "PJU-0042")
    assert finds("pju42", "PJU-0420")  # what is typed so far may still become it


@pytest.mark.parametrize(
    "asked",
    [
        "jl mawar",
        "mawar jl",
        "Jalan Mawar",
        "jln. mawar",
        "JL.MAWAR",
        "mawar 12",
        "12 mawar",
        "maw",
        "j m",
        "jl m 1",
        "awar",
    ],
)
def test_a_street_is_found_in_any_order(asked):
    assert finds(asked, "Jl. Mawar No. 12")
    assert finds(asked, "Jalan Mawar", "Nomor 12")


def test_a_street_is_not_found_by_another_word():
    assert not finds("jl melati", "Jl. Mawar")
    assert not finds("mawar 3", "Jl. Mawar No. 12")
    assert not finds("gg mawar", "Jl. Mawar")
    assert not finds("l", "Jl. Mawar")  # one letter is the beginning of a word
    assert not finds("ar", "Jl. Mawar")


def test_lanes():
    for asked in ("gang melati", "gg. melati", "Gg Melati", "melati 3", "gg3"):
        assert finds(asked, "Gg. Melati Gang 3")


@pytest.mark.parametrize(
    "asked", ["rt 3", "rt 03", "RT.003", "rt3", "rt 03/rw 05", "RT 003/RW 005", "rw 5 rt 3", "003"]
)
def test_rt_and_rw(asked):
    assert finds(asked, "RT 003/RW 005")
    assert not finds(asked, "RT 012 RW 011")


def test_rt_and_rw_in_their_own_fields_are_kept_with_their_label():
    kept = (
        of_field(f.Text("rt", "RT", "RT", reads="rt_rw"), "003")
        + " "
        + of_field(f.Text("rw", "RW", "RW", reads="rt_rw"), "005")
    )
    for asked in ("rt 3", "rt 003 rw 5", "003"):
        assert all(term in kept for term in query_terms(asked))
    assert not all(term in kept for term in query_terms("rt 5"))
    assert of_field(f.Text("t", "Nama", "Name"), "003") == normalise("003")


def test_blocks_and_plots():
    assert finds("blok b 3", "Blok B-03")
    assert finds("TPU01-A-03-017", "TPU01-A-03-017")
    assert finds("a-3-17", "TPU01-A-03-017")
    assert not finds("a-4-17", "TPU01-A-03-017")
    assert not finds("blok c", "Blok B")


def test_register_and_decree_numbers():
    assert finds("PJU-LAP/187204/2026/000123", "PJU-LAP/187204/2026/000123")
    assert finds("lap 123", "PJU-LAP/187204/2026/000123")
    assert finds("032/97-C/1/2014", "SK 032/97-C/1/2014")
    assert finds("SK 97", "SK 032/97-C/1/2014")


MUHAMMADS = ["Muhammad", "Mohammad", "Moh.", "Muh", "Mochamad", "MOCH.", "Mhd", "Muhamad", "Mohamad"]


@pytest.mark.parametrize("written", MUHAMMADS)
def test_one_name_many_spellings(written):
    for asked in MUHAMMADS:
        assert finds(f"{asked} yusuf", f"{written} Yusuf")
    assert not finds(f"{written} yusuf", "Ahmad Yusuf")


def test_accents_apostrophes_and_signs_play_no_role():
    assert finds("jumat", "Jum'at")
    assert finds("jum’at", "JUMAT")
    assert finds("maarif", "Ma'arif")
    assert finds("cafe", "Café")
    assert finds("straße", "STRASSE")
    assert finds("(pju) jenggolo!", "PJU. JENGGOLO INDAH (500)")
    assert finds("İstanbul", "istanbul")


@pytest.mark.parametrize("asked", ["+62 812-3456-7890", "0812 3456", "081234567890", "08123456789", "7890"])
def test_phones_are_found_as_people_know_them(asked):
    assert finds(asked, "+6281234567890")


def test_nothing_asked_finds_everything():
    for asked in ("", "   ", "!?%", "'", "--"):
        assert query_terms(asked) == []
    assert normalise("!?") == ""


def test_the_written_form():
    assert normalise("Jalan Mawar No. 012") == "  jl  mawar  no  012  12  no12"
    assert query_terms("jl mawar 3") == [" jl", "mawar", "  3"]
    assert query_terms("PJU-0042 pju-0042") == ["pju42"]


anything = st.text(max_size=30) | st.lists(
    st.sampled_from(
        "PJU-0042 jalan Jl. rt 03/rw 05 Moh. Mawar 12 +62 812 0 00 a ² ½ Ø é İ ß ' - / \xa0 七 ٣ 0000000000012 x1y2".split(
            " "
        )
    ),
    max_size=6,
).map(" ".join)


@given(anything)
def test_every_text_is_found_by_itself(text):
    assert finds(text, text)


@given(anything, anything, anything)
def test_what_stands_around_it_plays_no_role(before, text, behind):
    assert finds(text, before, text, behind)


@given(
    st.lists(
        st.sampled_from("mawar melati jl gg barat 12 003 pusat moh yusuf".split()), min_size=1, max_size=5
    ),
    st.randoms(),
)
def test_the_order_of_words_plays_no_role(words, random):
    asked = random.sample(words, len(words))
    assert finds(" ".join(asked), " ".join(words))


@given(st.text(st.sampled_from("abcdefghij"), min_size=1, max_size=10), st.integers(1, 10))
def test_the_beginning_of_a_word_finds_it(word, letters):
    assert finds(word[:letters], f"Jl. {word} barat")


@given(anything)
def test_every_term_can_be_looked_up_by_its_letters_in_threes(text):
    for term in query_terms(text):
        assert len(term) >= 3
        assert term.strip() == term.lstrip()
        assert " " not in term.strip()
