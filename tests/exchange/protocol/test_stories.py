"""Histories that once broke a rule (exchange.md; exchange_model): each must end with equal copies, and with nothing lost."""

from __future__ import annotations

import datetime as dt

import pytest

from desktop_app.core.words import Words
from desktop_app.storage import exchanging
from desktop_app.storage.merging.owning import Owning
from desktop_app.storage.merging.plain import UnfitError
from tests.exchange.world import HEAD, Site, World

HALF_A_DAY = dt.timedelta(hours=12)


@pytest.fixture
def a(world: World) -> Site:
    """The first office."""
    return world.offices[0]


def ends_well(world: World, late=()) -> None:
    world.heal(late)
    world.check()


def fields_in_conflict(site: Site) -> list[str]:
    return [one["group_name"] for one in site.conflicts()]


def test_two_computers_with_one_id_give_one_stamp_to_two_values(world, a):
    b = world.copy(a, silent=True)
    uid = world.first[a]
    a.edit(uid, "a", "p")
    b.edit(uid, "a", "q")
    world.up(b)
    world.up(a)
    ends_well(world)
    assert fields_in_conflict(world.head) == ["a"]


def test_a_power_cut_while_merging_leaves_no_receipt_behind(world, a, monkeypatch):
    a.edit(world.first[a], "a", "p")
    sent = world.send(a)
    with monkeypatch.context() as patched:
        patched.setattr(exchanging, "complete_set", _power_cut)
        with pytest.raises(KeyboardInterrupt):
            world.receive(world.head, *sent.files)
    assert world.head.value(world.first[a], "a") == "first"
    world.down(a)
    assert a.head().mark < a.record(world.first[a]).version
    ends_well(world)
    assert world.head.value(world.first[a], "a") == "p"


def _power_cut(*_given, **_named):
    raise KeyboardInterrupt


def test_headquarters_edits_again_after_meeting_the_losing_value_without_a_second_alarm(world, a):
    uid = world.first[a]
    a.edit(uid, "a", "p")
    world.pass_time(5)
    world.head.edit(uid, "a", "q")
    world.up(a)
    assert len(world.head.conflicts()) == 1
    world.pass_time(5)
    world.head.edit(uid, "a", "r")
    world.down(a)
    ends_well(world)
    assert len(world.head.conflicts()) == 1
    assert a.value(uid, "a") == "r"


def test_the_office_writes_first_reads_then_and_sends_and_both_see_the_conflict(world, a):
    uid = world.first[a]
    world.head.edit(uid, "a", "q")
    world.pass_time(5)
    a.edit(uid, "a", "p")
    world.down(a)
    world.up(a)
    ends_well(world)
    assert fields_in_conflict(world.head) == fields_in_conflict(a) == ["a"]
    assert world.head.value(uid, "a") == "p"


def test_an_old_receipt_after_the_office_was_put_back_by_hand_and_typed_as_much_again(world, a):
    backup = world.snapshot(a)
    a.edit(world.first[a], "a", "lost")
    world.up(a)
    receipt = world.send(world.head, a)
    old_id = a.id
    world.restore(a, backup, silent=True)
    a.edit(world.second[a], "b", "typed")
    world.receive(a, *receipt.files)
    assert a.id != old_id, "the office does not notice that it was put back"
    ends_well(world)
    assert world.head.value(world.second[a], "b") == "typed"
    assert a.value(world.first[a], "a") == "lost"


def test_a_receipt_for_one_computer_read_at_its_copy(world, a):
    b = world.copy(a, silent=True)
    a.edit(world.first[a], "a", "p1")
    b.edit(world.second[a], "a", "p2")
    world.up(a)
    receipt = world.send(world.head, a)
    world.receive(b, *receipt.files)
    ends_well(world)
    assert world.head.value(world.second[a], "a") == "p2"


def test_headquarters_was_put_back_and_only_the_office_has_its_edit(world, a):
    backup = world.snapshot(world.head)
    reference = world.first[world.head]
    world.head.edit(world.first[a], "a", "hq")
    world.head.edit(reference, "a", "ref")
    world.down(a)
    world.up(a)
    world.restore(world.head, backup)
    a.edit(world.second[a], "a", "new")
    ends_well(world)
    assert world.head.value(world.first[a], "a") == "hq"
    assert world.head.value(reference, "a") == "ref"


