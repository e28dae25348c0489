"""Photos of a record: in the database, in one transaction with the row that says whose they are."""

from __future__ import annotations

import datetime as dt
import hashlib
import sqlite3
from decimal import Decimal as Number

import pytest

from desktop_app.core.errors import KnownError, UsageError
from desktop_app.core.query import Query
from desktop_app.core.stamps import new_uid
from desktop_app.services import history, photos, records, settings, upkeep
from desktop_app.storage import exchanging
from tests.pictures import METRO, NOW, file_of, photo_of, scene

pytestmark = pytest.mark.engines

REPAIR = "streetlight_repair"


@pytest.fixture
def yard(busy):
    """A busy office on the day on which the pictures were taken."""
    busy.clock = busy.store.now = lambda: NOW
    return busy


def uid_of(ctx, holds=lambda _row: True, kind=REPAIR):
    with ctx.store.reading() as reader:
        return next(row.uid for row in reader.first(Query(kind), 400) if holds(row))


def picture_of(ctx, sha256):
    kept = photos.picture(ctx, sha256)
    assert kept is not None
    return kept


def stored_hashes(ctx):
    with ctx.store.reading() as reader:
        return set(reader.connection.exec_driver_sql("SELECT sha256 FROM photo").scalars())


def rows_of(ctx):
    with ctx.store.reading() as reader:
        return reader.find("attachment")


def test_a_file_becomes_a_photo_of_its_record_with_place_and_time(yard, tmp_path):
    uid = uid_of(yard)
    file = tmp_path / "IMG_20261101.jpg"
    file.write_bytes(photo_of((2400, 1800)))
    added = photos.add(yard, REPAIR, uid, file, "BEFORE", "Tiang miring")
    (photo,) = photos.photos(yard, REPAIR, uid)
    assert (photo.uid, photo.stage, photo.caption, photo.file_name, photo.here) == (
        added.uid, "BEFORE", "Tiang miring", "IMG_20261101.jpg", True,
    )  # fmt: skip
    assert (photo.latitude, photo.longitude) == (Number("-5.113"), Number("105.307"))
    assert photo.taken_at == dt.datetime(2026, 11, 1, 1, 15, 30, tzinfo=dt.UTC)
    assert (photo.by, photo.at, added.notes) == ("Sri Wahyuni", NOW, ())
    kept = picture_of(yard, photo.sha256)
    assert hashlib.sha256(kept).hexdigest() == photo.sha256
    assert b"Exif" not in kept
    (row,) = rows_of(yard)
    assert (row.values["width"], row.values["height"], row.values["size_bytes"]) == (1600, 1200, len(kept))
    assert [event.by for event in history.history(yard, "attachment", added.uid)] == ["Sri Wahyuni"]


def test_a_picture_of_the_clipboard_gets_a_name(yard):
    uid = uid_of(yard)
    photos.add(yard, REPAIR, uid, file_of(scene(), "PNG"))
    (photo,) = photos.photos(yard, REPAIR, uid)
    assert (photo.file_name, photo.stage, photo.taken_at) == (
        "Tempelan 2026-11-20 09.00.00.jpg",
        "OTHER",
        None,
    )


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("lampu\u202egpj.jpg", "lampu gpj.jpg"),
        ("a\tb\x7fc.jpg", "a b c.jpg"),
        ("f" * 240 + ".jpg", "f" * 196 + ".jpg"),
        ("=HYPERLINK.jpg", "=HYPERLINK.jpg"),
    ],
)
def test_odd_names_are_kept_as_far_as_they_can_be_read(yard, tmp_path, name, kept):
    uid = uid_of(yard)
    file = tmp_path / name
    file.write_bytes(photo_of())
    photos.add(yard, REPAIR, uid, file)
    assert photos.photos(yard, REPAIR, uid)[0].file_name == kept


def test_photos_stand_in_the_order_of_the_work(yard):
    uid = uid_of(yard)
    for stage, taken in [("AFTER", 9), ("BEFORE", 8), ("DURING", 12), ("AFTER", 7), ("OTHER", 1)]:
        made = photo_of(colour=f"#{taken * 20:02x}0000", taken=f"2026:11:01 {taken:02}:00:00")
        photos.add(yard, REPAIR, uid, made, stage)
    told = [
        (one.stage, one.taken_at.astimezone(yard.settings.zone).hour)
        for one in photos.photos(yard, REPAIR, uid)
    ]
    assert told == [("BEFORE", 8), ("DURING", 12), ("AFTER", 7), ("AFTER", 9), ("OTHER", 1)]
    other = uid_of(yard, lambda row: row.uid != uid)
    assert photos.photos(yard, REPAIR, other) == []


