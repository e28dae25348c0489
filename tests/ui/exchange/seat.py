"""A person at the program's window, as it is started: pages, clicks, keys, files dropped and chosen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit, QMenu, QScrollArea, QWidget
from shiboken6 import isValid

from desktop_app import bootstrap
from desktop_app.services.context import AppContext
from desktop_app.ui import app as ui_app
from desktop_app.ui.form.record_view import RecordView
from tests.ui.front import to_front

LEFT = Qt.MouseButton.LeftButton
PLAIN = Qt.KeyboardModifier.NoModifier
_A_MOMENT_MS = 150


class Seat:
    """One window on one data folder."""

    def __init__(self, qtbot, qapp, ctx: AppContext, size: tuple[int, int]) -> None:
        self.qtbot, self.ctx = qtbot, ctx
        self.program = ui_app.App(qapp, bootstrap.open_context, ui_app.Options(ctx.place, size=size))
        self.program.use(ctx)
        self.window = self.program.build()
        self.to_front()
        self.settle()

    def leave(self) -> None:
        if not isValid(self.window):  # left before
            return
        self.window.close()
        self.program.ops.close()
        self.window.deleteLater()
        QApplication.processEvents()

    def to_front(self, window: QWidget | None = None) -> None:
        to_front(window or self.window)

    def settle(self) -> None:
        """Until nothing is under way and nothing is about to be: what an answer asks for, and what that asks for, is waited for too."""
        for _ in range(3):
            self.qtbot.waitUntil(lambda: not self.program.ops.busy() and not self._is_about_to())
            QTest.qWait(1)

    def _is_about_to(self) -> bool:
        """Whether a part of the window does something in a moment; what it does when one pauses for longer may be long in coming."""
        timers = self.window.findChildren(QTimer)
        return any(one.isSingleShot() and one.isActive() and one.interval() <= _A_MOMENT_MS for one in timers)

    def open(self, key: str):
        self.window.open_page(key)
        self.settle()
        return self.window.current_page()

    def find(self, name: str, sort: type[Any] = QWidget) -> Any:
        found = [one for one in self.window.findChildren(sort, name) if one.isVisible()]
        assert len(found) == 1, (name, found)
        return found[0]

    def sees(self, name: str) -> bool:
        return any(one.isVisible() for one in self.window.findChildren(QWidget, name))

    def click(self, name: str) -> None:
        widget = self.find(name)
        for area in self.window.findChildren(QScrollArea):
            if area.isAncestorOf(widget):
                area.ensureWidgetVisible(widget)
        QApplication.processEvents()
        QTest.mouseClick(widget, LEFT)
        self.settle()

    def press(self, name: str) -> None:
        """Click what opens a dialog or a menu."""
        QTest.mouseClick(self.find(name), LEFT)

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifiers)
        self.settle()

    def type(self, text: str) -> None:
        QTest.keyClicks(QApplication.focusWidget() or self.window, text)
        self.settle()

    def drop(self, page: QWidget, files: Sequence[Path]) -> None:
        """As dragging files out of the file manager onto the page."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
        action, buttons = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
        enter = QDragEnterEvent(QPoint(50, 50), action, data, buttons, PLAIN)
        QApplication.sendEvent(page, enter)
        assert enter.isAccepted()
        QApplication.sendEvent(page, QDropEvent(QPointF(50, 50), action, data, buttons, PLAIN))
        self.settle()

    def dialog(self, name: str) -> QDialog:
        """The open dialog of this name, with the keys."""
        self.qtbot.waitUntil(lambda: any(d.isVisible() for d in self.window.findChildren(QDialog, name)))
        dialog = next(d for d in self.window.findChildren(QDialog, name) if d.isVisible())
        self.to_front(dialog)
        self.qtbot.waitUntil(dialog.isActiveWindow)
        return dialog

    def give_file(self, path: Path) -> None:
        """Give the open file dialog a path."""
        self.qtbot.waitUntil(lambda: any(d.isVisible() for d in self.window.findChildren(QFileDialog)))
        dialog = next(d for d in self.window.findChildren(QFileDialog) if d.isVisible())
        line = dialog.findChild(QLineEdit, "fileNameEdit")
        line.setText(str(path))  # typed letter by letter, Qt's own completion would follow at its own time
        dialog.accept()
        self.qtbot.waitUntil(lambda: not isValid(dialog) or not dialog.isVisible())
        self.to_front()
        self.settle()

    def menu(self, name: str) -> QMenu:
        self.qtbot.waitUntil(lambda: any(m.isVisible() for m in self.window.findChildren(QMenu, name)))
        return next(m for m in self.window.findChildren(QMenu, name) if m.isVisible())

    def choose(self, menu: QMenu, action: str) -> None:
        """Click an action of an open menu."""
        wanted = next(one for one in menu.actions() if one.objectName() == action)
        QTest.mouseClick(menu, LEFT, PLAIN, menu.actionGeometry(wanted).center())
        QTest.qWait(20)

    def record(self) -> RecordView:
        """The record on the screen, fully built."""
        self.qtbot.waitUntil(lambda: any(v.isVisible() for v in self.window.findChildren(RecordView)))
        view = next(v for v in self.window.findChildren(RecordView) if v.isVisible())
        self.qtbot.waitUntil(view.body.is_built)
        self.settle()
        return view

    def scrolls_sideways(self) -> bool:
        """Whether something is wider than the page."""
        page = self.window.current_page()
        areas = [area for area in page.findChildren(QScrollArea) if area.isVisible()]
        return any(area.horizontalScrollBar().maximum() > 0 for area in areas)
