"""Keys, fingerprints, and the codes that are read out on the telephone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.errors import KnownError
from desktop_app.exchange.package.codes import LETTERS, phone_code, read_code, same_code
from desktop_app.exchange.package.keys import KeyCard, Keys, is_recipient
from tests.exchange.package.packing import HEAD, HEAD_ID, OFFICE, OFFICE_ID, PIDS, STRANGER

pids = st.binary(min_size=32, max_size=32).map(bytes.hex)


def test_keys_come_back_from_their_text():
    assert Keys.read(OFFICE.text).card == OFFICE.card
    assert Keys.read(OFFICE.text).signature(b"x") == OFFICE.signature(b"x")
    assert "\n" not in OFFICE.text


@pytest.mark.parametrize(
    "text",
    ["", "x", "x y", OFFICE.text[:-1], OFFICE.text[4:], OFFICE.text.replace(" ", ""), OFFICE.card.sign],
    ids=["empty", "letter", "letters", "cut at the end", "cut at the beginning", "joined", "a card"],
)
def test_a_text_that_is_no_pair_of_keys_is_refused(text):
    with pytest.raises(ValueError, match="not a pair of keys"):
        Keys.read(text)


def test_secrets_are_not_shown_where_keys_are_printed():
    for secret in OFFICE.text.split():
        assert secret not in repr(OFFICE)
        assert secret not in str(OFFICE.card)


def test_a_signature_is_of_one_content_by_one_key():
    signature = OFFICE.signature(b"content")
    assert OFFICE.card.verifies(b"content", signature)
    assert not OFFICE.card.verifies(b"Content", signature)
    assert not STRANGER.card.verifies(b"content", signature)
    for wrong in ("", "x", signature[:-4], signature.lower()):
        assert not OFFICE.card.verifies(b"content", wrong)


def test_a_card_knows_whether_it_is_one():
    assert OFFICE.card.is_sound
    assert not KeyCard(OFFICE.card.sign, "age1x").is_sound
    assert not KeyCard("AAAA", OFFICE.card.age).is_sound
    assert is_recipient(HEAD.card.age)
    assert not is_recipient(HEAD.identity)


def test_a_fingerprint_is_six_groups_of_four_and_tells_cards_apart():
    groups = OFFICE.fingerprint.split("-")
    assert [len(group) for group in groups] == [4] * 6
    assert set("".join(groups)) <= set(LETTERS)
    others = [KeyCard(OFFICE.card.sign, HEAD.card.age), KeyCard(HEAD.card.sign, OFFICE.card.age), HEAD.card]
    assert OFFICE.fingerprint not in [card.fingerprint for card in others]
    assert KeyCard("cfg", "age1x").fingerprint == KeyCard("cfg", "age1x").fingerprint


def test_a_fingerprint_is_the_same_however_it_is_typed():
    assert same_code(OFFICE.fingerprint, OFFICE.fingerprint.lower().replace("-", " "))
    assert not same_code(OFFICE.fingerprint, HEAD.fingerprint)
    assert not same_code("", "")


def test_a_receipt_code_is_that_of_package_and_headquarters():
    # Computed by hand: HMAC-SHA256 with the pid as its key, its first 50 bits, and that number modulo 1021.
    assert phone_code(PIDS[0], HEAD_ID) == _by_hand(PIDS[0], HEAD_ID)
    codes = {phone_code(pid, site) for pid in PIDS for site in (HEAD_ID, OFFICE_ID)}
    assert len(codes) == 6


def _by_hand(pid: str, site: str) -> str:
    import hashlib
    import hmac

    bits = int(hmac.new(pid.encode(), site.encode(), hashlib.sha256).hexdigest(), 16) >> 206
    letters = "".join(LETTERS[int(f"{bits:050b}"[at : at + 5], 2)] for at in range(0, 50, 5))
    check = f"{bits % 1021:010b}"
    return f"{letters[:5]}-{letters[5:]}-{LETTERS[int(check[:5], 2)]}{LETTERS[int(check[5:], 2)]}"


@given(pids)
def test_a_code_is_read_however_it_is_typed(pid):
    code = phone_code(pid, HEAD_ID)
    assert read_code(code) == code
    assert read_code(f" {code.lower().replace('-', ' ')}. ") == code
    assert read_code(code.replace("0", "O").replace("1", "l")) == code


@given(pids, st.integers(0, 11), st.sampled_from(LETTERS))
def test_one_wrong_letter_is_found(pid, at, letter):
    letters = [*phone_code(pid, HEAD_ID).replace("-", "")]
    if letters[at] == letter:
        return
    letters[at] = letter
    with pytest.raises(KnownError, match=r"salah dengar"):
        read_code("".join(letters))


@given(pids, st.integers(0, 10))
def test_two_letters_that_changed_places_are_found(pid, at):
    letters = [*phone_code(pid, HEAD_ID).replace("-", "")]
    if letters[at] == letters[at + 1]:
        return
    letters[at], letters[at + 1] = letters[at + 1], letters[at]
    with pytest.raises(KnownError):
        read_code("".join(letters))


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "12 huruf"), ("ABCDE", "ini 5"), ("ABCDE-FGHJK-UU", "huruf U"), ("é" * 12, "huruf")],
)
def test_what_can_be_no_code_is_said(text, said):
    with pytest.raises(KnownError, match=said):
        read_code(text)
