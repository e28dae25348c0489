"""Each wrong rule of `mutants` is found by a story that the right rules pass."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop_app.storage.write import Writer
from tests.exchange import mutants
from tests.exchange.protocol import test_stories as stories
from tests.exchange.protocol.conftest import world
from tests.exchange.world import Site, World

__all__ = ["world"]

Story = Callable[[World, Site], None]


def power_cut_while_merging(world: World, a: Site) -> None:
    """The computer goes out while rows are merged; headquarters answers, and the file is gone."""
    a.edit(world.first[a], "a", "p")
    sent = world.send(a)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Writer, "merge", _power_cut)
        with pytest.raises(KeyboardInterrupt):
            world.receive(world.head, *sent.files)
    world.down(a)
    stories.ends_well(world)
    assert world.head.value(world.first[a], "a") == "p"


def _power_cut(*_given, **_named):
    raise KeyboardInterrupt


def a_package_without_personal_fields(world: World, a: Site) -> None:
    """What was left out of a package was not emptied."""
    uid = a.create("third")
    a.edit(uid, "who", "Budi")
    world.up(a)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("desktop_app.exchange.sending.recipients", lambda *_given: ())
        a.edit(uid, "b", "x")
        world.up(a)
    assert world.head.value(uid, "who") == "Budi"
    stories.ends_well(world)
    assert world.head.conflicts() == []


FOUND_BY: dict[Callable[[pytest.MonkeyPatch], None], Story] = {
    mutants.no_tie_break: stories.test_two_computers_with_one_id_give_one_stamp_to_two_values,
    mutants.last_arrival_wins: stories.test_the_office_writes_first_reads_then_and_sends_and_both_see_the_conflict,
    mutants.wall_clock_only: stories.test_what_is_written_after_reading_wins_although_the_clock_is_slow,
    mutants.no_ownership_check: stories.test_an_office_cannot_write_another_offices_row,
    mutants.numeric_receipts: stories.test_a_part_is_lost_and_a_receipt_comes_after_the_other,
    mutants.receipt_before_commit: power_cut_while_merging,
    mutants.merge_takes_no_change_number: stories.test_what_one_computer_of_an_office_typed_reaches_the_other,
    mutants.absent_is_null: a_package_without_personal_fields,
}


def test_every_mutant_has_its_story():
    assert set(FOUND_BY) == set(mutants.MUTANTS)


@pytest.mark.parametrize("story", [power_cut_while_merging, a_package_without_personal_fields])
def test_the_right_rules_pass_the_stories_that_stand_here(world, story):
    story(world, world.offices[0])


@pytest.mark.parametrize("mutant", mutants.MUTANTS, ids=lambda mutant: mutant.__name__)
def test_a_wrong_rule_is_found(world, monkeypatch, mutant):
    mutant(monkeypatch)
    with pytest.raises((AssertionError, pytest.fail.Exception)):
        FOUND_BY[mutant](world, world.offices[0])
