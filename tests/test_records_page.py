"""docs/records.md tells what the declaration says today."""

from __future__ import annotations

from pathlib import Path

from desktop_app.records.registry import REGISTRY
from desktop_app.services import manual

PAGE = Path(__file__).parents[1] / "docs" / "records.md"


def test_the_page_of_records_is_fresh():
    assert PAGE.read_text("utf-8") == manual.page(REGISTRY), (
        "run: python -m desktop_app kinds --markdown > docs/records.md"
    )


def test_the_page_names_every_kind_field_and_move():
    page = manual.page(REGISTRY)
    for kind in REGISTRY:
        part = page.partition(f"### `{kind.name}`")[2].partition("\n### ")[0]
        names = [field.name for field in kind.fields] + [
            field.name for lines in kind.lines for field in lines.fields
        ]
        names += [move.name for move in kind.life_cycle.moves] if kind.life_cycle else []
        assert [name for name in names if f"`{name}`" not in part] == [], kind.name
