"""Whole numbers, decimals and money as people write them (domain.md 2.4, 2.5). Exact: nothing is ever rounded."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal as Number
from typing import NamedTuple

from desktop_app.core import fields as f
from desktop_app.core.parse_base import (
    NOTHING,
    NotUnderstood,
    Offer,
    Reading,
    Understood,
    equals,
    means_nothing,
    quoted,
    refuse_e_notation,
    refused,
)
from desktop_app.core.parse_text import refuse_spreadsheet_error
from desktop_app.core.show import money, number, show
from desktop_app.core.words import Words

_LARGEST = 2**63 - 1  # what a column holds
_MOST_DIGITS = 25  # what Decimal's 28 digits of precision keep exact, factors of ten included
_ONE = Number(1)
_TIMES: Mapping[str, Number] = {
    **dict.fromkeys(("ribu", "rb", "thousand"), Number(10**3)),
    **dict.fromkeys(("juta", "jt", "million"), Number(10**6)),
    **dict.fromkeys(("miliar", "milyar", "miliyar", "mlr", "billion"), Number(10**9)),
    **dict.fromkeys(("triliun", "trilyun", "trillion"), Number(10**12)),
}
_TIMES_OF_MONEY: Mapping[str, Number] = {
    **_TIMES,
    "k": Number(10**3),
    "m": Number(10**9),
    "t": Number(10**12),
}
"""In money "M" is miliar (domain.md 8, 12); elsewhere it is the metre."""

_UNITS: tuple[Mapping[str, Number], ...] = (
    {"va": _ONE, "kva": Number(1000)},
    {"w": _ONE, "watt": _ONE, "kw": Number(1000)},
    {"kwh": _ONE, "mwh": Number(1000)},
    {
        **dict.fromkeys(("m2", "m persegi", "meter persegi", "square metres"), _ONE),
        **dict.fromkeys(("ha", "hektar", "hektare", "hekter", "hectare", "hectares"), Number(10**4)),
        "km2": Number(10**6),
    },
    {**dict.fromkeys(("m", "meter", "metre", "metres"), _ONE), "cm": Number("0.01"), "km": Number(1000)},
)
"""Units that may stand for one another, with what one of each is in the first."""

_SIGN_AND_REST = re.compile(r"([+\-−–]?)\s*([0-9.,][0-9.,\s]*)(.*)", re.DOTALL)
_GROUPED_BY_BLANKS = re.compile(r"[1-9][0-9]{0,2}( [0-9]{3})+([.,][0-9]*)?")
_POINTS_THEN_COMMA = re.compile(r"[1-9][0-9]{0,2}(\.[0-9]{3})+(,[0-9]*)?")
_COMMAS_THEN_POINT = re.compile(r"[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]*)?")
_TWO_WAYS = re.compile(r"([1-9][0-9]{0,2})([.,])([0-9]{3})")
_SIMPLE = re.compile(r"[0-9]*[.,]?[0-9]*")


class _Read(NamedTuple):
    """A number, and what it would be with the other meaning of its only separator."""

    value: Number
    other: Number | None = None

    @property
    def greater(self) -> Number:
        """The reading further from zero."""
        return max(self.value, self.value if self.other is None else self.other, key=abs)

    def times(self, factor: Number) -> _Read:
        return _Read(self.value * factor, None if self.other is None else self.other * factor)


def _digits(body: str) -> _Read | None:
    """The number that digits, points, commas and blanks make; None when they make none ("112.0.0").

    Both separators: the last is the decimal one. One separator with exactly three digits after it can be read in two ways: as
    Indonesians write (point: thousands, comma: decimals), and as others do.
    """
    body = re.sub(r"\s*([.,])\s*", r"\1", body.strip())
    if not 0 < sum(map(str.isdigit, body)) <= _MOST_DIGITS:
        return None
    if any(map(str.isspace, body)):
        return _Read(_decimal(body)) if _GROUPED_BY_BLANKS.fullmatch(body) else None
    if body.endswith((".", ",")):
        body = body[:-1]
    two_ways = _TWO_WAYS.fullmatch(body)
    if two_ways is not None:
        whole, part = Number(two_ways[1] + two_ways[3]), Number(f"{two_ways[1]}.{two_ways[3]}")
        return _Read(whole, part) if two_ways[2] == "." else _Read(part, whole)
    if _SIMPLE.fullmatch(body):
        return _Read(_decimal(body))
    if _POINTS_THEN_COMMA.fullmatch(body):
        return _Read(_decimal(body.replace(".", "")))
    if _COMMAS_THEN_POINT.fullmatch(body):
        return _Read(_decimal(body.replace(",", "")))
    return None


def _decimal(text: str) -> Number:
    return Number(re.sub(r"\s", "", text).replace(",", ".").rstrip("."))


def _unit_factor(word: str, unit: Words | None) -> Number | None:
    """What one `word` is in the field's unit; None when it is no such unit."""

    def folded(text: str) -> str:
        return text.casefold().replace("²", "2").replace("³", "3").strip().rstrip(".")

    asked = folded(word)
    own = set() if unit is None else {folded(unit.id), folded(unit.en)}
    if asked in own:
        return _ONE
    for family in _UNITS:
        mine = next((name for name in own if name in family), None)
        if mine is not None and asked in family:
            return family[asked] / family[mine]
    return None


