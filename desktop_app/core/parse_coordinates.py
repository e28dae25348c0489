"""Positions: one half or a whole one, typed or pasted (domain.md 2.4).

What is swapped, or has lost its minus or its point, is offered corrected.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal as Number
from itertools import product
from typing import Literal
from urllib.parse import unquote

from desktop_app.core import fields as f
from desktop_app.core.fields import Value
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
from desktop_app.core.show import number as shown
from desktop_app.core.show import show_any
from desktop_app.core.words import Words

Axis = Literal["lat", "lon"]
Position = tuple[Number, Number]
Box = tuple[Number, Number, Number, Number]

INDONESIA: Box = (Number("-11.1"), Number("94.9"), Number("6.1"), Number("141.1"))
"""South, west, north, east in degrees WGS84 (domain.md 2.4)."""

_LINK = re.compile(r"(?:https?://|geo:|www\.|maps\.)\S+", re.IGNORECASE)
_SHORT_LINK = re.compile(r"goo\.gl/", re.IGNORECASE)
_PAIR = r"(-?[0-9]{1,3}(?:\.[0-9]+)?)"
_NAMED_PLACE = re.compile(r"/place/([^/@]+)")
_IN_LINK = (
    re.compile(rf"!3d{_PAIR}!4d{_PAIR}"),  # the place itself, before the middle of the map
    re.compile(rf"[?&](?:q|ll|query|destination|daddr|center|mlat)=(?:loc:)?{_PAIR}(?:,\s*|&mlon=){_PAIR}"),
    re.compile(rf"/(?:place|search|dir)/+{_PAIR},[\s+]*{_PAIR}"),
    _NAMED_PLACE,  # in degrees, minutes and seconds
    re.compile(rf"@{_PAIR},{_PAIR}"),
    re.compile(rf"geo:{_PAIR},{_PAIR}", re.IGNORECASE),
    re.compile(rf"#map=[0-9.]+/{_PAIR}/{_PAIR}"),
)
_SIDES: dict[str, tuple[Axis, int]] = {
    **dict.fromkeys(("s", "ls"), ("lat", -1)),
    **dict.fromkeys(("n", "lu", "u"), ("lat", 1)),
    **dict.fromkeys(("e", "bt", "t"), ("lon", 1)),
    **dict.fromkeys(("w", "bb", "b"), ("lon", -1)),
}
_LETTER = r"(ls|lu|bt|bb|[nsewutb])"
_PART = r"([0-9]{1,2}(?:[.,][0-9]{1,20})?)"
_ANGLES = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (
        rf"{_LETTER}?\s*([-+−])?\s*([0-9]{{1,9}}(?:[.,][0-9]{{1,20}})?)()()\s*[°ºd˚]?\s*{_LETTER}?",
        rf"{_LETTER}?\s*([-+−])?\s*([0-9]{{1,3}})\s*[°ºd˚]\s*{_PART}\s*['′’m]?()\s*{_LETTER}?",
        rf"{_LETTER}?\s*([-+−])?\s*([0-9]{{1,3}})\s*[°ºd˚]\s*{_PART}\s*['′’m]\s*{_PART}\s*(?:[\"″”]|['′’]{{2}})?\s*{_LETTER}?",
        rf"{_LETTER}?\s*([-+−])?\s*([0-9]{{1,3}})\s+{_PART}\s+{_PART}\s*{_LETTER}",
    )
)
"""Degrees; degrees and minutes; degrees, minutes and seconds; these without signs but with the letter of their side."""
_CUT = re.compile(r"\s*[;/|]\s*|\s*,\s+|\s+|,")


def read_coordinate(field: f.Coordinate, text: str, reading: Reading) -> Understood:
    """Degrees WGS84. A whole position fills both halves; (0,0) is empty; what is not in Indonesia is refused, with an offer."""
    refuse_spreadsheet_error(field, text)
    refuse_e_notation(field, text)
    if means_nothing(text):
        return Understood(None, NOTHING)
    pair = _position(field, text)
    if pair is not None:
        return _both(field, text, reading, pair)
    angle = _angle(text)
    if angle is None:
        raise _no_position(field, text)
    return _half(field, text, reading, *angle)


def _half(field: f.Coordinate, text: str, reading: Reading, axis: Axis | None, exact: Number) -> Understood:
    """One half of a position; what belongs into the other half is refused, with the offer to put it there."""
    value = _rounded(field, exact)
    if value == 0:
        return Understood(None, NOTHING)
    other = reading.values.get(field.other) if field.other else None
    partner = other if isinstance(other, Number) else None
    if (axis or field.axis) != field.axis:
        raise _other_half(field, text, _swapped_half(field, value, partner))
    if not _inside(value, field.axis, INDONESIA):
        better = _corrected_half(field, value, reading.settings.city_box)
        swapped = None if better else _swapped_half(field, value, partner)
        raise _other_half(field, text, swapped) if swapped else _outside(field, text, better)
    offer = None
    if not _inside(value, field.axis, reading.settings.city_box):
        offer = _corrected_half(field, value, reading.settings.city_box, only_city=True)
    return Understood(value, _hint(text, shown(value, 4), shown(value)), offer=offer)


def _hint(text: str, *said: str) -> Words | None:
    return None if text in said else equals(said[0])


def _both(field: f.Coordinate, text: str, reading: Reading, pair: Position) -> Understood:
    """The value and its other half; offers what is better when the position is not in the city."""
    lat, lon = _rounded(field, pair[0]), _rounded(field, pair[1])
    if lat == lon == 0:
        return Understood(None, NOTHING, {field.other: None} if field.other else {})
    offer = _better(field, text, (lat, lon), reading.settings.city_box)
    values = _values(field, lat, lon)
    hint = equals(_said(lat, lon))
    return Understood(values.pop(field.name), None if text == _said(lat, lon) else hint, values, offer=offer)


def _better(field: f.Coordinate, text: str, position: Position, city: Box) -> Offer | None:
    """The nearest correction of a position that is not in the city. Raises with it when the position is not in Indonesia."""
    if _in_box(position, city):
        return None
    corrected = list(_corrections(*position))
    best = next((one for one in corrected if _in_box(one, city)), None)
    if not _in_box(position, INDONESIA):
        best = best or next((one for one in corrected if _in_box(one, INDONESIA)), None)
        raise _outside(field, text, _offer(field, best, swapped=best == position[::-1]))
    return _offer(field, best)


def _values(field: f.Coordinate, lat: Number | None, lon: Number | None) -> dict[str, Value]:
    mine, its = (lat, lon) if field.axis == "lat" else (lon, lat)
    return {field.name: mine, **({field.other: its} if field.other else {})}


def _said(lat: Number, lon: Number) -> str:
    return f"{shown(lat, 4)} {shown(lon, 4)}"


def _rounded(field: f.Coordinate, value: Number) -> Number:
    """To the field's digits: 8 of them are a millimetre, and maps give up to 15. The one place where digits are left out."""
    rounded = value.quantize(Number(1).scaleb(-field.scale))
    return rounded or abs(rounded)  # no minus on a zero


