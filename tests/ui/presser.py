"""`python -m tests.ui.presser WORD…`: the program as people start it with these words; the first refusal is told as JSON and closed.

A process of its own: closing a program's only window ends the QApplication, and the tests have theirs.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton

from desktop_app import __main__ as program
from desktop_app.ui import theme

LOOK_MS = 50


def press() -> bool:
    """Close the refusal by a click on its button, once it is on the screen."""
    shown = [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]
    refusal = next((one for one in shown if one.objectName() == "refusal"), None)
    if refusal is None:
        return False
    windows = [
        one.objectName() for one in QApplication.topLevelWidgets() if one.isVisible() and one not in shown
    ]
    words = [label.text() for label in refusal.findChildren(QLabel)]
    [close] = refusal.findChildren(QPushButton, "action_close")
    QTest.mouseClick(close, Qt.MouseButton.LeftButton)
    sys.stdout.write(json.dumps({"words": words, "focus": close.hasFocus(), "windows": windows}) + "\n")
    sys.stdout.flush()
    return True


def main(words: Sequence[str]) -> int:
    """Run the program; its exit code."""
    app = theme.application(sys.argv[:1])
    look = QTimer(app, interval=LOOK_MS)
    look.timeout.connect(lambda: look.stop() if press() else None)
    look.start()
    return program.main(words)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
