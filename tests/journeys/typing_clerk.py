"""A clerk in a process of his own, who types until somebody pulls the plug: `python -m tests.journeys.typing_clerk FOLDER`.

The program itself, unchanged, as `python -m desktop_app` starts it. Beside it a timer presses a key every few milliseconds, and says on
standard output, after each letter, when it was (monotonic seconds) and what has been typed so far.
"""

from __future__ import annotations

import sys
import time
import warnings
from itertools import count

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from desktop_app.__main__ import main
from desktop_app.ui import theme
from desktop_app.ui.form.record_view import RecordView
from desktop_app.ui.main_window import MainWindow
from tests.journeys.clerk import CTRL, KEY

EVERY_MS = 20
SENTENCE = "lampu padam sejak kemarin malam, warga minta cepat diperbaiki; "


class Typist:
    """Presses one key at a time: Ctrl+N, Enter from field to field, then letters without end."""

    def __init__(self) -> None:
        self._typed = ""
        self._letter = count()
        self._timer = QTimer(interval=EVERY_MS)
        self._timer.timeout.connect(self._press)
        self._timer.start()

    def _press(self) -> None:
        window = next(
            (
                one
                for one in QApplication.topLevelWidgets()
                if isinstance(one, MainWindow) and one.isVisible()
            ),
            None,
        )
        if window is None or window.current_key() != "streetlight_repair":
            return
        if QApplication.activeWindow() is None:
            with warnings.catch_warnings():  # deprecated, and without a window system the only way that works
                warnings.simplefilter("ignore", DeprecationWarning)
                QApplication.setActiveWindow(window)
        target = QApplication.focusWidget() or window
        views = [one for one in window.findChildren(RecordView) if one.isVisible()]
        if not views:
            QTest.keyClick(target, KEY.Key_N, CTRL)
        elif isinstance(target, QPlainTextEdit):
            self._type(target)
        elif views[0].body.is_built():
            QTest.keyClick(target, KEY.Key_Return)

    def _type(self, target: QPlainTextEdit) -> None:
        letter = SENTENCE[next(self._letter) % len(SENTENCE)]
        self._typed += letter
        QTest.keyClicks(target, letter)
        print(f"{time.monotonic():.3f}\t{self._typed}", flush=True)  # noqa: T201  (this is what it is for)


if __name__ == "__main__":
    theme.application(sys.argv[:1])
    typist = Typist()
    sys.exit(main(["--data-dir", sys.argv[1], "--person", "Sri Wahyuni", "--page", "streetlight_repair"]))
