"""Headquarters moves a record to another office: the new one gets it, the former one is told once, and nothing that was typed is lost."""

from __future__ import annotations

import hashlib

import pytest

from desktop_app.core.errors import KnownError
from desktop_app.core.fields import Value
from desktop_app.core.query import Query
from desktop_app.core.record import Record
from desktop_app.core.stamps import new_uid
from desktop_app.core.words import Words
from desktop_app.services import conflicts, records, unmerging
from desktop_app.storage import exchanging, photos
from desktop_app.storage.merging.layout import SITE
from desktop_app.storage.merging.owning import Owning
from desktop_app.storage.merging.plain import UnfitError
from tests.exchange.protocol.test_stories import ends_well
from tests.exchange.world import HEAD, Site, World


@pytest.fixture
def a(world: World) -> Site:
    return world.offices[0]


@pytest.fixture
def b(world: World) -> Site:
    return world.offices[1]


def a_round(world: World, *offices: Site) -> list[int]:
    """Each office sends and is answered; how many rows were refused on the way, either way."""
    refused = []
    for office in offices:
        refused += [one.refused_rows for one in (*world.up(office), *world.down(office))]
    return refused


def give(head: Site, uid: str, code: str) -> None:
    with head.writing() as writer:
        writer.give("job", [uid], code)


def add_photo(site: Site, uid: str, sha256: str | None = None) -> str:
    """A photo of a job, without its picture; its uid."""
    about: dict[str, Value] = {
        "record_kind": "job",
        "record_uid": uid,
        "stage": "OTHER",
        "file_name": "x.jpg",
    }
    about |= {"sha256": sha256} if sha256 else {}
    photo = Record("attachment", new_uid(), about)
    photo.site_code = site.record(uid).site_code
    with site.writing() as writer:
        return writer.add(photo).uid


def code_of(site: Site, uid: str, part: str = "job") -> str:
    """Which office is responsible for a row, as it stands there."""
    return site.rows()[part, uid]["site_code"]


def own_rows(site: Site, code: str) -> set[tuple[str, str]]:
    return {key for key, row in site.rows().items() if row["site_code"] == code}


def is_work(site: Site, uid: str) -> bool:
    """Whether a job stands among those that are open there."""
    with site.ctx.store.reading() as reader:
        return uid in [row.uid for row in reader.first(Query("job", open_only=True), 99)]


def test_a_moved_record_is_the_new_office_s_work_and_no_more_the_former_s(world, a, b):
    uid = world.first[a]
    a_round(world, a, b)
    give(world.head, uid, b.code)
    assert is_work(a, uid), "it has not heard of it yet"
    a_round(world, b, a)
    assert [is_work(site, uid) for site in (a, b, world.head)] == [False, True, True]
    assert is_work(a, a.create()), "its own are its work"
    adopted = world.first[b]
    give(world.head, adopted, world.head.code)
    a_round(world, b, a)
    assert [is_work(site, adopted) for site in (a, b, world.head)] == [False, False, True]
    give(world.head, uid, a.code)
    a_round(world, b, a)
    assert [is_work(site, uid) for site in (a, b, world.head)] == [True, False, True]


def test_a_record_goes_with_its_lines_steps_and_photos(world, a, b):
    uid = world.first[a]
    line = a.add_line(uid, "lamp", 2)
    a.finish(uid)
    photo = add_photo(a, uid)
    a_round(world, a)
    moved = {
        key for key, row in a.rows().items() if uid in (key[1], row.get("parent_uid"), row.get("record_uid"))
    }
    assert {("job", uid), ("job.parts", line), ("attachment", photo)} < moved
    assert len([key for key in moved if key[0] == "job.move"]) == 2
    give(world.head, uid, b.code)
    assert moved <= own_rows(world.head, b.code)
    assert a_round(world, b, a) == [0, 0, 0, 0]
    assert moved <= own_rows(b, b.code)
    assert moved <= own_rows(a, b.code), "the former office was not told"
    assert b.record(uid).lines["parts"][0].values["qty"] == 2
    assert b.record(uid).status == "DONE"
    world.pass_time(1)
    b.edit(uid, "a", "b's")
    assert a_round(world, b) == [0, 0]
    assert world.head.value(uid, "a") == "b's"
    ends_well(world)


