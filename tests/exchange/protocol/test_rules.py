"""One rule of exchange.md each: what is refused, set aside, ignored, acknowledged, and told on the telephone."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import replace

import pytest

from desktop_app.core.errors import KnownError
from desktop_app.exchange import own
from desktop_app.exchange import sending as making
from desktop_app.exchange.package import header as headers
from desktop_app.exchange.package.keys import Keys
from desktop_app.services import receiving, sending, upkeep
from desktop_app.services.receiving import QUARANTINE
from desktop_app.storage import exchanging
from tests.exchange.protocol.looking import distrust, opened_header, untouched
from tests.exchange.world import Site, World


@pytest.fixture
def a(world: World) -> Site:
    return world.offices[0]


@pytest.fixture
def b(world: World) -> Site:
    return world.offices[1]


# ---- for whom, from whom


def test_a_package_for_another_office_is_refused_and_nothing_changes(world, a, b):
    sent = world.send(world.head, b)
    (file,) = sent.files
    before = untouched(a)
    (got,) = world.receive(a, file)
    assert got.state == "refused"
    assert untouched(a) == before
    bare = open_bare(world, a, b)
    (got,) = world.receive(a, bare)
    assert (got.state, "18.72.02" in got.problem.id) == ("refused", True)
    assert untouched(a) == before


def open_bare(world: World, a: Site, b: Site):
    """A package for office B that office A could open: one that was not sealed."""
    with world.head.writing() as writer:
        peer = exchanging.peer(writer, b.id)
        exchanging.put_peer(writer, peer._replace(age_key=None))
    return world.send(world.head, b).files[0]


def test_an_offices_package_read_at_an_office_and_ones_own_are_refused(world, a, b, tmp_path):
    with a.writing() as writer:
        head = exchanging.headquarters(writer)
        exchanging.put_peer(writer, head._replace(age_key=None))
    (file,) = world.send(a).files
    for site in (a, b):
        assert [one.state for one in world.receive(site, file)] == ["refused"]


def test_what_is_for_another_computer_of_the_office_is_ignored(world, a):
    other = world.copy(a)
    world.up(other)
    (file,) = world.send(world.head, other).files
    before = untouched(a)
    (got,) = world.receive(a, file)
    assert got.state == "ignored"
    assert untouched(a) == before


def test_another_key_for_a_known_site_is_refused(world, a):
    a.edit(world.first[a], "a", "forged")
    with a.writing() as writer:
        exchanging.put_secret(writer, "keys", Keys.new().text)
    before = untouched(world.head)
    (got,) = world.up(a)
    assert (got.state, "kunci" in got.problem.id) == ("refused", True)
    assert untouched(world.head) == before


def test_a_revoked_key_is_refused_under_a_new_id_as_well(world, a):
    stolen = world.copy(a)
    with world.head.writing() as writer:
        peer = exchanging.peer(writer, a.id)
        exchanging.put_peer(writer, peer._replace(state=exchanging.REVOKED))
    before = untouched(world.head)
    for site in (a, stolen):
        (got,) = world.up(site)
        assert (got.state, "dicabut" in got.problem.id) == ("refused", True)
    assert untouched(world.head) == before


def test_another_headquarters_is_refused_by_an_office_that_knows_one(world, a, tmp_path):
    false = World(tmp_path / "false", codes="A")
    false.up(false.offices[0])
    with false.head.writing() as writer:
        known = exchanging.peer(writer, false.offices[0].id)
        exchanging.put_peer(
            writer, known._replace(site_id=a.id, age_key=own.keys(a.ctx.store).card.age, sign_key=None)
        )
        exchanging.put_peer(writer, exchanging.peer(writer, a.id)._replace(sign_key=known.sign_key))
    (file,) = sending.send(false.head.ctx, tmp_path, a.id).files
    before = untouched(a)
    (got,) = world.receive(a, file)
    assert (got.state, "kunci" in got.problem.id) == ("refused", True)
    assert untouched(a) == before
    false.close()


def test_a_sender_that_nobody_confirmed_is_merged_and_gets_no_receipt_until_it_is(world, a):
    distrust(world, a)
    a.edit(world.first[a], "a", "p")
    (got,) = world.up(a)
    assert (got.state, got.acknowledged, got.code) == ("merged", False, "")
    assert any("belum dikonfirmasi" in words.id for words in got.notes)
    assert world.head.value(world.first[a], "a") == "p"
    with pytest.raises(KnownError, match="belum dikonfirmasi"):
        world.send(world.head, a.code)
    with world.head.writing() as writer:
        peer = exchanging.peer(writer, a.id)
        exchanging.put_peer(writer, peer._replace(trusted_at="2026-03-02T00:00:00Z"))
    world.down(a)
    assert a.head().mark_pid == got.pid


# ---- acknowledging


def test_a_duplicate_is_the_same_and_has_the_same_receipt(world, a):
    a.edit(world.first[a], "a", "p")
    files = world.send(a).files
    (first,) = world.receive(world.head, *files)
    renamed = files[0].with_name("Salinan (1) laporan.zip")
    shutil.copy(files[0], renamed)
    rows = world.head.rows()
    (second,) = world.receive(world.head, renamed)
    assert (first.state, second.state) == ("merged", "same")
    assert (second.acknowledged, second.code) == (True, first.code)
    assert world.head.rows() == rows


def test_an_older_package_after_a_newer_one_takes_nothing_back(world, a):
    uid = world.first[a]
    a.edit(uid, "a", "older")
    older = world.send(a)
    world.pass_time(5)
    a.edit(uid, "a", "newer")
    world.receive(world.head, *world.send(a).files)
    (got,) = world.receive(world.head, *older.files)
    assert got.acknowledged
    assert world.head.value(uid, "a") == "newer"


def test_a_full_resend_brings_nothing_new(world, a):
    backup = world.snapshot(a)
    world.restore(a, backup)
    (got,) = world.up(a)
    assert (got.state, got.new, got.changed, got.acknowledged) == ("merged", 0, 0, True)
    assert got.same >= 2


def test_an_old_message_of_headquarters_is_not_heard_again(world, a):
    old = world.send(world.head, a)
    a.edit(world.first[a], "a", "p")
    (got,) = world.up(a)
    world.down(a)
    mark = a.head().mark
    world.receive(a, *old.files)
    assert (a.head().mark, a.head().mark_pid) == (mark, got.pid)


def test_nothing_to_report_is_a_package_too_and_is_acknowledged(world, a):
    world.up(a)
    sent = world.send(a)
    assert sent.nothing_new
    (got,) = world.receive(world.head, *sent.files)
    assert got.acknowledged


def test_the_key_card_is_in_every_package_until_the_first_receipt(world, a, tmp_path):
    new = world.office("D")
    assert opened_header(new, world.send(new).files[0]).key_card is not None
    world.up(new)
    assert opened_header(new, world.send(new).files[0]).key_card is not None
    world.down(new)
    assert opened_header(new, world.send(new).files[0]).key_card is None


def test_two_sets_that_follow_the_same_one_make_the_id_dead_until_it_is_told(world, a):
    backup = world.snapshot(a)
    old = a.id
    a.edit(world.first[a], "a", "one")
    world.up(a)
    world.restore(a, backup, silent=True)
    a.edit(world.second[a], "a", "other")
    (got,) = world.up(a)
    assert (got.state, got.acknowledged) == ("merged", False)
    assert any("Dua komputer" in words.id for words in got.notes)
    assert world.head.peers()[old].state == exchanging.DEAD
    world.down(a)
    assert a.id != old
    (again,) = world.up(a)
    assert again.acknowledged
    assert world.head.value(world.second[a], "a") == "other"


def test_an_id_that_was_given_up_is_dead(world, a):
    old = a.id
    world.restore(a, world.snapshot(a))
    world.up(a)
    assert world.head.peers()[old].state == exchanging.RETIRED
    assert a.id != old


def test_a_copy_does_not_give_up_the_id_of_its_original(world, a):
    copied = world.copy(a)
    world.up(copied)
    assert world.head.peers()[a.id].state is None
    assert copied.id != a.id
    (got,) = world.up(a)
    assert got.acknowledged


def test_headquarters_sends_to_each_living_computer_of_an_office(world, a):
    other = world.copy(a)
    world.up(other)
    sent = world.send(world.head, a.code)
    assert len(sent.files) == 2
    got = [one.state for file in sent.files for one in world.receive(other, file)]
    assert sorted(got) == ["ignored", "refused"] or sorted(got) == ["ignored", "merged"]
    assert "merged" in got


# ---- the receipt by telephone


def test_a_code_told_on_the_telephone_raises_the_mark_like_a_receipt(world, a):
    a.edit(world.first[a], "a", "p")
    (got,) = world.up(a)
    line = sending.take_code(a.ctx, got.code.lower().replace("-", " ").replace("0", "o").replace("1", "l"))
    assert (line.pid, line.acknowledged_by, line.acknowledged_at is None) == (got.pid, "code", False)
    assert (a.head().mark_pid, world.send(a).nothing_new) == (got.pid, True)


def test_a_code_that_fits_nothing_or_was_misheard_changes_nothing(world, a, b):
    b.edit(world.first[b], "a", "p")
    (got,) = world.up(b)
    a.edit(world.first[a], "a", "p")
    world.send(a)
    before = a.head()
    with pytest.raises(KnownError, match="tidak cocok dengan paket mana pun"):
        sending.take_code(a.ctx, got.code)
    with pytest.raises(KnownError, match="salah dengar"):
        sending.take_code(a.ctx, got.code[:-1] + ("0" if got.code[-1] != "0" else "1"))
    assert a.head() == before


def test_a_code_for_a_package_of_a_former_id_is_not_taken(world, a):
    a.edit(world.first[a], "a", "p")
    (got,) = world.up(a)
    world.restore(a, world.snapshot(a))
    with pytest.raises(KnownError, match="tidak cocok"):
        sending.take_code(a.ctx, got.code)
    assert a.head().mark == 0


# ---- quarantine


def test_a_clock_three_days_ahead_waits_in_quarantine_and_is_merged_when_its_time_has_come(world, a):
    a.skew = dt.timedelta(days=3)
    a.edit(world.first[a], "a", "ahead")
    files = world.send(a).files
    rows = world.head.rows()
    (got,) = world.receive(world.head, *files)
    assert got.state == "waiting"
    assert world.head.rows() == rows
    kept = list((world.head.folder / QUARANTINE).iterdir())
    assert [one.stem for one in kept] == [got.pid]
    assert world.head.peers()[a.id].clock_error_s == pytest.approx(3 * 86400, abs=2)
    (line,) = [one for one in receiving.inbox(world.head.ctx) if one.pid == got.pid]
    assert line.state == "waiting"
    assert [one.state for one in receiving.receive(world.head.ctx, [])] == []
    world.pass_time(3 * 24 * 60)
    (again,) = receiving.receive(world.head.ctx, [])
    assert (again.state, again.pid, again.acknowledged) == ("merged", got.pid, True)
    assert world.head.value(world.first[a], "a") == "ahead"
    assert list((world.head.folder / QUARANTINE).iterdir()) == []


def test_one_stamp_ahead_in_a_row_is_enough(world, a):
    a.skew = dt.timedelta(days=3)
    a.edit(world.first[a], "a", "ahead")
    a.skew = dt.timedelta(0)
    (got,) = world.up(a)
    assert got.state == "waiting"
    assert world.head.value(world.first[a], "a") == "first"


def test_a_package_of_a_newer_program_waits_until_the_program_is_newer(world, a, monkeypatch):
    a.edit(world.first[a], "a", "new")
    made = headers.Header

    def newer(**given):
        return replace(made(**given), format=99, min_reader=99)

    with monkeypatch.context() as patched:
        patched.setattr(making, "Header", newer)
        patched.setattr("desktop_app.exchange.package.reading.FORMAT", 99)
        files = world.send(a).files
    (got,) = world.receive(world.head, *files)
    assert (got.state, got.site_code) == ("waiting", a.code)
    assert world.head.value(world.first[a], "a") == "first"
    monkeypatch.setattr("desktop_app.exchange.package.reading.FORMAT", 99)
    (again,) = receiving.receive(world.head.ctx, [])
    assert (again.state, again.pid) == ("merged", got.pid)
    assert world.head.value(world.first[a], "a") == "new"


def test_a_mended_clock_is_found_by_the_check(world, a):
    a.skew = dt.timedelta(days=26_000)
    a.edit(world.first[a], "a", "x")
    a.skew = dt.timedelta(0)
    old = a.id
    report = upkeep.check(a.ctx)
    assert [one.code for one in report.troubles] == ["ahead"]
    assert upkeep.check(a.ctx, repair=True).sound
    assert a.id != old
    assert upkeep.check(a.ctx).troubles == ()
    (got,) = world.up(a)
    assert got.acknowledged
    assert world.head.value(world.first[a], "a") == "x"


def test_a_clock_that_was_ahead_is_set_back_also_when_nothing_that_it_stamped_is_left(world, a):
    a.skew = dt.timedelta(days=26_000)
    with a.writing() as writer:
        writer.stamp()
    a.skew = dt.timedelta(0)
    assert upkeep.check(a.ctx, repair=True).sound
    a.edit(world.first[a], "a", "x")
    (got,) = world.up(a)
    assert (got.state, got.acknowledged) == ("merged", True)


# ---- headquarters' own rows


def test_headquarters_takes_its_own_rows_back_only_when_somebody_has_confirmed_it(world, a):
    backup = world.snapshot(world.head)
    lost, of_office = world.head.create("lost"), world.first[a]
    world.head.edit(of_office, "a", "hq")
    world.down(a)
    world.restore(world.head, backup, confirmed=False)
    world.up(a)
    world.down(a)
    rows = world.head.rows()
    a.edit(of_office, "b", "new")
    (got,) = world.up(a)
    assert (got.state, got.acknowledged) == ("waiting", False)
    assert any("milik pusat sendiri" in words.id for words in got.notes)
    assert world.head.rows() == rows
    (line,) = [one for one in receiving.inbox(world.head.ctx) if one.pid == got.pid]
    assert (line.state, line.why) == ("waiting", receiving.OWN_ROWS)
    assert receiving.try_again(world.head.ctx) == []
    with pytest.raises(KnownError, match="Hanya pusat"):
        receiving.take_back(a.ctx)
    (again,) = receiving.take_back(world.head.ctx)
    assert (again.state, again.pid) == ("merged", got.pid)
    assert world.head.value(lost, "a") == "lost"
    assert world.head.value(of_office, "b") == "new"
    world.heal()
    world.check()


def test_what_an_office_brings_of_headquarters_rows_unchanged_asks_for_nothing(world, a):
    world.restore(a, world.snapshot(a))
    (got,) = world.up(a)
    assert (got.state, got.acknowledged) == ("merged", True)


# ---- what the lists tell


def test_the_inbox_tells_the_code_of_an_acknowledged_package_again_and_offices_have_none(world, a):
    a.edit(world.first[a], "a", "p")
    a.edit(world.second[a], "a", "p")
    sent = world.send(a, split=True)
    (one, other) = sent.files
    codes = []
    for file in (one, other):
        (got,) = world.receive(world.head, file)
        told = {
            line.code
            for line in receiving.inbox(world.head.ctx)
            if line.site_code == a.code and line.number == sent.number
        }
        codes.append(got.code)
        assert told == {got.code}
    assert codes[0] == "" != codes[1]
    (got,) = world.up(a)
    (line,) = [line for line in receiving.inbox(world.head.ctx) if line.pid == got.pid]
    assert line.code == got.code != ""
    world.down(a)
    assert {line.code for line in receiving.inbox(a.ctx)} == {""}


def test_what_headquarters_refused_is_told_with_the_last_package_that_it_read(world, a):
    a.edit(world.second[a], "review", "fine")
    world.up(a)
    world.down(a)
    newest, *older = sending.sent(a.ctx)
    assert (newest.acknowledged_by, newest.refused) == ("receipt", 1)
    assert {one.refused for one in older} == {0}


def test_a_package_that_was_set_aside_is_tried_again_when_the_program_starts(world, a):
    a.skew = dt.timedelta(days=3)
    a.edit(world.first[a], "a", "ahead")
    (got,) = world.up(a)
    upkeep.catch_up(world.head.ctx)
    assert (got.state, world.head.value(world.first[a], "a")) == ("waiting", "first")
    world.pass_time(3 * 24 * 60)
    upkeep.catch_up(world.head.ctx)
    assert world.head.value(world.first[a], "a") == "ahead"
