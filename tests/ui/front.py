"""Who has the keys: without a window system nobody gives them to a window."""

from __future__ import annotations

import warnings

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

_MOST_MS = 60_000


def to_front(window: QWidget) -> None:
    """The window stands on the screen and has the keys.

    Only once it stands there: the screen hands out the keys itself when a window is new to it, some time after `show`.
    """
    assert QTest.qWaitForWindowExposed(window, _MOST_MS)
    with warnings.catch_warnings():  # deprecated, and the only way that works here
        warnings.simplefilter("ignore", DeprecationWarning)
        QApplication.setActiveWindow(window)
    QApplication.processEvents()
