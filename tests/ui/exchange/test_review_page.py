"""Tinjauan at headquarters, on real two-sided edits; and giving a record back from its own menu."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop_app.services import conflicts, flagging, receiving, records, reviews, sending, typed
from tests.services.slips import repair

REPAIR, OFFICE = "streetlight_repair", "18.72.04"
LEFT, ALT, CONTROL = (
    Qt.MouseButton.LeftButton,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
)


def change(ctx, uid: str, **given: str) -> None:
    draft = records.open_draft(ctx, REPAIR, uid)
    typed.fill(draft, given)
    records.save(ctx, draft, accept_warnings=True)


def exchange(office, head, stick) -> None:
    receiving.receive(head, sending.send(office, stick).files)
    receiving.receive(office, sending.send(head, stick, OFFICE).files)


def add(office, **changed: str) -> str:
    return records.save(office, repair(office, **changed), accept_warnings=True).uid


@pytest.fixture
def clash(office, head, stick) -> str:
    """A repair of which both wrote street and points without seeing each other."""
    uid = add(office)
    exchange(office, head, stick)
    change(office, uid, points_reported="3", street_name="Jalan Mawarmerah")
    change(head, uid, points_reported="7", street_name="Jalan Mawar Merah")
    receiving.receive(head, sending.send(office, stick).files)
    return uid


def value(ctx, uid: str, name: str):
    with ctx.store.reading() as reader:
        return reader.get(REPAIR, uid).values[name]


def test_nothing_is_chosen_before_and_both_writings_stand_side_by_side(head, clash, sit):
    seat = sit(head)
    page = seat.open("review")
    assert page.chips["conflicts"].accessibleDescription() == "1"  # one record
    assert page.note() == "1 catatan menunggu keputusan"  # as the chip counts them
    found = conflicts.open_conflicts(head)
    assert {one.field_name for one in found} == {"points_reported", "street_name"}
    for one in found:
        office_card, head_card = seat.find(f"office_{one.uid}"), seat.find(f"head_{one.uid}")
        assert not office_card.isChecked()
        assert not head_card.isChecked()
        assert office_card.mapToGlobal(office_card.pos()).x() < head_card.mapToGlobal(head_card.pos()).x()
        used = head_card if one.in_use == "head" else office_card
        assert "dipakai sekarang" in used.accessibleDescription()
    assert not seat.find("action_decide").isEnabled()
    assert seat.find("conflicts_left").text() == "2 isian lagi belum dipilih"
    card = seat.find(f"office_{next(one.uid for one in found if one.field_name == 'street_name')}")
    assert "Mawarmerah" in card.accessibleName()
    assert "text-decoration:underline" in card._value.text()


def test_a_decision_by_keys_is_written_and_the_conflict_is_over(head, office, clash, stick, sit):
    seat = sit(head)
    seat.open("review")
    first, second = conflicts.open_conflicts(head)
    page = seat.window.current_page()
    page.conflict._focus_first()
    seat.key(Qt.Key.Key_K, ALT)
    assert seat.find("conflicts_left").text() == "1 isian lagi belum dipilih"
    seat.key(Qt.Key.Key_P, ALT)
    assert seat.find("conflicts_left").text() == "Semua isian sudah dipilih"
    seat.key(Qt.Key.Key_S, CONTROL)
    seat.qtbot.waitUntil(
        lambda: conflicts.open_conflicts(head) == []
    )  # a button shows for a moment that it was pressed
    seat.settle()
    chosen = {first.field_name: first.office.text, second.field_name: second.head.text}
    points, street = value(head, clash, "points_reported"), value(head, clash, "street_name")
    assert chosen["points_reported"].startswith(str(points))
    assert chosen["street_name"] == street
    assert page.views.currentWidget() is page.nothing
    assert page.note() == ""
    receiving.receive(office, sending.send(head, stick, OFFICE).files)
    assert conflicts.open_conflicts(office) == []
    assert value(office, clash, "street_name") == street


def test_what_was_chosen_stays_while_another_record_is_looked_at(head, office, clash, stick, sit):
    other = add(office, street_name="jl anggrek")
    exchange(office, head, stick)
    change(office, other, points_reported="4")
    change(head, other, points_reported="5")
    receiving.receive(head, sending.send(office, stick).files)
    seat = sit(head)
    page = seat.open("review")
    assert len(page.table.texts()) == 2
    kind, uid = page._place()
    mine = next(one for one in conflicts.open_conflicts(head) if one.record_uid == uid)
    seat.click(f"office_{mine.uid}")
    seat.click("action_skip")
    assert page._place()[1] != uid
    seat.click("action_skip")
    assert page._place() == (kind, uid)
    assert seat.find(f"office_{mine.uid}").isChecked()


def test_another_value_is_written_in_the_form(head, clash, sit):
    seat = sit(head)
    seat.open("review")
    street = next(one for one in conflicts.open_conflicts(head) if one.field_name == "street_name")
    seat.click(f"write_{street.uid}")
    view = seat.record()
    assert view.showing() == clash
    seat.qtbot.waitUntil(lambda: view.body.focused_field() == "street_name")


def test_the_office_is_asked_about_a_conflict(head, clash, sit, expects_dialog):
    seat = sit(head)
    page = seat.open("review")
    street = next(one for one in conflicts.open_conflicts(head) if one.field_name == "street_name")
    seat.click(f"ask_{street.uid}")
    dialog = seat.dialog("give_back_dialog")
    assert dialog.field.currentData() == "street_name"
    QTest.keyClicks(dialog.reason, "Mana yang benar?")
    QTest.keyClick(dialog.reason, Qt.Key.Key_Return)
    seat.settle()
    [item] = reviews.returned(head)
    assert (item.uid, item.field_name, item.reason) == (clash, "street_name", "Mana yang benar?")
    seat.click("heap_returned")
    assert page.table.texts()[0][0] == item.title
    assert not seat.sees("action_give_back_noted")  # it is on its way already


def test_a_flagged_record_tells_what_the_rules_found(head, office, stick, sit):
    uid = add(office)
    with office.store.writing("Sri Wahyuni") as writer:  # as an older program might have stored it
        writer.change(REPAIR, uid, {"points_reported": None})
    receiving.receive(head, sending.send(office, stick).files)
    [flagged] = flagging.flagged(head)
    seat = sit(head)
    page = seat.open("review")
    seat.click("heap_flagged")
    assert len(page.table.texts()) == 1
    told = [line.text() for line in page.about.findChildren(type(page.notice)) if line.isVisible()]
    assert told == [finding.words.say() for finding in flagged.findings]
    seat.click("action_open_noted")
    assert seat.record().showing() == uid


def test_headquarters_gives_a_record_back_from_its_menu(head, office, stick, sit, expects_dialog):
    uid = add(office)
    exchange(office, head, stick)
    seat = sit(head)
    seat.program.desk.open_record(REPAIR, uid)
    seat.record()
    QTest.mouseClick(seat.find("action_more"), LEFT)
    seat.choose(seat.menu("record_menu"), "action_give_back")
    dialog = seat.dialog("give_back_dialog")
    dialog.field.setCurrentIndex(dialog.field.findData("points_reported"))
    assert not dialog.deed.isEnabled()
    QTest.keyClicks(dialog.reason, "Titiknya kurang")
    QTest.mouseClick(dialog.deed, LEFT)
    seat.settle()
    [item] = reviews.returned(head)
    assert (item.uid, item.field_name, item.reason) == (uid, "points_reported", "Titiknya kurang")
    assert "Titiknya kurang" in seat.find("returned_banner").accessibleName()


def test_an_office_can_not_give_back(office, head, stick, sit):
    uid = add(office)
    seat = sit(office)
    seat.program.desk.open_record(REPAIR, uid)
    seat.record()
    QTest.mouseClick(seat.find("action_more"), LEFT)
    menu = seat.menu("record_menu")
    assert "action_give_back" not in [action.objectName() for action in menu.actions()]
    menu.close()