# ---- reading


def _position(field: f.Coordinate, text: str) -> Position | None:
    """Latitude and longitude when the text has both."""
    link = _LINK.search(text)
    if link is not None:
        return _in_link(field, unquote(link[0]).replace("+", " "))
    found = [pair for cut in _CUT.finditer(text) if (pair := _pair(text, cut)) is not None]
    return next((pair for pair in found if _in_box(pair, INDONESIA)), found[0] if found else None)


def _pair(text: str, cut: re.Match[str]) -> Position | None:
    """Latitude and longitude when the text is cut here; letters say which is which, else latitude comes first."""
    left, right = text[: cut.start()].strip(), text[cut.end() :].strip()
    # "-5,1167" and "-5, 1167" are one number, "-5, 105" is two.
    digits = re.fullmatch(r"([0-9]+)\s*[°ºd˚a-z]*", right, re.IGNORECASE)
    may_be_one = cut[0].strip() == "," and re.fullmatch("[-+−]?[0-9]{1,3}", left)
    if digits and may_be_one and (cut[0] == "," or not 94 < int(digits[1][:9]) < 142):
        return None
    first, second = _angle(left), _angle(right)
    if first is None or second is None:
        return None
    if first[0] == "lon" or second[0] == "lat":
        return None if first[0] == second[0] else (second[1], first[1])
    return first[1], second[1]


def _in_link(field: f.Coordinate, link: str) -> Position:
    """The position that a link of a map names: the place itself before the middle of the map."""
    for shape in _IN_LINK:
        found = shape.search(link)
        if found is None:
            continue
        if shape is _NAMED_PLACE:
            position = _position_of_angles(found[1])
        else:
            position = Number(found[1]), Number(found[2])
        if position and any(position):
            return position
    if _SHORT_LINK.search(link):
        raise refused(
            field,
            ": tautan pendek tidak memuat koordinat. Buka dulu tautannya, lalu salin koordinatnya.",
            ": a short link holds no position. Open the link first, then copy the position.",
        )
    raise refused(
        field,
        ": tautan ini tidak memuat koordinat. Salin koordinatnya, misalnya -5,1167 105,3000.",
        ": this link holds no position. Copy the position, e.g. -5,1167 105,3000.",
    )


def _position_of_angles(text: str) -> Position | None:
    first, _, second = text.strip().partition(" ")
    lat, lon = _angle(first), _angle(second)
    return None if lat is None or lon is None else (lat[1], lon[1])


