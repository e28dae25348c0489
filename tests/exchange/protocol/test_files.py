"""One rule of exchange.md each: files and folders, personal fields, photos, and who may be heard."""

from __future__ import annotations

import datetime as dt
import io
import shutil

import pytest
from PIL import Image

from desktop_app.core.errors import Cancelled
from desktop_app.core.progress import Quiet
from desktop_app.core.record import Record
from desktop_app.core.stamps import new_uid
from desktop_app.exchange import own
from desktop_app.exchange import sending as making
from desktop_app.exchange.package import header as headers
from desktop_app.exchange.package.keys import Keys
from desktop_app.exchange.package.reading import open_package
from desktop_app.formats import photo
from desktop_app.services import receiving, sending, settings
from desktop_app.storage import exchanging, photos
from tests.exchange.protocol.looking import distrust, opened_header, untouched
from tests.exchange.world import Site, World


@pytest.fixture
def a(world: World) -> Site:
    return world.offices[0]


@pytest.fixture
def b(world: World) -> Site:
    return world.offices[1]


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
