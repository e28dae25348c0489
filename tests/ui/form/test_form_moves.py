"""Steps of the life cycle: named buttons, a card that asks what the step needs, the history that tells of it."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from desktop_app.services import records
from desktop_app.ui.form.messages import FieldMessage
from desktop_app.ui.ops import Changed
from tests.ui.form.desk import CTRL, KEY

pytestmark = pytest.mark.engines


def at(uid_of, status):
    return uid_of("streetlight_repair", lambda row: row.status == status)


def test_the_expected_step_is_tonal_and_made_with_one_click(desk, city, uid_of):
    uid = at(uid_of, "RECEIVED")
    city.person = "Agus Priyanto"
    form = desk()
    form.open(uid)
    button = form.find("action_move_verify", QPushButton)
    assert button.property("kind") == "tonal"
    form.click("action_move_verify")
    form.settle()
    assert form.stored(uid).status == "VERIFIED"
    assert form.stored(uid).moves[-1].by == "Agus Priyanto"
    assert form.view.head.stepper.accessibleName().startswith("Diterima: selesai")
    assert "Agus P." in form.view.head.stepper.accessibleName()
    assert form.lamps[-1][0] == "saved"


def test_what_is_told_stays_while_other_work_ends_that_changed_nothing_of_the_record(desk, city, uid_of):
    uid = at(uid_of, "RECEIVED")
    form = desk()
    form.open(uid)
    form.view.notice.show_message("error", "Langkah ini ditolak.")
    form.ops.changed.emit(Changed(frozenset({"streetlight_repair"})))
    form.settle()
    assert form.view.notice.isVisible()
    records.remove(city, "streetlight_repair", uid, "salah catat")
    form.ops.changed.emit(Changed(frozenset({"streetlight_repair"})))
    form.settle()
    assert form.draft.record.removed_at is not None


def test_a_step_asks_what_it_needs_and_stores_it_with_the_other_changes(desk, uid_of):
    uid = at(uid_of, "VERIFIED")
    form = desk()
    form.open(uid)
    form.fill("description", "Tiang miring")
    form.click("action_move_schedule")
    card = form.find("move_card")
    assert card.isVisible()
    assert form.focus() == "move_planned_date"
    form.click("action_confirm_move")
    form.settle()
    assert form.stored(uid).status == "VERIFIED", "date and crew are missing"
    assert {one.objectName(): one.text() for one in card.findChildren(FieldMessage) if one.isVisible()} == {
        "error_planned_date": "Tanggal rencana belum diisi.",
        "error_crew": "Regu belum diisi.",
    }
    form.go("move_planned_date")
    form.type("6/11/2026\n")
    assert form.focus() == "move_crew"
    form.key(KEY.Key_Down)
    form.qtbot.waitUntil(lambda: bool(form.picks()))
    form.key(KEY.Key_Down)
    form.key(KEY.Key_Return)
    form.click("action_confirm_move")
    form.settle()
    stored = form.stored(uid)
    assert stored.status == "SCHEDULED", form.problems()
    assert str(stored.values["planned_date"]) == "2026-11-06"
    assert stored.values["description"] == "Tiang miring"
    assert not card.isVisible()


def test_a_reason_must_be_given_and_is_told_in_the_history(desk, uid_of):
    uid = at(uid_of, "SCHEDULED")
    form = desk()
    form.open(uid)
    form.choose_from_menu("Batalkan jadwal…")
    assert form.focus() == "move_reason"
    form.key(KEY.Key_Return, CTRL)
    form.settle()
    assert form.stored(uid).status == "SCHEDULED", "no reason, no step"
    form.type("Tiang belum datang")
    form.key(KEY.Key_Return, CTRL)
    form.settle()
    assert form.stored(uid).status == "VERIFIED"
    form.view.head.tabs.setCurrentIndex(2)
    form.settle()
    told = [label.text() for label in form.view.pages.history.findChildren(QLabel) if label.isVisible()]
    assert any("Dijadwalkan → Diverifikasi" in words for words in told)
    assert "Alasan: Tiang belum datang" in told
    assert "Sri Wahyuni" in told


def test_a_cancelled_step_leaves_nothing_behind(desk, uid_of):
    uid = at(uid_of, "VERIFIED")
    form = desk()
    form.open(uid)
    before = form.draft.state()
    form.click("action_move_schedule")
    form.type("1/12/2026")
    form.key(KEY.Key_Escape)
    assert not form.view.card.isVisible()
    assert form.draft.state() == before
    assert form.closed == []


def test_a_new_record_has_no_steps_and_a_low_window_has_a_pill(desk, uid_of):
    form = desk(size=(700, 600))
    form.begin()
    assert not [
        one
        for one in form.window.findChildren(QPushButton)
        if one.objectName().startswith("action_move") and one.isVisible()
    ]
    form.open(at(uid_of, "SCHEDULED"))
    assert form.view.head._pill.isVisible()
    assert form.view.head._pill.accessibleName() == "Dijadwalkan"
    assert not form.view.head.stepper.isVisible()
    form.window.resize(700, 700)
    form.settle()
    assert form.view.head.stepper.isVisible()
    assert not form.view.head._pill.isVisible()


def test_history_tells_field_by_field_who_changed_what(desk, uid_of):
    uid = at(uid_of, "RECEIVED")
    form = desk()
    form.open(uid)
    form.fill("street_name", "Jl. Baru")
    assert form.save()
    form.view.head.tabs.setCurrentIndex(2)
    form.settle()
    told = [label.text() for label in form.view.pages.history.findChildren(QLabel) if label.isVisible()]
    assert any(words.startswith("Nama jalan: ") and words.endswith("→ Jl. Baru") for words in told)
    assert "Sri Wahyuni" in told


def test_relatives_are_listed_and_open(desk, uid_of):
    form = desk()
    form.open(uid_of("streetlight_repair", lambda row: row.values.get("lamp")))
    lamp = form.draft.value("lamp")
    form.view.head.tabs.setCurrentIndex(3)
    form.settle()
    links = [one for one in form.view.pages.related.findChildren(QPushButton) if one.isVisible()]
    assert links
    links[0].click()
    assert form.others[0] == ("light_point", lamp)


def test_a_removed_record_can_be_read_and_recovered(desk, city, uid_of):
    uid = at(uid_of, "RECEIVED")
    records.remove(city, "streetlight_repair", uid, "salah ketik")
    form = desk()
    form.open(uid)
    assert not form.view.footer.isVisible()
    assert not form.find("street_name").isEnabled()
    form.view.head.recovered.emit()
    form.settle()
    assert form.stored(uid).removed_at is None
    assert form.view.footer.isVisible()
