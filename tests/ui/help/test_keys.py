"""Every key of the sheet does what the sheet says, in the real window; and the window has no shortcut that the sheet lacks."""

from __future__ import annotations

from functools import wraps

import pytest
from PySide6.QtGui import QAction, QGuiApplication, QImage, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog

from desktop_app.core.query import Query
from desktop_app.services import photos
from desktop_app.ui import keys
from desktop_app.ui.form.calendar import CalendarPopup
from desktop_app.ui.form.photo_viewer import PhotoViewer
from tests.pictures import photo_of

REPAIR = "streetlight_repair"
TABLE = {key for _, group in keys.GROUPS for key in group}
TRIED: set[keys.Key] = set()
_working: set[keys.Key] = set()


def tries(*wanted):
    """Says which keys of the table a test tries; the test fails when it leaves one of them out."""

    def mark(test):
        TRIED.update(wanted)

        @wraps(test)
        def tried(*given, **named):
            _working.clear()
            test(*given, **named)
            assert sorted(key.words.en for key in set(wanted) - _working) == []

        return tried

    return mark


def works(key, happened):
    """The key did what it says."""
    assert happened, key.words.en
    _working.add(key)


def dialogs(hands):
    return [one for one in hands.window.findChildren(QDialog) if one.isVisible()]


def closes(hands):
    """Close the dialog that a key opens (a button's shortcut shows it pressed before it does anything); whether there was one."""
    hands.qtbot.waitUntil(lambda: bool(dialogs(hands)))
    found = dialogs(hands)
    for dialog in found:
        dialog.reject()
    hands.seat.settle()
    hands.front()
    return bool(found)


def first(ctx, kind=REPAIR, holds=lambda _record: True, **where):
    asked = Query(kind, where=tuple((name, (value,)) for name, value in where.items()))
    with ctx.store.reading() as reader:
        for row in reader.first(asked, 200):
            if holds(reader.get(kind, row.uid)):
                return row.uid
    raise LookupError(kind)


def record(hands, uid, kind=REPAIR):
    hands.seat.open(kind).open_record(uid)
    view = hands.seat.record()
    hands.front()
    return view


@tries(
    keys.SEARCH,
    keys.CLEAR_SEARCH,
    keys.TO_LIST,
    keys.COPY,
    keys.RELOAD,
    keys.SELECT_ALL,
    keys.REMOVE,
    keys.EXPORT,
    keys.OPEN,
    keys.LIST_NEW,
)
def test_the_keys_of_a_list(city, hand, expects_dialog):
    hands = hand(city)
    page = hands.seat.open(REPAIR)
    hands.front()
    page.view.setFocus()
    hands.press(keys.SEARCH.first)
    works(keys.SEARCH, page.search().hasFocus())
    QTest.keyClicks(page.search(), "jl")
    hands.press(keys.CLEAR_SEARCH.first)
    works(keys.CLEAR_SEARCH, page.search().text() == "")
    hands.seat.settle()
    hands.press(keys.TO_LIST.first)
    works(keys.TO_LIST, page.view.hasFocus())
    page.view.choose(0)
    QGuiApplication.clipboard().clear()
    hands.press(keys.COPY.first)
    hands.qtbot.waitUntil(lambda: "\t" in QGuiApplication.clipboard().text())
    works(keys.COPY, True)
    with hands.qtbot.waitSignal(page.model.swapped):
        hands.press(keys.RELOAD.first)
    works(keys.RELOAD, True)
    hands.seat.settle()
    hands.press(keys.SELECT_ALL.first)
    works(keys.SELECT_ALL, page.view.selected_count() > 1)
    page.view.choose(0)
    hands.press(keys.REMOVE.first)
    works(keys.REMOVE, closes(hands))
    hands.press(keys.EXPORT.first)
    works(keys.EXPORT, closes(hands))
    page.view.setFocus()
    hands.press(keys.OPEN.first)
    works(keys.OPEN, hands.seat.record().draft.base is not None)
    hands.press(keys.BACK.first)
    hands.seat.settle()
    hands.front()
    page.view.setFocus()
    hands.press(keys.LIST_NEW.first)
    works(keys.LIST_NEW, hands.seat.record().draft.base is None)


