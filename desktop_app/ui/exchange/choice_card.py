"""A choice as a card: a ring, and beside it whatever the choice consists of. Cards beside each other exclude each other."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.ui import theme
from desktop_app.ui.widgets import ElidedLabel, painting


class ChoiceCard(QRadioButton):
    """Content goes into `body`. A click anywhere, the space bar or Enter chooses it; arrow keys go from card to card."""

    def __init__(self, words: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.body = QVBoxLayout()
        self._row = QHBoxLayout(self)
        self._row.addLayout(self.body, 1)
        self.restyle()
        theme.changed.connect(self.restyle)

    def restyle(self) -> None:
        """Sizes after a change of text size; the ring stands in the left margin."""
        look = theme.current()
        self._row.setContentsMargins(look.px(11), look.px(3), look.px(4), look.px(3))
        self.body.setSpacing(look.px(1))

    def sizeHint(self) -> QSize:
        """As large as its content."""
        return self._row.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """As its content can be squeezed."""
        return self._row.minimumSize()

    def hitButton(self, _at: QPoint) -> bool:
        """The whole card is the button."""
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses as the space bar does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground, border and ring."""
        look, on = theme.current(), self.isChecked()
        painter = painting.smooth(self)
        box, radius = self.rect(), look.px(2)
        hovered = self.underMouse() and self.isEnabled()
        painting.fill(painter, box, radius, "accent_tint" if on else "hover" if hovered else "surface")
        if on or self.hasFocus():
            painting.outline(painter, box, radius, "text" if on and self.hasFocus() else "focus", 2)
        else:
            painting.outline(painter, box, radius, "border")
        side = look.px(4.5)
        ring = QRect(look.px(4), self._ring_top(side), side, side)
        edge = "focus" if on else "input" if self.isEnabled() else "border"
        painting.fill(painter, ring, side / 2, "surface")
        painting.outline(painter, ring, side / 2, edge, 2 if on else 1.5)
        if on:
            inset = look.px(1.25)
            painting.fill(painter, ring.adjusted(inset, inset, -inset, -inset), side / 2, "focus")
        painter.end()

    def _ring_top(self, side: int) -> int:
        return (self.height() - side) // 2


class PlaceCard(ChoiceCard):
    """A place to write to: icon, what it is called, and where it is in small words."""

    def __init__(self, icon: str, title: str, words: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(title, name, parent)
        self._icon_name = icon
        self._icon = QLabel()
        self._title = ElidedLabel(title, "strong")
        self._words = ElidedLabel(words, "meta")
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self._title)
        column.addWidget(self._words)
        self._line = QHBoxLayout()
        self._line.addWidget(self._icon)
        self._line.addLayout(column, 1)
        self.body.addLayout(self._line)
        for part in (self._icon, self._title, self._words):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.set_words(title, words)
        self.dress()
        theme.changed.connect(self.dress)

    def dress(self) -> None:
        """The icon in the colours in use."""
        look = theme.current()
        self._line.setSpacing(look.px(2))
        token = "accent_text" if self.isEnabled() else "disabled"
        self._icon.setPixmap(theme.pixmap(self._icon_name, token, look.px(5), self.devicePixelRatioF()))

    def set_words(self, title: str, words: str) -> None:
        """Change what the place is called and where it is."""
        self._title.setText(title)
        self._words.setText(words)
        self.setAccessibleName(title)
        self.setAccessibleDescription(words)
        self.setToolTip(f"{title}: {words}" if words else title)

    def words(self) -> str:
        """Where the place is."""
        return self._words.text()