def test_the_former_office_is_told_once_and_only_reads_from_then_on(world, a, b):
    uid = world.first[a]
    give(world.head, uid, b.code)
    a_round(world, a)
    draft = records.open_draft(a.ctx, "job", uid)
    draft.type("a", "mine")
    with pytest.raises(KnownError, match=r"18\.72\.02"):
        records.save(a.ctx, draft)
    a_round(world, a)
    a_round(world, b)
    world.pass_time(1)
    b.edit(uid, "a", "later")
    a_round(world, b, a)
    assert world.head.value(uid, "a") == "later"
    assert a.value(uid, "a") == "first", "another office's record is still sent to the former one"


def test_what_the_former_office_wrote_before_it_was_told_is_merged(world, a, b):
    uid = world.first[a]
    a.edit(uid, "a", "typed in time")
    world.pass_time(1)
    give(world.head, uid, b.code)
    world.pass_time(1)
    a.edit(uid, "b", "typed too late")
    line = a.add_line(uid, "lamp", 7)
    photo = add_photo(a, uid)
    a.finish(uid)
    assert a_round(world, a, b) == [0, 0, 0, 0]
    assert (b.value(uid, "a"), b.value(uid, "b"), b.record(uid).status) == (
        "typed in time",
        "typed too late",
        "DONE",
    )
    assert [code_of(b, *row) for row in ((line, "job.parts"), (photo, "attachment"))] == [b.code, b.code]
    assert a_round(world, a) == [0, 0]
    assert own_rows(a, a.code) == own_rows(world.head, a.code), "a row of the former office stayed behind"
    ends_well(world)


@pytest.mark.heavy
def test_both_offices_wrote_and_the_new_one_decides(world, a, b):
    uid = world.first[a]
    a.edit(uid, "a", "former")
    world.pass_time(1)
    give(world.head, uid, b.code)
    a_round(world, b)
    world.pass_time(1)
    b.edit(uid, "a", "new")
    world.up(b)
    assert a_round(world, a, b) == [0, 0, 0, 0]
    assert b.value(uid, "a") == "new"
    (one,) = conflicts.open_conflicts(b.ctx)
    assert {one.office.text, one.head.text} == {"former", "new"}
    assert conflicts.open_conflicts(a.ctx) == [], "the former office is asked to decide what it can't"
    ends_well(world)


@pytest.mark.heavy
def test_the_former_office_merges_what_it_had_typed_with_what_it_is_told(world, a, b):
    """It is told first, and sends only then."""
    uid = world.first[a]
    a.edit(uid, "b", "unsent")
    give(world.head, uid, b.code)
    world.down(a)
    assert (code_of(a, uid), a.value(uid, "b")) == (b.code, "unsent")
    assert a_round(world, a, b) == [0, 0, 0, 0]
    assert b.value(uid, "b") == "unsent"
    ends_well(world)


def test_who_knows_that_a_record_was_moved_away_does_not_write_it(world, a, b):
    uid = world.first[a]
    give(world.head, uid, b.code)
    a_round(world, a, b, a)
    before = world.head.rows()["job", uid]
    a.edit(uid, "a", "rogue")
    (got,) = world.up(a)
    assert got.refused_rows == 1
    assert world.head.rows()["job", uid] == before
    with world.head.ctx.store.reading() as reader:
        (note,) = exchanging.refused(reader, a.id, "given")
    assert (note.uid, note.reason) == (uid, "owner")


def test_an_office_does_not_make_another_responsible(world, a, b):
    uid = world.first[a]
    with a.writing() as writer:
        writer.give("job", [uid], b.code)
    (got,) = world.up(a)
    assert got.refused_rows > 0
    assert code_of(world.head, uid) == a.code


def test_an_adopted_record_is_headquarters_and_everybody_gets_it(world, a, b):
    uid = world.first[a]
    a.add_line(uid, "lamp", 1)
    a_round(world, a)
    a.edit(uid, "b", "not sent yet")
    give(world.head, uid, HEAD)
    assert a_round(world, a, b) == [0, 0, 0, 0]
    assert [code_of(site, uid) for site in (world.head, a, b)] == [HEAD] * 3
    assert [site.value(uid, "b") for site in (world.head, b)] == ["not sent yet"] * 2
    assert b.record(uid).lines["parts"]
    ends_well(world)


