"""The list page in the real window, on real records, by real keys and clicks."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QPushButton, QWidget

from desktop_app.core.query import Query
from desktop_app.core.words import use
from desktop_app.services import records
from desktop_app.ui.memory import Memory
from desktop_app.ui.ops import Changed
from tests.ui.city import REPAIRS
from tests.ui.screen import LEFT, REPAIR, Screen, number_of, open_uids

pytestmark = pytest.mark.engines

# --- opening


def test_a_kind_with_a_life_cycle_opens_on_what_is_still_to_be_done(city, screen):
    page = screen.open()
    assert page.model.rowCount() == number_of(city, open_only=True)
    assert screen.count() == f"{page.model.rowCount()} dari {REPAIRS} catatan"
    assert screen.find("filter_open").isChecked()
    assert screen.find("filter_all").accessibleDescription() == str(REPAIRS)
    assert page.view.objectName() == "list_streetlight_repair"
    assert page.view.hasFocus()
    assert page.view.current_number() == 0


def test_every_kind_has_a_list_that_opens(city, screen):
    for kind in (one for one in city.registry if one.own_page):
        page = screen.open(kind.name)
        assert page.model.whole()
        assert screen.find(f"list_{kind.name}").isVisible()
        assert screen.window.minimumSizeHint().width() <= 1366
        assert screen.window.minimumSizeHint().height() <= 697


@pytest.mark.parametrize("size", [(1024, 700), (1093, 560)])
def test_it_fits_narrow_windows(screen, size):
    page = screen.open()
    screen.window.resize(*size)
    QApplication.processEvents()
    assert screen.window.minimumSizeHint().width() <= size[0]
    assert screen.window.minimumSizeHint().height() <= size[1]
    assert page.view.horizontalHeader().length() <= page.view.viewport().width()


def test_an_empty_list_says_what_to_do_first_and_keeps_its_head(city, screen):
    page = screen.open("park")
    assert page.notices.empty.is_first()
    words = [label.text() for label in page.notices.empty.findChildren(QLabel) if label.isVisible()]
    assert "Belum ada taman" in words
    assert city.registry["park"].empty.id in words
    assert page.view.horizontalHeader().isVisible()
    assert not screen.find("action_export").isEnabled()
    QTest.mouseClick(page.notices.empty.new, LEFT)
    assert page.record.is_open()


def test_the_words_are_english_when_asked(city, screen):
    use("en")
    try:
        page = screen.open()
        assert page.title() == city.registry[REPAIR].plural.en
        assert screen.count().endswith(f"of {REPAIRS} records")
    finally:
        use("id")


# --- search


def test_ctrl_f_types_a_search_and_esc_clears_it(city, screen):
    page = screen.open()
    screen.click("filter_all")
    screen.key(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is screen.find("search", QLineEdit)
    screen.type("jl mawar")
    wanted = number_of(city, search="jl mawar")
    assert 0 < wanted < REPAIRS
    assert page.model.rowCount() == wanted
    assert all("Mawar" in page.model.index(n, 2).data() for n in range(wanted))
    screen.key(Qt.Key.Key_Escape)
    screen.settle()
    assert page.model.rowCount() == REPAIRS


def test_letters_typed_into_the_list_go_into_the_search(screen):
    page = screen.open()
    screen.click("filter_all")
    page.view.setFocus()
    screen.type("m")
    screen.type("awar")
    assert screen.find("search", QLineEdit).text() == "mawar"
    assert 0 < page.model.rowCount() < REPAIRS
    screen.key(Qt.Key.Key_Down)
    assert page.view.hasFocus()
    assert page.view.current_number() == 0
    screen.key(Qt.Key.Key_Escape)
    screen.settle()
    assert screen.find("search", QLineEdit).text() == ""


def test_while_one_types_only_the_last_question_is_asked(qtbot, screen):
    page = screen.open()
    asked: list[Any] = []
    plain = page._source.first_page

    def first_page(query, limit, op):
        asked.append(query.search)
        return plain(query, limit, op)

    object.__setattr__(page._source, "first_page", first_page)
    screen.find("search").setFocus()
    QTest.keyClicks(screen.find("search"), "sudirman")
    screen.settle()
    assert asked == ["sudirman"]


def test_nothing_that_matches_offers_to_clear_the_filters(screen):
    page = screen.open()
    screen.find("search").setFocus()
    screen.type("tidakadayangbegini")
    assert not page.notices.empty.isHidden()
    assert not page.notices.empty.is_first()
    QTest.mouseClick(page.notices.empty.clear, LEFT)
    screen.settle()
    assert page.model.rowCount() == REPAIRS
    assert page.notices.empty.isHidden()


# --- filters


def test_open_and_all_by_a_click(city, screen):
    page = screen.open()
    screen.click("filter_all")
    assert page.model.rowCount() == REPAIRS
    assert screen.count() == f"{REPAIRS} catatan"
    screen.click("filter_open")
    assert page.model.rowCount() == number_of(city, open_only=True)


def test_a_checklist_filters_with_counts(city, screen):
    page = screen.open()
    screen.click("filter_all")
    chip = page.chips.lists["status"]
    chip.click()
    screen.settle()
    popup = chip.popup()
    lines = {popup._list.item(row).text(): popup._list.item(row) for row in range(popup._list.count())}
    counted = lines["Dikerjakan"].data(Qt.ItemDataRole.UserRole).count
    assert counted == number_of(city, where=(("status", ("IN_PROGRESS",)),))
    QTest.mouseClick(
        popup._list.viewport(), LEFT, pos=popup._list.visualItemRect(lines["Dikerjakan"]).center()
    )
    screen.settle()
    assert page.model.rowCount() == counted
    assert chip.words() == "Dikerjakan"
    assert not screen.find("filter_all").isChecked()
    QTest.keyClick(popup, Qt.Key.Key_Escape)
    assert chip.popup() is None
    screen.click("filter_all")
    assert page.model.rowCount() == REPAIRS
    assert chip.words() == "Status"


def test_a_checklist_by_keys_and_letters(city, screen):
    page = screen.open()
    screen.click("filter_all")
    chip = page.chips.lists["village_code"]
    chip.setFocus()
    QTest.keyClick(chip, Qt.Key.Key_Return)
    screen.settle()
    popup = chip.popup()
    popup._list.setFocus()
    QTest.keyClick(popup, Qt.Key.Key_Down)
    name = popup._list.currentItem().text()
    QTest.keyClick(popup, Qt.Key.Key_Space)
    screen.settle()
    assert chip.words() == name
    texts = {page.model.index(n, 3).data() for n in range(min(50, page.model.rowCount()))}
    assert texts == {name}
    popup.close()


def test_a_month(city, screen):
    page = screen.open()
    screen.click("filter_all")
    chip = page.chips.periods["received_at"]
    chip.click()
    october = next(action for action in chip.menu().actions() if action.text() == "Okt 2026")
    october.trigger()
    chip.menu().close()
    screen.settle()
    assert chip.words() == "Okt 2026"
    assert page.model.rowCount() == number_of(city, period=("received_at", "2026-10-01", "2026-10-31"))
    assert page.model.rowCount() > 0
    assert all(page.model.index(n, 1).data().endswith("/10") for n in range(page.model.rowCount()))


def test_a_filter_that_does_not_fit_stands_in_the_menu(screen):
    page = screen.open()
    screen.window.resize(1366, 768)
    page.chips.resize(420, 32)
    hidden = [chip.objectName() for chip in page.chips._chips if not chip.isVisible()]
    assert "filter_crew" in hidden
    QTest.mouseClick(page.chips.more, LEFT)
    assert {action.objectName() for action in page.chips._menu.actions()} == set(hidden)
    page.chips._menu.close()


# --- sorting


def test_a_click_on_a_heading_sorts_and_a_second_turns_it_round(city, screen, memory):
    page = screen.open()
    screen.click("filter_all")
    head = page.view.horizontalHeader()
    for sort in ("lamp_code", "-lamp_code"):
        QTest.mouseClick(head.viewport(), LEFT, pos=QPoint(head.sectionViewportPosition(2) + 10, 10))
        screen.settle()
        with city.store.reading() as reader:
            wanted = reader.ids(Query(REPAIR, sort=sort))
        assert list(page.model.pks(range(REPAIRS))) == list(wanted)
        assert head.sortIndicatorSection() == 2
        assert (head.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder) is sort.startswith("-")


def test_without_a_mouse_the_list_is_sorted_from_its_menu(city, screen):
    page = screen.open()
    screen.click("filter_all")
    screen.settle()
    for sort in ("lamp_code", "-lamp_code"):
        page.view.setFocus()
        page.view.choose(0)
        ground = page.view.viewport()
        middle, by_key = ground.rect().center(), QContextMenuEvent.Reason.Keyboard
        QApplication.sendEvent(ground, QContextMenuEvent(by_key, middle, ground.mapToGlobal(middle)))
        screen.qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
        menu = QApplication.activePopupWidget()
        assert menu is not None
        QTest.keyClick(menu, Qt.Key.Key_Up)  # its last line: by which column
        QTest.keyClick(menu, Qt.Key.Key_Right)
        screen.qtbot.waitUntil(lambda menu=menu: QApplication.activePopupWidget() is not menu)
        columns = QApplication.activePopupWidget()
        assert isinstance(columns, QMenu)
        QTest.keyClick(columns, Qt.Key.Key_Home)
        QTest.keyClick(columns, Qt.Key.Key_Down)
        QTest.keyClick(columns, Qt.Key.Key_Return)
        screen.settle()
        assert page.query().sort == sort
        with city.store.reading() as reader:
            assert page.model.pks(range(REPAIRS)) == reader.ids(Query(REPAIR, sort=sort)).tolist()


def test_sort_and_columns_are_kept_for_the_next_time(qtbot, city, ops, tmp_path):
    first = Screen(city, ops, qtbot, Memory(tmp_path))
    page = first.open()
    head = page.view.horizontalHeader()
    QTest.mouseClick(head.viewport(), LEFT, pos=QPoint(head.sectionViewportPosition(3) + 10, 10))
    first.settle()
    page.view.layout_of_columns.show("crew", True)
    head.moveSection(head.visualIndex(3), 1)
    first.window.close()
    again = Screen(city, ops, qtbot, Memory(tmp_path)).open()
    assert again.query().sort == "village_code"
    assert again.view.layout_of_columns.names()[0] == "village_code"
    assert again.view.layout_of_columns.is_shown("crew")


def test_columns_are_chosen_in_a_checklist(screen):
    page = screen.open()
    screen.click("action_columns")
    popup = next(one for one in screen.window.findChildren(QWidget, "columns") if one.isVisible())
    names = [popup.list.item(row).text() for row in range(popup.list.count())]
    popup.list.setCurrentRow(names.index("Regu"))
    QTest.keyClick(popup.list, Qt.Key.Key_Space)
    assert page.view.layout_of_columns.is_shown("crew")
    QTest.keyClick(popup.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert page.view.layout_of_columns.names().index("crew") == names.index("Regu") - 1
    QTest.mouseClick(popup.findChild(QPushButton, "action_reset_columns"), LEFT)
    assert not page.view.layout_of_columns.is_shown("crew")
    popup.close()


# --- records


def test_enter_opens_the_record_beside_the_list(city, screen):
    page = screen.open()
    opened: list[Any] = []
    page.record_opened.connect(lambda kind, uid: opened.append((kind, uid)))
    screen.key(Qt.Key.Key_Down)
    screen.key(Qt.Key.Key_Return)
    screen.settle()
    assert opened == [(REPAIR, open_uids(city)[1])]
    assert page.record.showing() == open_uids(city)[1]
    assert page.view.isVisible()
    assert page.record.view.isVisible()


def test_in_a_narrow_window_the_record_takes_the_place_of_the_list(city, screen):
    page = screen.open()
    screen.window.resize(1024, 700)
    screen.key(Qt.Key.Key_Return)
    screen.settle()
    assert not page.view.isVisible()
    assert page.record.view.isVisible()
    total = page.model.rowCount()
    assert any(label.text() == f"1 dari {total}" for label in page.record.view.findChildren(QLabel))
    page.step(1)
    screen.settle()
    assert page.record.showing() == open_uids(city)[1]
    assert any(label.text() == f"2 dari {total}" for label in page.record.view.findChildren(QLabel))
    page.record.view.leave()
    assert page.view.isVisible()
    assert page.view.hasFocus()
    assert page.view.current_number() == 1


def test_ctrl_n_begins_a_record(screen):
    page = screen.open()
    screen.key(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    screen.qtbot.waitUntil(page.record.is_open)
    screen.settle()
    assert page.record.view.draft.base is None
    assert not any(" dari " in label.text() for label in page.record.view.head.findChildren(QLabel)), (
        "a new record has no place in the list"
    )


# --- what others change


def test_the_list_takes_in_what_was_saved_without_jumping(city, screen):
    page = screen.open()
    screen.click("filter_all")
    page.view.choose(150)
    screen.settle()
    top, chosen = page.view.rowAt(0), page.model.pk(150)
    victim = open_uids(city)[0]
    screen.ops.run(
        lambda _op: records.remove(city, REPAIR, victim, "dobel"),
        lane="write",
        changes=Changed(frozenset({REPAIR}), victim),
    )
    screen.settle()
    assert page.model.rowCount() == REPAIRS - 1
    assert page.model.pk(page.view.current_number()) == chosen
    assert page.view.rowAt(0) == top - 1


def test_what_does_not_concern_it_is_not_read_again(screen):
    page = screen.open()
    answers: list[Any] = []
    page.model.answered.connect(lambda: answers.append(1))
    screen.ops.changed.emit(Changed(frozenset({"slum_target"})))
    screen.settle()
    assert answers == []
    screen.ops.changed.emit(Changed(frozenset({"light_point"})))
    screen.settle()
    assert answers == [1]


def test_a_page_in_the_background_is_read_again_when_it_comes_to_the_front(city, screen):
    page = screen.open()
    before = page.model.rowCount()
    screen.open("park")
    victim = open_uids(city)[0]
    screen.ops.run(
        lambda _op: records.remove(city, REPAIR, victim, "dobel"),
        lane="write",
        changes=Changed(frozenset({REPAIR}), victim),
    )
    screen.qtbot.waitUntil(lambda: not screen.ops.busy())
    assert page.model.rowCount() == before
    screen.open()
    assert page.model.rowCount() == before - 1


def test_f5_reads_again(city, screen):
    page = screen.open()
    before = page.model.rowCount()
    records.remove(city, REPAIR, open_uids(city)[5], "dobel")
    screen.key(Qt.Key.Key_F5)
    screen.settle()
    assert page.model.rowCount() == before - 1


def test_what_was_typed_and_not_saved_is_marked_in_the_list(city, screen):
    from desktop_app.services import drafts

    page = screen.open()
    draft = records.open_draft(city, REPAIR, page.model.row(2).uid)
    draft.type("description", "Sudah dua kali dilaporkan")
    drafts.keep(city, draft)
    screen.key(Qt.Key.Key_F5)
    screen.settle()
    assert "draft" in page.model.row(2).marks
    assert "draft" not in page.model.row(1).marks
    assert "konsep" in page.model.index(2, 0).data(Qt.ItemDataRole.ToolTipRole)
