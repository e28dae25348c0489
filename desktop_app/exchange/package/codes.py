"""Codes that people read to each other on the telephone: 32 letters without I, L, O and U (Crockford), forgiving when typed.

A receipt by telephone is ten letters made from the package's identity, so that only who has read that very package can say them,
and two check letters, which catch every single wrong letter and every two that changed places.
"""

from __future__ import annotations

import hashlib
import hmac

from desktop_app.core.errors import KnownError
from desktop_app.core.words import Words

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MEANT = str.maketrans({"O": "0", "I": "1", "L": "1"})
_DIGITS = 10
_CHECKED = 1021
"""The largest prime that two letters can hold: 32 is invertible modulo it, and so is 31."""


def spelled(number: int, count: int) -> str:
    """A number as `count` letters."""
    return "".join(LETTERS[number >> 5 * place & 31] for place in reversed(range(count)))


def plain(text: str) -> str:
    """What was typed as bare letters: capitals, without spaces and dashes; O is 0, I and L are 1."""
    return "".join(letter for letter in text.upper().translate(_MEANT) if letter.isalnum())


def same_code(a: str, b: str) -> bool:
    """Whether two codes (or fingerprints) are the same to people: case, spaces, O and 0, I, L and 1 make no difference."""
    return plain(a) == plain(b) != ""


def phone_code(pid: str, hq_site_id: str) -> str:
    """The receipt of a package, to be said on the telephone: "XXXXX-XXXXX-CC"."""
    proof = hmac.new(pid.encode("ascii"), hq_site_id.encode("ascii"), hashlib.sha256).digest()
    number = int.from_bytes(proof[:8], "big") >> 64 - 5 * _DIGITS
    letters = spelled(number, _DIGITS)
    return f"{letters[:5]}-{letters[5:]}-{spelled(number % _CHECKED, 2)}"


def read_code(text: str) -> str:
    """A typed receipt in its written form. Raises `KnownError` when it can't be one."""
    letters = plain(text)
    if len(letters) != _DIGITS + 2:
        raise KnownError(
            Words(
                f"Kode tanda terima terdiri dari 12 huruf atau angka, ini {len(letters)}. Bacakan lagi satu per satu.",
                f"A receipt code has 12 letters or digits, this has {len(letters)}. Read it out again one by one.",
            )
        )
    strange = [letter for letter in letters if letter not in LETTERS]
    if strange:
        raise KnownError(
            Words(
                f"Kode tanda terima tidak pernah memuat huruf {strange[0]}. Minta dibacakan lagi.",
                f"A receipt code never has the letter {strange[0]}. Ask for it to be read out again.",
            )
        )
    number = 0
    for letter in letters[:_DIGITS]:
        number = number << 5 | LETTERS.index(letter)
    if spelled(number % _CHECKED, 2) != letters[_DIGITS:]:
        raise KnownError(
            Words(
                "Kode tanda terima ini salah dengar atau salah ketik: huruf pemeriksanya tidak cocok. Minta dibacakan lagi.",
                "This receipt code was misheard or mistyped: its check letters don't fit. Ask for it to be read out again.",
            )
        )
    return f"{letters[:5]}-{letters[5:10]}-{letters[10:]}"
