"""Hands on the keyboard of the real window, and the help beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.ui.help.window import HelpWindow
from tests.ui.exchange.seat import Seat
from tests.ui.front import to_front


class Hand:
    """Presses keys as they are written in the table (`desktop_app.ui.keys`)."""

    def __init__(self, seat: Seat) -> None:
        self.seat, self.window, self.qtbot = seat, seat.window, seat.qtbot

    def front(self, widget: QWidget | None = None) -> None:
        """A window to the front, the main one unless told."""
        to_front(widget or self.window)

    def press(self, keys: str, on: QWidget | None = None) -> None:
        """Press one combination; `on` is the window or widget, where nothing has the focus."""
        combined = QKeySequence(keys)[0]
        at = QApplication.focusWidget() or on or self.window
        QTest.keyClick(at, Qt.Key(combined.key()), combined.keyboardModifiers())
        QApplication.processEvents()

    def help(self) -> HelpWindow:
        """The help, which must be open."""
        found = [one for one in self.window.findChildren(HelpWindow) if one.isVisible()]
        assert len(found) == 1, found
        return found[0]

    def no_help(self) -> bool:
        return not any(one.isVisible() for one in self.window.findChildren(HelpWindow))

    def f1(self) -> HelpWindow:
        """F1 where the cursor is in the main window."""
        self.press("F1")
        return self.help()
