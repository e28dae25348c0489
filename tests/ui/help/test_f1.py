"""F1 on every page and in every field: a page that is about it, in the language in use."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from desktop_app.core import words
from desktop_app.core.query import Query
from desktop_app.records.registry import REGISTRY
from desktop_app.services.help import guides
from desktop_app.ui.form.grid import LinesGrid
from tests.help_words import trouble

KINDS = [kind.name for kind in REGISTRY if kind.own_page]
OFFICE_PAGES = ("home", "exchange", "reports", "settings")
HEAD_PAGES = ("inbox", "board", "review", "home", "reports", "settings")


def said(help_window, language="id"):
    """The title of the page that is shown, after a look at its words."""
    assert trouble(help_window.book.page(help_window.address()), language) == "", help_window.address()
    return help_window.browser.toPlainText().partition("\n")[0]


@pytest.mark.parametrize("spoken", ["id", "en"])
def test_f1_on_every_page_of_an_office(office, hand, spoken):
    hands = hand(office)
    words.use(spoken)
    for key in (*OFFICE_PAGES, *KINDS):
        page = hands.seat.open(key)
        hands.front()
        page.setFocus()
        hands.window.setFocus()
        shown = said(hands.f1(), spoken)
        if key in guides.OF_PAGE:
            assert shown == guides.title(guides.OF_PAGE[key])
        else:
            assert shown == REGISTRY[key].plural.say()


def test_f1_on_every_page_of_headquarters(head, hand):
    hands = hand(head)
    for key in HEAD_PAGES:
        hands.seat.open(key)
        hands.front()
        hands.window.setFocus()
        assert said(hands.f1()) == guides.title(guides.OF_PAGE[key])


OFTEN = ("streetlight_repair", "park_work", "burial")  # the others come with the long ones
FIELDS_OF = [name if name in OFTEN else pytest.param(name, marks=pytest.mark.heavy) for name in KINDS]


@pytest.mark.parametrize("name", FIELDS_OF)
def test_f1_in_every_field_of_a_new_record(office, head, hand, name):
    kind = REGISTRY[name]
    hands = hand(office if kind.owner == "office" else head)
    page = hands.seat.open(name)
    page.begin()
    view = hands.seat.record()
    asked = view.body.editors()
    assert asked
    opened = 0
    for field, editor in asked:
        if isinstance(editor, LinesGrid):
            table = editor.table
            for column in table.model_of_lines().typed_columns():
                hands.front()
                table.go_to(0, column)
                declared = table.model_of_lines().columns[column]
                window = hands.f1()
                assert window.address() == f"field/{name}/{field}.{declared.name}"
                assert said(window) == declared.label.say()
                opened += 1
        else:
            hands.front()
            editor.setFocus()
            window = hands.f1()
            assert window.address() == f"field/{name}/{field}"
            assert said(window) == kind.by_name[field].label.say()
            opened += 1
    assert opened >= len(asked)


def test_f1_in_english(office, hand):
    hands = hand(office)
    words.use("en")
    hands.seat.open("park_work").begin()
    view = hands.seat.record()
    for field, editor in view.body.editors():
        if not isinstance(editor, LinesGrid):
            hands.front()
            editor.setFocus()
            assert said(hands.f1(), "en") == REGISTRY["park_work"].by_name[field].en


def test_f1_in_a_field_that_a_step_asks_for(city, hand):
    hands = hand(city)
    page = hands.seat.open("streetlight_repair")
    with city.store.reading() as reader:
        uid = reader.first(Query("streetlight_repair", where=(("status", ("VERIFIED",)),)), 1)[0].uid
    page.open_record(uid)
    view = hands.seat.record()
    move = next(one for one in view.kind.life_cycle.moves if one.name == "schedule")
    view.card.ask(move, view.draft)
    hands.front()
    hands.seat.find("move_planned_date").setFocus()
    assert hands.f1().address() == "field/streetlight_repair/planned_date"


def test_f1_at_the_photos_of_a_record(city, hand):
    hands = hand(city)
    page = hands.seat.open("streetlight_repair")
    page.begin()
    view = hands.seat.record()
    view.head.tab_chosen.emit("photos")
    hands.front()
    view.pages.photos.setFocus()
    assert hands.f1().address() == "guide/photos"


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("setting_language", "setting/language"),
        ("setting_sla_hours", "setting/sla_hours"),
        ("setting_section_parks", "setting/sections"),
        ("setting_person", "guide/users"),
        ("action_backup", "guide/backup"),
    ],
)
def test_f1_in_the_settings(office, hand, name, address):
    hands = hand(office)
    hands.seat.open("settings")
    hands.front()
    hands.seat.find(name).setFocus()
    window = hands.f1()
    assert window.address() == address
    assert said(window)


def test_the_field_keeps_its_text_and_one_goes_on_typing_beside_the_help(office, hand):
    hands = hand(office)
    hands.seat.open("streetlight_repair").begin()
    view = hands.seat.record()
    editor = dict(view.body.editors())["reporter_name"]
    hands.front()
    editor.setFocus()
    for letter in "siti":
        hands.press(letter)
    window = hands.f1()
    assert not window.isModal()
    hands.front()
    editor.setFocus()
    editor.deselect()
    editor.end(False)
    for letter in "aminah":
        hands.press(letter)
    assert editor.text() == "sitiaminah"
    assert window.isVisible()
    assert QApplication.activeModalWidget() is None
