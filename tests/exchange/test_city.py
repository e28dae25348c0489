"""A small city for a few months on both engines; `python -m tests.soak city` is the whole one for a year."""

from __future__ import annotations

import pytest

from tests.soak import city

pytestmark = [pytest.mark.heavy, pytest.mark.postgres, pytest.mark.timeout(400)]


def test_a_small_city_ends_alike_on_both_engines_and_at_all_offices(server, tmp_path):
    measure = city.Measure(
        offices=3, months=3, records=25, edits=8, lost=0.25, doubled=0.25, late=0.1, told=0.5
    )
    told, _ = city.lived(tmp_path, server, measure)
    assert told["records in the end"] >= told["records made"]
    for what in (
        "files lost",
        "files doubled",
        "files same at headquarters",
        "conflicts noted at headquarters",
        "conflicts decided",
        "returned and corrected",
        "receipt by telephone",
        "old copy put back",
        "step",
        "removal",
    ):
        assert told[what], f"it never came to this: {what}"
