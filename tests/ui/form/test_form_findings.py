"""What is wrong stands at its field: after it was left, or after an attempt to save; never in a dialog."""

from __future__ import annotations

from decimal import Decimal as Number

from PySide6.QtWidgets import QPushButton

from desktop_app.core.fields import Money
from desktop_app.services import records
from tests.ui.form.desk import CTRL, KEY, SHIFT


def test_an_error_is_told_when_the_field_is_left_and_goes_when_it_is_put_right(desk):
    form = desk()
    form.begin()
    form.go("points_reported")
    form.key(KEY.Key_A, CTRL)
    form.type("banyak")
    form.settle()
    assert form.message("points_reported") is None, "nobody is judged while he types"
    form.key(KEY.Key_Tab)
    form.settle()
    severity, words = form.message("points_reported")
    assert severity == "error"
    assert "banyak" in words
    assert form.find("points_reported").property("state") == "error"
    assert form.text("points_reported") == "banyak"
    form.fill("points_reported", "3")
    form.settle()
    assert form.message("points_reported") is None
    assert form.find("points_reported").property("state") == ""


def test_saving_with_errors_goes_to_the_first_and_counts_them(desk):
    form = desk("crew")
    form.begin()
    form.key(KEY.Key_S, CTRL)
    form.settle()
    assert form.saved == []
    assert form.focus() == "name"
    assert form.message("name") == ("error", f"{form.view.kind.by_name['name'].id} belum diisi.")
    errors = form.find("action_first_error", QPushButton)
    assert errors.text().endswith("kesalahan")
    assert form.lamps[-1] == ("draft", "Konsep saja, ada kesalahan")
    form.go("notes")
    form.click("action_first_error")
    assert form.focus() == "name"


def test_a_warning_lets_through_once_it_was_seen_and_is_kept_with_the_record(desk):
    form = desk("light_point")
    form.begin()
    form.type("PJU-9002\nled\n900\n")
    for name, text in {
        "street_name": "jl mawar",
        "village_code": "yosodadi",
        "latitude": "-5.1130, 105.3070",
    }.items():
        form.fill(name, text)
    for name, text in {
        "coord_source": "gps",
        "road_status": "kota",
        "pole_code": "T-2",
        "pole_type": "beton",
    }.items():
        form.fill(name, text)
    form.settle()
    assert form.message("power_w")[0] == "warning"
    form.key(KEY.Key_S, CTRL)
    form.settle()
    assert len(form.saved) == 1, "it was seen before"
    assert form.stored().values["accepted_warnings"].startswith("power_w:")


def test_a_warning_that_nobody_has_seen_stops_once(desk, city):
    form = desk()
    form.begin()
    form.fill("received_at", "1/9/2026 08.00")
    form.fill("channel", "wa")
    form.fill("category", "lampu padam")
    form.go("street_name")
    form.type("Jl. Kenanga")
    form.fill("village_code", "yosodadi")
    form.settle()
    form.view._storing.warned.clear()
    form.view.body._fields.visited.clear()
    form.key(KEY.Key_S, CTRL)
    form.settle()
    assert form.saved == []
    assert form.focus() == "received_at"
    assert form.message("received_at")[0] == "warning"
    form.key(KEY.Key_S, CTRL)
    form.settle()
    assert len(form.saved) == 1


def test_a_possible_double_is_told_before_saving_with_the_way_to_the_other(desk, uid_of):
    open_one = uid_of("streetlight_repair", lambda row: row.status == "RECEIVED" and row.values.get("lamp"))
    form = desk()
    form.open(open_one)
    lamp = form.text("lamp")
    form.begin()
    form.go("lamp")
    form.type(lamp)
    form.qtbot.waitUntil(lambda: bool(form.picks()))
    form.key(KEY.Key_Tab)
    form.settle()
    severity, words = form.message("lamp")
    assert severity == "warning"
    assert "sudah punya laporan terbuka" in words
    form.go("lamp")
    form.key(KEY.Key_L, CTRL)
    form.settle()
    form.click("action_open_other")
    assert form.others[0][0] == "streetlight_repair"
    other = records.open_draft(form.ctx, *form.others[0]).record
    assert other.values["lamp"] == form.draft.value("lamp")


def test_dates_out_of_order_name_both(desk, uid_of):
    form = desk()
    form.open(uid_of("streetlight_repair", lambda row: row.status == "SCHEDULED"))
    form.fill("received_at", "5/11/2026 08.00")
    form.fill("planned_date", "3/11/2026")
    form.settle()
    assert form.message("planned_date") == (
        "error",
        "Tanggal rencana 03/11/2026 sebelum tanggal lapor 05/11/2026 08.00.",
    )


