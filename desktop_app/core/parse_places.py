"""RT, RW and postal codes (domain.md 2.2, 2.3). Streets are in `parse_text`, positions in `parse_coordinates`."""

from __future__ import annotations

import re

from desktop_app.core import fields as f
from desktop_app.core.parse_base import (
    NOTHING,
    Reading,
    Understood,
    equals,
    means_nothing,
    quoted,
    refuse_e_notation,
    refused,
)
from desktop_app.core.parse_text import refuse_spreadsheet_error
from desktop_app.core.words import Words

_POSTAL_PREFIX = {"18.72": "341"}
_NUMBER = r"([0-9]{1,3})"
_ONE = re.compile(rf"(?:(rt|rw)\b[\s.:]*)?{_NUMBER}", re.IGNORECASE)
_TWO = re.compile(
    rf"(?:(rt|rw)\b)?[\s.:]*{_NUMBER}(?:\s*[/\-,;&]\s*|\s+)(?:(rt|rw)\b)?[\s.:]*{_NUMBER}", re.IGNORECASE
)
_TOGETHER = re.compile(r"rt\s*/\s*rw\.?[\s:]*", re.IGNORECASE)
_DATE = re.compile(
    r"[0-9]{1,2}[-/ ][A-Za-z]{3,}([-/ ][0-9]{2,4})?|[0-9]{4}-[0-9]{2}-[0-9]{2}.*|[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}.*"
)


def read_rt_rw(field: f.Text, text: str, _reading: Reading) -> Understood:
    """An RT or RW as three digits. Both typed into one field ("003/005", "RT 01/02", "RW 05 RT 03") fill both; RT comes first.

    The fields' names end with `rt` and `rw`. RT 000 is how identity cards write that there is none.
    """
    refuse_spreadsheet_error(field, text)
    if means_nothing(text):
        return Understood(None, NOTHING)
    if _DATE.fullmatch(text):
        raise refused(
            field,
            f": {quoted(text)} adalah tanggal, buatan Excel dari RT/RW. Tulis misalnya 003/005.",
            f": {quoted(text)} is a date, made by a spreadsheet of RT/RW. Write e.g. 003/005.",
        )
    plain = _TOGETHER.sub("", re.sub(r"\.0$", "", text.lstrip("'"))).strip()
    mine = field.name[-2:]
    both = _TWO.fullmatch(plain)
    if both is not None and mine in ("rt", "rw"):
        first, second = (both[1] or "").lower(), (both[3] or "").lower()
        if first != second or not first:
            turned = first == "rw" or second == "rt"
            found = {"rt": both[4 if turned else 2], "rw": both[2 if turned else 4]}
            other = "rw" if mine == "rt" else "rt"
            hint = equals(f"RT {_three(found['rt']) or '-'} RW {_three(found['rw']) or '-'}")
            return Understood(_three(found[mine]), hint, {field.name[:-2] + other: _three(found[other])})
    one = _ONE.fullmatch(plain)
    if one is None or (one[1] and one[1].lower() != mine):
        raise refused(
            field,
            f": {quoted(text)} tidak terbaca. Tulis paling banyak tiga angka, atau keduanya: 003/005.",
            f": {quoted(text)} can't be read. Write at most three digits, or both: 003/005.",
        )
    value = _three(one[2])
    return Understood(value, NOTHING if value is None else None if value == text else equals(value))


def _three(digits: str) -> str | None:
    return digits.zfill(3) if digits.strip("0") else None


def read_postal_code(field: f.Text, text: str, reading: Reading) -> Understood:
    """Five digits; outside the city's own range is a doubt."""
    refuse_spreadsheet_error(field, text)
    refuse_e_notation(field, text)
    if means_nothing(text) or not text.strip("0"):
        return Understood(None, NOTHING)
    code = re.sub(r"^'|[.,]0$|\s", "", text)
    if not re.fullmatch("[0-9]{5}", code):
        raise refused(
            field,
            f"harus 5 angka, ini {quoted(text)}. Periksa lagi.",
            f"must have 5 digits, this is {quoted(text)}. Check it.",
        )
    prefix = _POSTAL_PREFIX.get(reading.settings.city_code, "")
    doubt = Words(
        f"Kode pos {code} bukan dari kota ini ({prefix}…).",
        f"Postal code {code} is not of this city ({prefix}…).",
    )
    return Understood(
        code, None if code == text else equals(code), doubts=() if code.startswith(prefix) else (doubt,)
    )
