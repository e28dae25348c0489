"""From one slip to the next: Ctrl+D, pins, and twenty lamps on one street; by keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from desktop_app.core.query import Query
from desktop_app.core.words import use
from desktop_app.services import people, records
from tests.ui.form.desk import CTRL, KEY, NONE, SHIFT, Desk

pytestmark = [pytest.mark.engines, pytest.mark.usefixtures("expects_dialog")]

PIN = CTRL | SHIFT


def a_report(form, street="Jl. Kenanga"):
    """What every report of these tests has; the form stands at the end of it."""
    form.fill("channel", "wa")
    form.fill("category", "lampu padam")
    form.fill("street_name", street)
    form.fill("village_code", "yosodadi")
    form.settle()


def test_ctrl_d_copies_the_field_of_the_record_saved_before(desk):
    form = desk()
    form.begin()
    form.fill("reporter_name", "Siti Aminah")
    form.fill("crew", "Regu 1")
    a_report(form)
    form.key(KEY.Key_Return, CTRL)
    form.settle()
    assert len(form.saved) == 1
    for name in ("channel", "reporter_name", "village_code", "crew"):
        form.go(name)
        form.key(KEY.Key_D, CTRL)
    form.settle()
    before = form.stored().values
    assert [form.draft.value(name) for name in ("channel", "reporter_name", "village_code", "crew")] == [
        before["channel"],
        "Siti Aminah",
        before["village_code"],
        before["crew"],
    ]
    assert form.text("crew").startswith("Regu")
    assert form.draft.value("street_name") is None, "only what was asked for"


def test_in_a_new_window_it_is_the_last_record_of_the_same_person(desk, city, ops, qtbot):
    first = desk("crew")
    first.begin()
    first.type("Regu 91\nBudi")
    assert first.save()
    people.choose(city, "Agus Priyanto")
    first.begin()
    first.type("Regu 92\nAni")
    assert first.save()
    people.choose(city, "Sri Wahyuni")
    again = Desk(city, ops, qtbot, "crew")
    again.begin()
    again.go("leader")
    again.key(KEY.Key_D, CTRL)
    again.settle()
    assert again.text("leader") == "Budi"


def test_ctrl_d_where_nothing_stood_before_says_so_and_changes_nothing(desk, city):
    people.choose(city, "Orang Baru")
    form = desk("crew")
    form.begin()
    form.key(KEY.Key_D, CTRL)
    form.settle()
    assert form.view.notice.text() == "Belum ada catatan sebelumnya untuk disalin."
    assert not form.draft.changed()


def test_ctrl_d_in_a_cell_takes_the_line_above_and_in_the_first_line_that_of_the_record_before(desk, uid_of):
    form = desk()
    with_material = uid_of(
        "streetlight_repair",
        lambda row: records.open_draft(form.ctx, "streetlight_repair", row.uid).record.lines["materials"],
    )
    form.open(with_material)
    form.fill("description", "diperiksa ulang")
    assert form.save()
    before = form.stored(with_material).lines["materials"][0].values
    form.begin()
    form.view.body.build_all()
    form.view.body.focus_field("materials")
    form.key(KEY.Key_D, CTRL)
    form.settle()
    line = form.draft.record.lines["materials"][0]
    assert line.values["material"] == before["material"]
    form.type("\n12\n")
    form.settle()
    while form.focus() != "materials_2_material":
        form.key(KEY.Key_Return)
    form.key(KEY.Key_D, CTRL)
    form.settle()
    assert [one.values["material"] for one in form.draft.record.lines["materials"]] == [
        before["material"]
    ] * 2


def test_a_pinned_field_keeps_its_value_for_the_next_records_and_enter_passes_over_it(desk, city, ops, qtbot):
    form = desk()
    form.begin()
    editor = form.find("channel")
    assert editor.pin() is False, "off by default"
    form.go("channel")
    form.type("wa\n")
    form.key(KEY.Key_Backtab, SHIFT)
    form.key(KEY.Key_D, PIN)
    assert editor.pin() is True
    assert "Disematkan" in editor.toolTip()
    a_report(form)
    form.key(KEY.Key_Return, CTRL)
    form.settle()
    assert len(form.saved) == 1
    assert (form.text("channel"), form.draft.value("channel")) == ("WhatsApp (WA)", "WHATSAPP")
    assert not form.draft.changed(), "what is pinned is no work to be kept"
    form.go("received_at")
    form.key(KEY.Key_Return)
    assert form.focus() == "category"
    form.key(KEY.Key_Escape)
    form.settle()
    assert city.drafts.all() == []
    again = Desk(city, ops, qtbot, "streetlight_repair")
    again.begin()
    assert again.text("channel") == "WhatsApp (WA)"
    assert again.find("channel").pin() is True
    people.choose(city, "Agus Priyanto")
    again.begin()
    assert (again.text("channel"), again.find("channel").pin()) == ("", False), "pins are a person's own"
    people.choose(city, "Sri Wahyuni")
    again.begin()
    again.go("channel")
    again.key(KEY.Key_D, PIN)
    again.begin()
    assert again.text("channel") == ""


def test_a_pinned_asset_fills_its_place_each_time_and_what_was_changed_is_what_is_kept(desk):
    form = desk()
    form.begin()
    for name, text in (("lamp", "PJU-0004"), ("crew", "Regu 1")):
        form.fill(name, text)
        form.settle()
        form.go(name)
        form.key(KEY.Key_D, PIN)
    form.fill("channel", "wa")
    form.fill("category", "lampu padam")
    street = form.text("street_name")
    assert street
    form.fill("crew", "Regu 2")
    form.settle()
    form.key(KEY.Key_Return, CTRL)
    form.settle()
    if not form.saved:
        form.key(KEY.Key_Return, CTRL)
        form.settle()
    assert form.draft.base is None
    assert form.text("lamp").startswith("PJU-0004")
    assert form.text("street_name") == street
    assert form.draft.value("crew") == form.stored().values["crew"]


def test_the_pin_is_a_button_that_shows_while_somebody_is_at_the_field(desk):
    form = desk()
    form.begin()
    form.go("crew")
    editor = form.find("crew")
    place = QPoint(round(editor._pin_left()) + 8, editor.height() // 2)
    QTest.mouseClick(editor, Qt.MouseButton.LeftButton, NONE, place)
    assert editor.pin() is True
    QTest.mouseClick(editor, Qt.MouseButton.LeftButton, NONE, place)
    assert editor.pin() is False
    assert form.find("points_reported").pin() is False
    assert "reporter_phone" in {name for name, _ in form.view.body.pin_editors()}


def test_long_texts_masked_numbers_and_ticks_are_pinned_too(desk):
    form = desk()
    form.begin()
    form.fill("description", "Padam satu gang,\nsejak Senin")
    form.fill("reporter_phone", "0812 3456 7890")
    for name in ("description", "reporter_phone"):
        form.go(name)
        form.key(KEY.Key_D, PIN)
    a_report(form)
    form.key(KEY.Key_Return, CTRL)
    form.settle()
    assert len(form.saved) == 1
    assert form.draft.value("description") == "Padam satu gang,\nsejak Senin"
    assert form.draft.value("reporter_phone") == "+6281234567890"
    assert "7890" not in form.text("reporter_phone")[:-4], "masked as ever"
    assert form.find("description").corner.isVisible()
    assert form.find("reporter_phone").pin() is True
    corner = form.find("description").corner
    QTest.mouseClick(corner, Qt.MouseButton.LeftButton)
    assert form.find("description").pin() is False
    other = desk("burial")
    other.begin()
    ticks = other.find("services")
    other.view.body.focus_field("services")
    other.key(KEY.Key_Space)
    other.key(KEY.Key_D, PIN)
    ticked = other.draft.value("services")
    assert ticked
    assert ticks.corner.isVisible()
    other.begin()
    assert other.draft.value("services") == ticked
    other.key(KEY.Key_D, PIN)
    other.view.body.focus_field("services")
    other.key(KEY.Key_D, PIN)
    other.begin()
    assert other.draft.value("services") is None or other.draft.value("services") == ()


@pytest.mark.parametrize("name", ["received_at", "planned_date"])
def test_the_calendar_opens_on_f4_and_takes_a_day_by_keys(desk, name):
    form = desk()
    form.begin()
    form.fill(name, "4/11/2026 14.30" if name == "received_at" else "4/11/2026")
    form.go(name)
    form.key(KEY.Key_F4)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    days = popup.focusWidget()
    QTest.keyClick(days, KEY.Key_Left)
    QTest.keyClick(days, KEY.Key_Return)
    form.settle()
    assert form.text(name) == ("03/11/2026 14.30" if name == "received_at" else "03/11/2026")


def dialog_of(form):
    form.qtbot.waitUntil(lambda: any(one.isVisible() for one in form.window.findChildren(QDialog)))
    return next(one for one in form.window.findChildren(QDialog) if one.isVisible())


def test_twenty_lamps_on_one_street_are_stored_with_running_numbers(desk, city, uid_of):
    form = desk("light_point")
    tokens: list[object] = []
    form.view.undoable.connect(tokens.append)
    uid = uid_of("light_point", lambda row: row.values["lamp_code"] == "PJU-0060")
    form.open(uid)
    form.click("action_duplicate")
    dialog = dialog_of(form)
    QTest.keyClicks(dialog.count, "20")
    code = dialog._lines["lamp_code"][1]
    assert code.text() == "PJU-0061"
    assert dialog._lines["lamp_code"][2].text() == "sampai PJU-0080"
    pole = dialog._lines["pole_code"][1]
    pole.setFocus()
    QTest.keyClick(pole, KEY.Key_A, CTRL)
    QTest.keyClicks(pole, "BARU-001")
    QTest.keyClick(pole, KEY.Key_Return)
    form.settle()
    with city.store.reading() as reader:
        found = {one.values["lamp_code"]: one for one in reader.find("light_point")}
    made = [found.get(f"PJU-{number:04d}") for number in range(61, 81)]
    assert None not in made
    like = found["PJU-0060"].values
    assert {one.values["street_name"] for one in made} == {like["street_name"]}
    assert [one.values["pole_code"] for one in made][::19] == ["BARU-001", "BARU-020"]
    assert {one.values["coord_source"] for one in made} == {"ESTIMATED"}, "nobody measured there"
    assert len(tokens) == 20
    assert form.view.notice.text().startswith("20 salinan disimpan.")


def test_a_number_that_is_taken_stops_the_copies_and_says_why(desk, city, uid_of):
    form = desk("light_point")
    form.open(uid_of("light_point", lambda row: row.values["lamp_code"] == "PJU-0058"))
    form.click("action_duplicate")
    dialog = dialog_of(form)
    QTest.keyClicks(dialog.count, "3")
    QTest.keyClick(dialog.count, KEY.Key_Return)
    form.settle()
    assert form.view.notice.severity() == "error"
    assert "PJU-0059" in form.view.notice.text()
    with city.store.reading() as reader:
        assert reader.count(Query("light_point")) == 60


def test_a_single_copy_is_a_new_form_with_the_next_number(desk, uid_of):
    form = desk("light_point")
    form.open(uid_of("light_point", lambda row: row.values["lamp_code"] == "PJU-0060"))
    like = form.draft.base.values
    form.click("action_duplicate")
    QTest.keyClick(dialog_of(form).count, KEY.Key_Return)
    form.settle()
    assert form.draft.base is None
    assert form.text("lamp_code") == "PJU-0061"
    assert form.draft.value("power_w") == like["power_w"]


def test_no_number_of_copies_that_makes_no_sense(desk, uid_of):
    form = desk("light_point")
    form.open(uid_of("light_point"))
    form.click("action_duplicate")
    dialog = dialog_of(form)
    for text in ("0", "999", "x"):
        dialog.count.selectAll()
        QTest.keyClicks(dialog.count, text)
        assert not dialog.take.isEnabled()
        assert dialog.message.text() == "Jumlahnya 1 sampai 200."
    dialog.reject()


def test_it_speaks_english_too(desk, uid_of):
    use("en")
    form = desk("light_point")
    form.open(uid_of("light_point"))
    form.click("action_duplicate")
    dialog = dialog_of(form)
    assert dialog.take.text() == "Fill in the copy"
    dialog.reject()
    form.begin()
    assert "Ctrl+Shift+D keeps it" in form.find("lamp_type").toolTip()
