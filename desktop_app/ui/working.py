"""Long work on the screen: appears when an operation takes longer than half a second, and goes with it."""

from __future__ import annotations

import time

from PySide6.QtWidgets import QWidget

from desktop_app.core.words import Words
from desktop_app.ui.ops import Op
from desktop_app.ui.widgets import Progress


class Working(Progress):
    """What an `Op` is doing, how far it is, about how long it still takes, and Cancel. Hidden while nothing takes long."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._op: Op | None = None
        self._since = 0.0
        self.cancelled.connect(self._cancel)
        self.hide()

    def watch(self, op: Op, doing: Words) -> None:
        """Show this operation; one at a time, the newest counts."""
        self._op, self._since = op, time.monotonic()
        self.start(doing.say())
        op.slow.connect(self._appear)
        op.advanced.connect(self._advance)
        op.ended.connect(self._end)  # a method, so that Qt forgets it with this widget
        if op.told is not None:
            self._advance(*op.told)

    def _appear(self) -> None:
        if self.sender() is self._op or self.sender() is None:
            self.show()

    def _advance(self, done: int, total: int | None, doing: Words | None) -> None:
        if self._op is None or self._op.cancelled:
            return
        left = None
        spent = time.monotonic() - self._since
        if total and done and spent > 1:
            left = spent / done * (total - done)
        self.show_at(done, total, doing.say() if doing is not None else "", left)

    def _end(self) -> None:
        if self._op is not None and self._op.over:
            self._op = None
            self.hide()

    def _cancel(self) -> None:
        if self._op is not None:
            self._op.cancel()
