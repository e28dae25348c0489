"""The list that drops down below a field while somebody types: names, not codes; arrows, Enter and Tab, never a mouse needed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop_app.core.fields import Code, Codes
from desktop_app.core.fields import Value as FieldValue
from desktop_app.core.words import tr
from desktop_app.ui import theme

SHOWN = 8
"""So many entries are seen at once; more are reached with the arrows."""

_BETWEEN_WORDS = re.compile("[ /()]+")

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Pick:
    """One entry: the value, what it is called, what explains it (grey) and its code (grey, at the right end).

    `do`: no value but something to be done ("Baru…"); it stands last and is never taken unasked.
    """

    value: FieldValue
    text: str
    second: str = ""
    code: str = ""
    do: Callable[[], object] | None = None


def picks_of(codes: Codes, text: str) -> list[Pick]:
    """The entries of a code list that fit what was typed: words that begin so (the same words first), a whole word in them, a code
    that begins so, then whatever is inside.
    """
    wanted = text.strip().casefold()
    entries = list(codes)

    def rank(entry: Code) -> int:
        words = entry.words.say().casefold()
        parts = _BETWEEN_WORDS.split(words)
        if not wanted or words.startswith(wanted):
            return 0 if words == wanted else 1
        if wanted in parts:
            return 2
        if entry.code.casefold().startswith(wanted):
            return 3
        if any(word.startswith(wanted) for word in parts):
            return 4
        return 5 if wanted in words else 9

    fitting = sorted((entry for entry in entries if rank(entry) < 9), key=rank)
    return [Pick(entry.code, entry.words.say()) for entry in fitting]


class _Picks(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.picks: list[Pick] = []

    def rowCount(self, _parent: Index | None = None) -> int:
        return len(self.picks)

    def data(self, index: Index, role: int = 0) -> object:
        return self.picks[index.row()].text if role == 0 else None

    def replace(self, picks: Sequence[Pick]) -> None:
        self.beginResetModel()
        self.picks = list(picks)
        self.endResetModel()


class _Painter(QStyledItemDelegate):
    """Name in text, explanation in text3 beside it, code in text3 at the right end; tint and accent bar when chosen."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = theme.current()
        pick: Pick = index.model().picks[index.row()]  # type: ignore[attr-defined]
        rect: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, look.colour("accent_tint" if chosen else "raised"))
        if chosen:
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), look.colour("accent"))
        inside = rect.adjusted(look.px(3), 0, -look.px(3), 0)
        centre = int(Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(look.fonts["meta"])
        painter.setPen(look.colour("text3"))
        if pick.code:
            painter.drawText(inside, centre | int(Qt.AlignmentFlag.AlignRight), pick.code)
            inside.setRight(inside.right() - look.metrics["meta"].horizontalAdvance(pick.code) - look.px(2))
        painter.setFont(look.fonts["body"])
        painter.setPen(look.colour("text" if pick.do is None else "accent_text"))
        text = look.metrics["body"].elidedText(pick.text, Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(inside, centre, text)
        if pick.second:
            inside.setLeft(inside.left() + look.metrics["body"].horizontalAdvance(text) + look.px(2))
            painter.setFont(look.fonts["meta"])
            painter.setPen(look.colour("text3"))
            painter.drawText(
                inside,
                centre,
                look.metrics["meta"].elidedText(pick.second, Qt.TextElideMode.ElideRight, inside.width()),
            )

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(0, theme.current().px(8))


class PickList(QFrame):
    """The dropped-down list. It never takes the focus: the field stays where the typing goes and hands its arrow keys on."""

    picked = Signal(object)

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner.window())
        self._owner = owner
        self.setProperty("kind", "picks")
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setObjectName(f"picks_{owner.objectName()}")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._model = _Picks(self)
        self._view = QListView()
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view.setAccessibleName(tr("Pilihan", "Choices"))
        self._view.setModel(self._model)
        self._view.setItemDelegate(_Painter(self._view))
        self._view.setUniformItemSizes(True)
        self._view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._view.clicked.connect(lambda index: self.picked.emit(self._model.picks[index.row()]))
        box = QVBoxLayout(self)
        box.setContentsMargins(1, 1, 1, 1)
        box.addWidget(self._view)
        self.hide()

    def offer(self, picks: Sequence[Pick], *, chosen: bool) -> None:
        """Show these entries below the field (above it where there is no room); none hides the list.

        `chosen`: the first one stands out from the start (something was typed that it fits).
        """
        self._model.replace(picks)
        if not picks or not self._owner.isVisible():
            self.hide()
            return
        if chosen and picks[0].do is None:
            self.step(1)
        window = self._owner.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        height = min(len(picks), SHOWN) * theme.current().px(8) + 4
        width = max(self._owner.width(), theme.current().px(60))
        place = self._owner.mapTo(window, QPoint(0, self._owner.height() + 2))
        if place.y() + height > window.height():
            place = self._owner.mapTo(window, QPoint(0, -height - 2))
        self.setGeometry(min(place.x(), max(0, window.width() - width)), max(0, place.y()), width, height)
        self.show()
        self.raise_()

    def step(self, by: int) -> None:
        """Move the choice up or down."""
        row = self._view.currentIndex().row() + by
        if self._model.picks:
            self._view.setCurrentIndex(self._model.index(max(0, min(row, len(self._model.picks) - 1)), 0))

    def current(self) -> Pick | None:
        """The entry that Enter would take."""
        row = self._view.currentIndex().row()
        return self._model.picks[row] if self.isVisible() and 0 <= row < len(self._model.picks) else None

    def picks(self) -> list[Pick]:
        """The entries on offer."""
        return list(self._model.picks) if self.isVisible() else []
