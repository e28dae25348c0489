"""Taking a package back, and making stamps anew after the clock was wrong."""

from __future__ import annotations

import datetime as dt

import pytest

from desktop_app.core import stamps
from tests.storage.merging.test_knowing import two

pytestmark = pytest.mark.engines


def unmerge(site, pid):
    with site.writing() as writer:
        return writer.unmerge(pid)


def test_what_a_package_changed_is_as_it_was_before(world):
    office, head, uid = two(world, name="benar", length="1.00", unit="m", parts=2)
    before = head.get(uid)
    office.change(uid, name="salah", length="9.00", unit="km", urgent=True)
    office.move(uid, "finish")
    first, _ = office.get(uid).lines["parts"]
    first.values["price"] = 99
    office.lines(uid, [first])
    born = office.add(name="keliru")
    head.take(office, pid="wrong")
    assert unmerge(head, "wrong") == 5
    after = head.get(uid)
    assert (after.values, after.lines, after.status, after.moves) == (
        before.values,
        before.lines,
        "OPEN",
        before.moves,
    )
    assert head.get(born).removed_at is not None
    assert unmerge(head, "wrong") == 0, "taken back already"
    # It holds when the office sends the row again with another field, and the office learns of it.
    world.clock.pass_()
    office.change(uid, phone="0812")
    head.take(office)
    assert (head.get(uid).values["name"], head.get(uid).values["phone"]) == ("benar", "0812")
    office.take(head)
    assert office.get(uid).values["name"] == "benar"
    assert office.get(born).removed_at is not None
    assert office.get(uid).status == "OPEN"
    head.take(office)
    assert head.stored() == office.stored()


def test_what_was_written_since_stays(world):
    office, head, uid = two(world, name="a")
    office.change(uid, name="b", urgent=True)
    head.take(office, pid="wrong")
    world.clock.pass_()
    head.change(uid, name="c")
    assert unmerge(head, "wrong") == 1
    assert (head.get(uid).values["name"], head.get(uid).values["urgent"]) == ("c", None)


def test_a_removal_is_taken_back_and_so_is_a_recovery(world):
    office, head, uid = two(world)
    office.remove(uid)
    head.take(office, pid="gone")
    unmerge(head, "gone")
    assert head.get(uid).removed_at is None
    office.take(head)
    assert office.get(uid).removed_at is None
    office.remove(uid, "sungguh")
    head.take(office)
    world.clock.pass_()
    office.recover(uid)
    head.take(office, pid="back")
    assert head.get(uid).removed_at is None
    unmerge(head, "back")
    assert head.get(uid).removed_at is not None


def test_the_journal_tells_of_it(world):
    office, head, uid = two(world, name="a")
    office.change(uid, name="b")
    office.move(uid, "finish")
    head.take(office, pid="wrong")
    unmerge(head, "wrong")
    told = head.said(
        "SELECT person, action, field, old, new, reason FROM journal WHERE package IS NULL ORDER BY pk"
    )
    assert told == [
        ("Orang 18.72", "changed", "name", "b", "a", "Paket dibatalkan"),
        ("Orang 18.72", "moved", "status", "DONE", "OPEN", "Paket dibatalkan"),
    ]


def test_an_office_that_worked_in_2099_gets_its_stamps_anew(world):
    office, head, uid = two(world, name="a")
    office.take(head)
    office.skew = dt.timedelta(days=26_000)
    office.change(uid, name="b")
    late = office.add(name="nanti", parts=1)
    office.change(late, name="lebih nanti")
    office.skew = dt.timedelta()
    world.clock.pass_()
    limit = int(world.clock.now.timestamp() * 1000) + 86_400_000
    with office.writing() as writer:
        writer.site_row = writer.site_row.renewed()
        assert writer.restamp_after(limit) == 4
        assert writer.site_row.clock.wall <= limit
    for cells in office.stored().values():
        assert stamps.wall_of(cells[2]) <= limit
    with office.writing() as writer:
        assert writer.restamp_after(limit) == 0
    head.take(office)
    assert head.stored() == office.stored()
    assert (head.get(uid).values["name"], head.get(late).values["name"]) == ("b", "lebih nanti")
    assert head.conflicts() == []
    world.clock.pass_()
    head.change(uid, name="c")
    office.take(head)
    assert office.get(uid).values["name"] == "c"
