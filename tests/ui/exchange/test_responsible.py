"""Headquarters moves records to another office and adopts a crew in its window; the former office sees whose they are and only reads."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from desktop_app.core.record import Record
from desktop_app.core.stamps import new_uid
from desktop_app.services import receiving, records, sending
from tests.services.slips import repair

REPAIR, OFFICE, HEAD = "streetlight_repair", "18.72.04", "18.72"
LEFT, SHIFT, CONTROL = (
    Qt.MouseButton.LeftButton,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)


def exchange(office, head, stick) -> None:
    receiving.receive(head, sending.send(office, stick).files)
    receiving.receive(office, sending.send(head, stick, OFFICE).files)


def codes(ctx, kind: str, uids: list[str]) -> list[str]:
    with ctx.store.reading() as reader:
        return [reader.get(kind, uid).site_code for uid in uids]


@pytest.fixture
def sent(office, head, stick) -> list[str]:
    """Two repairs of the office's that both have."""
    slips = [repair(office), repair(office, street_name="Jalan Kenanga")]
    uids = [records.save(office, slip, accept_warnings=True).uid for slip in slips]
    exchange(office, head, stick)
    return uids


def test_selected_records_are_moved_to_the_office_that_is_looked_up(
    office, head, stick, sent, sit, expects_dialog
):
    seat = sit(head)
    page = seat.open(REPAIR)
    page.view.setFocus()
    page.view.choose(0)
    QTest.keyClick(page.view, Qt.Key.Key_Down, SHIFT)
    QTest.keyClick(page.view, Qt.Key.Key_M, CONTROL)
    seat.qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    seat.choose(seat.menu("many_menu"), "action_transfer")
    dialog = seat.dialog("responsible_dialog")
    assert not dialog.deed.isEnabled()
    QTest.keyClicks(dialog.office, "metro barat")
    seat.qtbot.waitUntil(dialog.office.is_open)
    seat.settle()
    QTest.keyClick(dialog.office, Qt.Key.Key_Down)
    QTest.keyClick(dialog.office, Qt.Key.Key_Return)
    seat.qtbot.waitUntil(dialog.deed.isEnabled)
    QTest.keyClicks(dialog.reason, "Batas wilayah")
    QTest.keyClick(dialog.reason, Qt.Key.Key_Return)
    seat.qtbot.waitUntil(lambda: codes(head, REPAIR, sent) == ["18.72.03"] * 2)
    seat.settle()
    assert page.notice.text() == "2 catatan dipindahkan ke Kecamatan Metro Barat."
    seat.leave()
    exchange(office, head, stick)
    there = sit(office)
    there.program.desk.open_record(REPAIR, sent[0])
    view = there.record()
    assert "tanggung jawab Metro Barat (18.72.03)" in view.notice.text()
    assert not view.body._page.isEnabled()
    assert not view.footer.isVisible()


def test_a_crew_becomes_headquarters_own_from_its_menu(office, head, stick, sit, expects_dialog):
    with office.store.writing("Sri Wahyuni") as writer:
        uid = writer.add(Record("crew", new_uid(), {"name": "Regu Melati", "leader": "Budi"})).uid
    exchange(office, head, stick)
    seat = sit(head)
    seat.program.desk.open_record("crew", uid)
    seat.record()
    QTest.mouseClick(seat.find("action_more"), LEFT)
    seat.choose(seat.menu("record_menu"), "action_adopt")
    dialog = seat.dialog("responsible_dialog")
    assert dialog.office.text() == "Pusat"
    QTest.keyClick(dialog.reason, Qt.Key.Key_Return)
    seat.qtbot.waitUntil(lambda: codes(head, "crew", [uid]) == [HEAD])
    seat.settle()
    QTest.mouseClick(seat.find("action_more"), LEFT)
    offered = [action.objectName() for action in seat.menu("record_menu").actions()]
    assert "action_transfer" in offered
    assert "action_adopt" not in offered
    seat.menu("record_menu").close()


def test_an_office_is_not_offered_to_move_anything(office, sent, sit):
    seat = sit(office)
    seat.program.desk.open_record(REPAIR, sent[0])
    seat.record()
    QTest.mouseClick(seat.find("action_more"), LEFT)
    menu = seat.menu("record_menu")
    assert not {"action_transfer", "action_adopt"} & {action.objectName() for action in menu.actions()}
    menu.close()
