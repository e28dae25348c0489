"""Another record beside the form: a possible double while typing, and both versions when two people stored the same record."""

from __future__ import annotations

import pytest

from desktop_app.services import people, records
from tests.ui.form.desk import CTRL, KEY

pytestmark = pytest.mark.engines


@pytest.fixture
def double(city):
    """An open report that somebody has just stored."""
    draft = records.new(city, "streetlight_repair")
    for name, text in {
        "received_at": "6/11/2026 08.00",
        "channel": "telepon",
        "category": "lampu padam",
        "street_name": "Jl. Kenanga Raya",
        "village_code": "yosodadi",
        "reporter_name": "Muhammad Rizki",
        "reporter_phone": "081234567890",
    }.items():
        draft.type(name, text)
    return records.save(city, draft).uid


def a_second_report(form):
    form.fill("channel", "wa")
    form.fill("category", "lampu padam")
    form.fill("reporter_name", "Moh. Rizki")
    form.fill("reporter_phone", "0812 3456 7890")
    form.fill("street_name", "Jalan Kenanga Raya")
    form.fill("village_code", "yosodadi")
    form.settle()


def test_a_possible_double_is_named_while_typing_and_seen_beside_the_form(desk, double):
    form = desk()
    form.begin()
    a_second_report(form)
    assert form.view.hint.text().startswith("Mungkin ganda: Jl. Kenanga Raya")
    before = form.draft.snapshot()
    form.key(KEY.Key_B, CTRL)
    form.settle()
    card = form.find("compare_card")
    assert card.isVisible()
    shown = {label.text() for label in card.findChildren(type(form.view.beside._title)) if label.isVisible()}
    assert {"Muhammad Rizki", "0812*****890", "Lampu padam"} <= shown, "the telephone stays masked"
    assert form.draft.snapshot() == before
    form.key(KEY.Key_Escape)
    assert not form.view.beside.isVisible()
    assert form.closed == []
    assert form.view.body.has_focus()
    form.fill("address_detail", "depan masjid")
    form.settle()
    assert form.view.hint.text() == "", "what was looked at is not named again"


def test_the_other_record_opens_from_the_card(desk, double):
    form = desk()
    form.begin()
    a_second_report(form)
    form.view.hint.link_clicked.emit()
    form.settle()
    form.click("action_open_other")
    assert form.others == [("streetlight_repair", double)]


def test_stored_records_are_not_suspected(desk, double):
    form = desk()
    form.open(double)
    form.fill("address_detail", "depan masjid")
    form.settle()
    assert form.view.hint.text() == ""


def test_both_versions_are_shown_field_by_field_and_either_is_taken_by_keys(desk, city, uid_of):
    uid = uid_of("streetlight_repair", lambda row: row.status == "RECEIVED")
    form = desk()
    form.open(uid)
    form.fill("reporter_name", "Siti Aminah")
    form.fill("street_name", "Jl. Mawar")
    people.choose(city, "Agus Priyanto")
    theirs = records.open_draft(city, "streetlight_repair", uid)
    for name, text in {
        "reporter_name": "Siti Aminah Wati",
        "street_name": "Jl. Melati",
        "address_detail": "gapura",
    }.items():
        theirs.type(name, text)
    records.save(city, theirs)
    people.choose(city, "Sri Wahyuni")
    form.key(KEY.Key_S, CTRL)
    form.settle()
    assert form.saved == []
    assert form.view.notice.text().startswith("Agus Priyanto baru mengubah catatan ini")
    card = form.view.beside
    assert card.isVisible()
    assert set(card.choices) == {"reporter_name", "street_name"}
    assert [button.text() for button in card.choices["street_name"]] == ["Jl. Mawar", "Jl. Melati"]
    assert form.text("street_name") == "Jl. Mawar", "mine stands until somebody chooses"
    assert form.text("address_detail") == "gapura"
    form.find("theirs_street_name").setFocus()
    form.key(KEY.Key_Return)
    form.settle()
    assert form.text("street_name") == "Jl. Melati"
    form.find("mine_street_name").setFocus()
    form.key(KEY.Key_Return)
    form.find("theirs_reporter_name").setFocus()
    form.key(KEY.Key_Return)
    form.key(KEY.Key_Escape)
    assert form.closed == []
    assert form.save()
    stored = form.stored(uid).values
    assert (stored["reporter_name"], stored["street_name"], stored["address_detail"]) == (
        "Siti Aminah Wati",
        "Jl. Mawar",
        "gapura",
    )


def test_a_low_window_does_not_grow_for_what_is_shown_beside(desk, double):
    form = desk(size=(700, 470))
    form.begin()
    a_second_report(form)
    form.key(KEY.Key_B, CTRL)
    form.settle()
    assert form.view.beside.isVisible()
    assert (form.window.width(), form.window.height()) == (700, 470)
