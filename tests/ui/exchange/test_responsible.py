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


def test_an_office_proposes_and_headquarters_decides_in_tinjauan(office, head, stick, sit, expects_dialog):
    with head.store.writing("Rudi Hartono") as writer:
        uid = writer.add(Record("crew", new_uid(), {"name": "Regu Melati", "leader": "Budi"})).uid
    exchange(office, head, stick)
    seat = sit(office)
    for name, text in (("leader", "Rudi Hartono"), ("vehicle", "BE 1 X")):
        seat.program.desk.open_record("crew", uid)
        seat.record()
        QTest.mouseClick(seat.find("action_more"), LEFT)
        seat.choose(seat.menu("record_menu"), "action_propose")
        dialog = seat.dialog("propose_dialog")
        dialog.field.setCurrentIndex(dialog.field.findData(name))
        assert dialog.now.text() == ("Sekarang: Budi" if name == "leader" else "Sekarang: -")
        QTest.keyClicks(dialog.text, text)
        assert not dialog.deed.isEnabled()
        QTest.keyClicks(dialog.reason, "sudah berganti")
        QTest.keyClick(dialog.reason, Qt.Key.Key_Return)
        seat.qtbot.waitUntil(lambda text=text: text in seat.record().notice.text())
    assert "menunggu Pusat" in seat.record().notice.text()
    seat.leave()
    exchange(office, head, stick)
    there = sit(head)
    page = there.open("review")
    there.click("heap_proposals")
    there.qtbot.waitUntil(lambda: len(page.table.texts()) == 2)
    page.table.choose(page.table.rows.rows[0].key)
    there.click("action_accept_proposal")
    there.qtbot.waitUntil(lambda: len(page.table.texts()) == 1)
    there.settle()
    QTest.mouseClick(there.find("action_reject_proposal"), LEFT)
    dialog = there.dialog("reason_dialog")
    QTest.keyClicks(dialog.line, "mobil itu dijual")
    QTest.keyClick(dialog.line, Qt.Key.Key_Return)
    there.qtbot.waitUntil(lambda: page.table.texts() == [])
    there.leave()
    exchange(office, head, stick)
    for ctx in (head, office):
        with ctx.store.reading() as reader:
            crew = reader.get("crew", uid).values
        assert (crew["leader"], crew["vehicle"]) == ("Rudi Hartono", None)
    again = sit(office)
    again.program.desk.open_record("crew", uid)
    again.qtbot.waitUntil(lambda: "mobil itu dijual" in again.record().notice.text())
