"""WhatsApp messages in every shape that telephones give."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.services.whatsapp import is_message, messages, understood

TODAY = dt.date(2026, 11, 6)
AT = dt.datetime(2026, 11, 5, 8, 41)
SAID = "Lampu di Jl. Kenanga RT 03 RW 05 depan masjid mati"

HEADS = [
    "[05/11 08.41] {who}: {text}",
    "[5/11, 08:41] {who}: {text}",
    "[05/11/26 08.41] {who}: {text}",
    "[05/11/26 08.41.23] {who}: {text}",
    "[05/11/2026, 08:41:23] {who}: {text}",
    "\u200e[05/11/26, 8:41:23\u202fAM] {who}: \u200e{text}",
    "[08.41, 5/11/2026] {who}: {text}",
    "[2026-11-05, 08.41.00] {who}: {text}",
    "05/11/26 08.41 - {who}: {text}",
    "05/11/2026 08:41 - {who}: {text}",
    "05/11/26, 08:41 - {who}: {text}",
    "5/11/2026, 8:41 AM - {who}: {text}",
    "05-11-26 08.41 - {who}: {text}",
    "05/11/2026 pukul 08.41 - {who}: {text}",
]


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize(
    ("who", "name", "phone"),
    [
        ("Siti Aminah", "Siti Aminah", ""),
        ("~\u00a0Siti Aminah", "Siti Aminah", ""),
        ("\u202a+62\u00a0812\u20113456\u20117890\u202c", "", "+62 812-3456-7890"),
        ("Bu RT 03 (Yosodadi)", "Bu RT 03 (Yosodadi)", ""),
    ],
)
def test_who_when_and_what(head, who, name, phone):
    text = head.format(who=who, text=SAID)
    if "AM" in head:
        text = text.replace("5/11/2026", "11/5/2026").replace("05/11/26", "11/05/26")
    assert is_message(text)
    found = understood(text, TODAY)
    assert (found.name, found.phone, found.at, found.text) == (name, phone, AT, SAID)
    assert (found.street, found.rt, found.rw) == ("Jl. Kenanga", "3", "5")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("11/5/26, 8:41 PM - A: x", dt.datetime(2026, 11, 5, 20, 41)),
        ("11/5/26, 12:05 AM - A: x", dt.datetime(2026, 11, 5, 0, 5)),
        ("25/10/26 08.41 - A: x", dt.datetime(2026, 10, 25, 8, 41)),
        ("10/25/26 08.41 - A: x", dt.datetime(2026, 10, 25, 8, 41)),
        ("[20/12 08.41] A: x", dt.datetime(2025, 12, 20, 8, 41)),
        ("[31/02/26 08.41] A: x", None),
        ("[05/11/26 27.41] A: x", None),
    ],
)
def test_days_and_hours(text, wanted):
    assert understood(text, TODAY).at == wanted


LINK = "https://maps.google.com/?q=-5.113,105.307"


@pytest.mark.parametrize(
    ("line", "position"),
    [
        (f"lokasi: {LINK}", LINK),
        (f"Lokasi: {LINK}.", LINK),
        (
            "https://www.google.com/maps/@-5.1130,105.3070,17z",
            "https://www.google.com/maps/@-5.1130,105.3070,17z",
        ),
        ("-5.1130, 105.3070", "-5.1130, 105.3070"),
        ("-5,1130; 105,3070", "-5,1130; 105,3070"),
    ],
)
def test_a_position_is_found_and_is_not_part_of_the_story(line, position):
    found = understood(f"[05/11/26 08.41] Siti: Lampu padam\n{line}", TODAY)
    assert found.position == position
    assert found.text == "Lampu padam"


def test_a_short_link_stays_in_the_text_and_is_told():
    found = understood("[05/11/26 08.41] Siti: padam https://maps.app.goo.gl/AbC123", TODAY)
    assert (found.position, found.without_place) == ("", True)
    assert "goo.gl" in found.text


def test_several_messages_of_one_person_are_one_report_and_others_are_left_out():
    text = (
        "05/11/26 08.40 - Pesan dan panggilan dienkripsi secara end-to-end.\n"
        "05/11/26 08.41 - Siti Aminah: Pak, lampu mati\n"
        "di Gang Melati no 4\n"
        "05/11/26 08.42 - Petugas: baik bu\n"
        "05/11/26 08.43 - Siti Aminah: IMG-20261105-WA0001.jpg (file terlampir)\n"
        "05/11/26 08.44 - Siti Aminah: tiang PJU-0042 <Pesan ini diedit>\n"
    )
    found = understood(text, TODAY)
    assert found.text == "Pak, lampu mati\ndi Gang Melati no 4\ntiang PJU-0042"
    assert (found.at, found.others) == (AT, 1)
    assert (found.street, found.codes) == ("Gg. Melati", ("PJU-0042",))


def test_what_is_no_number_of_a_thing_is_not_taken_for_one():
    found = understood("PJU 0012 mati, rt 02 rw 04 no 21 jam 19", TODAY)
    assert found.codes == ("PJU 0012",)


def test_a_text_without_a_head_is_only_a_text():
    text = f"{SAID}\nTerima kasih"
    assert not is_message(text)
    found = understood(text, TODAY)
    assert (found.name, found.at, found.text) == ("", None, text)


@pytest.mark.parametrize(
    ("text", "street"),
    [
        ("jl kenanga raya depan masjid", "Jl. Kenanga Raya"),
        ("di Jalan A.H. Nasution, dekat SD", "Jl. A.H. Nasution"),
        ("Gg Masjid 2 no 5", "Gg. Masjid 2"),
        ("di jalan yang gelap", ""),
        ("jalanan rusak", ""),
        ("lampu jalan didepan rumah padam jl. imam bonjol no 21", "Jl. Imam Bonjol"),
    ],
)
def test_streets(text, street):
    assert understood(text, TODAY).street == street


_WORDS = st.text(
    st.characters(whitelist_categories=("Lu", "Ll"), max_codepoint=0x24F), min_size=1, max_size=12
)
_TEXTS = st.lists(_WORDS, min_size=1, max_size=8).map(" ".join)
_MOMENTS = st.datetimes(dt.datetime(2020, 1, 1), dt.datetime(2026, 11, 5))


@given(_TEXTS, st.lists(_TEXTS, min_size=1, max_size=4), _MOMENTS, st.sampled_from(HEADS))
def test_what_is_written_is_read(who, lines, at, head):
    year = "%Y" if "2026" in head else "%y"
    day, clock = f"{at:%d/%m/{year}}", f"{at:%H.%M}"
    text = f"{day} {clock} - {who}: " + "\n".join(lines)
    found = list(messages(text, TODAY))
    assert len(found) == 1
    assert (found[0].sender, found[0].text) == (who, "\n".join(lines))
    swapped = at.day <= 12 and dt.date(at.year, at.month, at.day) > TODAY
    assert swapped or found[0].at == at.replace(second=0, microsecond=0)


@given(st.lists(st.tuples(_TEXTS, _TEXTS, _MOMENTS), min_size=1, max_size=6))
def test_no_message_is_lost_or_doubled(told):
    text = "\n".join(f"[{at:%d/%m/%Y %H.%M.%S}] {who}: {said}" for who, said, at in told)
    found = list(messages(text, TODAY))
    assert [(one.sender, one.text) for one in found] == [(who, said) for who, said, _ in told]
    whole = understood(text, TODAY)
    assert whole.others == sum(who != told[0][0] for who, _, _ in told)


@given(st.text(max_size=300))
def test_nothing_that_is_pasted_breaks_it(text):
    found = understood(text, TODAY)
    assert isinstance(found.text, str)
    assert is_message(text) in (True, False)