@tries(keys.EVERYWHERE)
def test_the_key_that_looks_everywhere(hand, city):
    hands = hand(city)
    hands.front()
    hands.press(keys.EVERYWHERE.first)
    works(keys.EVERYWHERE, QApplication.focusWidget().objectName() == "find_box")
    hands.press("Esc")


@tries(keys.MANY)
def test_the_key_that_changes_many(hand, city):
    hands = hand(city)
    page = hands.seat.open(REPAIR)
    hands.front()
    page.view.setFocus()
    page.view.choose(0)
    hands.press("Shift+Down")
    hands.press(keys.MANY.first)
    hands.qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    menu = QApplication.activePopupWidget()
    works(keys.MANY, menu.objectName() == "many_menu")
    menu.close()


@tries(keys.NEXT, keys.BEFORE, keys.DROP_DOWN, keys.CALENDAR, keys.BACK)
def test_the_keys_of_a_form(city, hand):
    hands = hand(city)
    page = hands.seat.open(REPAIR)
    page.begin()
    view = hands.seat.record()
    editors = dict(view.body.editors())
    hands.front()
    for pressed in keys.NEXT.keys:
        editors["received_at"].setFocus()
        hands.press(pressed)
        works(keys.NEXT, editors["channel"].hasFocus())
    hands.press(keys.BEFORE.first)
    works(keys.BEFORE, editors["received_at"].hasFocus())
    for pressed in keys.DROP_DOWN.keys:
        editors["channel"].setFocus()
        hands.press(pressed)
        works(keys.DROP_DOWN, editors["channel"].is_open())
        hands.press("Esc")
        assert not editors["channel"].is_open()
    view.body.focus_field("planned_date")
    hands.press(keys.CALENDAR.first)
    [calendar] = [one for one in hands.window.findChildren(CalendarPopup) if one.isVisible()]
    works(keys.CALENDAR, True)
    calendar.close()
    hands.front()
    editors["received_at"].setFocus()
    hands.seat.settle()
    hands.front()
    hands.press(keys.BACK.first)
    hands.qtbot.waitUntil(lambda: not view.isVisible())
    works(keys.BACK, True)


@tries(keys.SAVE_NEW, keys.UNDO)
def test_saving_and_beginning_anew_and_undoing_it(city, hand):
    hands = hand(city)
    for pressed in keys.SAVE_NEW.keys:
        view = record(hands, first(city, status="RECEIVED"))
        view.body.focus_field("description")
        hands.press("x")
        hands.press(pressed)
        hands.qtbot.waitUntil(lambda view=view: bool(view.saved) and view.draft.base is None)
        works(keys.SAVE_NEW, True)
    hands.press(keys.BACK.first)
    hands.seat.settle()
    hands.front()
    undone = len(hands.seat.program.desk._undo)
    hands.window.setFocus()
    hands.press(keys.UNDO.first)
    hands.seat.settle()
    works(keys.UNDO, len(hands.seat.program.desk._undo) == undone - 1)


@tries(keys.TICK)
def test_ticking(head, hand):
    hands = hand(head)
    hands.seat.open("crew").begin()
    view = hands.seat.record()
    ticks = dict(view.body.editors())["tasks"]
    hands.front()
    ticks.setFocus()
    hands.press(keys.TICK.first)
    works(keys.TICK, len(ticks.codes()) == 1)


