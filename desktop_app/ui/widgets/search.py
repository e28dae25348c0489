"""The search box."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from desktop_app.core.words import tr
from desktop_app.ui import keys, theme


class SearchBox(QLineEdit):
    """One line with a leading icon. The shortcut brings the focus here, Esc clears. Listen to `textChanged`."""

    def __init__(
        self,
        placeholder: str,
        shortcut: str = keys.SEARCH.first,
        *,
        name: str = "search",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("look", "search")
        self.setObjectName(name)
        self.setMaxLength(200)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._keys = QKeySequence(shortcut)
        self._glass = self.addAction(theme.icon("magnify", "text3"), QLineEdit.ActionPosition.LeadingPosition)
        self._glass.triggered.connect(self._take_focus)
        self._clear = self.addAction(theme.icon("close", "text3"), QLineEdit.ActionPosition.TrailingPosition)
        self._clear.setText(tr("Kosongkan (Esc)", "Clear (Esc)"))
        self._clear.setVisible(False)
        self._clear.triggered.connect(self.clear)
        self.textChanged.connect(lambda words: self._clear.setVisible(bool(words)))
        if shortcut:
            QShortcut(self._keys, self, self._take_focus)
        self.set_placeholder(placeholder)

    def set_placeholder(self, words: str) -> None:
        """Say what can be searched; the shortcut is added where there is room for it."""
        keys = self._keys.toString(QKeySequence.SequenceFormat.NativeText)
        self._said = words, f"{words}   {keys}" if keys else words
        self._say()
        self.setAccessibleName(words)
        self._glass.setText(words)
        self.setToolTip(f"{words} ({keys})" if keys else words)

    def _say(self) -> None:
        words, with_keys = self._said
        # Beside it stand the icon and what the style sheet leaves free.
        room = self.width() - theme.current().px(14)
        fits = self.fontMetrics().horizontalAdvance(with_keys) <= room
        self.setPlaceholderText(with_keys if fits else words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See `set_placeholder`."""
        super().resizeEvent(event)
        self._say()

    def sizeHint(self) -> QSize:
        """75u wide where there is room."""
        return QSize(theme.current().px(75), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Gives way down to 10u."""
        return QSize(theme.current().px(10), super().minimumSizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc clears; in an empty box it goes on to the page."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)

    def _take_focus(self) -> None:
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
