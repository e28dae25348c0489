"""The editor of a personal number: masked, also with the cursor in it, until the eye is pressed; typing replaces it as a whole."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QKeySequence

from desktop_app.core.show import masked
from desktop_app.ui.form.editors import LineEditor

_CLEARS = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)


class MaskedEditor(LineEditor):
    """`icon_clicked` (the eye, F4) asks to see it; whoever listens notes the look and calls `reveal`."""

    def __init__(self, name: str) -> None:
        self._plain, self._open, self._fresh_typing = "", False, False
        super().__init__(name, icon="eye-outline")

    def show_text(self, text: str) -> None:
        """Put a text in without telling anybody; shown as a mask."""
        self._plain = text
        super().show_text(text if self._open or self._fresh_typing else masked(text))

    def plain_text(self) -> str:
        """What stands in it, unmasked."""
        return self._plain

    def is_open(self) -> bool:
        """There is no list to drop down."""
        return False

    def is_revealed(self) -> bool:
        """Whether it is shown as it is."""
        return self._open

    def reveal(self, *, shown: bool) -> None:
        """Show it as it is, or masked again."""
        self._open = shown
        self.set_icon("eye-off-outline" if shown else "eye-outline")
        self.show_text(self._plain)

    def _is_masked(self) -> bool:
        return self.text() != self._plain

    def _begin_anew(self) -> None:
        """What is typed over a mask replaces all of it: nobody edits what he can't see."""
        self._fresh_typing = True
        self.setText("")

    def _edited(self, text: str) -> None:
        self._plain = text
        super()._edited(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The first key that changes anything takes the mask away, with what was behind it."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        letters = bool(event.text()) and event.text().isprintable() and not control
        gone = event.key() in _CLEARS or event.matches(QKeySequence.StandardKey.Cut)
        if self._is_masked() and gone:
            self._begin_anew()
            self._edited("")
            return
        if self._is_masked() and (letters or event.matches(QKeySequence.StandardKey.Paste)):
            self._begin_anew()
        super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """As a key."""
        if self._is_masked() and event.commitString():
            self._begin_anew()
        super().inputMethodEvent(event)

    def paste(self) -> None:
        """As Ctrl+V."""
        if self._is_masked():
            self._begin_anew()
        super().paste()

    def cut(self) -> None:
        """As Ctrl+X."""
        if self._is_masked():
            self._begin_anew()
            self._edited("")
        else:
            super().cut()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What was typed is masked like the rest."""
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self._fresh_typing = False
        super().focusOutEvent(event)


__all__ = ["MaskedEditor"]
