"""A headquarters and an office that know each other, made once and copied for each scenario."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.exchange.scenarios.desk import Desk, founded


class City(NamedTuple):
    """Headquarters, an office, and the stick that is carried between them."""

    head: Desk
    office: Desk
    stick: Path


@pytest.fixture
def city(engine, tmp_path_factory, tmp_path, capsys) -> Iterator[City]:
    """On PostgreSQL it is headquarters' records that are on a server; an office has its own in a folder."""
    if "founded" not in engine.kept:
        folder = tmp_path_factory.mktemp("city")
        base = engine.new(folder / "head")
        founded(folder, capsys, base)
        engine.kept["founded"] = base
    template = engine.kept["founded"]
    shutil.copytree(template.folder.parent / "office", tmp_path / "office")
    base = engine.copy(template, tmp_path / "head")
    head = Desk(base.folder, "Rudi Hartono", capsys, base.database)
    yield City(head, Desk(tmp_path / "office", "Sri Wahyuni", capsys), tmp_path / "stick")
    engine.drop(base)
