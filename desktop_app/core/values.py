"""Values and their two written forms: the canonical text (machine CSV, stamps, merging) and what the database holds.

Canonical text is the same on every machine and engine: ISO dates, UTC times with a Z, declared number of decimals with a point,
NFC text, codes of several choices joined by `|`. Empty is the empty text, and an empty text is never a value (exchange.md).
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from decimal import Decimal as Number
from decimal import InvalidOperation

from desktop_app.core import fields as f
from desktop_app.core.errors import KnownError
from desktop_app.core.fields import Field, Value
from desktop_app.core.words import Words

_WHOLE = re.compile(r"0|-?[1-9][0-9]{0,18}")
_EXACT = re.compile(r"-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,12})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CLOCK = re.compile(r"[0-9]{2}:[0-9]{2}")
"""The one written form of each; Python itself would read `1_000`, `1e5` and `20260131` as well."""

DbValue = str | int | None
"""What a column holds: text or whole number; decimals are whole numbers of 10**-scale, yes/no is 1/0."""


def leaf(field: Field) -> Field:
    """The field that says what the value looks like: a computed field looks like another."""
    return field.like if isinstance(field, f.Computed) else field


def is_whole_number(field: Field) -> bool:
    """Whether the column of this field holds whole numbers (else text)."""
    return isinstance(leaf(field), f.YesNo | f.Integer | f.Decimal | f.Money | f.Coordinate)


def scale_of(field: Field) -> int | None:
    """Digits behind the point of an exact decimal; None for every other field."""
    field = leaf(field)
    return field.scale if isinstance(field, f.Decimal | f.Coordinate) else None


def to_db(field: Field, value: Value) -> DbValue:
    """The column's value. Decimals with more digits than declared raise ValueError: nothing is rounded silently."""
    scale = scale_of(field)
    if value in (None, "", ()):
        return None
    if scale is not None:
        scaled = Number(str(value)).scaleb(scale)
        if scaled != scaled.to_integral_value():
            raise ValueError(f"{field.name}: {value} has more than {scale} decimals")
        return int(scaled)
    if isinstance(value, bool | int):
        return int(value)
    return to_text(field, value)


def from_db(field: Field, stored: DbValue) -> Value:
    """The value of what the column holds."""
    if stored is None:
        return None
    scale = scale_of(field)
    if scale is not None:
        return Number(stored).scaleb(-scale)
    if isinstance(leaf(field), f.YesNo):
        return bool(stored)
    if isinstance(leaf(field), f.Integer | f.Money):
        return int(stored)
    return _from_text(field, str(stored))


def to_text(field: Field, value: Value) -> str:
    """Canonical text; the empty text for an empty value."""
    if value is None or value == ():
        return ""
    scale = scale_of(field)
    if scale is not None:
        return f"{Number(str(value)):.{scale}f}"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, dt.time):
        return value.strftime("%H:%M")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, tuple):
        return "|".join(value)
    return unicodedata.normalize("NFC", str(value))


def from_text(field: Field, text: str) -> Value:
    """The value of a canonical text. Raises `KnownError` when the text isn't canonical for this field."""
    try:
        return _from_text(field, text) if text else None
    except (ValueError, InvalidOperation) as wrong:
        raise KnownError(
            Words(
                f"{field.id}: '{text[:40]}' bukan nilai yang sah.",
                f"{field.en}: '{text[:40]}' is not a valid value.",
            ),
            field.name,
        ) from wrong


def _from_text(field: Field, text: str) -> Value:
    like = leaf(field)
    if isinstance(like, f.YesNo):
        if text not in ("true", "false"):
            raise ValueError(text)
        return text == "true"
    if isinstance(like, f.Integer | f.Money):
        whole = int(_written(_WHOLE, text))
        if not -(2**63) <= whole < 2**63:
            raise ValueError(text)
        return whole
    if isinstance(like, f.Decimal | f.Coordinate):
        return Number(_written(_EXACT, text))
    if isinstance(like, f.Timestamp):
        return dt.datetime.strptime(text, "%Y-%m-%dT%H:%M:%S%z").astimezone(dt.UTC)
    if isinstance(like, f.Time):
        return dt.time.fromisoformat(_written(_CLOCK, text))
    if isinstance(like, f.Date):
        return dt.date.fromisoformat(_written(_DAY, text))
    if isinstance(like, f.Choices):
        return tuple(text.split("|"))
    return text


def _written(form: re.Pattern[str], text: str) -> str:
    if form.fullmatch(text) is None:
        raise ValueError(text)
    return text