def test_headquarters_own_record_is_given_to_an_office_and_the_others_hear_of_it(world, a, b):
    uid = world.first[world.head]
    give(world.head, uid, a.code)
    assert a_round(world, a, b) == [0, 0, 0, 0]
    assert [code_of(site, uid) for site in (a, b)] == [a.code] * 2
    a.edit(uid, "a", "a's")
    a_round(world, a, b)
    assert (world.head.value(uid, "a"), b.value(uid, "a")) == ("a's", "first")
    ends_well(world)


@pytest.mark.heavy
def test_moved_on_and_back_before_anybody_was_told(world, a, b):
    uid, other = world.first[a], world.second[a]
    for code in (b.code, HEAD, a.code):
        world.pass_time(1)
        give(world.head, uid, code)
    give(world.head, other, HEAD)
    give(world.head, other, b.code)
    a.edit(uid, "a", "x")
    a.edit(other, "a", "y")
    assert a_round(world, a, b, a, b) == [0] * 8
    assert (code_of(world.head, uid), world.head.value(uid, "a"), code_of(a, uid)) == (a.code, "x", a.code)
    assert (code_of(b, other), code_of(a, other), b.value(other, "a")) == (b.code, b.code, "y")
    assert not b.has(uid)
    ends_well(world)


@pytest.mark.parametrize("told", [False, pytest.param(True, marks=pytest.mark.heavy)])
def test_headquarters_forgot_that_it_moved_a_record(world, a, b, told):
    """It is put back to an old state, and learns of the move by what the new office sends."""
    uid = world.first[a]
    a.add_line(uid, "lamp", 1)
    a_round(world, a)
    backup = world.snapshot(world.head)
    give(world.head, uid, b.code)
    a_round(world, b, *([a] if told else []))
    b.edit(uid, "b", "b's")
    if not told:
        a.edit(uid, "a", "a's")
    world.restore(world.head, backup)
    assert code_of(world.head, uid) == a.code
    a_round(world, b, a, b, a)
    assert [code_of(site, uid) for site in (world.head, a, b)] == [b.code] * 3
    assert world.head.value(uid, "b") == "b's"
    assert world.head.value(uid, "a") == ("first" if told else "a's")
    ends_well(world)


def test_what_comes_back_of_a_forgotten_move_waits_for_a_confirmation(world, a, b):
    uid = world.first[a]
    backup = world.snapshot(world.head)
    give(world.head, uid, b.code)
    a_round(world, b)
    world.restore(world.head, backup, confirmed=False)
    a_round(world, b)
    (got,) = world.up(b)
    assert got.state == "waiting"
    assert code_of(world.head, uid) == a.code


def test_a_move_under_an_id_of_headquarters_that_an_office_never_heard_of(world, a, b):
    beside = world.copy(a)
    uid = a.create("x")
    world.up(a)
    for moves in (True, False):  # put back twice: nobody has heard of the id in between
        world.restore(world.head, world.snapshot(world.head))
        if moves:
            give(world.head, uid, b.code)
    ends_well(world)
    assert not beside.has(uid), "it never had the record, and is told of it only"
    with beside.ctx.store.reading() as reader:
        assert exchanging.refused(reader, world.head.id, "given") == []


def test_who_refused_to_hear_of_a_move_is_told_again(world, a, b, monkeypatch):
    uid = world.first[a]
    a_round(world, a, b)
    give(world.head, uid, b.code)
    with monkeypatch.context() as patch:  # as a program does that knows nothing of moves
        patch.setattr(Owning, "_ask_at_office", _refuses_what_moved)
        world.down(a)
        a.edit(uid, "b", "typed, still in good faith")
        assert a_round(world, a)[1] == 2
        a.edit(uid, "n", 7)
        assert a_round(world, a) == [0, 2], "what it types on is not lost"
    assert is_work(a, uid)
    ends_well(world)
    assert not is_work(a, uid)
    assert (b.value(uid, "b"), b.value(uid, "n")) == ("typed, still in good faith", 7)


def _refuses_what_moved(self, old, new):
    if new.cells[SITE] in self.taken:
        return ""
    raise UnfitError("owner", Words("Baris milik kantor lain.", "Another office's row."))


