"""Entries of the navigation, painted: a word and an icon, never an icon alone."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desktop_app.core.show import number
from desktop_app.core.words import Words, tr
from desktop_app.ui import theme
from desktop_app.ui.widgets import painting
from desktop_app.ui.widgets.pill import badge_width, paint_badge

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class _Entry(QAbstractButton):
    """What both forms share: accessible name and count, Enter, and arrow keys for the owner."""

    step = Signal(int)  # arrow up or down

    def __init__(self, words: str, icon: str, name: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._words, self._icon = words, icon
        self._count: int | None = None
        self._urgent = False
        self._chosen = False
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def set_count(self, count: int | None, *, urgent: bool = False) -> None:
        """Show a count, red when urgent; None or 0 shows none."""
        self._count = count or None
        self._urgent = urgent and self._count is not None
        self.setAccessibleDescription(
            tr(f"{number(self._count)} catatan", f"{number(self._count)} records") if self._count else ""
        )
        self.update()

    def set_chosen(self, chosen: bool) -> None:
        """Show that the page of this entry is open (of a rail entry: a page of its group)."""
        self._chosen = chosen
        self.update()

    def words(self) -> str:
        """What the entry says."""
        return self._words

    def count(self) -> int | None:
        """The count shown."""
        return self._count

    def is_chosen(self) -> bool:
        """Whether the entry is shown as open."""
        return self._chosen

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, arrows move."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in _STEPS:
            self.step.emit(_STEPS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def _paint_ground(self, painter: QPainter, box: QRect, bar: int) -> None:
        """The tint and the accent bar of the chosen one, the hover, the focus."""
        look = theme.current()
        radius = look.px(1.5)
        if self._chosen:
            painting.fill(painter, box, radius, "accent_tint")
            painting.fill(
                painter, QRectF(box.x(), box.center().y() - bar / 2 + 1, 3, bar), 1.5, "accent_text"
            )
        elif self.underMouse() and self.isEnabled():
            painting.fill(painter, box, radius, "hover")
        if self.hasFocus():
            painting.outline(painter, box, radius, "focus", 2)


class NavButton(_Entry):
    """An entry of the wide navigation: icon, word, count at the right; a group has a chevron, a child no icon."""

    fold = Signal(bool)  # arrow right opens, arrow left closes

    def __init__(
        self,
        words: str,
        icon: str = "",
        *,
        group: bool = False,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        self._group = group
        self._open = False
        self._holds_chosen = False
        super().__init__(words, icon, name, parent)
        self._say_state()

    def set_open(self, is_open: bool) -> None:
        """Show a group as unfolded."""
        self._open = is_open
        self._say_state()
        self.update()

    def is_open(self) -> bool:
        """Whether the group is shown as unfolded."""
        return self._open

    def set_holds_chosen(self, holds: bool) -> None:
        """Show that the open page belongs to this group."""
        self._holds_chosen = holds
        self.update()

    def sizeHint(self) -> QSize:
        """8u and 2 px high, and 1 px of air below."""
        return QSize(theme.current().px(40), theme.current().px(8) + 3)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right fold a group."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.fold.emit(event.key() == Qt.Key.Key_Right)
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground, icon, word, count, chevron."""
        look = theme.current()
        painter = painting.smooth(self)
        side = look.px(2)
        box = QRect(side, 0, self.width() - 2 * side, self.height() - 3)
        self._paint_ground(painter, box, look.px(4))
        middle = box.center().y() + 1
        bold = self._chosen or (self._group and self._holds_chosen)
        right = box.right() - side + 1
        if self._count is not None and not self._open:
            paint_badge(painter, right, middle, self._count, urgent=self._urgent, chosen=self._chosen)
            right -= badge_width(self._count) + side
        if self._group:
            chevron = "chevron-down" if self._open else "chevron-right"
            painting.picture(painter, right - look.px(4), middle - look.px(2), chevron, "text3", 4)
            right -= look.px(4)
        if self._icon:
            ink = "accent_text" if bold else "text2"
            painting.picture(painter, box.x() + look.px(3), middle - look.px(2.5), self._icon, ink, 5)
        left = box.x() + look.px(11)
        ink = "accent_text" if self._chosen else "text" if bold else "text2"
        room = QRect(left, box.y(), right - left, box.height())
        painting.write(painter, room, self._words, "strong" if bold else "body", ink)
        whole = look.metrics["strong" if bold else "body"].horizontalAdvance(self._words) <= room.width()
        self.setToolTip("" if whole else self._words)
        painter.end()

    def _say_state(self) -> None:
        if self._group:
            state = Words("terbuka", "open") if self._open else Words("terlipat", "folded")
            self.setAccessibleName(f"{self._words}, {state.say()}")


class RailButton(_Entry):
    """An entry of the narrow navigation: the icon above a short word; a red dot for an urgent count."""

    def __init__(
        self, words: str, short: str, icon: str, *, name: str = "", parent: QWidget | None = None
    ) -> None:
        self._short = short
        super().__init__(words, icon, name, parent)
        self.setToolTip(words)

    def sizeHint(self) -> QSize:
        """12.5u high and 1 px of air below."""
        return QSize(theme.current().px(18), theme.current().px(12.5) + 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground, icon, word, dot."""
        look = theme.current()
        painter = painting.smooth(self)
        box = self.rect().adjusted(look.px(1.25), 0, -look.px(1.25), -1)
        self._paint_ground(painter, box, look.px(6.25))
        ink = "accent_text" if self._chosen else "text2"
        left = (self.width() - look.px(5)) // 2
        painting.picture(painter, left, box.y() + look.px(2), self._icon, ink, 5)
        words = QRect(box.x(), box.bottom() - look.px(5.25), box.width(), look.px(4.5))
        painting.write(
            painter, words, self._short, "rail_strong" if self._chosen else "rail", ink, painting.CENTRE
        )
        if self._urgent:
            painting.fill(
                painter, QRectF(left + look.px(4), look.px(1.25), look.px(1.75), look.px(1.75)), look.u, "bad"
            )
        painter.end()
