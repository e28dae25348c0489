"""A headquarters and an office that know each other, made once and copied for each scenario."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.exchange.scenarios.desk import Desk, founded


class City(NamedTuple):
    """Headquarters, an office, and the stick that is carried between them."""

    head: Desk
    office: Desk
    stick: Path


@pytest.fixture(scope="session")
def founded_city(tmp_path_factory) -> Path:
    """Where the template lies; empty until the first scenario makes it."""
    return tmp_path_factory.mktemp("city")


@pytest.fixture
def city(founded_city, tmp_path, capsys) -> City:
    if not (founded_city / "head").exists():
        founded(founded_city, capsys)
    for name in ("head", "office"):
        shutil.copytree(founded_city / name, tmp_path / name)
    head = Desk(tmp_path / "head", "Rudi Hartono", capsys)
    return City(head, Desk(tmp_path / "office", "Sri Wahyuni", capsys), tmp_path / "stick")
