"""Half-known slips are put aside and found again; the cursor comes back to the letter where it stood."""

from __future__ import annotations

import pytest

from desktop_app.core.words import use
from desktop_app.services import drafts, people
from desktop_app.ui.form import body as bodies
from tests.ui.form.desk import CTRL, KEY, SHIFT, Desk

pytestmark = pytest.mark.engines


def park(form):
    form.key(KEY.Key_S, CTRL | SHIFT)
    form.settle()


def test_a_half_known_slip_is_put_aside_with_what_is_missing_and_the_next_begins(desk, city):
    form = desk()
    form.begin()
    first = form.draft.record.uid
    form.fill("street_name", "Jl. Kenanga")
    form.go("reporter_name")
    form.type("Siti")
    park(form)
    assert form.draft.record.uid != first
    assert form.draft.base is None
    assert form.focus() == "received_at"
    kept = drafts.parked(city)
    assert [(one.uid, one.title, one.by) for one in kept] == [(first, "Jl. Kenanga", "Sri Wahyuni")]
    assert [words.id for words in kept[0].missing] == ["Saluran", "Kategori", "Kelurahan"]
    assert form.view.notice.text() == (
        "“Jl. Kenanga” disimpan sementara. Belum diisi: Saluran, Kategori, Kelurahan."
    )
    assert drafts.newest(city) is None, "the program does not open on it by itself"


def test_several_are_kept_and_any_is_taken_up_where_the_cursor_stood(desk, city, ops, qtbot):
    form = desk()
    form.begin()
    for name in ("Ani", "Budi", "Citra"):
        form.fill("reporter_name", name)
        form.go("street_name")
        form.type("Jl. Mwar")
        form.key(KEY.Key_Left)
        form.key(KEY.Key_Left)
        form.key(KEY.Key_Left)
        park(form)
    use("en")
    people.choose(city, "Agus Priyanto")
    kept = drafts.parked(city)
    assert [one.state["values"]["reporter_name"] for one in kept] == ["Citra", "Budi", "Ani"]
    assert kept[1].missing[0].say() == "Channel"
    again = Desk(city, ops, qtbot, "streetlight_repair")
    again.view.take_up(drafts.take_up(city, kept[1]), kept[1].field)
    again.settle()
    assert again.focus() == "street_name"
    again.type("a")
    assert again.text("street_name") == "Jl. Mawar"
    again.settle()
    assert len(drafts.all_kept(city)) == 3
    assert drafts.newest(city).uid == kept[1].uid, "taken up again, it is what is being worked on"


def test_the_message_leads_back_to_it(desk, city):
    form = desk()
    form.begin()
    first = form.draft.record.uid
    form.fill("description", "Lampu depan masjid padam")
    park(form)
    assert drafts.parked(city)[0].title == "Lampu depan masjid padam"
    form.view.notice.link_clicked.emit()
    form.settle()
    assert form.draft.record.uid == first
    assert form.draft.value("description") == "Lampu depan masjid padam"


def test_an_empty_form_has_nothing_to_put_aside(desk, city):
    form = desk()
    form.begin()
    uid = form.draft.record.uid
    park(form)
    assert form.draft.record.uid == uid
    assert form.view.notice.text() == "Belum ada isian untuk disimpan sementara."
    assert city.drafts.all() == []


def test_a_stored_record_put_aside_goes_back_to_the_list(desk, city, uid_of):
    uid = uid_of("streetlight_repair")
    form = desk()
    form.open(uid)
    form.fill("reporter_name", "Siti Aminah")
    form.click("action_park")
    form.settle()
    assert form.closed == [True]
    assert [one.uid for one in drafts.parked(city)] == [uid]
    form.open(uid)
    assert form.text("reporter_name") == "Siti Aminah"
    assert form.save()
    assert drafts.all_kept(city) == []


def test_a_crash_brings_back_line_cell_and_letter(desk, city, ops, qtbot):
    form = desk()
    form.begin()
    form.view.body.build_all()
    form.view.body.focus_field("materials")
    form.type("Kab")
    form.settle()
    kept = drafts.newest(city)
    assert kept is not None
    again = Desk(city, ops, qtbot, "streetlight_repair")
    again.view.take_up(drafts.take_up(city, kept), kept.field)
    again.settle()
    again.view.body.build_all()
    again.settle()
    assert again.focus() == "materials_1_material"
    again.type("el")
    assert again.text("materials_1_material") == "Kabel"
    assert kept.state["spot"][0] == "materials"
    assert ("draft", "Konsep dipulihkan, lanjutkan mengetik") in again.lamps


def test_a_cell_that_is_called_as_a_field_is_waited_for(desk, city, ops, qtbot, monkeypatch):
    form = desk("park_work")
    form.begin()
    form.view.body.build_all()
    form.view.body.focus_field("materials")
    form.type("Pupuk\n2\nk")
    form.settle()
    kept = drafts.newest(city)
    assert kept is not None
    assert kept.state["spot"][0] == "materials"
    assert kept.state["spot"][2] == "unit"
    monkeypatch.setattr(
        bodies, "SLICE_S", 0
    )  # as on a slow computer: the field `unit` is there long before the lines
    again = Desk(city, ops, qtbot, "park_work")
    again.view.take_up(drafts.take_up(city, kept), kept.field)
    again.settle()
    assert again.focus() == "materials_1_unit"


def test_the_button_keeps_its_words_as_long_as_there_is_room(desk):
    wide, narrow = desk(size=(900, 600)), desk(size=(420, 600))
    for form in (wide, narrow):
        form.begin()
        form.view.save()
        form.settle()
    assert wide.find("action_park").text() == "Simpan sementara"
    assert narrow.find("action_park").text() == ""
    assert narrow.find("action_park").accessibleName() == "Simpan sementara"
    assert "Ctrl+Shift+S" in narrow.find("action_park").toolTip()


def test_what_is_taken_up_far_down_the_form_is_in_sight(desk, city, ops, qtbot):
    form = desk()
    form.begin()
    form.go("report_doc_no")
    form.type("BA-0")
    form.settle()
    kept = drafts.newest(city)
    assert kept is not None
    again = Desk(city, ops, qtbot, "streetlight_repair", size=(700, 500))
    again.view.take_up(drafts.take_up(city, kept), kept.field)
    again.settle()
    editor = again.find("report_doc_no")
    assert again.focus() == "report_doc_no"
    assert editor.visibleRegion().boundingRect().height() == editor.height()
