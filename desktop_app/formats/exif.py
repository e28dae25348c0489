"""What a camera writes into a picture beside the picture (EXIF): which way up it was held, when and where it was taken.

A reader of our own for these few tags: the libraries read EXIF leniently and tell of damage through Python's warnings, which belong
to the whole process, so that a worker can't listen to its own. Source: CIPA DC-008 (Exif 2.32), sections 4.6.2 to 4.6.6.
"""

from __future__ import annotations

import datetime as dt
import re
import struct
from collections.abc import Mapping
from decimal import Decimal as Number
from typing import NamedTuple

Raw = tuple[int, bytes]
"""The type of a tag and the bytes of its value."""

_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 9: 4, 10: 8}  # bytes of one value, by type
_ASCII, _SHORT, _RATIONAL = 2, 3, 5

_ORIENTATION, _CHANGED, _EXIF, _GPS = 0x0112, 0x0132, 0x8769, 0x8825
_TAKEN, _DIGITISED, _OFFSET_TAKEN, _OFFSET_DIGITISED = 0x9003, 0x9004, 0x9011, 0x9012
_LATITUDE_REF, _LATITUDE, _LONGITUDE_REF, _LONGITUDE = 1, 2, 3, 4

_TIME = re.compile(r"(\d{4})[:\-/](\d\d)[:\-/](\d\d)[ T](\d\d):(\d\d)(?::(\d\d))?")
_OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)")
_DIGITS = Number("0.0000001")  # about a centimetre, more than any phone knows


class Exif(NamedTuple):
    """What was read. `taken_at` has a zone only when the camera wrote one; `position` is (latitude, longitude) in degrees WGS84.

    `damaged`: something that was to be read could not be; the rest is there all the same.
    `nowhere`: the camera wrote (0, 0), which is what it writes before it knows where it is.
    """

    orientation: int = 1
    taken_at: dt.datetime | None = None
    position: tuple[Number, Number] | None = None
    damaged: bool = False
    nowhere: bool = False


class _Damaged(ValueError):  # noqa: N818  (never leaves this module)
    """What the bytes say can't be."""


def read(data: bytes) -> Exif:
    """Read the EXIF block of a picture, without the letters "Exif" before it. Never raises: what can't be read is left out."""
    try:
        tiff = _Tiff(data)
        main = tiff.tags(tiff.first, (_ORIENTATION, _CHANGED, _EXIF, _GPS))
    except _Damaged:
        return Exif(damaged=True)
    damaged = False
    found: dict[str, object] = {}
    for name, ask in {"orientation": _orientation, "taken_at": _taken_at, "position": _position}.items():
        try:
            found[name] = ask(tiff, main)
        except _Damaged:
            damaged = True
    position = found.get("position")
    nowhere = position == (0, 0)
    return Exif(
        found.get("orientation", 1),  # type: ignore[arg-type]
        found.get("taken_at"),  # type: ignore[arg-type]
        None if nowhere else position,  # type: ignore[arg-type]
        damaged,
        nowhere,
    )


class _Tiff:
    """The block as TIFF lays it out: directories of tags, in one of two orders of bytes."""

    def __init__(self, data: bytes) -> None:
        order = {b"II*\0": "<", b"MM\0*": ">"}.get(data[:4])
        if order is None:
            raise _Damaged
        self._data, self._order = data, order
        self.first = self.numbers("I", self._part(4, 4))[0]

    def numbers(self, letter: str, part: bytes) -> tuple[int, ...]:
        """All numbers of one size ("H" two bytes, "I" four)."""
        count = len(part) // struct.calcsize(letter)
        return struct.unpack_from(f"{self._order}{count}{letter}", part)

    def _part(self, start: int, size: int) -> bytes:
        part = self._data[start : start + size]
        if len(part) != size:
            raise _Damaged
        return part

    def tags(self, start: int, wanted: tuple[int, ...]) -> dict[int, Raw]:
        """The wanted tags of the directory at `start`. Others are not looked at: a broken maker's note harms nobody."""
        (count,) = self.numbers("H", self._part(start, 2))
        found: dict[int, Raw] = {}
        for number in range(count):
            entry = self._part(start + 2 + 12 * number, 12)
            tag, sort = self.numbers("H", entry[:4])
            if tag not in wanted:
                continue
            (many,) = self.numbers("I", entry[4:8])
            size = _SIZES.get(sort, 0) * many
            if not size:
                raise _Damaged
            found[tag] = (sort, entry[8 : 8 + size] if size <= 4 else self._part(self._at(entry), size))
        return found

    def _at(self, entry: bytes) -> int:
        return self.numbers("I", entry[8:])[0]

    def below(self, main: Mapping[int, Raw], tag: int, wanted: tuple[int, ...]) -> dict[int, Raw]:
        """The wanted tags of the directory that `tag` points to; none when there is no such directory."""
        if tag not in main:
            return {}
        pointer = self.numbers("I", main[tag][1])
        if not pointer:
            raise _Damaged
        return self.tags(pointer[0], wanted)


