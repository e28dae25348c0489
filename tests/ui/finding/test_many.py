"""Selected rows, Ctrl+M, one card for all; what could not be done is told, and the status bar takes all of it back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu

from desktop_app.core.query import Query
from desktop_app.ui.finding.many import changeable
from desktop_app.ui.form.editors import LineEditor
from tests.ui.screen import focused

REPAIR = "streetlight_repair"
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def seat(sit, city):
    at = sit(city)
    at.to_front()
    return at


def listed(seat, *states, rows):
    """The list of these states, the first rows selected by keys."""
    page = seat.open(REPAIR)
    page.show_only(Query(REPAIR, where=(("status", states),), sort="status"))
    seat.settle()
    page.view.setFocus()
    page.view.choose(0)
    for _ in range(rows - 1):
        QTest.keyClick(page.view, Qt.Key.Key_Down, SHIFT)
    assert page.view.selected_count() == rows
    return page, [page.model.row(number).uid for number in range(rows)]


def choose(seat, text):
    QTest.keyClick(focused(), Qt.Key.Key_M, CTRL)
    seat.qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    wanted = next(action for action in menu.actions() if action.text().startswith(text))
    for _ in menu.actions():
        if menu.activeAction() is not wanted:
            QTest.keyClick(menu, Qt.Key.Key_Down)
    assert menu.activeAction() is wanted
    QTest.keyClick(menu, Qt.Key.Key_Return)
    return dialog(seat, "many_dialog")


def dialog(seat, name):
    def shown():
        return [one for one in seat.window.findChildren(QDialog, name) if one.isVisible()]

    seat.qtbot.waitUntil(lambda: bool(shown()))
    seat.settle()
    return shown()[0]


def states(city, uids):
    with city.store.reading() as reader:
        return [reader.get(REPAIR, uid).status for uid in uids]


def test_a_step_for_many_and_all_of_it_back(seat, city, expects_dialog):
    page, uids = listed(seat, "RECEIVED", rows=4)
    asked = choose(seat, "Verifikasi")
    assert "4 " in asked.windowTitle()
    QTest.keyClick(asked.card._confirm, Qt.Key.Key_Return)
    seat.settle()
    assert states(city, uids) == ["VERIFIED"] * 4
    assert page.notice.text() == "4 catatan diubah."
    seat.to_front()
    page.view.setFocus()
    QTest.keyClick(page.view, Qt.Key.Key_Z, CTRL)
    seat.settle()
    assert states(city, uids) == ["RECEIVED"] * 4


def test_common_date_and_crew_by_keys(seat, city, expects_dialog):
    with city.store.reading() as reader:
        crew = reader.first(Query("crew"), 1)[0]
    _, uids = listed(seat, "VERIFIED", rows=3)
    card = choose(seat, "Jadwalkan").card
    date = card.findChild(LineEditor, "move_planned_date")
    assert date.hasFocus()
    assert date.text() == ""  # common to all: not what the first one has
    QTest.keyClicks(date, "8/11")
    QTest.keyClick(date, Qt.Key.Key_Return)
    QTest.keyClicks(focused(), crew.values["name"])
    seat.settle()
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    seat.settle()
    card.confirm()
    seat.settle()
    with city.store.reading() as reader:
        for uid in uids:
            record = reader.get(REPAIR, uid)
            assert (record.status, record.values["crew"]) == ("SCHEDULED", crew.uid)
            assert record.values["planned_date"].isoformat()[5:] == "11-08"


def test_those_that_can_not_are_told_with_their_reason(seat, city, expects_dialog):
    page, _ = listed(seat, "RECEIVED", "VERIFIED", rows=1)
    page.view.setFocus()
    QTest.keyClick(page.view, Qt.Key.Key_A, CTRL)
    number = page.view.selected_count()
    with city.store.reading() as reader:
        received = reader.count(Query(REPAIR, where=(("status", ("RECEIVED",)),)))
    asked = choose(seat, "Verifikasi")
    QTest.keyClick(asked.card._confirm, Qt.Key.Key_Return)
    told = dialog(seat, "many_refused")
    assert told.list.count() == number - received > 0
    assert "tidak bisa dari status 'Diverifikasi'" in told.list.item(0).text()
    wanted = told.list.item(0).data(Qt.ItemDataRole.UserRole)
    QTest.keyClick(told.list, Qt.Key.Key_Return)
    seat.settle()
    assert seat.record().showing() == wanted


def test_one_change_needs_its_value(seat, city, expects_dialog):
    _, uids = listed(seat, "SCHEDULED", rows=2)
    asked = choose(seat, "Isi Regu")
    asked.card.confirm()
    seat.settle()
    assert asked.isVisible()
    QTest.keyClick(asked.card, Qt.Key.Key_Escape)
    seat.settle()
    assert states(city, uids) == ["SCHEDULED"] * 2


def test_one_row_is_changed_in_its_form(seat):
    page, _ = listed(seat, "RECEIVED", rows=1)
    assert not page.foot.many.isVisible()
    QTest.keyClick(page.view, Qt.Key.Key_M, CTRL)
    assert "Pilih dulu" in page.notice.text()


def test_every_kind_offers_only_simple_fields(city):
    for kind in city.registry:
        for field in changeable(kind):
            assert not field.unique
            assert not field.personal
            assert field.name != kind.natural_key
    assert "crew" in [field.name for field in changeable(city.kind(REPAIR))]