def test_what_was_understood_is_said_beside_the_field_and_stands_there_when_it_is_left(desk):
    form = desk()
    form.begin()
    form.go("planned_date")
    form.type("kemarin")
    assert form.message("planned_date") == ("hint", "= Kamis, 5 November 2026")
    form.key(KEY.Key_Tab)
    assert form.text("planned_date") == "05/11/2026"
    assert form.message("planned_date") is None


def test_money_in_a_cell_stands_there_as_it_was_understood(desk):
    form = desk("slum_intervention")
    form.begin()
    lines = form.view.kind.lines_by_name["budgets"]
    money = next(field.name for field in lines.fields if isinstance(field, Money))
    form.view.body.focus_field("budgets")
    form.type("x")
    while not form.focus().endswith(money):
        form.key(KEY.Key_Tab)
    form.type("1,5 jt")
    form.key(KEY.Key_Backtab, SHIFT)
    assert form.draft.cell_text("budgets", form.draft.rows("budgets")[0], money) == "1.500.000"


def test_a_swapped_position_is_offered_and_taken_with_a_click(desk):
    form = desk("light_point")
    form.begin()
    form.fill("latitude", "105.3070, -5.1130")
    form.settle()
    assert form.find("error_latitude").link() != ""
    assert form.draft.value("latitude") is None
    form.go("latitude")
    form.key(KEY.Key_L, CTRL)
    form.settle()
    assert (form.draft.value("latitude"), form.draft.value("longitude")) == (
        Number("-5.1130"),
        Number("105.3070"),
    )


def test_fields_that_do_not_apply_are_not_there_and_come_back_with_what_stood_in_them(desk):
    form = desk("light_point")
    form.begin()
    assert not form.view.body._fields.editor("arm_length_m").isVisible()
    form.fill("arm_type", "tunggal")
    form.fill("arm_length_m", "1,5")
    form.settle()
    form.fill("arm_type", "")
    form.settle()
    assert not form.view.body._fields.editor("arm_length_m").isVisible()
    assert form.draft.record_to_save().values["arm_length_m"] is None
    form.fill("arm_type", "tunggal")
    assert form.text("arm_length_m") == "1,5"


def test_required_fields_have_a_star(desk):
    form = desk("crew")
    form.begin()
    rows = form.view.body._fields.row_of
    assert "*" in rows["name"]._label.text()
    assert "*" not in rows["notes"]._label.text()
    assert form.find("name").accessibleName().endswith("(wajib)")


def test_derived_figures_are_read_only_and_follow(desk, uid_of):
    form = desk()
    form.open(uid_of("streetlight_repair"))
    form.fill("received_at", "5/11/2026 08.00")
    form.fill("priority", "sedang")
    form.settle()
    target = form.find("target_at")
    assert target.isReadOnly()
    assert target.text() == "06/11/2026 08.00"
    assert target.property("look") == "derived"


def test_a_personal_number_is_masked_until_somebody_types_into_it(desk):
    form = desk()
    form.begin()
    form.fill("reporter_phone", "0812-3456-7890")
    form.settle()
    assert form.text("reporter_phone") == "0812*****890"
    assert form.draft.value("reporter_phone") == "+6281234567890"
    form.go("reporter_phone")
    assert form.text("reporter_phone") == "0812*****890"
    form.type("0")
    assert form.text("reporter_phone") == "0", "nobody edits what he can't see"


def test_somebody_else_stored_it_meanwhile(desk, city, uid_of):
    uid = uid_of("streetlight_repair", lambda row: row.status == "RECEIVED")
    form = desk()
    form.open(uid)
    form.fill("reporter_name", "Siti Aminah")
    theirs = records.open_draft(city, "streetlight_repair", uid)
    theirs.type("description", "dari meja lain")
    records.save(city, theirs)
    form.key(KEY.Key_S, CTRL)
    form.settle()
    assert form.saved == []
    assert "baru mengubah catatan ini" in form.view.notice.text()
    assert form.text("description") == "dari meja lain"
    assert form.text("reporter_name") == "Siti Aminah"
    assert form.save()
    assert (form.stored(uid).values["reporter_name"], form.stored(uid).values["description"]) == (
        "Siti Aminah",
        "dari meja lain",
    )
