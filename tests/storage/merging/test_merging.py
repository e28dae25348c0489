"""Rows of one site in another: new, changed, the same; what is derived from them; what is refused."""

from __future__ import annotations

import pytest

from tests.storage.merging.tiny import REGISTRY
from tests.storage.merging.world import as_copies, fold

pytestmark = pytest.mark.engines


def test_what_an_office_has_is_at_headquarters_afterwards(world):
    office, head = world.site("18.72.04"), world.headquarters()
    place = head.place("18.72.04.1001", "Imopuro")
    office.take(head)
    uid = office.add(place=place, length="12.50", unit="m", urgent=True, parts=2)
    world.clock.pass_()
    office.move(uid, "finish")
    merged = head.take(office)
    assert merged.new == {"place": 0, "job": 1, "job.parts": 2, "job.move": 2, "conflict": 0}
    assert head.stored() == office.stored()
    here, there = head.get(uid), office.get(uid)
    assert (here.status, here.values["cost"]) == ("DONE", 6000)
    assert here.values == there.values
    assert here.lines == there.lines
    assert here.moves == there.moves


def test_the_same_again_changes_nothing(world):
    office, head = world.site("18.72.04"), world.headquarters()
    uid = office.add()
    head.take(office)
    before, local = head.stored(), head.local()
    merged = head.take(office)
    assert merged.altered == 0
    assert sum(merged.same.values()) == 3
    assert (head.stored(), head.local()) == (before, local)
    assert head.get(uid) is not None


def test_both_sides_write_and_meet(world):
    office, head = world.site("18.72.04"), world.headquarters()
    uid = office.add(name="a")
    head.take(office)
    world.clock.pass_()
    office.change(uid, urgent=True)
    head.change(uid, length="3.00", unit="m")
    everything = fold(REGISTRY, office.stored(), head.stored())
    head.take(office)
    office.take(head)
    assert head.stored() == office.stored()
    assert as_copies(REGISTRY, head.stored()) == everything
    assert head.conflicts() == []
