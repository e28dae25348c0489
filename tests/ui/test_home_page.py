"""Beranda in the window: every door is clicked, and the list behind it holds what the door said."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu

from desktop_app.core import words
from desktop_app.core.query import Query
from desktop_app.core.record import Record
from desktop_app.core.stamps import new_uid
from desktop_app.services import drafts, home
from desktop_app.storage import reviewing
from desktop_app.ui import theme
from desktop_app.ui.home.doors import DoorButton, LargeDoor
from desktop_app.ui.home.work import FEW
from tests.offices import _indonesian, busy, busy_office, makers, office, pusat
from tests.ui.exchange.conftest import NOW, head, places, sit, two_places

__all__ = [
    "_indonesian",
    "busy",
    "busy_office",
    "head",
    "makers",
    "office",
    "places",
    "pusat",
    "sit",
    "two_places",
]

REPAIR = "streetlight_repair"


def doors(seat):
    """The doors by key, as they stand from left to right, the large ones first."""
    seen = [one for one in seat.window.findChildren(DoorButton) if one.isVisible()]
    assert all(not one.visibleRegion().isEmpty() for one in seen if isinstance(one, LargeDoor)), "no room"
    seen.sort(key=lambda one: (not isinstance(one, LargeDoor), one.x()))
    return {one.door.key: one for one in seen}


def listed(seat, kind):
    page = seat.window.current_page()
    assert seat.window.current_key() == kind
    seat.qtbot.waitUntil(lambda: not page.model.waiting() and page.model.whole())
    assert page.query() == page.model.query
    return page.model.rowCount()


def first(ctx, kind, number, **asked):
    with ctx.store.reading() as reader:
        return [row.uid for row in reader.first(Query(kind, **asked), number)]


def give_back(ctx, *records):
    with ctx.store.writing("Rudi") as writer:
        for kind, uid in records:
            reviewing.set_returned(writer, ctx.kind(kind), uid, given_back=True)


def work(ctx, day, status="PLANNED"):
    park = first(ctx, "park", 1)[0]
    values = {"park": park, "activity": "MOWING", "work_date": day}
    return Record("park_work", new_uid(), values, status=status, site_code="18.72.01")


def permit(ctx, ends):
    values = {"plot": first(ctx, "grave_plot", 1)[0], "permit_no": "470/1/IPTM/2026", "valid_until": ends}
    return Record("plot_permit", new_uid(), values, status="ACTIVE", site_code="18.72.01")


def test_each_door_opens_what_it_counted(busy, sit):
    give_back(busy, *((REPAIR, uid) for uid in first(busy, REPAIR, 2)))
    today = busy.where().today
    with busy.store.writing("Sri Wahyuni") as writer:
        writer.load("park_work", [work(busy, today), work(busy, today - dt.timedelta(days=3))])
        writer.load(
            "plot_permit", [permit(busy, today + dt.timedelta(days=days)) for days in (-1, 0, 90, 91)]
        )
    seat = sit(busy)
    seat.open("home")
    keys = list(doors(seat))
    assert keys[: home.BIG] == ["returned", "overdue", "permits", "unsent"]
    assert {"park_today", "park_missed", "permits_ended", "scheduled"} <= set(keys)
    for key in keys:
        seat.open("home")
        door = doors(seat)[key].door
        assert doors(seat)[key].accessibleName().startswith(door.label.say())
        seat.click(f"door_{key}")
        if door.page == "work":
            assert len(seat.window.current_page().work.rows()) == door.number > 0
        elif door.page:
            assert seat.window.current_key() == door.page
        else:
            assert listed(seat, door.queries[0][0].kind) == door.number > 0, key


def test_a_door_to_several_kinds_asks_which(busy, sit):
    give_back(
        busy, *((REPAIR, uid) for uid in first(busy, REPAIR, 2)), ("burial", first(busy, "burial", 1)[0])
    )
    seat = sit(busy)
    for kind, number in ((REPAIR, 2), ("burial", 1)):
        seat.open("home")
        assert doors(seat)["returned"].door.number == 3
        seat.click("door_returned")
        menu = next(one for one in seat.window.findChildren(QMenu, "door_menu") if one.isVisible())
        action = next(one for one in menu.actions() if one.objectName() == f"door_returned_{kind}")
        QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
        seat.settle()
        assert listed(seat, kind) == number


def test_the_filter_of_a_door_stands_on_its_chips_and_can_be_taken_away(busy, sit):
    seat = sit(busy)
    seat.open("home")
    late = doors(seat)["overdue"].door.number
    seat.click("door_overdue")
    page = seat.window.current_page()
    assert page.chips.overdue.isChecked()
    assert listed(seat, REPAIR) == late
    seat.click("filter_overdue")
    assert page.query() == Query(REPAIR, sort="received_at")
    assert listed(seat, REPAIR) > late
    seat.click("filter_overdue")  # now asked by the chip itself
    assert listed(seat, REPAIR) >= late > 0


def test_work_is_opened_by_click_and_by_keys(busy, sit):
    seat = sit(busy)
    page = seat.open("home")
    assert len(page.work.rows()) == FEW
    row = next(one for one in page.work.rows() if one.task.uid)
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_Down)
    QTest.keyClick(seat.window.focusWidget(), Qt.Key.Key_Up)
    assert seat.window.focusWidget() is row
    QTest.keyClick(row, Qt.Key.Key_Return)
    seat.settle()
    assert seat.window.current_key() == row.task.kind
    assert seat.window.current_page().record.showing() == row.task.uid


def test_all_the_work_is_shown_when_asked_for_and_folded_again(busy, sit):
    seat = sit(busy)
    page = seat.open("home")
    seat.click("work_all")
    assert len(page.work.rows()) == len(page._overview.tasks) > FEW
    seat.click("work_all")
    assert len(page.work.rows()) == FEW


def test_planned_work_begins_its_slip(busy, sit):
    seat = sit(busy)
    page = seat.open("home")
    seat.click("door_scheduled")
    row = page.work.rows()[0]
    QTest.mouseClick(row, Qt.MouseButton.LeftButton)
    seat.settle()
    assert seat.window.current_key() == "park_work"
    draft = seat.window.current_page().record.view.draft
    assert {name: draft.value(name) for name in ("park", "activity")} == {
        name: row.task.begin[name] for name in ("park", "activity")
    }


def test_possible_doubles_are_looked_for_once_nobody_waits(busy, sit):
    with busy.store.reading() as reader:
        other = reader.first(Query(REPAIR, open_only=True), 1)[0]
    again = Record(
        REPAIR,
        new_uid(),
        {
            name: other.values[name]
            for name in ("lamp", "lamp_code", "street_name", "received_at", "category")
        },
        status="RECEIVED",
        site_code="18.72.01",
    )
    with busy.store.writing("Sri Wahyuni") as writer:
        writer.load(REPAIR, [again])
    seat = sit(busy)
    page = seat.open("home")
    seat.qtbot.waitUntil(lambda: "doubles" in doors(seat))
    seat.click("door_doubles")
    rows = page.work.rows()
    assert len(rows) == doors(seat)["doubles"].door.number
    row = next(one for one in rows if one.task.uid == again.uid)
    assert "ampu sama" in row.task.line.id
    QTest.mouseClick(row, Qt.MouseButton.LeftButton)
    seat.settle()
    assert seat.window.current_page().record.showing() == again.uid


def test_a_draft_stands_first_and_is_gone_on_with(busy, sit):
    draft = home.begun(busy, REPAIR, {"street_name": "Jl. Kakap"})
    drafts.keep(busy, draft, "street_name")
    seat = sit(busy)
    seat.open("home")
    seat.click(f"go_on_{draft.record.uid}")
    assert seat.window.current_key() == REPAIR
    assert seat.window.current_page().record.view.draft.value("street_name") == "Jl. Kakap"


def test_a_draft_is_thrown_away_only_when_that_was_said_twice(busy, sit):
    draft = home.begun(busy, REPAIR, {"street_name": "Jl. Kakap"})
    drafts.keep(busy, draft, "street_name")
    seat = sit(busy)
    seat.open("home")
    seat.click(f"throw_{draft.record.uid}")
    assert [one.uid for one in drafts.all_kept(busy)] == [draft.record.uid]
    seat.click(f"throw_{draft.record.uid}")
    assert drafts.all_kept(busy) == []
    assert not seat.sees(f"go_on_{draft.record.uid}")


def test_a_slip_put_aside_is_work_and_no_banner(busy, sit):
    draft = home.begun(busy, REPAIR, {"street_name": "Jl. Kakap"})
    drafts.park(busy, draft)
    seat = sit(busy)
    page = seat.open("home")
    assert not seat.sees(f"go_on_{draft.record.uid}")
    assert doors(seat)["parked"].door.number == 1
    seat.click("door_parked")
    row = page.work.rows()[0]
    assert "Saluran" in row.task.line.id
    QTest.mouseClick(row, Qt.MouseButton.LeftButton)
    seat.settle()
    assert seat.window.current_key() == REPAIR
    assert seat.window.current_page().record.view.draft.value("street_name") == "Jl. Kakap"


def test_an_office_without_records_is_told_what_to_do_first(office, sit):
    seat = sit(office)
    page = seat.open("home")
    assert doors(seat) == {}
    said = " ".join(one.text() for one in page.findChildren(QLabel) if one.isVisible())
    assert "Belum ada catatan" in said
    seat.click("first_record")
    menu = next(one for one in seat.window.findChildren(QMenu, "new_record_menu") if one.isVisible())
    action = next(one for one in menu.actions() if one.objectName() == "new_light_point")
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
    seat.settle()
    assert seat.window.current_key() == "light_point"
    assert seat.window.current_page().record.is_open()


def test_headquarters_without_records_is_sent_to_its_offices(pusat, sit):
    seat = sit(pusat)
    seat.open("home")
    seat.click("first_offices")
    assert seat.window.current_key() == "board"


def test_headquarters_sees_which_offices_are_late_and_opens_the_board(head, sit):
    head.clock = lambda: NOW + dt.timedelta(days=30)
    seat = sit(head)
    page = seat.open("home")
    assert list(doors(seat))[: home.BIG] == ["inbox", "board", "review", "overdue"]
    assert doors(seat)["board"].door.number == 1
    assert [row.task.title for row in page.work.rows()] == ["Kec. Metro Timur"]
    assert [one for one in QApplication.topLevelWidgets() if one.isVisible()] == [seat.window]
    seat.click("door_board")
    board = seat.window.current_page()
    assert seat.window.current_key() == "board"
    assert sum(line.days_late > 0 for line in board._lines) == 1
    seat.open("home")
    QTest.mouseClick(page.work.rows()[0], Qt.MouseButton.LeftButton)
    seat.settle()
    assert seat.window.current_key() == "board"


@pytest.mark.parametrize("language", ["id", "en"])
def test_it_fits_what_is_left_of_a_small_screen(busy, sit, language):
    words.use(language)
    seat = sit(busy, (1093, 560))
    page = seat.open("home")
    assert page.minimumSizeHint().width() <= 1093 - theme.current().px(19)
    assert page._inner.minimumSizeHint().width() <= page.width()
    for door in seat.window.findChildren(LargeDoor):
        look = theme.current()
        room = door.width() - look.px(15.5)
        assert look.metrics["body"].horizontalAdvance(door.door.label.say()) <= room, door.door.key