def test_a_file_for_headquarters_old_id_read_by_the_one_that_was_put_back(world, a):
    backup = world.snapshot(world.head)
    world.head.edit(world.first[a], "a", "hq")
    world.down(a)
    a.edit(world.second[a], "a", "n")
    sent = world.send(a)
    world.restore(world.head, backup)
    (got,) = world.receive(world.head, *sent.files)
    assert (got.state, got.acknowledged) == ("merged", False)
    world.down(a)
    ends_well(world)
    assert world.head.value(world.first[a], "a") == "hq"


def test_headquarters_was_put_back_twice_from_the_same_backup(world, a):
    backup = world.snapshot(world.head)
    world.restore(world.head, backup)
    second = world.head.id
    world.up(a)
    world.down(a)
    assert a.head().site_id == second
    world.restore(world.head, backup)
    third = world.head.id
    assert third != second
    ends_well(world)
    assert a.head().site_id == third, "the office does not follow to the third id"


def test_a_part_is_lost_and_a_receipt_comes_after_the_other(world, a):
    a.edit(world.first[a], "a", "p")
    a.edit(world.second[a], "a", "q")
    sent = world.send(a, split=True)
    assert len(sent.files) == 2
    (got,) = world.receive(world.head, sent.files[1])
    assert (got.state, got.acknowledged, got.code) == ("merged", False, "")
    world.down(a)
    ends_well(world)
    assert world.head.value(world.first[a], "a") == "p"


def test_parts_in_any_order_are_acknowledged_with_the_last_of_them(world, a):
    for uid in (world.first[a], world.second[a]):
        a.edit(uid, "a", "p")
    a.create("third")
    sent = world.send(a, split=True)
    assert len(sent.files) > 2
    told = [world.receive(world.head, file)[0] for file in reversed(sent.files)]
    assert [one.acknowledged for one in told] == [False] * (len(told) - 1) + [True]
    world.down(a)
    assert a.head().mark_pid == sent.pid
    ends_well(world)


def test_a_row_that_was_refused_by_mistake_goes_again(world, a, monkeypatch):
    uid = world.first[a]
    a.edit(uid, "a", "x")
    may = Owning.ask

    def wrongly(self, layout, old, new, parent):
        if self.at_headquarters and new.cells[0] == uid:
            raise UnfitError("owner", Words("x", "x"))
        return may(self, layout, old, new, parent)

    with monkeypatch.context() as patched:
        patched.setattr(Owning, "ask", wrongly)
        (got,) = world.up(a)
        assert got.refused_rows == 1
        world.down(a)
        with a.ctx.store.reading() as reader:
            (note,) = exchanging.refused(reader, world.head.id, "got")
        assert (note.part, note.uid, note.reason) == ("job", uid, "owner")
    ends_well(world)
    assert world.head.value(uid, "a") == "x"
    with a.ctx.store.reading() as reader:
        assert exchanging.refused(reader, world.head.id, "got") == []


def test_headquarters_removes_what_the_office_goes_on_writing(world, a):
    uid = world.first[a]
    world.head.edit(uid, "removed", "twice")
    a.edit(uid, "b", "work")
    world.up(a)
    ends_well(world)
    assert any(one["removal"] == "true" for one in world.head.conflicts()), "nobody is told"
    assert world.head.conflicts() == a.conflicts()


def test_what_one_computer_of_an_office_typed_reaches_the_other(world, a):
    b = world.copy(a)
    world.up(a)
    world.up(b)
    world.down(a)
    world.down(b)
    world.up(b)
    a.edit(world.first[a], "a", "x")
    world.pass_time(5)
    world.head.edit(world.first[world.head], "a", "y")
    world.down(b)
    world.up(b)
    world.up(a)
    ends_well(world)
    assert b.value(world.first[a], "a") == "x"


def test_headquarters_row_is_neither_what_one_computer_sent_nor_what_the_other_did(world, a):
    b = world.copy(a)
    world.up(b)
    world.down(b)
    world.up(b)
    uid = world.first[a]
    a.edit(uid, "a", "x")
    b.edit(uid, "b", "y")
    world.up(b)
    world.up(a)
    ends_well(world)
    for site in (world.head, a, b):
        assert (site.value(uid, "a"), site.value(uid, "b")) == ("x", "y")


def test_an_office_cannot_write_another_offices_row(world, a):
    other = world.offices[1]
    uid = world.first[other]
    with a.writing() as writer:
        record = world.head.record(uid)
        record.site_code = a.code
        writer.add(record)
    a.edit(uid, "a", "stolen")
    (got,) = world.up(a)
    assert got.refused_rows >= 1
    assert world.head.value(uid, "a") == "first"
    assert world.head.record(uid).site_code == other.code