def _read(field: f.Integer | f.Decimal | f.Money, text: str) -> tuple[_Read, bool]:
    """The number of a text with its unit and "ribu", "juta" worked in, and whether one of these made it greater or smaller."""
    refuse_spreadsheet_error(field, text)
    refuse_e_notation(field, text)
    found = _SIGN_AND_REST.fullmatch(_bare(field, text))
    read = _digits(found[2]) if found else None
    if found is None or read is None:
        raise _no_number(field, text)
    factor = _factor(field, found[3])
    return read.times(-factor if found[1] in tuple("-−–") else factor), factor != 1


def _bare(field: f.Field, text: str) -> str:
    """The text without an apostrophe from a spreadsheet; of money without "Rp." and ",-"."""
    plain = text.removeprefix("'").strip()
    if not isinstance(field, f.Money):
        return plain
    plain = re.sub(r"^([-−–]?)\s*(?:rp|idr)[\s.:]*(?![a-z])", r"\1", plain.casefold())
    return re.sub(r"(?:[.,]\s*[-–—]+|\brupiah\b\.?)\s*$", "", plain.strip()).strip()


def _factor(field: f.Integer | f.Decimal | f.Money, words: str) -> Number:
    """What the words behind a number multiply it by: "ribu", a unit, or both. Raises when they mean something else."""
    unit = None if isinstance(field, f.Money) else field.unit
    rest = words.casefold().strip().rstrip(".")
    known = _TIMES_OF_MONEY if isinstance(field, f.Money) else _TIMES
    first, _, behind = rest.partition(" ")
    factor = known.get(first.rstrip("."), _ONE)
    if first.rstrip(".") in known:
        rest = behind
    of_unit = _unit_factor(rest, unit) if rest else _ONE
    if of_unit is None:
        own = Words("rupiah", "rupiah") if isinstance(field, f.Money) else unit
        raise refused(
            field,
            f": {quoted(rest)} di belakang angka tidak dikenal. Tulis angkanya saja{f' (satuan: {own.id})' if own else ''}.",
            f": {quoted(rest)} behind the figure is unknown. Write the figure only{f' (unit: {own.en})' if own else ''}.",
        )
    return factor * of_unit


def _no_number(field: f.Field, text: str) -> NotUnderstood:
    example = "1250000" if isinstance(field, f.Money) else "1250"
    return refused(
        field,
        f": {quoted(text)} bukan angka. Tulis angkanya saja, misalnya {example}.",
        f": {quoted(text)} is no number. Write the figure only, e.g. {example}.",
    )


