"""Counts that are doors: four large ones, and below them in a line what else there is."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QMenu, QSizePolicy, QWidget

from desktop_app.core.query import Query
from desktop_app.core.spec import Registry
from desktop_app.services.home import Door
from desktop_app.ui import theme
from desktop_app.ui.figures import grouped
from desktop_app.ui.widgets import painting


class DoorButton(QAbstractButton):
    """One count; a click opens its list (or asks which, when records of several kinds are behind it) or its page.

    `list_asked` carries the question, `page_asked` the key of the page.
    """

    list_asked = Signal(object)
    page_asked = Signal(str)

    def __init__(self, door: Door, registry: Registry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._registry = registry
        self.setObjectName(f"door_{door.key}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.clicked.connect(self._go)
        self.show_door(door)

    def show_door(self, door: Door) -> None:
        """Change the count."""
        self.door = door
        self.setAccessibleName(f"{door.label.say()}: {grouped(door.number)}")
        self.setAccessibleDescription(f"{door.note.say()}. {door.link.say()}")
        self.setToolTip(door.link.say())
        self.updateGeometry()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens as the space bar does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def _go(self) -> None:
        door = self.door
        if door.page:
            self.page_asked.emit(door.page)
        elif len(door.queries) == 1:
            self.list_asked.emit(door.queries[0][0])
        else:
            self._choose(door)

    def _choose(self, door: Door) -> None:
        menu = QMenu(self)
        menu.setObjectName("door_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for query, number in door.queries:
            words = f"{self._registry[query.kind].plural.say()}  {grouped(number)}"
            action = menu.addAction(words.replace("&", "&&"))
            action.setObjectName(f"door_{door.key}_{query.kind}")
            action.triggered.connect(lambda _=False, asked=query: self._ask(asked))
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def _ask(self, query: Query) -> None:
        self.list_asked.emit(query)

    def _ground(self, radius: float) -> None:
        painter = painting.smooth(self)
        rect = QRectF(self.rect())
        painting.fill(painter, rect, radius, "hover" if self.underMouse() else "surface")
        focused = self.hasFocus()
        painting.outline(painter, rect, radius, "focus" if focused else "hairline", 2 if focused else 1)
        painter.end()


class LargeDoor(DoorButton):
    """Icon and word, the figure with a note, and the words of the link."""

    def __init__(self, door: Door, registry: Registry, parent: QWidget | None = None) -> None:
        super().__init__(door, registry, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def needed(self) -> int:
        """So wide it must be for its words to be read."""
        look, door = theme.current(), self.door
        label = look.metrics["body"].horizontalAdvance(door.label.say()) + look.px(6.5)
        figure = look.metrics["figure"].horizontalAdvance(grouped(door.number)) + look.px(2)
        note = look.metrics["meta"].horizontalAdvance(door.note.say())
        return max(label, figure + note) + look.px(9) + 2

    def sizeHint(self) -> QSize:
        """What it wants."""
        return QSize(theme.current().px(60), theme.current().px(30))

    def minimumSizeHint(self) -> QSize:
        """What it can do with."""
        return QSize(theme.current().px(40), theme.current().px(30))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it."""
        look = theme.current()
        self._ground(look.px(2))
        painter = painting.smooth(self)
        door, side, wide = self.door, look.px(6), self.width() - look.px(9)
        tone = door.tone if door.number else "text3"
        painting.picture(painter, side, look.px(4.25), door.icon, tone, 4.5)
        label = QRect(side + look.px(6.5), look.px(4), wide - look.px(6.5), look.px(5))
        painting.write(painter, label, door.label.say(), "body", "text2")
        figure = grouped(door.number)
        high = look.metrics["figure"].height()
        advance = look.metrics["figure"].horizontalAdvance(figure)
        middle = QRect(side, look.px(10), wide, max(high, look.px(9)))
        painting.write(painter, middle, figure, "figure", "text" if door.number else "text3")
        note = middle.adjusted(advance + look.px(2), look.px(1), 0, look.px(1))
        painting.write(painter, note, door.note.say(), "meta", "text3")
        link = QRect(side, self.height() - look.px(9), wide, look.px(5))
        painting.write(painter, link, door.link.say(), "meta", "accent_text")
        painter.end()


class SmallDoor(DoorButton):
    """Word and figure in a line."""

    def __init__(self, door: Door, registry: Registry, parent: QWidget | None = None) -> None:
        super().__init__(door, registry, parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """What it wants."""
        look = theme.current()
        words = look.metrics["body"].horizontalAdvance(self.door.label.say())
        figure = look.metrics["strong"].horizontalAdvance(grouped(self.door.number))
        return QSize(words + figure + look.px(15), look.px(9))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it."""
        look = theme.current()
        self._ground(look.px(2))
        painter = painting.smooth(self)
        door, high = self.door, self.height()
        painting.picture(painter, look.px(3), (high - look.px(4.5)) / 2, door.icon, door.tone, 4.5)
        figure = grouped(door.number)
        advance = look.metrics["strong"].horizontalAdvance(figure)
        end = self.width() - look.px(3.5)
        painting.write(
            painter,
            QRect(look.px(9), 0, end - advance - look.px(11), high),
            door.label.say(),
            "body",
            "text2",
        )
        painting.write(painter, QRect(end - advance, 0, advance + 1, high), figure, "strong", "text")
        painter.end()


class Doors(QWidget):
    """The large doors beside each other; two in a row where four would cut their words off."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._shown: list[LargeDoor] = []
        self._across = 0

    def fill(self, doors: list[LargeDoor]) -> None:
        """Show these instead of those before."""
        for old in self._shown:
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._shown, self._across = doors, 0
        self.setVisible(bool(doors))
        self.arrange()

    def arrange(self) -> None:
        """Four in a row, or two."""
        look = theme.current()
        gap, number = look.px(4), max(1, len(self._shown))
        self._grid.setSpacing(gap)
        room = (self.width() - gap * (number - 1)) // number
        across = number if all(door.needed() <= room for door in self._shown) else (number + 1) // 2
        if across == self._across:
            return
        self._across = across
        for place, door in enumerate(self._shown):
            self._grid.addWidget(door, place // across, place % across)
            door.show()
        for column in range(number):
            self._grid.setColumnStretch(column, 1 if column < across else 0)
        # Arranged while the page is being laid out, Qt would not ask again how high this is.
        self._grid.invalidate()
        QTimer.singleShot(0, self, self.updateGeometry)

    def minimumSizeHint(self) -> QSize:
        """Two of them."""
        return QSize(theme.current().px(84), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange them anew."""
        super().resizeEvent(event)
        self.arrange()
