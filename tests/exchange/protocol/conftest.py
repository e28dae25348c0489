"""A small world in which everybody has exchanged what there was. Two of its offices do so again in the end; the third is never heard of."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.exchange.world import World


@pytest.fixture
def world(tmp_path) -> Iterator[World]:
    made = World.settled(tmp_path / "world")
    made.sites.remove(made.offices.pop())
    yield made
    made.close()
