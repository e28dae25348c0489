"""Keys pressed while a record is being saved: held back, and given to the field that has the cursor then."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget


class HeldKeys(QObject):
    """Of one view. People type on while a slow disk writes; without this, the next record's first letters would go into this one.

    `before` is asked about every key that is given back; when it takes the key itself (a shortcut), it answers True.
    """

    def __init__(self, view: QWidget, before: Callable[[QKeyEvent], bool]) -> None:
        super().__init__(view)
        self._view, self._before = view, before
        self._held: list[QKeyEvent] = []
        self._holding = False

    def hold(self) -> None:
        """From now on, keys typed into the view wait."""
        app = QCoreApplication.instance()
        if not self._holding and app is not None:
            self._holding = True
            app.installEventFilter(self)

    def give(self) -> None:
        """The keys that waited are typed now."""
        self._stop()
        while self._held and not self._holding:
            event = self._held.pop(0)
            target = QApplication.focusWidget()
            if target is not None and not self._before(event):
                QCoreApplication.sendEvent(target, event)

    def forget(self) -> None:
        """The keys that waited were meant for a record that is not there: the save was refused."""
        self._held.clear()
        self._stop()

    def _stop(self) -> None:
        app = QCoreApplication.instance()
        if self._holding and app is not None:
            app.removeEventFilter(self)
        self._holding = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys of the view out of the way."""
        kind = event.type()
        if kind not in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride):
            return False
        inside = isinstance(watched, QWidget) and (watched is self._view or self._view.isAncestorOf(watched))
        if not inside or not isinstance(event, QKeyEvent):
            return False
        if kind == QEvent.Type.KeyPress:
            self._held.append(event.clone())
        event.accept()
        return True
