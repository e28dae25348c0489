"""Ctrl+K: a few letters, arrows, Enter; in the real window, by real keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_app.core.query import Query
from desktop_app.services import finding
from desktop_app.ui import keys
from desktop_app.ui.finding.everywhere import Everywhere

CTRL = Qt.KeyboardModifier.ControlModifier


def lamp(ctx):
    with ctx.store.reading() as reader:
        return reader.first(Query("light_point", sort="lamp_code"), 1)[0]


@pytest.fixture
def seat(sit, city):
    at = sit(city)
    at.to_front()
    return at


def opened(seat):
    QTest.keyClick(QApplication.focusWidget() or seat.window, Qt.Key.Key_K, CTRL)
    [box] = [one for one in seat.window.findChildren(Everywhere) if one.isVisible()]
    return box


def typed(seat, text):
    box = opened(seat)
    QTest.keyClicks(box.box, text)
    seat.qtbot.waitUntil(lambda: not box.waiting())
    seat.settle()
    return box


def test_the_key_is_in_the_table():
    assert keys.EVERYWHERE.keys == ("Ctrl+K",)
    assert keys.EVERYWHERE in keys.GROUPS[0][1]


def test_an_asset_code_is_found_with_its_reports_and_enter_opens_it(seat, city):
    row = lamp(city)
    box = typed(seat, row.values["lamp_code"].lower())
    groups = [entry for entry in box.entries() if isinstance(entry, finding.Group)]
    assert groups[0].kind.name == "light_point"  # it is called just that
    assert box.current() == groups[0].hits[0]
    assert box.current().uid == row.uid
    QTest.keyClick(box.box, Qt.Key.Key_Return)
    seat.settle()
    assert seat.window.current_key() == "light_point"
    assert seat.record().showing() == row.uid


def test_a_register_number_is_found_with_title_and_status(seat, city):
    with city.store.reading() as reader:
        row = reader.first(Query("streetlight_repair"), 1)[0]
    box = typed(seat, row.record_no)
    hit = box.current()
    state = city.kind("streetlight_repair").life_cycle.by_code[row.status]
    assert (hit.uid, hit.number, hit.status) == (row.uid, row.record_no, state.label.say())


def test_arrows_step_over_headings_and_the_last_line_shows_all(seat, city):
    box = typed(seat, "jl")
    entries = box.entries()
    chosen = [entries.index(box.current())]
    for _ in entries:
        QTest.keyClick(box.box, Qt.Key.Key_Down)
        chosen.append(entries.index(box.current()))
    headings = [row for row, entry in enumerate(entries) if isinstance(entry, finding.Group)]
    assert sorted(set(chosen)) == [row for row in range(len(entries)) if row not in headings]
    asked = next(entry for entry in entries if isinstance(entry, Query))
    while box.current() != asked:
        QTest.keyClick(box.box, Qt.Key.Key_Up)
    QTest.keyClick(box.box, Qt.Key.Key_Return)
    seat.settle()
    assert seat.window.current_key() == asked.kind
    assert seat.window.current_page().search().text() == "jl"
    with city.store.reading(person=city.person) as reader:
        assert seat.window.current_page().model.rowCount() == reader.count(asked) > finding.A_KIND


def test_enter_before_the_answer_opens_the_first_hit(seat, city):
    row = lamp(city)
    box = opened(seat)
    QTest.keyClicks(box.box, row.values["lamp_code"])
    QTest.keyClick(box.box, Qt.Key.Key_Return)
    seat.settle()
    assert seat.record().showing() == row.uid


def test_the_next_letter_leaves_only_its_own_answer(seat):
    box = opened(seat)
    QTest.keyClicks(box.box, "jl")
    box._ask()  # as after the pause
    QTest.keyClicks(box.box, "zzqx")
    seat.qtbot.waitUntil(lambda: not box.waiting())
    seat.settle()
    assert box.entries() == []
    assert "jlzzqx" in box.note.text()


def test_esc_closes_and_nothing_is_opened(seat):
    before = seat.window.current_key()
    box = typed(seat, "jl")
    QTest.keyClick(box.box, Qt.Key.Key_Escape)
    seat.settle()
    assert not [one for one in seat.window.findChildren(Everywhere) if one.isVisible()]
    assert seat.window.current_key() == before


def test_a_click_opens_too(seat, city):
    row = lamp(city)
    box = typed(seat, row.values["lamp_code"])
    place = box.list.visualItemRect(box.list.currentItem()).center()
    QTest.mouseClick(box.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    seat.settle()
    assert seat.record().showing() == row.uid