@tries(keys.CELL_ON, keys.CELL_DOWN, keys.CELL_UP, keys.LINE_REMOVE, keys.LINE_UNDO, keys.CELL_LEAVE)
def test_the_keys_of_a_grid(city, hand):
    hands = hand(city)
    used = first(city, holds=lambda one: len(one.lines.get("materials", ())) > 1 and one.status == "DONE")
    view = record(hands, used)
    table = view.body._grids["materials"].table
    rows = len(table.model_of_lines().uids)
    columns = table.model_of_lines().typed_columns()
    for pressed in keys.CELL_ON.keys:
        table.go_to(0, columns[0])
        hands.press(pressed)
        works(keys.CELL_ON, table.at() == (0, columns[1]))
    hands.press(keys.CELL_DOWN.first)
    works(keys.CELL_DOWN, table.at() == (1, columns[1]))
    hands.press(keys.CELL_UP.first)
    works(keys.CELL_UP, table.at() == (0, columns[1]))
    hands.press(keys.LINE_REMOVE.first)
    works(keys.LINE_REMOVE, len(table.model_of_lines().uids) == rows - 1)
    hands.press(keys.LINE_UNDO.first)
    works(keys.LINE_UNDO, len(table.model_of_lines().uids) == rows)
    hands.press(keys.CELL_LEAVE.first)
    works(keys.CELL_LEAVE, table.at() is None)
    assert view.isVisible()


@tries(keys.PHOTO_PASTE, keys.PHOTO_ON, keys.PHOTO_BACK)
def test_the_keys_of_photos(city, hand, expects_dialog):
    hands = hand(city)
    uid = first(city, status="CONFIRMED")
    for colour in ("#ff0000", "#00ff00"):
        photos.add(city, REPAIR, uid, photo_of(colour=colour), "BEFORE")
    view = record(hands, uid)
    view.head.tab_chosen.emit("photos")
    hands.seat.settle()
    tab = view.pages.photos
    tab.setFocus()
    QGuiApplication.clipboard().setImage(QImage(90, 60, QImage.Format.Format_RGB32))
    hands.press(keys.PHOTO_PASTE.first)
    hands.qtbot.waitUntil(lambda: len(photos.photos(city, REPAIR, uid)) == 3)
    works(keys.PHOTO_PASTE, True)
    hands.seat.settle()
    tab.tiles()[0].setFocus()
    hands.press("Return")
    hands.qtbot.waitUntil(lambda: any(one.isVisible() for one in hands.window.findChildren(PhotoViewer)))
    viewer = hands.window.findChild(PhotoViewer)
    hands.front(viewer)
    begun = viewer.uid()
    hands.press(keys.PHOTO_ON.first)
    works(keys.PHOTO_ON, viewer.uid() != begun)
    hands.press(keys.PHOTO_BACK.first)
    works(keys.PHOTO_BACK, viewer.uid() == begun)
    viewer.close()
    hands.front()


@tries(keys.READ, keys.NEW_OFFICE, keys.OFFICE_SAYS, keys.HEAD_SAYS, keys.DECIDE)
def test_the_keys_of_headquarters(head, clash, hand, expects_dialog):
    hands = hand(head)
    for page, key in (("inbox", keys.READ), ("board", keys.NEW_OFFICE)):
        hands.seat.open(page)
        hands.front()
        hands.press(key.first)
        works(key, closes(hands))
    review = hands.seat.open("review")
    hands.front()
    hands.press(keys.OFFICE_SAYS.first)
    works(keys.OFFICE_SAYS, list(review.conflict.choices().values()) == ["office"])
    hands.press(keys.HEAD_SAYS.first)
    works(keys.HEAD_SAYS, sorted(review.conflict.choices().values()) == ["head", "office"])
    hands.press(keys.DECIDE.first)
    hands.qtbot.waitUntil(lambda: review.note() != "1 catatan menunggu keputusan")
    hands.seat.settle()
    works(keys.DECIDE, review.note() != "1 catatan menunggu keputusan")