def _too_large(field: f.Field, text: str) -> NotUnderstood:
    return refused(
        field,
        f": {quoted(text)} terlalu besar. Periksa lagi angkanya.",
        f": {quoted(text)} is too large. Check the figure.",
    )


def _said(value: Number) -> Words:
    """A number that can be read in one way only: 95007, or 95 koma 007."""
    whole, _, rest = f"{value:f}".partition(".")
    rest = rest.rstrip("0")
    return Words(f"{whole} koma {rest}", f"{whole} point {rest}") if rest else Words(whole, whole)


def _asked(text: str, read: Number, other: Number) -> Words:
    return Words(
        "{text} dibaca {read}, bukan {other}. Periksa.", "{text} is read as {read}, not {other}. Check it."
    ).filled(text=quoted(text), read=_said(read), other=_said(other))


def _offer(field: f.Field, value: int | Number) -> Offer:
    said = _said(Number(value))
    return Words(f"Maksudnya {said.id}? Pakai itu", f"Did you mean {said.en}? Use that"), {field.name: value}


def read_whole(field: f.Integer | f.Money, text: str, _reading: Reading) -> Understood:
    """A whole number or whole rupiah. "1.250" and "1,250" are 1250; "1,250 juta" is asked about."""
    if means_nothing(_bare(field, text)):
        return Understood(None, NOTHING)
    read, scaled = _read(field, text)
    # Without "juta" only the reading in thousands is a whole number; "1.000" is a thousand on every paper.
    main, other = (read.value, read.other) if scaled or read.other is None else (read.greater, None)
    if abs(main) > _LARGEST:
        raise _too_large(field, text)
    if main != main.to_integral_value():
        raise refused(
            field,
            f"harus bilangan bulat, ini {quoted(text)}.",
            f"must be a whole number, this is {quoted(text)}.",
        )
    value = int(main)
    if isinstance(field, f.Money) and value < 0:
        raise refused(
            field,
            f"tidak boleh negatif, ini {quoted(text)}. Tulis tanpa tanda minus.",
            f"can't be negative, this is {quoted(text)}. Write it without the minus sign.",
        )
    hint = _hint(field, text, value)
    if other is None or abs(other) > _LARGEST:
        return Understood(value, hint)
    offer = _offer(field, int(other)) if other == other.to_integral_value() else None
    return Understood(value, hint, doubts=(_asked(text, main, other),), offer=offer)


def read_decimal(field: f.Decimal, text: str, _reading: Reading) -> Understood:
    """An exact decimal. One separator with exactly three digits after it is asked about (domain.md 2.5)."""
    if means_nothing(text):
        return Understood(None, NOTHING)
    read, _ = _read(field, text)
    if abs(read.greater).scaleb(field.scale) > _LARGEST:
        raise _too_large(field, text)
    other = None if read.other is None else _exact(field, read.other)
    offer = None if other is None else _offer(field, other)
    value = _exact(field, read.value)
    if value is None:
        raise refused(
            field,
            f": paling banyak {field.scale} angka di belakang koma, ini {quoted(text)}.",
            f": at most {field.scale} digits behind the comma, this is {quoted(text)}.",
            offer,
        )
    if read.other is None:
        return Understood(value, _hint(field, text, value))
    said, unit = _said(read.value), field.unit or Words("", "")
    hint = equals(f"{said.id} {unit.id}".strip(), f"{said.en} {unit.en}".strip())
    return Understood(value, hint, doubts=(_asked(text, read.value, read.other),), offer=offer)


def _exact(field: f.Decimal, value: Number) -> Number | None:
    """The value with the field's digits behind the comma; None when it has more."""
    exact = value.quantize(_ONE.scaleb(-field.scale))
    return (exact or abs(exact)) if exact == value else None


def _hint(field: f.Integer | f.Decimal | f.Money, text: str, value: int | Number) -> Words | None:
    if isinstance(field, f.Money):
        shown = money(int(value))
        return None if text == shown else equals(shown)
    said = Words(show(field, value, language="id"), show(field, value, language="en"))
    return None if text in (number(value), *said) else equals(*said)
