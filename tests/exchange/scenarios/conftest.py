"""The city that a scenario happens in: as it was founded, or further on for a scenario that takes `known`, `clash` or `stolen`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.exchange.scenarios.beginnings import BEGINNINGS, STARTER, Cities, City, anew, told
from tests.exchange.scenarios.desk import Desk


@pytest.fixture
def city(engine, tmp_path_factory, tmp_path, capsys, request) -> Iterator[City]:
    name = next((one for one in reversed(BEGINNINGS) if one in request.fixturenames), "founded")
    made, base = Cities(engine, tmp_path_factory.mktemp, capsys).copied(name, tmp_path)
    yield made
    engine.drop(base)


@pytest.fixture
def known(city) -> str:
    """A repair of the office's that both have."""
    return told(city.folder)


@pytest.fixture
def clash(city) -> str:
    """A repair of which office and headquarters both changed street and number of points, and each one field more."""
    return told(city.folder)


class Stolen(NamedTuple):
    """An office's computer is gone: what it had, one record of that, the starter file, and the new computer that has read it."""

    new: Desk
    starter: Path
    uid: str
    before: dict[str, dict[str, Any]]


@pytest.fixture
def stolen(city) -> Stolen:
    return Stolen(anew(city), city.folder / STARTER, *told(city.folder))
