"""Small questions that the rules of several kinds are made of. An unknown value never breaks a rule: what is missing is said elsewhere."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterator
from decimal import Decimal as Number
from typing import Any

from desktop_app.core.fields import Value
from desktop_app.core.record import Record, View
from desktop_app.core.spec import Broken

INDONESIA = (Number("-11.1"), Number("94.9"), Number("6.1"), Number("141.1"))
"""South, west, north, east of the country in degrees WGS84 (domain.md 2.4)."""

_PERSONAL = re.compile(r"(?<!\d)(\d{16}|(?:\+62|62|0)[\s.-]?8\d(?:[\s.-]?\d){7,10})(?!\d)")


def less(a: Any, b: Any) -> bool:
    """Whether a < b; no when one of them is unknown. Both are numbers, dates, or moments."""
    return a is not None and b is not None and bool(a < b)


def number(value: Any) -> Number:
    """The value as a decimal; nothing counts as zero."""
    return Number(0) if value is None else Number(value)


def day_of(r: View, moment: Any) -> dt.date | None:
    """The office's calendar day of a moment or a day; None of nothing."""
    if isinstance(moment, dt.datetime):
        return moment.astimezone(r.settings.zone).date()
    return moment if isinstance(moment, dt.date) else None


def others(r: View, **equal: Value) -> Iterator[Record]:
    """The other living records of this kind with these values; none when a value is empty."""
    if all(value is not None for value in equal.values()):
        yield from (found for found in r.ask.find(r.kind.name, **equal) if found.uid != r.uid)


def metres_between(a: Any, b: Any) -> float:
    """Metres between two places (each with `latitude`, `longitude`); 0 when one has no position. Good to 1 % in a city."""
    if None in (a.latitude, a.longitude, b.latitude, b.longitude):
        return 0.0
    north = float(a.latitude) - float(b.latitude)
    east = (float(a.longitude) - float(b.longitude)) * math.cos(math.radians(float(a.latitude)))
    return 111_195.0 * math.hypot(north, east)


def tells_personal_data(text: Any) -> bool:
    """Whether a text holds what looks like a NIK (16 digits) or a mobile number: it belongs in a masked field (UU 27/2022)."""
    return text is not None and _PERSONAL.search(str(text)) is not None


def city_of(region: Any) -> str:
    """The city's part of a region code: `18.72` of `18.72.04.1003`; empty when unknown."""
    return "" if region is None else str(region)[:5]


def made_code(prefix: str) -> Broken:
    """A default for codes that nobody has painted yet: `PNL-1872-4F7QK2`, made from the record's own id.

    No running number: two computers of an office, offline, would give the same one twice.
    """
    letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

    def code(r: View) -> str:
        from hashlib import blake2b  # noqa: PLC0415  (no start of the program needs it)

        tail = int.from_bytes(blake2b(r.uid.encode(), digest_size=4).digest())
        text = "".join(letters[tail >> shift & 31] for shift in range(25, -1, -5))
        return f"{prefix}-{r.settings.city_code.replace('.', '')}-{text}"

    return code