@pytest.mark.heavy
@pytest.mark.parametrize("of", ["former", "other"])
def test_the_former_office_was_put_back_to_before_it_was_told(world, a, b, of):
    """`of`: whose the record was when it was made."""
    uid = world.first[a if of == "former" else b]
    if of == "other":
        give(world.head, uid, a.code)
        a_round(world, a, a)
    backup = world.snapshot(a)
    give(world.head, uid, b.code)
    a_round(world, a, b, a)
    world.restore(a, backup, silent=True)
    a.edit(uid, "b", "typed again")
    (got,) = world.up(a)
    assert got.refused_rows == 1, "it has acknowledged that the record is another's"
    world.down(a)
    a_round(world, a, b)
    assert (world.head.value(uid, "b"), b.value(uid, "b")) == ("typed again", "typed again")
    assert code_of(a, uid) == b.code
    ends_well(world)


@pytest.mark.heavy
def test_a_new_computer_of_the_former_office_does_not_get_what_is_another_ones(world, a, b):
    uid = world.first[a]
    give(world.head, uid, b.code)
    a_round(world, b)
    new = world.lose(a)
    assert a_round(world, new, new) == [0] * 4
    assert new.has(world.second[a])
    assert not new.has(uid)
    ends_well(world)


def test_a_picture_that_had_not_come_is_asked_for_where_it_is(world, a, b):
    uid, picture = world.first[a], b"a picture"
    sha256 = hashlib.sha256(picture).hexdigest()
    photo = add_photo(a, uid, sha256)
    a_round(world, a)
    give(world.head, uid, b.code)
    a_round(world, b)
    with a.writing() as writer:
        photos.put(writer, sha256, picture)
    world.down(a)
    with world.head.ctx.store.reading() as reader, a.ctx.store.reading() as there:
        assert [one.uid for one in exchanging.refused(there, world.head.id, "got")] == [sha256]
        assert exchanging.photos_missing(reader, (b.code,)) == [sha256]
    assert code_of(a, photo, "attachment") == b.code


@pytest.mark.heavy
def test_a_package_is_taken_back_and_the_record_stays_where_it_was_moved(world, a, b):
    uid = world.first[a]
    a.edit(uid, "a", "wrong")
    sent = world.send(a)
    world.receive(world.head, *sent.files)
    give(world.head, uid, b.code)
    world.pass_time(1)
    assert unmerging.unmerge(world.head.ctx, sent.pid, "wrong folder").rows > 0
    a_round(world, b, a)
    assert [site.value(uid, "a") for site in (world.head, b)] == ["first"] * 2
    assert [code_of(site, uid) for site in (world.head, b, a)] == [b.code] * 3
    ends_well(world)


@pytest.mark.heavy
def test_moving_a_removed_record_is_no_conflict(world, a, b):
    uid = world.first[a]
    a.edit(uid, "removed", "twice")
    world.pass_time(1)
    give(world.head, uid, b.code)
    a_round(world, a, b)
    assert b.record(uid).removed_at is not None
    assert world.head.conflicts() == []
    ends_well(world)


@pytest.mark.heavy
def test_what_was_given_back_is_for_the_new_office_to_answer(world, a, b):
    uid = world.first[a]
    world.head.edit(uid, "review", "look again")
    a_round(world, a)
    returned = "SELECT uid FROM job WHERE returned = 1"
    with a.ctx.store.reading() as reader:
        assert reader.connection.exec_driver_sql(returned).scalars().all() == [uid]
    give(world.head, uid, b.code)
    a_round(world, a, b)
    for site, wanted in ((a, []), (b, [uid])):
        with site.ctx.store.reading() as reader:
            assert reader.connection.exec_driver_sql(returned).scalars().all() == wanted


def test_one_move_is_told_in_the_history_of_the_record(world, a, b):
    uid = world.first[a]
    with world.head.writing() as writer:
        assert writer.give("job", [uid, world.first[b]], b.code, "wilayahnya") == [uid]
    a_round(world, a)
    for site in (world.head, a):
        with site.ctx.store.reading() as reader:
            told = [one for one in reader.history("job", uid) if one.field == "site_code"]
        assert [(one.old_text, one.new_text) for one in told] == [(a.code, b.code)]
