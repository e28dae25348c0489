"""The viewport of what scrolls, and when what is new is painted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractScrollArea


def lay_ground(area: QAbstractScrollArea, *, base: bool = False) -> QWidget:
    """A viewport that Python made: to be handed Qt's own, PySide would load every class of widgets there is (30 ms, 3 MB).

    `base`: filled with the colour of lists, as Qt's own is in an item view.
    """
    ground = QWidget()
    if base:
        ground.setBackgroundRole(QPalette.ColorRole.Base)
        ground.setAutoFillBackground(True)
    area.setViewport(ground)
    return ground


def paint_next_turn(widget: QWidget) -> None:
    """Paint a large new part in the next turn of the event loop: what is typed meanwhile comes between making and painting it."""
    widget.setUpdatesEnabled(False)
    QTimer.singleShot(1, widget, lambda: widget.setUpdatesEnabled(True))  # one of 0 ms comes in the same turn
