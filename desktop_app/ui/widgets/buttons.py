"""What is pressed: buttons and filter chips."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QEnterEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QMenu, QPushButton, QSizePolicy, QWidget

from desktop_app.core.show import number
from desktop_app.ui import theme
from desktop_app.ui.widgets import painting

Kind = Literal["primary", "tonal", "outlined", "quiet", "link", "danger", "icon"]
Dim = Literal["small", "normal", "big"]

_ICON_ROLE = {
    "primary": "on_accent",
    "tonal": "accent_text",
    "quiet": "accent_text",
    "link": "accent_text",
    "danger": "bad",
}


class Button(QPushButton):
    """A button with words.

    One `primary` a view area; `tonal` for a life-cycle move; `outlined` for the others; `quiet` and `link` in lists and
    cards; `danger` for removal, with "…". Words are plain text, an ampersand is an ampersand.
    """

    def __init__(
        self,
        words: str,
        kind: Kind = "outlined",
        icon: str = "",
        *,
        dim: Dim = "normal",
        shortcut: str = "",
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kind = kind
        self._keys = QKeySequence(shortcut)
        self.setProperty("kind", kind)
        if kind != "link":
            self.setProperty("dim", dim)
        self.setObjectName(name)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_words(words)
        if icon:
            self.set_icon(icon)
        if shortcut:
            self.setShortcut(self._keys)
        self.restyle()
        theme.changed.connect(self.restyle)

    def restyle(self) -> None:
        """The size of the icon."""
        side = theme.current().px(5 if self._kind == "icon" or self.property("dim") == "big" else 4.5)
        self.setIconSize(QSize(side, side))

    def set_words(self, words: str) -> None:
        """Change what the button says."""
        self.setText(words.replace("&", "&&"))
        self.setAccessibleName(words)
        keys = self._keys.toString(QKeySequence.SequenceFormat.NativeText)
        self.setToolTip(f"{words} ({keys})" if keys else "")
        if keys:
            self.setShortcut(self._keys)  # setText drops it

    def set_icon(self, name: str) -> None:
        """Change the icon."""
        self.setIcon(theme.icon(name, _ICON_ROLE.get(self._kind, "text2")))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses too: people who type with both hands don't think of the space bar."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
            return
        super().keyPressEvent(event)


class IconButton(Button):
    """A square button with an icon only; its words are the tooltip and the accessible name."""

    def __init__(
        self, words: str, icon: str, *, shortcut: str = "", name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(words, "icon", icon, shortcut=shortcut, name=name, parent=parent)

    def set_words(self, words: str) -> None:
        """Change tooltip and accessible name."""
        super().set_words(words)
        keys = self._keys.toString(QKeySequence.SequenceFormat.NativeText)
        self.setText("")
        self.setToolTip(f"{words} ({keys})" if keys else words)
        if keys:
            self.setShortcut(self._keys)


class Chip(QAbstractButton):
    """A filter: words, a count inside, and when on a check, the tint and the accent border.

    Its width is that of the on state, so that switching moves nothing beside it.
    """

    def __init__(
        self, words: str, count: int | None = None, *, name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._count = count
        self.setCheckable(True)
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.set_words(words)
        theme.changed.connect(self.updateGeometry)

    def set_words(self, words: str) -> None:
        """Change the words."""
        self._words = words
        self.setAccessibleName(words)
        self._describe()

    def set_count(self, count: int | None) -> None:
        """Change the count; None shows none."""
        self._count = count
        self._describe()

    def words(self) -> str:
        """What the chip says, without the count."""
        return self._words

    def is_on(self) -> bool:
        """Whether it filters now."""
        return self.isChecked()

    def sizeHint(self) -> QSize:
        """Wide enough for the on state."""
        look = theme.current()
        text = look.metrics["small"].horizontalAdvance(self._shown())
        return QSize(text + self._mark() + look.px(7), look.px(7))

    def minimumSizeHint(self) -> QSize:
        """The same: a chip is never squeezed."""
        return self.sizeHint()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show the hover."""
        self.update()
        super().enterEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter switches as the space bar does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint outline, mark and words in the middle."""
        look, on = theme.current(), self.is_on()
        box, radius = self.rect(), self.height() / 2
        painter = painting.smooth(self)
        hovered = self.underMouse() and self.isEnabled()
        painting.fill(painter, box, radius, "accent_tint" if on else "hover" if hovered else "surface")
        if self.hasFocus():
            painting.outline(painter, box, radius, "focus", 2)
        else:
            painting.outline(painter, box, radius, "focus" if on else "border")
        ink = "disabled" if not self.isEnabled() else "accent_text" if on else "text2"
        role = "small" if on else "meta"
        self._paint_words(painter, ink, role, look.metrics[role].horizontalAdvance(self._shown()))
        painter.end()

    def _paint_words(self, painter: QPainter, ink: str, role: str, wide: int) -> None:
        look = theme.current()
        mark = self._mark() if self.is_on() else 0
        left = (self.width() - wide - mark) // 2
        if mark:
            painting.picture(painter, left - look.px(0.5), (self.height() - look.px(4)) / 2, "check", ink, 4)
        painting.write(painter, QRect(left + mark, 0, wide + 1, self.height()), self._shown(), role, ink)

    def _mark(self) -> int:
        return theme.current().px(4)

    def _shown(self) -> str:
        return self._words if self._count is None else f"{self._words}  {number(self._count)}"

    def _describe(self) -> None:
        self.setAccessibleDescription("" if self._count is None else number(self._count))
        self.updateGeometry()
        self.update()


class MenuChip(Chip):
    """A filter with a choice: a click, Enter, Space or arrow down opens `menu()`. `set_on` marks that something is chosen."""

    def __init__(self, words: str, *, name: str = "", parent: QWidget | None = None) -> None:
        self._on = False
        super().__init__(words, name=name, parent=parent)
        self.setCheckable(False)
        self.clicked.connect(self.open_menu)

    @cached_property
    def _menu(self) -> QMenu:
        return QMenu(self)

    def menu(self) -> QMenu:
        """The menu to fill with actions; made when it is first asked for."""
        return self._menu

    def open_menu(self) -> None:
        """Open the menu below the chip."""
        self._menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))

    def set_on(self, on: bool) -> None:
        """Show whether the choice filters."""
        self._on = on
        self.update()

    def is_on(self) -> bool:
        """Whether the choice filters."""
        return self._on

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow down opens, as in every drop-down."""
        if event.key() == Qt.Key.Key_Down:
            self.click()
            return
        super().keyPressEvent(event)

    def _paint_words(self, painter: QPainter, ink: str, role: str, wide: int) -> None:
        look = theme.current()
        left = (self.width() - wide - self._mark()) // 2
        painting.write(painter, QRect(left, 0, wide + 1, self.height()), self._shown(), role, ink)
        painting.picture(
            painter, left + wide + look.px(0.5), (self.height() - look.px(4)) / 2, "menu-down", ink, 4
        )
