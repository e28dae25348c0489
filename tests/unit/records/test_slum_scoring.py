"""The scoring of slum conditions: ten published sheets come out exactly, and the edges lie where they should."""

from __future__ import annotations

import json
from decimal import Decimal as Number
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.fields import Codes
from desktop_app.records.slums import codes, scoring
from tests.unit.records.settlement import settlement

SHEETS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[2] / "data" / "slum_examples.json").read_text(encoding="utf-8")
)


def codes_of(listed: Codes) -> list[str]:
    return [entry.code for entry in listed]


def test_there_are_ten_sheets_of_sixteen_criteria():
    assert [len(sheet["criteria"]) for sheet in SHEETS] == [16] * 10
    assert codes_of(codes.CRITERIA) == list(scoring.DENOMINATORS)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet["unit"])
def test_a_published_sheet_comes_out_exactly_through_the_assessment(sheet: dict[str, Any]):
    """160 percents, 160 scores, 10 totals, levels and sector means, as the record's own computed fields."""
    house = settlement()
    figures = {name: Number(str(value)) for name, value in sheet["figures"].items()}
    record = house.make(
        "slum_assessment",
        "sheet",
        {"unit": "unit", "year": 2023, "stage": "BASELINE", **figures},
        {
            "criteria": [
                {"criterion": name, "volume": Number(row[0])} for name, row in sheet["criteria"].items()
            ]
        },
    )
    found = {line.values["criterion"]: line.values for line in record.lines["criteria"]}
    assert {name: row["score"] for name, row in found.items()} == {
        name: row[2] for name, row in sheet["criteria"].items()
    }
    assert {name: row["percent"] for name, row in found.items()} == {
        name: Number(row[1]) for name, row in sheet["criteria"].items()
    }
    assert (record.values["total"], record.values["level"]) == (sheet["total"], sheet["level"])
    assert record.values["sector_mean_pct"] == Number(sheet["sector_mean_pct"])


@pytest.mark.parametrize(
    ("share", "points"),
    [("0", 0), ("0.24994", 0), ("0.24995", 1), ("0.505", 1), ("0.50994", 1), ("0.50995", 3), ("0.754", 3), ("0.75994", 3), ("0.75995", 5), ("1", 5)],
)  # fmt: skip
def test_the_edges_are_whole_percents_after_rounding(share: str, points: int):
    assert scoring.score(Number(share)) == points


@pytest.mark.parametrize(
    ("total", "level"),
    [(0, "TK"), (15, "TK"), (16, "KR"), (37, "KR"), (38, "KS"), (59, "KS"), (60, "KB"), (80, "KB")],
)
def test_the_levels(total: int, level: str):
    assert scoring.level(total) == level


def test_nothing_to_measure_against_counts_as_nothing_wrong():
    assert scoring.ratio(Number(5), Number(0)) == 0


@given(st.lists(st.decimals(0, 1, places=4), min_size=16, max_size=16))
def test_the_sector_mean_lies_between_the_shares_and_aspects_weigh_the_same(shares: list[Number]):
    found = dict(zip(scoring.DENOMINATORS, shares, strict=True))
    mean = scoring.sector_mean(found)
    assert min(shares) <= mean <= max(shares)
    one_aspect = dict.fromkeys(scoring.DENOMINATORS, Number(0)) | dict.fromkeys(("1a", "1b", "1c"), Number(1))
    assert scoring.sector_mean(one_aspect) == Number(1) / 7


@pytest.mark.parametrize(
    ("before", "after", "part"),
    [("0.5", "0.1", "0.8"), ("0.5", "0", "1"), ("0.5", "0.5", "0"), ("0.5", "0.6", "0"), ("0", "0", None)],
)
def test_the_contribution_of_handling(before: str, after: str, part: str | None):
    assert scoring.contribution(Number(before), Number(after)) == (None if part is None else Number(part))
