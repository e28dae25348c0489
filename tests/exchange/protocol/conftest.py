"""A small world in which everybody has exchanged what there was."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.exchange.world import World


@pytest.fixture
def world(tmp_path) -> Iterator[World]:
    made = World.settled(tmp_path / "world")
    yield made
    made.close()
