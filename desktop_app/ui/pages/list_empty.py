"""What stands in a list without rows: what to do first, or that nothing matches."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QAbstractScrollArea, QStackedLayout, QWidget

from desktop_app.core.spec import Kind
from desktop_app.core.words import Words, tr
from desktop_app.ui import theme
from desktop_app.ui.widgets import Button, EmptyState


def small(words: str) -> str:
    """The words as they stand inside a sentence: no capital at the beginning, except in abbreviations (SK, TPU)."""
    first = words.split(" ", 1)[0]
    return words if len(first) > 1 and first.isupper() else words[:1].lower() + words[1:]


class ListEmpty(QWidget):
    """Covers the rows, not the head, of the view that it is given."""

    new_asked = Signal()
    clear_asked = Signal()

    def __init__(self, kind: Kind, over: QAbstractScrollArea) -> None:
        super().__init__(over.viewport())
        self._over = over.viewport()
        self._stack = QStackedLayout(self)
        label, plural = kind.label, kind.plural
        self.new = Button(
            tr(f"{label.id} baru", f"New {small(label.en)}"), "primary", "plus", name="action_first"
        )
        self.new.clicked.connect(self.new_asked)
        self.clear = Button(tr("Hapus saringan", "Clear filters"), name="action_clear_filters")
        self.clear.clicked.connect(self.clear_asked)
        none_yet = Words(f"Belum ada {small(plural.id)}", f"No {small(plural.en)} yet")
        self._first = EmptyState(kind.icon, none_yet.say(), kind.empty.say(), (self.new,))
        self._no_match = EmptyState(
            "magnify",
            tr("Tidak ada yang cocok", "Nothing matches"),
            tr(
                "Tidak ada catatan yang cocok dengan pencarian dan saringan ini.",
                "No record matches this search and these filters.",
            ),
            (self.clear,),
        )
        self._none_removed = EmptyState(
            "trash-can-outline",
            tr("Tidak ada yang terhapus", "Nothing was removed"),
            tr(
                "Catatan yang dihapus dapat dipulihkan dari sini.",
                "Removed records can be recovered from here.",
            ),
        )
        for state in (self._first, self._no_match, self._none_removed):
            state.setBackgroundRole(QPalette.ColorRole.Base)
            state.setAutoFillBackground(True)
            self._stack.addWidget(state)
        self.hide()
        over.viewport().installEventFilter(self)
        theme.changed.connect(self.update)

    def show_first(self) -> None:
        """There is no record of this kind at all."""
        self._stack.setCurrentWidget(self._first)
        self._appear()

    def show_no_match(self) -> None:
        """There are some, but none that matches."""
        self._stack.setCurrentWidget(self._no_match)
        self._appear()

    def show_none_removed(self) -> None:
        """Nothing is removed."""
        self._stack.setCurrentWidget(self._none_removed)
        self._appear()

    def is_first(self) -> bool:
        """Whether it says what to do first."""
        return not self.isHidden() and self._stack.currentWidget() is self._first

    def _appear(self) -> None:
        self.setGeometry(self._over.rect())
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the viewport."""
        if event.type() == QEvent.Type.Resize and watched is self._over:
            self.setGeometry(self._over.rect())
        return False
