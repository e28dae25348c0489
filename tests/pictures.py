"""Real pictures for tests: JPEGs with what a camera writes into them."""

from __future__ import annotations

import datetime as dt
import io
from zoneinfo import ZoneInfo

from PIL import Image, ImageDraw

WIB = ZoneInfo("Asia/Jakarta")
NOW = dt.datetime(2026, 11, 20, 2, 0, tzinfo=dt.UTC)
METRO = ("S", (5.0, 6.0, 46.8), "E", (105.0, 18.0, 25.2))
"""5°06'46.8" S, 105°18'25.2" E: -5.113, 105.307."""


def camera(taken="2026:11:01 08:15:30", position=METRO, orientation=1, offset="", changed="") -> Image.Exif:
    """What a phone writes."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    if changed:
        exif[0x0132] = changed
    if taken:
        exif.get_ifd(0x8769)[0x9003] = taken
    if offset:
        exif.get_ifd(0x8769)[0x9011] = offset
    if position:
        exif.get_ifd(0x8825).update(dict(enumerate(position, 1)))
    return exif


def scene(size=(640, 480), sky="#9ec7e8", lamp="#ffd65a", mode="RGB") -> Image.Image:
    """A street with a lamp: the upper left corner is sky, the lower right one is street."""
    picture = Image.new("RGB", size, sky)
    draw = ImageDraw.Draw(picture)
    w, h = size
    draw.rectangle((0, h * 0.7, w, h), fill="#5c6166")
    draw.rectangle((w * 0.48, h * 0.2, w * 0.51, h * 0.8), fill="#3b3f44")
    draw.ellipse((w * 0.42, h * 0.12, w * 0.57, h * 0.25), fill=lamp)
    return picture.convert(mode)


def file_of(picture: Image.Image, form="JPEG", **more) -> bytes:
    """The picture as a file of that form."""
    out = io.BytesIO()
    picture.save(out, form, **more)
    return out.getvalue()


def photo_of(size=(640, 480), colour="#ffd65a", **more) -> bytes:
    """A JPEG of a phone; `more` as `camera` takes it."""
    return file_of(scene(size, lamp=colour), quality=90, exif=camera(**more))


def markers(data: bytes) -> list[int]:
    """The markers of a JPEG's segments, read independently of the program."""
    found, at = [], 2
    while data[at] == 0xFF and data[at + 1] != 0xDA:
        found.append(data[at + 1])
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return found
