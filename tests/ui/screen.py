"""The window with the list pages of an office, and what a clerk does at it."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget

from desktop_app.core.query import Query
from desktop_app.ui import navigation
from desktop_app.ui.form.record_view import RecordView
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.pages.list_page import ListPage
from tests.ui.front import to_front

LEFT = Qt.MouseButton.LeftButton
REPAIR = "streetlight_repair"


class Screen:
    """One window on one data folder."""

    def __init__(self, ctx, ops, qtbot, memory):
        self.ctx, self.ops, self.qtbot = ctx, ops, qtbot
        self.pages: dict[str, ListPage] = {}
        self.window = MainWindow(navigation.entries(ctx.registry, ctx.settings), "Kec. Metro Timur")
        for kind in (one for one in ctx.registry if one.own_page):
            self.window.register(kind.name, partial(self._make, kind, memory))
        qtbot.addWidget(self.window)
        self.window.resize(1366, 768)
        self.window.show()
        to_front(self.window)

    def _make(self, kind, memory):
        page = ListPage(
            self.ctx, self.ops, kind, lambda room: RecordView(self.ctx, self.ops, kind, room), memory
        )
        self.pages[kind.name] = page
        return page

    def open(self, kind=REPAIR):
        self.window.open_page(kind)
        self.to_front()
        self.settle(kind)
        return self.pages[kind]

    def to_front(self):
        to_front(self.window)

    def settle(self, kind=REPAIR):
        page = self.pages[kind]
        self.qtbot.waitUntil(
            lambda: not page._debounce.isActive() and not page.model.waiting() and not self.ops.busy()
        )
        QApplication.processEvents()

    def find(self, name, sort=QWidget):
        found = [one for one in self.window.findChildren(sort, name) if one.isVisible()]
        assert len(found) == 1, (name, found)
        return found[0]

    def click(self, name):
        QTest.mouseClick(self.find(name), LEFT)
        self.settle()

    def key(self, key, modifiers=Qt.KeyboardModifier.NoModifier):
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifiers)

    def type(self, text):
        QTest.keyClicks(QApplication.focusWidget() or self.window, text)
        self.settle()

    def count(self):
        return self.find("list_count", QLabel).text()

    def dialog(self, name):
        self.qtbot.waitUntil(lambda: any(d.isVisible() for d in self.window.findChildren(QDialog, name)))
        return next(d for d in self.window.findChildren(QDialog, name) if d.isVisible())


@pytest.fixture
def memory():
    return {}


@pytest.fixture
def screen(qtbot, city, ops, memory):
    return Screen(city, ops, qtbot, memory)


def number_of(city, **asked):
    with city.store.reading(person=city.person) as reader:
        return reader.count(Query(REPAIR, **asked))


def open_uids(city):
    with city.store.reading() as reader:
        return [row.uid for row in reader.rows(REPAIR, reader.ids(Query(REPAIR, open_only=True)))]


def focused() -> QWidget:
    """What has the cursor."""
    widget = QApplication.focusWidget()
    assert widget is not None, "nothing has the cursor"
    return widget
