"""A filter with many values: a chip that opens a checklist."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.core.fields import Value
from desktop_app.services.lists import MenuItem
from desktop_app.ui.widgets import MenuChip

if TYPE_CHECKING:
    from desktop_app.ui.pages.checklist import ChecklistPopup


class ChecklistChip(MenuChip):
    """The chip; `asked` wants `fill` to be called with the entries. `chosen` holds the values, empty for no filter."""

    asked = Signal()
    changed = Signal()

    def __init__(self, field: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words, name=f"filter_{field}", parent=parent)
        self.field = field
        self.chosen: tuple[Value, ...] = ()
        self.anchor: QWidget = self
        self._plain = words
        self._popup: ChecklistPopup | None = None

    def open_menu(self) -> None:
        """Open the checklist; its entries come when they are counted."""
        from desktop_app.ui.pages.checklist import ChecklistPopup  # noqa: PLC0415  (the first paint needs it not)

        popup = ChecklistPopup(self._plain, self.window())
        self._popup = popup
        popup.ticked.connect(self._ticked)
        popup.closed.connect(self._closed)
        popup.open_below(self.anchor)
        self.asked.emit()

    def fill(self, entries: Sequence[MenuItem]) -> None:
        """Show the entries, if the list is still open."""
        if self._popup is not None:
            self._popup.fill(entries, self.chosen)

    def popup(self) -> ChecklistPopup | None:
        """The open checklist."""
        return self._popup

    def choose(self, values: Sequence[Value], words: str = "") -> None:
        """Set the filter without telling; `words` names a single value."""
        self.chosen = tuple(values)
        self.set_on(bool(values))
        if not values:
            self.set_words(self._plain)
        elif len(values) == 1 and words:
            self.set_words(words)
        else:
            self.set_words(f"{self._plain}: {len(values)}")

    def _ticked(self) -> None:
        if self._popup is not None:
            values = self._popup.chosen()
            self.choose(values, self._popup.words_of(values[0]) if len(values) == 1 else "")
            self.changed.emit()

    def _closed(self) -> None:
        self._popup = None
