"""Keys written out as a text: letters as they stand, any other key in angle brackets, `PJU-42<Tab>wa<Ctrl+Return>`."""

from __future__ import annotations

import re
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.journeys.clerk import letter_typed

_STROKES = re.compile(r"<([A-Z][A-Za-z+]*|again)>|(.)", re.DOTALL)


class Stroke(NamedTuple):
    """One press: a letter (with Shift or not), or a key by Qt's name, with the modifiers that are held (`Ctrl+Return`)."""

    letter: str
    name: str = ""

    @property
    def is_again(self) -> bool:
        """The save is asked for once more when the first one was answered with a warning to read, as somebody does who looks."""
        return self.name == "again"


AGAIN = Stroke("", "again")
SAVE_NEW = Stroke("", "Ctrl+Return")


def strokes(written: str) -> list[Stroke]:
    """The presses of a written text, one by one."""
    return [Stroke(letter, name) for name, letter in _STROKES.findall(written)]


def press(stroke: Stroke, window: QWidget) -> None:
    """One key, pressed and let go where the cursor is."""
    target = QApplication.activePopupWidget() or QApplication.focusWidget() or window
    if stroke.name:
        pressed = QKeySequence((SAVE_NEW if stroke.is_again else stroke).name)[0]
        key = Qt.Key.Key_Backtab if stroke.name == "Shift+Tab" else pressed.key()
        QTest.keyClick(target, key, pressed.keyboardModifiers())
    elif stroke.letter.isascii() and stroke.letter.isprintable():
        QTest.keyClicks(target, stroke.letter)
    else:
        letter_typed(target, stroke.letter)
