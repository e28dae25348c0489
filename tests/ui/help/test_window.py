"""The help window: opening, searching, following links, going back, closing; light and dark; nothing at the start."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_app.core import words
from desktop_app.services.help import guides
from desktop_app.services.help.text import plain
from desktop_app.ui import keys, theme
from desktop_app.ui.help import paper
from desktop_app.ui.tokens import DARK, LIGHT


@pytest.fixture
def hands(office, hand):
    return hand(office)


@pytest.fixture
def opened(hands):
    """The help at its contents, in front."""
    hands.seat.program.desk.help_at("contents")
    window = hands.help()
    hands.front(window)
    window.browser.setFocus()
    hands.qtbot.waitUntil(lambda: not window._refill.isActive())
    return window


def test_the_button_in_the_status_bar_opens_it(hands):
    hands.seat.click("status_help")
    assert hands.help().address() == "page/home"


def test_ctrl_slash_shows_every_shortcut_of_the_table(hands):
    hands.press(keys.SHEET.first)
    text = hands.help().browser.toPlainText()
    for heading, group in keys.GROUPS:
        assert heading.say() in text
        for key in group:
            assert key.words.say() in text
            assert all(shown in text for shown in key.shown())


def test_esc_closes_and_the_cursor_is_where_it_was(hands):
    hands.seat.open("streetlight_repair").begin()
    view = hands.seat.record()
    editor = dict(view.body.editors())["description"]
    hands.front()
    editor.setFocus()
    window = hands.f1()
    hands.front(window)
    window.browser.setFocus()
    hands.press("Esc")
    assert hands.no_help()
    hands.front()
    assert view.isVisible()  # Esc was the help's
    assert hands.window.focusWidget() is editor


@pytest.mark.parametrize(("field", "beside"), [("description", "left"), ("", "right")])
def test_it_does_not_lie_on_the_field_one_types_into(hands, field, beside):
    """On a screen that the main window fills (here it is wider than the screen)."""
    page = hands.seat.open("streetlight_repair")
    if field:
        page.begin()
        view = hands.seat.record()
        hands.front()
        dict(view.body.editors())[field].setFocus()
    else:
        page.view.setFocus()
    middle = hands.window.screen().availableGeometry().center().x()
    at = hands.f1().geometry().center().x()
    assert ("left" if at < middle else "right") == beside


def test_a_search_shows_what_it_found_and_enter_opens_the_first(opened, hands):
    hands.press("Ctrl+F")
    assert opened.search.hasFocus()
    QTest.keyClicks(opened.search, "flashdisk")
    shown = opened.browser.toPlainText()
    assert shown.startswith("Hasil pencarian")
    assert guides.title("sending") in shown
    first = opened.book.search("flashdisk")[0].address
    hands.press("Return")
    assert opened.address() == first
    assert opened.search.text() == ""
    hands.press("Alt+Left")
    assert opened.address() == "search/flashdisk"


def test_esc_empties_the_search_first(opened, hands):
    hands.press("Ctrl+F")
    QTest.keyClicks(opened.search, "xyzzy")
    assert opened.browser.toPlainText().startswith("Tidak ada yang cocok")
    hands.press("Esc")
    assert opened.search.text() == ""
    assert opened.address() == "contents"
    assert opened.isVisible()
    hands.press("Esc")
    assert not opened.isVisible()


def test_links_are_reached_by_tab_and_followed_by_enter(opened, hands):
    hands.press("Tab")
    hands.press("Return")
    assert opened.address() == f"guide/{guides.NAMES[0]}"
    hands.press("Alt+Left")
    assert opened.address() == "contents"
    hands.press("Alt+Right")
    assert opened.address() == f"guide/{guides.NAMES[0]}"
    hands.press("F1")
    assert opened.address() == "contents"


def test_a_link_that_leads_out_is_not_followed(opened):
    opened.browser.anchorClicked.emit(QUrl("https://example.org/"))
    opened.browser.anchorClicked.emit(QUrl("file:///etc/passwd"))
    assert opened.address() == "contents"
    image = QTextDocument.ResourceType.ImageResource.value
    assert opened.browser.loadResource(image, QUrl("file:///etc/passwd")) is None


def test_an_address_without_a_page_shows_the_contents(hands):
    hands.seat.program.desk.help_at("page/nothing")
    assert hands.help().address() == "contents"


def test_pictures_are_shown_no_wider_than_the_page(opened):
    opened.open_at("guide/first-day")
    document = opened.browser.document()
    widths = []
    block = document.begin()
    while block.isValid():
        walk = block.begin()
        while not walk.atEnd():
            shape = walk.fragment().charFormat()
            if shape.isImageFormat():
                image = opened.browser.loadResource(
                    QTextDocument.ResourceType.ImageResource.value, shape.toImageFormat().name()
                )
                assert isinstance(image, QImage)
                assert not image.isNull()
                widths.append(shape.toImageFormat().width())
            walk += 1
        block = block.next()
    assert len(widths) == 1
    assert 100 < widths[0] <= opened.browser.room()
    assert opened.browser.horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize("address", ["kind/streetlight_repair", "guide/hq-inbox", "keys", "contents"])
def test_no_page_scrolls_sideways_in_the_smallest_window(opened, hands, address):
    opened.resize(opened.minimumSize())
    opened.open_at(address)
    QTest.qWait(100)
    assert opened.browser.horizontalScrollBar().maximum() == 0


def test_another_width_keeps_the_place_on_the_page(opened, hands):
    opened.open_at("guide/typing")
    bar = opened.browser.verticalScrollBar()
    bar.setValue(bar.maximum())
    before = bar.maximum()
    opened.resize(opened.width() - 100, opened.height())
    hands.qtbot.waitUntil(lambda: not opened._refill.isActive())
    assert bar.maximum() > before
    assert bar.value() == bar.maximum()
    assert opened.address() == "guide/typing"


def colours(window):
    """The colours of the letters on the page."""
    found = set()
    block = window.browser.document().begin()
    while block.isValid():
        walk = block.begin()
        while not walk.atEnd():
            shape = walk.fragment().charFormat()
            if shape.isAnchor():
                found.add(shape.foreground().color().name())
            walk += 1
        block = block.next()
    return found


def test_dark_and_light_dress_the_page_anew(opened):
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    light = colours(opened)
    theme.apply(app, dark=True)
    dark = colours(opened)
    assert light == {LIGHT.accent_text.lower()}
    assert dark == {DARK.accent_text.lower()}
    assert paper.picture("form").name == "form-dark.png"
    theme.apply(app, dark=False)
    assert paper.picture("form").name == "form-light.png"


def test_the_page_stays_in_the_language_when_it_is_opened_again(hands):
    words.use("en")
    hands.seat.program.desk.help_at("guide/backup")
    assert hands.help().browser.toPlainText().startswith("Backups")


ODD = st.text(st.sampled_from("abc XY*_`[]()<>|#~\\!-+.1"), min_size=1, max_size=30)


@given(ODD)
def test_any_text_of_the_program_is_shown_as_it_is(text):
    text = " ".join(f"x{text}x".split())
    document = QTextDocument()
    document.setMarkdown(plain(text), QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
    assert document.toPlainText() == text


def test_a_start_loads_nothing_of_the_help():
    code = (
        "import sys; import desktop_app.ui.app, desktop_app.ui.preload\n"
        "print([name for name in sys.modules if '.help' in name and name.startswith('desktop_app')])"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"