def test_an_office_cannot_write_a_review(world, a):
    uid = world.first[a]
    a.edit(uid, "review", "fine")
    (got,) = world.up(a)
    assert got.refused_rows == 1
    assert world.head.value(uid, "review_state") is None


def test_headquarters_was_put_back_two_computers_copied_and_one_stolen(world, a):
    backup = world.snapshot(world.head)
    world.restore(world.head, backup)
    world.copy(world.offices[1])
    copied = world.copy(a, silent=True)
    a.edit(world.first[a], "a", "x")
    world.up(a)
    world.down(a)
    world.lose(world.offices[0])
    ends_well(world)
    assert copied.value(world.first[a], "a") == "x"


def test_what_is_written_after_reading_wins_although_the_clock_is_slow(world, a):
    uid = world.first[a]
    a.skew = -HALF_A_DAY
    world.head.edit(uid, "a", "h")
    world.down(a)
    a.edit(uid, "a", "later")
    world.up(a)
    assert world.head.value(uid, "a") == "later"
    ends_well(world)


def test_headquarters_was_put_back_by_hand_after_a_copy_had_its_answer(world):
    c = world.offices[1]
    copied = world.copy(c, silent=True)
    world.up(c)
    backup = world.snapshot(world.head)
    world.head.edit(world.first[c], "a", "h")
    answer = world.send(world.head, c)
    world.receive(copied, *answer.files)
    world.restore(world.head, backup, silent=True)
    ends_well(world)
    assert world.head.value(world.first[c], "a") == "h"


def test_a_package_that_was_taken_back_does_not_come_again(world, a):
    uid = world.first[a]
    a.edit(uid, "a", "wrong")
    (got,) = world.up(a)
    with world.head.writing() as writer:
        assert writer.unmerge(got.pid) == 1
    assert world.head.value(uid, "a") == "first"
    a.edit(uid, "b", "later")
    world.up(a)
    world.down(a)
    ends_well(world)
    assert world.head.value(uid, "a") == "first"
    assert a.value(uid, "b") == "later"


def test_an_office_that_worked_in_2099(world, a):
    uid = world.first[a]
    a.skew = dt.timedelta(days=26_000)
    a.edit(uid, "a", "x")
    a.skew = dt.timedelta(0)
    world.pass_time(5)
    a.edit(uid, "b", "y")
    (got,) = world.up(a)
    assert got.state == "waiting"
    ends_well(world)
    assert (world.head.value(uid, "a"), world.head.value(uid, "b")) == ("x", "y")


def test_a_row_made_in_2099_is_on_a_copy_of_the_computer_too(world, a):
    a.skew = dt.timedelta(days=26_000)
    uid = a.create("x")
    copied = world.copy(a)
    copied.skew = a.skew
    ends_well(world)  # each sets its clock right, and gives the row new stamps of its own
    copied.edit(uid, "b", "y")
    ends_well(world)
    assert world.head.value(uid, "b") == a.value(uid, "b") == "y"


def test_a_field_that_was_delivered_and_another_edited_since_is_no_conflict(world, a):
    uid = world.first[a]
    a.edit(uid, "a", "x")
    world.up(a)
    a.edit(uid, "b", "y")
    world.head.edit(uid, "a", "z")
    world.down(a)
    world.up(a)
    ends_well(world)
    assert world.head.conflicts() == []
    assert (a.value(uid, "a"), a.value(uid, "b")) == ("z", "y")


def test_headquarters_edits_what_it_read_in_an_incomplete_set(world, a):
    a.edit(world.second[a], "b", "1")
    a.edit(world.first[a], "a", "2")
    sent = world.send(a, split=True)
    world.receive(world.head, sent.files[1])
    world.pass_time(5)
    world.head.edit(world.first[a], "a", "h")
    world.down(a)
    ends_well(world)
    assert world.head.conflicts() == []
    assert a.value(world.first[a], "a") == "h"


def test_lines_and_moves_travel_and_an_office_is_made_anew_from_headquarters(world, a):
    uid = a.create("with lines", who="Siti")
    a.add_line(uid, "lamp", 2)
    a.finish(uid)
    world.up(a)
    world.head.add_line(uid, "cable", 5)
    world.down(a)
    assert {line.values["part"] for line in a.record(uid).lines["parts"]} == {"lamp", "cable"}
    new = world.lose(a)
    ends_well(world)
    found = new.record(uid)
    assert (found.status, found.values["who"], len(found.lines["parts"])) == ("DONE", "Siti", 2)
    assert new.has(world.first[world.head])
    assert not new.has(world.first[world.offices[1]])
    assert world.head.record(uid).site_code == a.code != HEAD
