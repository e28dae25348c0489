"""One rule of exchange.md each: what is refused, set aside, ignored, acknowledged, and told on the telephone."""

from __future__ import annotations

import datetime as dt
import io
import shutil
from dataclasses import replace

import pytest
from PIL import Image

from desktop_app.core.errors import Cancelled, KnownError
from desktop_app.core.progress import Quiet
from desktop_app.core.record import Record
from desktop_app.core.stamps import new_uid
from desktop_app.exchange import own
from desktop_app.exchange import sending as making
from desktop_app.exchange.package import header as headers
from desktop_app.exchange.package.keys import Keys
from desktop_app.exchange.package.reading import open_package
from desktop_app.formats import photo
from desktop_app.services import receiving, sending, settings, upkeep
from desktop_app.services.receiving import QUARANTINE
from desktop_app.storage import exchanging, photos
from tests.exchange.world import Site, World


@pytest.fixture
def a(world: World) -> Site:
    return world.offices[0]


@pytest.fixture
def b(world: World) -> Site:
    return world.offices[1]


def opened_header(site: Site, file):
    with open_package(file, (own.keys(site.ctx.store).identity,), site.folder) as opened:
        return opened.header


def untouched(site: Site):
    """Everything that receiving could change."""
    with site.ctx.store.reading() as reader:
        return (site.rows(), exchanging.peers(reader), exchanging.packages_in(reader), reader.site_id)


def distrust(world: World, office: Site) -> None:
    with world.head.writing() as writer:
        peer = exchanging.peer(writer, office.id)
        exchanging.put_peer(writer, peer._replace(trusted_at=None, trusted_by=None))


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


# ---- files


def test_one_bad_file_never_blocks_the_next(world, a, tmp_path):
    a.edit(world.first[a], "a", "p")
    (good,) = world.send(a).files
    cut = tmp_path / "cut.pelita"
    cut.write_bytes(good.read_bytes()[:-200])
    empty = tmp_path / "empty.pelita"
    empty.touch()
    told = world.receive(world.head, empty, tmp_path / "nowhere.pelita", cut, good)
    assert [one.state for one in told] == ["refused", "refused", "refused", "merged"]
    assert all(one.problem for one in told[:3])


def test_a_bug_while_merging_is_said_logged_and_undone(world, a, monkeypatch, expects_log):
    a.edit(world.first[a], "a", "p")
    files = world.send(a).files
    with monkeypatch.context() as patched:
        patched.setattr(exchanging, "put_refused", lambda *_, **__: 1 / 0)
        (got,) = world.receive(world.head, *files)
    assert (got.state, "Pelita sendiri" in got.problem.id) == ("refused", True)
    assert "ended by a bug" in expects_log.text
    assert world.head.value(world.first[a], "a") == "first"


def test_a_folder_stands_for_the_packages_in_it(world, a, b):
    stick = world.post / "stick"
    for office in (a, b):
        office.edit(world.first[office], "a", "p")
        inner = stick / office.code
        inner.mkdir(parents=True)
        shutil.move(world.send(office).files[0], inner)
    (stick / "surat.docx").write_text("x")
    assert [one.state for one in world.receive(world.head, stick)] == ["merged", "merged"]


def test_cancel_while_sending_leaves_nothing(world, a, tmp_path):
    a.edit(world.first[a], "a", "p")
    for after in (0, 1):
        with pytest.raises(Cancelled):
            sending.send(a.ctx, tmp_path, progress=Quiet(cancel_after=after))
        assert [one.name for one in tmp_path.iterdir() if one.is_file()] == []
    assert sending.sent(a.ctx)[0].number == world.send(a).number - 1


def test_cancel_while_receiving_changes_nothing(world, a):
    a.edit(world.first[a], "a", "p")
    files = world.send(a).files
    before = untouched(world.head)
    with pytest.raises(Cancelled):
        receiving.receive(world.head.ctx, files, Quiet(cancel_after=1))
    assert untouched(world.head) == before


