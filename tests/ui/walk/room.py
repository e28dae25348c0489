"""Whether all words have the room that they need; and the words made longer, as a language not yet known might have them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QTabBar,
    QWidget,
)

from desktop_app.ui import theme
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.widgets import Chip, ElidedLabel, painting
from tests.ui.walk.looking import called, shown

LONGER = 0.35
_WORD = re.compile(r"[^\W\d_]{3,}")
_SPARED = re.compile(r"\{[^}]*\}|<[^>]*>|&\w+;")


def longer(text: str) -> str:
    """The same with every word a third longer; places to be filled in, tags and keys stay."""

    def stretch(match: re.Match[str]) -> str:
        word = match.group()
        return word + word[: math.ceil(len(word) * LONGER)].lower()

    parts = re.split(f"({_SPARED.pattern})", text)
    return "".join(part if place % 2 else _WORD.sub(stretch, part) for place, part in enumerate(parts))


@contextmanager
def shortened() -> Iterator[list[tuple[QWidget, str, str]]]:
    """Collects what is painted with … at its end, and on what."""
    found: list[tuple[QWidget, str, str]] = []
    write = painting.write

    def noting(
        painter: QPainter, rect: QRect, words: str, role: str, token: str, *more: object, **named: object
    ) -> None:
        device = painter.device()
        if theme.current().metrics[role].horizontalAdvance(words) > rect.width() and isinstance(
            device, QWidget
        ):
            found.append((device, words, role))
        write(painter, rect, words, role, token, *more, **named)  # type: ignore[arg-type]

    with mock.patch.object(painting, "write", noting):
        yield found


def cut_off(top: QWidget, *, sideways: bool = False, pills: bool = True) -> list[str]:
    """Words that are not seen whole and that no tooltip tells, and parts that lie outside of what holds them.

    `sideways`: what can be scrolled to from left to right is not lost. `pills`: those in lists are whole too, else their cell tells them.
    """
    with shortened() as painted:
        top.grab()
    found = [
        f"{called(one)} shortens {words!r}"
        for one, words, role in painted
        if not _tells(one, words, "small" if pills and role == "small" else "body")
    ]
    for one in shown(top):
        complaint = ("" if sideways and isinstance(one, QTabBar) else _too_small(one)) or _outside(
            one, top, sideways=sideways
        )
        if complaint:
            found.append(f"{called(one)}: {complaint}")
    return list(dict.fromkeys(found))


def _tells(widget: QWidget, words: str, role: str) -> bool:
    """Whether the whole text is told when one points at it: by a tooltip, or in a list by that of its cell; a pill is never shortened."""
    around = widget.parentWidget()
    if isinstance(around, QHeaderView):
        model, tip = around.model(), Qt.ItemDataRole.ToolTipRole
        return any(
            words in str(model.headerData(place, around.orientation(), tip) or "")
            for place in range(around.count())
        )
    return (isinstance(around, QAbstractItemView) and role != "small") or words in widget.toolTip()


def _too_small(widget: QWidget) -> str:
    if isinstance(widget, ElidedLabel) and widget.visibleRegion().isEmpty() and widget.width():
        return ""  # scrolled away: never painted yet
    if isinstance(widget, ElidedLabel):
        whole = widget.fontMetrics().horizontalAdvance(widget.text()) <= widget.width()
        return (
            ""
            if whole or widget.toolTip() == widget.text()
            else "is shortened, and its tooltip does not tell it"
        )
    if isinstance(widget, QLabel):
        return _label(widget)
    if isinstance(widget, Chip):
        return _narrow(widget.sizeHint().width(), widget.width())
    if isinstance(widget, QPushButton | QCheckBox | QRadioButton):
        return _narrow(widget.sizeHint().width(), widget.width()) if widget.text() else ""
    if isinstance(widget, QComboBox):
        wide = widget.fontMetrics().horizontalAdvance(widget.currentText())
        return _narrow(wide + theme.current().px(9), widget.width())
    if isinstance(widget, QTabBar):
        return _narrow(
            sum(widget.tabSizeHint(place).width() for place in range(widget.count())), widget.width()
        )
    if isinstance(widget, QLineEdit) and not widget.text() and not _is_told(widget):
        margins = widget.textMargins()
        wide = widget.fontMetrics().horizontalAdvance(widget.placeholderText())
        return _narrow(wide + margins.left() + margins.right() + theme.current().px(3), widget.width())
    return ""


def _is_told(field: QLineEdit) -> bool:
    """Whether its tooltip says what its placeholder does (that of a search box names its key too)."""
    said = field.toolTip()
    return bool(said) and (field.placeholderText() in said or field.accessibleName() in said)


def _narrow(needed: int, given: int) -> str:
    return f"{needed} px needed, {given} there" if needed > given + 1 else ""


def _label(label: QLabel) -> str:
    if not label.text() or label.textFormat() == Qt.TextFormat.RichText:
        return ""
    if not label.wordWrap():
        hint = label.sizeHint()
        return _narrow(hint.width(), label.width()) or _narrow(hint.height(), label.height())
    wide = max(label.fontMetrics().horizontalAdvance(word) for word in label.text().split() or [""])
    return _narrow(wide, label.contentsRect().width()) or _narrow(
        label.heightForWidth(label.width()), label.height()
    )


_WITH_WORDS = (QLabel, QPushButton, QCheckBox, QRadioButton, QLineEdit, QComboBox)


def _outside(widget: QWidget, top: QWidget, *, sideways: bool) -> str:
    """How much of a widget lies beyond what holds it. Below the edge of what scrolls nothing is lost."""
    if not isinstance(widget, _WITH_WORDS):
        return ""
    part: QWidget = widget
    holder = widget.parentWidget()
    while holder is not None and part is not top:
        area = holder.parentWidget()
        scrolls = isinstance(area, QAbstractScrollArea)
        place = QRect(part.mapTo(holder, QPoint(0, 0)), part.size())
        across = (
            isinstance(area, QAbstractScrollArea) and sideways and area.horizontalScrollBar().maximum() > 0
        )
        if not across and (place.left() < -1 or place.right() > holder.width() + 1):
            return f"reaches out of {called(holder)} sideways: {place.getRect()} of {holder.width()}"
        if not scrolls and place.bottom() > holder.height() + 1:
            return f"reaches out of {called(holder)} below: {place.getRect()} of {holder.height()}"
        if scrolls and area is not None:  # from here on it is the area that must be seen
            part, holder = area, area.parentWidget()
        else:
            holder = holder.parentWidget()
    return ""


def too_large(top: QWidget, size: tuple[int, int]) -> list[str]:
    """Whether the window needs more than the screen has."""
    least = top.minimumSizeHint() if isinstance(top, MainWindow) else top.size()
    return [
        f"the window is {least.width()} x {least.height()}, the screen {size[0]} x {size[1]}"
        for _ in (0,)
        if least.width() > size[0] or least.height() > size[1]
    ]