def _orientation(tiff: _Tiff, main: Mapping[int, Raw]) -> int:
    if _ORIENTATION not in main:
        return 1
    sort, part = main[_ORIENTATION]
    if sort != _SHORT:
        raise _Damaged
    value = tiff.numbers("H", part)[0]
    if value == 0:  # "not known"
        return 1
    if value > 8:
        raise _Damaged
    return value


def _text(tags: Mapping[int, Raw], tag: int) -> str:
    sort, part = tags.get(tag, (_ASCII, b""))
    if sort != _ASCII:
        raise _Damaged
    return part.split(b"\0")[0].decode("ascii", "replace").strip()


def _taken_at(tiff: _Tiff, main: Mapping[int, Raw]) -> dt.datetime | None:
    """When the shutter went; else when it was digitised; else the time of the file. A clock that was never set says nothing."""
    tags = tiff.below(main, _EXIF, (_TAKEN, _DIGITISED, _OFFSET_TAKEN, _OFFSET_DIGITISED))
    for text, offset in (
        (_text(tags, _TAKEN), _text(tags, _OFFSET_TAKEN)),
        (_text(tags, _DIGITISED), _text(tags, _OFFSET_DIGITISED)),
        (_text(main, _CHANGED), ""),
    ):
        if text.strip("0 :-/"):
            return _moment(text, offset)
    return None


def _moment(text: str, offset: str) -> dt.datetime:
    told = _TIME.match(text)
    if told is None:
        raise _Damaged
    try:
        moment = dt.datetime(*(int(part or 0) for part in told.groups()))  # type: ignore[arg-type]  # noqa: DTZ001
        zone = _OFFSET.fullmatch(offset)
        if zone is None:
            return moment
        ahead = dt.timedelta(hours=int(zone[2]), minutes=int(zone[3]))
        return moment.replace(tzinfo=dt.timezone(-ahead if zone[1] == "-" else ahead))
    except ValueError:
        raise _Damaged from None


def _position(tiff: _Tiff, main: Mapping[int, Raw]) -> tuple[Number, Number] | None:
    tags = tiff.below(main, _GPS, (_LATITUDE_REF, _LATITUDE, _LONGITUDE_REF, _LONGITUDE))
    if _LATITUDE not in tags or _LONGITUDE not in tags:
        return None
    latitude = _degrees(tiff, tags[_LATITUDE], _text(tags, _LATITUDE_REF).upper(), "NS", 90)
    longitude = _degrees(tiff, tags[_LONGITUDE], _text(tags, _LONGITUDE_REF).upper(), "EW", 180)
    return None if latitude is None or longitude is None else (latitude, longitude)


def _degrees(tiff: _Tiff, raw: Raw, side: str, sides: str, most: int) -> Number | None:
    """Degrees, minutes and seconds as one figure; None when the camera had none to write (0/0). Without N/S or E/W it is no place."""
    sort, part = raw
    pairs = tiff.numbers("I", part)
    if sort != _RATIONAL or len(pairs) not in (2, 4, 6):
        raise _Damaged
    figures = []
    for over, below in zip(pairs[::2], pairs[1::2], strict=True):
        if below == 0:
            if over == 0:
                return None
            raise _Damaged
        figures.append(Number(over) / Number(below))
    degrees, minutes, seconds = (*figures, Number(0), Number(0))[:3]
    value = degrees + minutes / 60 + seconds / 3600
    if minutes > 60 or seconds > 60 or value > most or side not in tuple(sides):
        raise _Damaged
    value = value.quantize(_DIGITS)
    return -value if side == sides[1] and value else value