def _angle(text: str) -> tuple[Axis | None, Number] | None:
    """One angle in degrees, and the axis if a letter says it; None when the text is none."""
    bare = re.sub(r"(?<=[0-9])\s*([.,])\s*(?=[0-9])", r"\1", text.strip().removeprefix("'").strip())
    found = next((match for shape in _ANGLES if (match := shape.fullmatch(bare))), None)
    if found is None:
        return None
    before, minus, *parts, after = found.groups()
    degrees, minutes, seconds = (Number((part or "0").replace(",", ".")) for part in parts)
    if minutes >= 60 or seconds >= 60 or (before and after):
        return None
    axis, sign = _SIDES.get((before or after or "").lower(), (None, 1))
    return axis, (-1 if minus in ("-", "−") else sign) * (degrees + minutes / 60 + seconds / 3600)


# ---- correcting


def _inside(value: Number, axis: Axis, box: Box) -> bool:
    low, high = (box[0], box[2]) if axis == "lat" else (box[1], box[3])
    return low <= value <= high


def _in_box(position: Position, box: Box) -> bool:
    return _inside(position[0], "lat", box) and _inside(position[1], "lon", box)


def _variants(value: Number) -> Iterator[Number]:
    """What a number may have been: itself, with a minus, with its point put back ("51167", "1053000")."""
    yield value
    yield -value
    digits = f"{abs(value):f}".partition(".")[0]
    if len(digits) > 3:
        for whole in (1, 2, 3):
            restored = Number(f"{digits[:whole]}.{digits[whole:]}")
            yield from (-restored, restored)


def _corrections(lat: Number, lon: Number) -> Iterator[Position]:
    for first, second in ((lat, lon), (lon, lat)):
        yield from product(_variants(first), _variants(second))


def _offer(field: f.Coordinate, position: Position | None, *, swapped: bool = False) -> Offer | None:
    if position is None:
        return None
    said = _said(*position)
    question = Words(f"Tertukar? Pakai {said}", f"Swapped? Use {said}") if swapped else _question(said)
    return question, _values(field, _rounded(field, position[0]), _rounded(field, position[1]))


def _question(said: str) -> Words:
    return Words(f"Maksudnya {said}? Pakai itu", f"Did you mean {said}? Use that")


def _corrected_half(
    field: f.Coordinate, value: Number, city: Box, *, only_city: bool = False
) -> Offer | None:
    for box in (city,) if only_city else (city, INDONESIA):
        best = next((one for one in _variants(value) if one != value and _inside(one, field.axis, box)), None)
        if best is not None:
            return _question(shown(best, 4)), {field.name: _rounded(field, best)}
    return None


def _swapped_half(field: f.Coordinate, value: Number, partner: Number | None) -> Offer | None:
    """Put the value into the other half, where it belongs, and what stands there into this one if it belongs here."""
    other_axis: Axis = "lon" if field.axis == "lat" else "lat"
    if not field.other or not _inside(value, other_axis, INDONESIA):
        return None
    mine = partner if partner is not None and _inside(partner, field.axis, INDONESIA) else None
    name = Words("bujur", "longitude") if other_axis == "lon" else Words("lintang", "latitude")
    return Words(
        f"Tertukar? Jadikan {name.id} {shown(value, 4)}", f"Swapped? Make it the {name.en} {shown(value, 4)}"
    ), {field.name: mine, field.other: value}


def _other_half(field: f.Coordinate, text: str, offer: Offer | None) -> NotUnderstood:
    its, mine = Words("bujur", "longitude"), Words("lintang", "latitude")
    if field.axis == "lon":
        its, mine = mine, its
    return refused(
        field,
        f": {quoted(text)} adalah {its.id}, bukan {mine.id}. Periksa lagi.",
        f": {quoted(text)} is a {its.en}, not a {mine.en}. Check it.",
        offer,
    )


def _outside(field: f.Coordinate, text: str, offer: Offer | None) -> NotUnderstood:
    south, west, north, east = map(show_any, INDONESIA)
    return refused(
        field,
        f": {quoted(text)} di luar Indonesia (lintang {south} sampai {north}, bujur {west} sampai {east}). Periksa lagi.",
        f": {quoted(text)} is outside Indonesia (latitude {south} to {north}, longitude {west} to {east}). Check it.",
        offer,
    )


def _no_position(field: f.Coordinate, text: str) -> NotUnderstood:
    example = "-5,1167" if field.axis == "lat" else "105,3000"
    return refused(
        field,
        f": {quoted(text)} tidak terbaca. Tulis misalnya {example}, atau tempel tautan Google Maps.",
        f": {quoted(text)} can't be read. Write e.g. {example}, or paste a Google Maps link.",
    )
