"""What the first list needs is imported in idle moments after the start; what forms and dialogs need, once a list is open: piece by piece.

In one go it would hold the window for longer than a keystroke may wait; loaded at the start it would delay the first paint. Not in a
worker: PySide makes its classes when they are first named, and is not made for two threads doing so.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from importlib import import_module

from PySide6.QtCore import QObject, QTimer

PIECES = (
    "desktop_app.core.parse_numbers",
    "desktop_app.core.parse_dates",
    "desktop_app.core.parse_coordinates",
    "desktop_app.core.parse",
    "desktop_app.core.draft",
    "desktop_app.services.records",
    "desktop_app.services.forms",
    "desktop_app.core.resembling",
    "desktop_app.records.doubles",
    "desktop_app.services.doubles",
    "desktop_app.ui.form.known",
    "desktop_app.ui.form.picking",
    "desktop_app.ui.form.asking",
    "desktop_app.ui.form.editors",
    "desktop_app.ui.form.calendar",
    "desktop_app.ui.form.rows",
    "desktop_app.ui.form.binding",
    "desktop_app.ui.form.lines_model",
    "desktop_app.ui.form.lines_table",
    "desktop_app.ui.form.body",
    "desktop_app.ui.form.footer",
    "desktop_app.ui.form.head",
    "desktop_app.ui.form.moving",
    "desktop_app.ui.form.storing",
    "desktop_app.ui.form.tabs",
    "desktop_app.ui.form.photo_viewer",
    "desktop_app.ui.form.photos_tab",
    "desktop_app.ui.form.keeper",
    "desktop_app.ui.form.carrying",
    "desktop_app.services.messages",
    "desktop_app.ui.form.comparing",
    "desktop_app.ui.form.doubling",
    "desktop_app.ui.form.compare_card",
    "desktop_app.ui.form.parking",
    "desktop_app.ui.form.pasting",
    "desktop_app.ui.form.duplicating",
    "desktop_app.ui.form.deeds",
    "desktop_app.ui.form.record_pages",
    "desktop_app.services.start",
    "desktop_app.services.responsibility",
    "desktop_app.services.proposals",
    "desktop_app.ui.form.proposing",
    "desktop_app.ui.working",
    "desktop_app.ui.form.returning",
    "desktop_app.ui.form.record_view",
)
"""In the order in which they need each other, so that each brings little else along."""
CLASSES = (
    ("PySide6.QtWidgets", "QScrollBar"),
    ("PySide6.QtWidgets", "QWidgetAction"),
    ("PySide6.QtWidgets", "QStylePainter"),
    ("PySide6.QtCore", "QItemSelectionRange"),
    ("PySide6.QtCore", "QItemSelection"),
    ("PySide6.QtGui", "QGradient"),
    ("PySide6.QtGui", "QCursor"),
)
"""Of Qt, what a list is handed without naming it. They come first: a list is what most people open first."""
_PAUSE_MS = 20


class Preload(QObject):
    """Imports one piece after the other, with pauses in which the window works: `start`, and `start_forms` once a form may be next."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._classes = iter(CLASSES)
        self._left: Iterator[str] = iter(())
        self._timer = QTimer(self, interval=_PAUSE_MS)
        self._timer.timeout.connect(self._next)
        self._forms = self._loaded = False

    def start(self) -> None:
        """Begin with what a list needs."""
        self._timer.start()

    def start_forms(self) -> None:
        """Then what a form needs; a second call does nothing."""
        if not self._forms:
            self._forms, self._left = True, iter(PIECES)
            self._timer.start()

    def _next(self) -> None:
        """Import the next piece that is not there yet."""
        for module, name in self._classes:
            getattr(import_module(module), name)
            return
        for piece in self._left:
            if piece not in sys.modules:
                import_module(piece)
                self._loaded = True
                return
        self._timer.stop()
        if self._loaded:
            gc.freeze()  # looking for garbage among all that would hold the window for longer than a keystroke may wait