def test_the_same_photo_twice_is_told_and_on_another_record_it_lies_once(yard, tmp_path):
    first = uid_of(yard)
    other = uid_of(yard, lambda row: row.uid != first)
    file = tmp_path / "satu.jpg"
    file.write_bytes(photo_of())
    photos.add(yard, REPAIR, first, file, "AFTER")
    with pytest.raises(KnownError) as wrong:
        photos.add(yard, REPAIR, first, file)
    assert wrong.value.words.id == "satu.jpg sudah ada di catatan ini (tahap: Sesudah)."
    photos.add(yard, REPAIR, other, file)
    assert len(stored_hashes(yard)) == 1
    assert len(rows_of(yard)) == 2


def test_neither_row_nor_picture_stays_when_one_of_them_can_not(yard):
    uid = uid_of(yard)
    with pytest.raises(KnownError):
        photos.add(yard, REPAIR, uid, photo_of(), "NO_SUCH_STAGE")
    with pytest.raises(KnownError):
        photos.add(yard, REPAIR, uid, photo_of(), caption="x" * 201)
    with pytest.raises(UsageError):
        photos.add(yard, REPAIR, new_uid(), photo_of())
    with pytest.raises(KnownError):
        photos.add(yard, REPAIR, uid, b"<html>")
    assert (stored_hashes(yard), rows_of(yard)) == (set(), [])


def test_a_removed_record_and_one_of_another_office_take_no_photo(yard):
    uid = uid_of(yard)
    records.remove(yard, REPAIR, uid, "dobel")
    with pytest.raises(KnownError) as wrong:
        photos.add(yard, REPAIR, uid, photo_of())
    assert "Pulihkan dahulu" in wrong.value.words.id
    record = records.new(yard, "crew", {"name": "Regu Timur"}).record
    record.site_code = "18.72.04"
    with yard.store.writing("x") as writer:
        theirs = writer.add(record).uid
    with pytest.raises(KnownError, match=r"18\.72\.04"):
        photos.add(yard, "crew", theirs, photo_of())
    assert stored_hashes(yard) == set()


def test_a_photo_belongs_to_the_office_of_its_record(yard):
    record = records.new(yard, "crew", {"name": "Regu Timur"}).record
    record.site_code = "18.72.04"
    with yard.store.writing("x") as writer:
        theirs = writer.add(record).uid
    settings.change(yard, {"site_code": "18.72", "role": "headquarters"})
    photos.add(yard, "crew", theirs, photo_of())
    assert [row.site_code for row in rows_of(yard)] == ["18.72.04"]


def test_stage_and_caption_can_be_changed_and_a_photo_taken_away_and_back(yard):
    uid = uid_of(yard)
    added = photos.add(yard, REPAIR, uid, photo_of(), "BEFORE")
    photos.describe(yard, added.uid, stage="AFTER")
    photos.describe(yard, added.uid, caption="  Sudah menyala ")
    (photo,) = photos.photos(yard, REPAIR, uid)
    assert (photo.stage, photo.caption) == ("AFTER", "Sudah menyala")
    with pytest.raises(KnownError):
        photos.remove(yard, added.uid, " ")
    gone = photos.remove(yard, added.uid, "salah catatan")
    assert photos.photos(yard, REPAIR, uid) == []
    assert stored_hashes(yard) == {photo.sha256}, "it can be taken back"
    assert gone.undo is not None
    records.undo(yard, gone.undo)
    assert [one.uid for one in photos.photos(yard, REPAIR, uid)] == [added.uid]
    assert photos.photos(yard, REPAIR, uid)[0].here


def test_what_the_camera_did_not_know_is_noted(yard):
    uid = uid_of(yard)
    zero = ("N", (0.0, 0.0, 0.0), "E", (0.0, 0.0, 0.0))
    added = photos.add(yard, REPAIR, uid, photo_of(position=zero, taken="1980:01:01 00:00:00"))
    (photo,) = photos.photos(yard, REPAIR, uid)
    assert (photo.latitude, photo.taken_at) == (None, None)
    assert ["0, 0" in note.id for note in added.notes] == [True, False]


@pytest.mark.engines("sqlite")
@pytest.mark.engines("sqlite")  # a server's is made there
def test_a_backup_has_the_photos(yard, tmp_path):
    uid = uid_of(yard)
    photos.add(yard, REPAIR, uid, photo_of())
    copy = tmp_path / "cadangan.db"
    upkeep.backup(yard, copy)
    (photo,) = photos.photos(yard, REPAIR, uid)
    with sqlite3.connect(copy) as raw:
        assert raw.execute("SELECT data FROM photo").fetchall() == [(photos.picture(yard, photo.sha256),)]
    raw.close()


# --- what a record may take over


