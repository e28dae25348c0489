"""GeoJSON (RFC 7946) for map programs: a FeatureCollection of points, [longitude, latitude] in WGS84, written as it streams."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal as Number
from typing import BinaryIO, NamedTuple

from desktop_app.core.words import Words
from desktop_app.formats.characters import refuse_unwritable

Property = str | int | float | bool | None


class Feature(NamedTuple):
    """One point; without both coordinates it is an unlocated feature (RFC 7946, 3.2)."""

    uid: str
    longitude: Number | None
    latitude: Number | None
    properties: Mapping[str, Property]


def to_line(feature: Feature) -> str:
    """One feature as JSON. Up to 15 digits of a coordinate come out as they went in."""
    for name, value in feature.properties.items():
        if isinstance(value, str):
            refuse_unwritable(value, Words(f"Kolom {name}", f"Column {name}"))
    longitude, latitude = feature.longitude, feature.latitude
    geometry = None
    if longitude is not None and latitude is not None:
        geometry = {"type": "Point", "coordinates": [float(longitude), float(latitude)]}
    whole = {
        "type": "Feature",
        "id": feature.uid,
        "geometry": geometry,
        "properties": dict(feature.properties),
    }
    return json.dumps(whole, ensure_ascii=False, allow_nan=False)


def write(file: BinaryIO, features: Iterable[Feature]) -> int:
    """Write the collection; the number of features."""
    file.write(b'{"type": "FeatureCollection", "features": [')
    count = 0
    for count, feature in enumerate(features, 1):
        file.write((",\n" if count > 1 else "\n").encode() + to_line(feature).encode("utf-8"))
    file.write(b"\n]}\n")
    return count