@tries(keys.HELP, keys.SHEET, keys.HELP_HOME, keys.HELP_BACK, keys.HELP_ON, keys.HELP_SEARCH, keys.HELP_CLOSE)
def test_the_keys_of_the_help(office, hand):
    hands = hand(office)
    hands.window.setFocus()
    hands.press(keys.HELP.first)
    works(keys.HELP, hands.help().address() == "page/home")
    hands.front()
    hands.window.setFocus()
    hands.press(keys.SHEET.first)
    window = hands.help()
    works(keys.SHEET, window.address() == "keys")
    hands.front(window)
    window.browser.setFocus()
    hands.press(keys.HELP_HOME.first)
    works(keys.HELP_HOME, window.address() == "contents")
    hands.press(keys.HELP_BACK.first)
    works(keys.HELP_BACK, window.address() == "keys")
    hands.press(keys.HELP_ON.first)
    works(keys.HELP_ON, window.address() == "contents")
    hands.press(keys.HELP_SEARCH.first)
    works(keys.HELP_SEARCH, window.search.hasFocus())
    hands.press(keys.HELP_CLOSE.first)
    works(keys.HELP_CLOSE, not window.isVisible())


def bound(window):
    """Every shortcut that is alive in a window, with what it does."""
    found = [(one.key(), one) for one in window.findChildren(QShortcut)]
    found += [(keys_, one) for one in window.findChildren(QAction) for keys_ in one.shortcuts()]
    found += [(one.shortcut(), one) for one in window.findChildren(QAbstractButton)]
    return [(sequence, one) for sequence, one in found if not sequence.isEmpty()]


OTHERS = sorted(TABLE - TRIED)


@tries(*OTHERS)
def test_the_other_keys_reach_the_form_or_the_window(city, hand, expects_dialog):
    """Those whose effect is tried where they are made: here, that pressing them calls it, and that nothing else takes the key."""
    hands = hand(city)
    hands.seat.open(REPAIR).begin()
    view = hands.seat.record()
    QGuiApplication.clipboard().clear()
    for key in OTHERS:
        mine = [
            shortcut
            for sequence, shortcut in bound(hands.window)
            if isinstance(shortcut, QShortcut)
            and sequence == QKeySequence(key.first)
            and shortcut.parent() in (view, hands.window)
        ]
        assert len(mine) == 1, key.words.en
        heard: list[keys.Key] = []
        mine[0].activated.connect(lambda key=key, heard=heard: heard.append(key))
        mine[0].activatedAmbiguously.connect(lambda: pytest.fail("two take the same key"))
        hands.front()
        view.body.focus_field("channel")
        hands.press(key.first)
        hands.seat.settle()
        works(key, heard == [key])
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        for dialog in dialogs(hands):
            dialog.reject()


def known(sequence):
    return any(
        sequence.matches(QKeySequence(pressed)) == QKeySequence.SequenceMatch.ExactMatch
        for key in TABLE
        for pressed in key.keys
    )


@pytest.mark.parametrize(
    "pages", [("home", "exchange", "settings", REPAIR, "park_work", "burial", "slum_assessment")]
)
def test_every_shortcut_of_an_office_is_in_the_table(office, hand, pages):
    hands = hand(office)
    for page in pages:
        opened = hands.seat.open(page)
        if hasattr(opened, "begin") and hasattr(opened, "kind"):
            opened.begin()
            hands.seat.record()
    hands.seat.program.desk.help_at("contents")
    found = bound(hands.window)
    assert len(found) > 20
    assert sorted({sequence.toString() for sequence, _ in found if not known(sequence)}) == []


def test_every_shortcut_of_headquarters_is_in_the_table(head, clash, hand):
    hands = hand(head)
    for page in ("inbox", "board", "review"):
        hands.seat.open(page)
    found = bound(hands.window)
    assert {"Alt+K", "Alt+P", "Ctrl+O", "Ctrl+N"} <= {sequence.toString() for sequence, _ in found}
    assert sorted({sequence.toString() for sequence, _ in found if not known(sequence)}) == []


def test_a_tooltip_names_the_key_of_the_table(office, hand):
    hands = hand(office)
    hands.seat.open(REPAIR).begin()
    view = hands.seat.record()
    assert view.footer.save_button.toolTip() == keys.tip("Simpan", keys.SAVE) == "Simpan (Ctrl+S)"
    assert "Ctrl+N" in hands.seat.find("action_new").toolTip()


def test_no_key_of_the_sheet_is_left_untried():
    assert sorted(key.words.en for key in TABLE - TRIED) == []
    assert len(OTHERS) < len(TABLE) // 4
