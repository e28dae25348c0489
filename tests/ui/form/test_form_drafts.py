"""What is typed is kept: within a second, through a crash, from record to record; what is saved is no draft any more."""

from __future__ import annotations

import threading

import pytest

from desktop_app.services import drafts, records
from desktop_app.storage.drafts import DraftStore
from desktop_app.ui.form.keeper import KEEP_AFTER_MS
from tests.ui.form.desk import CTRL, KEY, Desk

pytestmark = pytest.mark.engines


def shelf(city):
    """The drafts as another process would find them after a power cut."""
    other = DraftStore(city.place)
    try:
        return {one.uid: one.state for one in other.all()}
    finally:
        other.close()


def test_a_keystroke_is_on_disk_without_any_pause_in_typing(desk, city, pauses):
    form = desk()
    form.begin()
    uid = form.draft.record.uid
    form.go("reporter_name")
    form.type("Siti ")
    letters = 0
    while uid not in shelf(city):
        assert letters < 100, "typing went on and on, and nothing was kept"
        form.type("a")
        letters += 1
        form.qtbot.wait(KEEP_AFTER_MS // 3)
    assert shelf(city)[uid]["values"]["reporter_name"].startswith("Siti")
    form.settle()
    state = shelf(city)[uid]
    assert (state["values"]["reporter_name"], state["cursor"]) == ("Siti " + "a" * letters, "reporter_name")
    assert form.lamps[-1] == ("draft", "Konsep tersimpan")


def test_a_draft_kept_late_is_no_news_after_the_record_was_saved(desk, uid_of, ops):
    form = desk()
    form.open(uid_of("streetlight_repair"))
    disk = threading.Event()
    ops.run(lambda _op: disk.wait(60), lane="draft")
    form.fill("description", "Lampu padam sejak Senin")
    form.qtbot.waitUntil(lambda: not form.view._keeper._timer.isActive())
    form.key(KEY.Key_S, CTRL)
    form.qtbot.waitUntil(lambda: form.lamps[-1][0] != "saving")
    if not form.saved:  # a warning was to be read first
        form.key(KEY.Key_S, CTRL)
        form.qtbot.waitUntil(lambda: bool(form.saved))
    disk.set()
    form.settle()
    assert form.lamps[-1][0] == "saved"


def test_a_draft_is_taken_up_where_the_cursor_was_with_half_typed_texts(desk, city, ops, qtbot):
    form = desk()
    form.begin()
    form.fill("lamp", "PJU-0004")
    form.fill("points_reported", "banyak")
    form.go("street_name")
    form.type("Jl. Setengah")
    form.settle()
    kept = drafts.all_kept(city)[0]
    again = Desk(city, ops, qtbot, "streetlight_repair")
    again.view.take_up(drafts.take_up(city, kept), kept.field)
    again.settle()
    assert again.focus() == "street_name"
    assert again.text("street_name") == "Jl. Setengah"
    assert again.text("points_reported") == "banyak"
    assert again.text("lamp").startswith("PJU-0004")
    assert again.draft.record.uid == kept.uid


def test_what_was_typed_into_a_stored_record_is_there_when_it_is_opened_again(desk, city, uid_of):
    uid = uid_of("streetlight_repair")
    form = desk()
    form.open(uid)
    form.fill("reporter_name", "Budi Santoso")
    form.key(KEY.Key_Escape)
    form.settle()
    assert form.closed == [True]
    form.open(uid)
    assert form.text("reporter_name") == "Budi Santoso"
    assert form.lamps[-1][0] == "draft"
    assert form.save()
    assert shelf(city) == {}
    assert form.stored(uid).values["reporter_name"] == "Budi Santoso"


def test_switching_to_another_record_drops_nothing(desk, city, uid_of):
    first = uid_of("streetlight_repair")
    second = uid_of("streetlight_repair", lambda row: row.uid != first)
    form = desk()
    for uid, name in ((first, "Ani"), (second, "Budi")):
        form.view.open(uid)
        form.qtbot.waitUntil(lambda uid=uid: form.view.showing() == uid)
        form.qtbot.waitUntil(form.view.body.is_built)
        form.go("reporter_name")
        form.key(KEY.Key_A, CTRL)
        form.type(name)
    form.view.begin()  # at once, without any pause
    form.settle()
    kept = shelf(city)
    assert [kept[uid]["values"]["reporter_name"] for uid in (first, second)] == ["Ani", "Budi"]


def test_taking_everything_back_takes_the_draft_from_the_shelf(desk, city, uid_of):
    form = desk()
    form.open(uid_of("streetlight_repair"))
    before = form.text("street_name")
    form.fill("street_name", "Jl. Lain")
    form.settle()
    assert len(shelf(city)) == 1
    form.fill("street_name", before)
    form.settle()
    assert shelf(city) == {}
    assert form.lamps[-1][0] == "saved"


def test_opening_and_looking_through_marks_nothing_as_changed(desk, city, uid_of):
    form = desk()
    uid = uid_of("streetlight_repair")
    form.open(uid)
    version = form.draft.record.version
    for _ in range(30):
        form.key(KEY.Key_Tab)
    form.view.head.tabs.setCurrentIndex(2)
    form.settle()
    form.key(KEY.Key_Escape)
    form.settle()
    assert shelf(city) == {}
    assert form.stored(uid).version == version


def test_a_new_record_left_by_esc_waits_on_the_shelf_by_its_name(desk, city):
    form = desk()
    form.begin()
    form.fill("street_name", "Jl. Kenanga")
    form.key(KEY.Key_Escape)
    form.settle()
    assert [(one.kind, one.title) for one in drafts.all_kept(city)] == [("streetlight_repair", "Jl. Kenanga")]


def test_the_last_letters_are_kept_when_the_window_closes_at_once(desk, city):
    form = desk()
    form.begin()
    uid = form.draft.record.uid
    form.go("street_name")
    form.type("Jl. Terakhir")
    form.view.keep_now()
    form.ops.close()
    assert shelf(city)[uid]["values"]["street_name"] == "Jl. Terakhir"


def test_a_draft_of_a_record_that_somebody_stored_since(desk, city, uid_of):
    uid = uid_of("streetlight_repair", lambda row: row.status == "RECEIVED")
    form = desk()
    form.open(uid)
    form.fill("reporter_name", "Siti Aminah")
    form.key(KEY.Key_Escape)
    form.settle()
    theirs = records.open_draft(city, "streetlight_repair", uid)
    theirs.type("description", "dari meja lain")
    records.save(city, theirs)
    form.open(uid)
    assert form.text("reporter_name") == "Siti Aminah"
    form.key(KEY.Key_S, CTRL)
    form.settle()
    assert form.save() or form.saved
    stored = form.stored(uid)
    assert (stored.values["reporter_name"], stored.values["description"]) == ("Siti Aminah", "dari meja lain")


def test_a_cursor_that_moves_on_without_typing_is_kept_with_the_draft(desk, city):
    form = desk()
    form.begin()
    form.go("reporter_name")
    form.type("Siti")
    form.settle()
    assert drafts.newest(city).field == "reporter_name"
    form.go("street_name")
    form.settle()
    assert drafts.newest(city).field == "street_name"
    assert form.lamps[-1][0] == "draft"