def test_an_empty_place_is_offered_the_photos_position(yard):
    uid = uid_of(yard, kind="tree_request")
    photos.add(yard, "tree_request", uid, photo_of())
    taken = photos.photos(yard, "tree_request", uid)
    draft = records.open_draft(yard, "tree_request", uid)
    for name in ("latitude", "longitude"):
        draft.type(name, "")
    found = photos.offer(draft, taken)
    assert found.values == {
        "latitude": Number("-5.113"),
        "longitude": Number("105.307"),
        "coord_source": "PHONE_PHOTO",
    }
    assert found.words.id == "posisi -5,1130; 105,3070"
    draft.type("latitude", "-5,11")
    assert photos.offer(draft, taken) is None
    draft.type("latitude", "entah")
    assert photos.offer(draft, taken) is None, "what is typed and not understood is not written over"


def test_the_time_of_a_photo_is_offered_by_its_stage(yard):
    uid = uid_of(yard, lambda row: row.status == "IN_PROGRESS")
    for stage, taken in {
        "AFTER": "2026:11:01 15:00:40",
        "DURING": "2026:11:01 13:00:00",
        "BEFORE": "2026:11:01 07:00:00",
    }.items():
        photos.add(
            yard, REPAIR, uid, photo_of(colour=f"#{taken[11:13]}0000", taken=taken, position=None), stage
        )
    draft = records.open_draft(yard, REPAIR, uid)
    draft.type("started_at", "")
    draft.type("finished_at", "")
    found = photos.offer(draft, photos.photos(yard, REPAIR, uid))
    assert found.values == {
        "started_at": dt.datetime(2026, 11, 1, 6, tzinfo=dt.UTC),
        "finished_at": dt.datetime(2026, 11, 1, 8, tzinfo=dt.UTC),
    }
    assert found.words.id == "mulai 01/11/2026 13.00, selesai 01/11/2026 15.00"


def test_a_kind_without_a_place_is_offered_nothing(yard):
    uid = uid_of(yard, kind="crew")
    photos.add(yard, "crew", uid, photo_of(position=METRO))
    assert photos.offer(records.open_draft(yard, "crew", uid), photos.photos(yard, "crew", uid)) is None


# --- pictures in packages


def came(ctx, uid, sha):
    """A row that came in a package, before its picture."""
    values = {"record_kind": REPAIR, "record_uid": uid, "stage": "AFTER", "file_name": "a.jpg", "sha256": sha}
    with ctx.store.writing("x") as writer:
        writer.add(records.new(ctx, "attachment", values).record)


def test_a_photo_is_waited_for_until_its_picture_has_come_whole(yard):
    here, there = uid_of(yard), new_uid()
    photos.add(yard, REPAIR, here, photo_of())
    (sent,) = photos.photos(yard, REPAIR, here)
    picture = picture_of(yard, sent.sha256)
    with yard.store.writing("x") as writer:  # as it would be at the other end
        writer.connection.exec_driver_sql("DELETE FROM photo")
    came(yard, there, sent.sha256)
    assert [one.here for one in photos.photos(yard, REPAIR, there)] == [False]
    assert photos.picture(yard, sent.sha256) is None
    with yard.store.writing("x") as writer:
        assert exchanging.photos_missing(writer, None) == [sent.sha256], (
            "asked for once, though two rows name it"
        )
        for bad, code in {picture[:-500]: "hash", b"<html>": "hash", photo_of(): "hash"}.items():
            assert photos.take_arrived(writer, sent.sha256, bad) == code
        for bad, code in {
            picture[:-500]: "damaged",
            b"<html>": "not_a_photo",
            file_of(scene(), "GIF"): "not_a_photo",
            photo_of(position=("N", (0.0, 0.0, 0.0), "E", (0.0, 0.0, 0.0))): "camera_data",
        }.items():
            assert photos.take_arrived(writer, hashlib.sha256(bad).hexdigest(), bad) == code
        assert exchanging.photos_missing(writer, None) == [sent.sha256]
        assert photos.take_arrived(writer, sent.sha256, picture) is None
        assert photos.take_arrived(writer, sent.sha256, picture) is None
        assert exchanging.photos_missing(writer, None) == []
    assert [one.here for one in photos.photos(yard, REPAIR, there)] == [True]
    assert photos.picture(yard, sent.sha256) == picture


def test_a_picture_of_a_removed_photo_is_not_waited_for(yard):
    uid, sha = uid_of(yard), "ab" * 32
    came(yard, uid, sha)
    with yard.store.reading() as reader:
        assert exchanging.photos_missing(reader, None) == [sha]
    photos.remove(yard, photos.photos(yard, REPAIR, uid)[0].uid, "dobel")
    with yard.store.reading() as reader:
        assert exchanging.photos_missing(reader, None) == []
