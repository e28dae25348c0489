"""What stands in a list without rows: what to do first, or that nothing matches."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QHideEvent, QPalette, QShowEvent
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
        self._kind = kind
        self._view, self._over = over, over.viewport()
        self._stack = QStackedLayout(self)
        self.new = Button(
            tr(f"{kind.label.id} baru", f"New {small(kind.label.en)}"), "primary", "plus", name="action_first"
        )
        self.new.clicked.connect(self.new_asked)
        self.clear = Button(tr("Hapus saringan", "Clear filters"), name="action_clear_filters")
        self.clear.clicked.connect(self.clear_asked)
        self.hide()
        over.viewport().installEventFilter(self)
        theme.changed.connect(self.update)

    @cached_property
    def _first(self) -> EmptyState:
        plural = self._kind.plural
        none_yet = Words(f"Belum ada {small(plural.id)}", f"No {small(plural.en)} yet")
        return self._state(self._kind.icon, none_yet, self._kind.empty, self.new)

    @cached_property
    def _no_match(self) -> EmptyState:
        return self._state(
            "magnify",
            Words("Tidak ada yang cocok", "Nothing matches"),
            Words(
                "Tidak ada catatan yang cocok dengan pencarian dan saringan ini.",
                "No record matches this search and these filters.",
            ),
            self.clear,
        )

    @cached_property
    def _none_removed(self) -> EmptyState:
        return self._state(
            "trash-can-outline",
            Words("Tidak ada yang terhapus", "Nothing was removed"),
            Words(
                "Catatan yang dihapus dapat dipulihkan dari sini.",
                "Removed records can be recovered from here.",
            ),
        )

    def _state(self, icon: str, title: Words, words: Words, *actions: Button) -> EmptyState:
        state = EmptyState(icon, title.say(), words.say(), actions)
        state.setBackgroundRole(QPalette.ColorRole.Base)
        state.setAutoFillBackground(True)
        self._stack.addWidget(state)
        for action in actions:
            QWidget.setTabOrder(self._view, action)
        return state

    def show_first(self) -> None:
        """There is no record of this kind at all."""
        self._appear(self._first)

    def show_no_match(self) -> None:
        """There are some, but none that matches."""
        self._appear(self._no_match)

    def show_none_removed(self) -> None:
        """Nothing is removed."""
        self._appear(self._none_removed)

    def is_first(self) -> bool:
        """Whether it says what to do first."""
        return not self.isHidden() and self._stack.currentWidget() is self._first

    def _appear(self, state: EmptyState) -> None:
        self._stack.setCurrentWidget(state)
        self.setGeometry(self._over.rect())
        self.show()
        self.raise_()

    def showEvent(self, event: QShowEvent) -> None:
        """Nothing to walk through: Tab goes to the button."""
        super().showEvent(event)
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def hideEvent(self, event: QHideEvent) -> None:
        """There are rows again."""
        super().hideEvent(event)
        self._view.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the viewport."""
        if event.type() == QEvent.Type.Resize and watched is self._over:
            self.setGeometry(self._over.rect())
        return False