def test_files_that_an_interrupted_sending_left_are_finished_or_taken_away(world, a, tmp_path, monkeypatch):
    def power_cut(*_given):
        raise KeyboardInterrupt

    out = tmp_path / "out"
    out.mkdir()
    with monkeypatch.context() as patched:
        patched.setattr("desktop_app.exchange.package.writing.Written.release", power_cut)
        with pytest.raises(KeyboardInterrupt):
            sending.send(a.ctx, out)
    (left,) = out.iterdir()
    assert left.name.endswith(".part")
    entered = sending.sent(a.ctx)[0]
    sent = sending.send(a.ctx, out)
    assert sent.number == entered.number + 1
    assert sorted(one.name for one in out.iterdir()) == sorted([left.stem, sent.files[0].name])
    assert opened_header(a, out / left.stem).number == entered.number


def test_two_packages_of_one_name_lie_beside_each_other(world, a, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    name = sending.send(a.ctx, out).files[0].name
    other = world.copy(a, silent=True)
    assert world.receive(other) == []
    with a.ctx.store.reading() as reader:
        number = exchanging.next_number(reader)
    taken = out / name.replace(f"_{number - 1}_", f"_{number}_")
    taken.write_bytes(b"of another computer")
    assert sending.send(a.ctx, out).files[0].name == taken.name.replace(".pelita", " (2).pelita")
    assert taken.read_bytes() == b"of another computer"


def test_what_was_sent_while_a_package_was_made_makes_it_begin_again(world, a, tmp_path, monkeypatch):
    out = tmp_path / "out"
    out.mkdir()
    make = making._Files.make
    others: list = []

    def meanwhile(self):
        make(self)
        if not others:
            others.append(None)
            others.append(world.send(a))

    monkeypatch.setattr(making._Files, "make", meanwhile)
    sent = sending.send(a.ctx, out)
    assert sent.number == others[1].number + 1
    assert opened_header(a, sent.files[0]).prev == others[1].pid
    assert [one.name for one in out.iterdir()] == [sent.files[0].name]


# ---- personal fields, plain files, headquarters unknown


def test_without_headquarters_key_a_package_is_bare_and_leaves_personal_fields_out(world, tmp_path):
    lonely = world.new_site("18.72.05", "office")
    uid = lonely.create("x", who="Siti Aminah")
    sent = world.send(lonely)
    assert sent.files[0].name.endswith(".pelita.zip")
    with open_package(sent.files[0], (), tmp_path) as opened:
        assert (opened.header.to, opened.header.personal) == (None, False)
        assert all("who" not in table.columns for table in opened.tables)
    (got,) = world.receive(world.head, *sent.files)
    assert (got.state, got.acknowledged) == ("merged", False)
    assert world.head.value(uid, "who") is None
    out = tmp_path / "with"
    out.mkdir()
    sent = sending.send(lonely.ctx, out, personal=True)
    world.receive(world.head, *sent.files)
    assert world.head.value(uid, "who") == "Siti Aminah"


def test_a_receipt_for_a_package_without_personal_fields_leaves_them_to_be_sent(world, a):
    uid = a.create("x", who="Siti Aminah")
    with a.writing() as writer:
        head = exchanging.headquarters(writer)
        exchanging.put_peer(writer, head._replace(age_key=None))
    (got,) = world.up(a)
    assert got.acknowledged
    world.down(a)
    assert sending.sent(a.ctx)[0].acknowledged_by == "receipt"
    with a.writing() as writer:
        now = exchanging.headquarters(writer)
        exchanging.put_peer(writer, now._replace(age_key=head.age_key))
    world.up(a)
    assert world.head.value(uid, "who") == "Siti Aminah"


def test_everything_is_sealed_for_the_escrow_key_as_well(world, a, tmp_path):
    escrow = Keys.new()
    settings.change(a.ctx, {"escrow_recipient": escrow.card.age})
    with open_package(world.send(a).files[0], (escrow.identity,), tmp_path) as opened:
        assert opened.header.sender.site_code == a.code


def test_what_would_go_is_told_before(world, a):
    world.up(a)
    world.down(a)
    assert sending.preview(a.ctx).total == 0
    uid = a.create("x")
    a.add_line(uid, "lamp", 2)
    told = sending.preview(a.ctx)
    assert [(one.kind, one.number) for one in told.kinds] == [("job", 1)]
    assert (told.lines_and_moves, told.encrypted, told.to_code) == (2, True, "18.72")
    sent = world.send(a)
    assert (sent.records, sent.nothing_new) == (1, False)
    assert sending.preview(a.ctx).newest_unacknowledged == sent.number


# ---- photos


def picture(colour: str) -> tuple[str, bytes]:
    raw = io.BytesIO()
    Image.new("RGB", (80, 60), colour).save(raw, "JPEG")
    made = photo.prepare(raw.getvalue(), "x.jpg", zone=dt.UTC, now=dt.datetime(2026, 3, 2, tzinfo=dt.UTC))
    return made.sha256, made.data


def with_photo(site: Site, uid: str, colour: str) -> str:
    sha256, data = picture(colour)
    values: dict = {
        "record_kind": "job",
        "record_uid": uid,
        "stage": "AFTER",
        "file_name": f"{colour}.jpg",
        "sha256": sha256,
        "size_bytes": len(data),
    }
    with site.writing() as writer:
        photos.put(writer, sha256, data)
        writer.add(Record("attachment", new_uid(), values))
    return sha256


def has_photo(site: Site, sha256: str) -> bool:
    with site.ctx.store.reading() as reader:
        return photos.get(reader, sha256) is not None


def test_photos_go_after_the_records_in_files_of_their_own(world, a):
    hashes = [with_photo(a, world.first[a], colour) for colour in ("red", "blue", "green")]
    sent = world.send(a, split=True)
    headers_ = [opened_header(a, file) for file in sent.files]
    assert [one.set.part for one in headers_] == list(range(1, len(headers_) + 1))
    rows, pictures = sent.files[:-3], sent.files[-3:]
    for file in pictures:
        with open_package(file, (own.keys(a.ctx.store).identity,), a.folder) as opened:
            assert (len(opened.photos), opened.tables) == (1, ())
    told = world.receive(world.head, *rows)
    assert not any(one.acknowledged for one in told)
    told = world.receive(world.head, *pictures)
    assert [one.acknowledged for one in told] == [False, False, True]
    assert all(has_photo(world.head, one) for one in hashes)


def test_a_photo_that_did_not_come_is_asked_for_and_sent_again(world, a):
    sha256 = with_photo(a, world.first[a], "red")
    world.up(a)
    with world.head.writing() as writer:
        writer.connection.exec_driver_sql("DELETE FROM photo")
    notes = opened_header(world.head, world.send(world.head, a).files[0]).refused
    assert notes == (headers.RefusedNote("photo", sha256, sha256, making.NO_PHOTO),)
    world.down(a)
    assert not sending.preview(a.ctx).kinds
    world.up(a)
    assert has_photo(world.head, sha256)
    world.down(a)
    assert sending.preview(a.ctx).photos == 0


# ---- who may be heard


def test_a_sender_that_nobody_confirmed_cannot_make_this_site_doubt_itself(world, a):
    new = world.office("E")
    world.up(new)
    world.down(new)
    backup = world.snapshot(world.head)
    world.restore(world.head, backup)
    world.up(new)
    world.down(new)
    before = world.head.id
    distrust(world, new)
    world.restore(new, world.snapshot(new), silent=True)
    with new.writing() as writer:
        head = exchanging.headquarters(writer)
        exchanging.put_peer(writer, head._replace(mark=1, mark_pid="0" * 64))
    (got,) = world.up(new)
    assert (got.state, got.acknowledged) == ("merged", False)
    assert world.head.id == before
