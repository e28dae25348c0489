"""Drafts, the lock on a data folder, ballast, and how a copied database is recognised."""

from __future__ import annotations

import datetime as dt
import json
import shutil

import pytest

from desktop_app.core.errors import KnownError, PlaceTakenError
from desktop_app.core.stamps import short_id, site_of
from desktop_app.storage import ballast, identity
from desktop_app.storage.drafts import DraftStore
from desktop_app.storage.glance import DRAFTS, Glance
from desktop_app.storage.place_lock import PlaceLock
from desktop_app.storage.store import Store
from tests.storage.small import REGISTRY, fix

AT = dt.datetime(2026, 3, 2, 5, 0, tzinfo=dt.UTC)


def test_a_draft_is_kept_replaced_and_dropped(tmp_path):
    drafts = DraftStore(tmp_path)
    drafts.put("a", "fix", "uid-a", {"text": "padam — “total”"}, AT)
    drafts.put("b", "fix", "uid-b", {}, AT + dt.timedelta(seconds=1))
    drafts.put("a", "fix", "uid-a", {"text": "padam"}, AT + dt.timedelta(seconds=2))
    drafts.close()
    drafts = DraftStore(tmp_path)
    assert [(one.key, one.uid, one.state) for one in drafts.all()] == [
        ("a", "uid-a", {"text": "padam"}),
        ("b", "uid-b", {}),
    ]
    assert drafts.all()[0].at == AT + dt.timedelta(seconds=2)
    drafts.drop("a")
    drafts.drop("nothing")
    assert [one.key for one in drafts.all()] == ["b"]
    drafts.close()


def test_a_long_write_does_not_hold_a_draft(store, place):
    drafts = DraftStore(place)
    with store.writing("Budi") as writer:
        writer.add(fix())
        drafts.put("a", "fix", "uid-a", {}, AT)
        assert len(drafts.all()) == 1
    drafts.close()


def test_a_data_folder_is_worked_on_by_one_at_a_time(tmp_path):
    lock = PlaceLock(tmp_path / "data")
    with pytest.raises(PlaceTakenError, match="sudah berjalan"):
        PlaceLock(tmp_path / "data")
    lock.release()
    lock.release()
    with PlaceLock(tmp_path / "data"):
        pass


def test_ballast_is_laid_in_once_and_only_where_there_is_room(tmp_path, monkeypatch):
    assert ballast.put(tmp_path)
    assert (tmp_path / ballast.FILE).stat().st_size == ballast.SIZE
    assert ballast.put(tmp_path)
    assert ballast.let_go(tmp_path)
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=ballast.SIZE))
    assert not ballast.put(tmp_path)
    assert not (tmp_path / ballast.FILE).exists()


def opened(place, migrations):
    store = Store.open(place, REGISTRY, migrations=migrations)
    with store.reading() as reader:
        found = identity.load(reader.connection)
    return store, found


def test_a_site_keeps_its_id_and_its_clock_from_start_to_start(store, place, migrations):
    with store.writing("Budi") as writer:
        writer.add(fix())
        before = writer.site_row
    store.close()
    again, found = opened(place, migrations)
    assert found == before
    with again.writing("Budi") as writer:
        assert writer.stamp() > before.clock.stamp
    again.close()


@pytest.mark.parametrize("how", ["older database", "another machine", "another site", "asked for"])
def test_a_database_that_was_put_back_or_copied_takes_a_new_id(
    store, place, migrations, tmp_path, monkeypatch, how
):
    monkeypatch.setattr(identity, "machine", lambda: "this one")  # a bare machine has no name of its own
    with store.writing("Budi") as writer:
        writer.add(fix())
        writer.connection.exec_driver_sql("UPDATE fix SET known_to = 'peer'")
    store.close()
    old = tmp_path / "old.db"
    shutil.copy(place / "pelita.db", old)
    store, before = opened(place, migrations)
    with store.writing("Budi") as writer:
        writer.add(fix())
    store.close()
    file = place / identity.FILE
    if how == "older database":
        shutil.copy(old, place / "pelita.db")
    elif how == "another machine":
        monkeypatch.setattr(identity, "machine", lambda: "another")
    elif how == "another site":
        file.write_text(json.dumps({**json.loads(file.read_text()), "site_id": "someone-else"}))
    else:
        identity.ask_for_new(place)
    store, after = opened(place, migrations)
    assert after.site_id != before.site_id
    assert after.former == (before.site_id,)
    assert after.change_no in (before.change_no, before.change_no + 4)
    with store.writing("Budi") as writer:
        stamp = writer.stamp()
        assert site_of(stamp) == short_id(after.site_id)
        assert stamp > before.clock.stamp
        assert writer.connection.exec_driver_sql("SELECT count(known_to) FROM fix").scalar_one() == 0
    store.close()
    assert opened(place, migrations)[1].site_id == after.site_id


@pytest.mark.parametrize("left", [None, "", "{}", "not json"])
def test_a_missing_or_unreadable_identity_file_proves_nothing(store, place, migrations, left):
    store.close()
    (place / identity.FILE).unlink()
    if left is not None:
        (place / identity.FILE).write_text(left)
    first, one = opened(place, migrations)
    first.close()
    assert one.former == ()
    assert json.loads((place / identity.FILE).read_text())["site_id"] == one.site_id


def test_a_folder_without_data_is_said_in_words(tmp_path):
    with pytest.raises(KnownError, match="belum ada data"):
        Store.open(tmp_path / "nothing", REGISTRY, must_exist=True)
    assert not (tmp_path / "nothing").exists()


def test_a_glance_tells_which_records_have_a_draft(tmp_path):
    glance = Glance(tmp_path, REGISTRY)
    assert glance.drafts("park") == set()
    drafts = DraftStore(tmp_path)
    for key, kind in {"one": "park", "two": "park", "other": "lamp"}.items():
        drafts.put(key, kind, key, {}, AT)
    assert glance.drafts("park") == {"one", "two"}
    drafts.close()
    (tmp_path / DRAFTS).write_bytes(b"no database, but long enough to be looked at" * 100)
    assert glance.drafts("park") == set()
