"""Tabs painted as words with an underline."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Literal

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QTabBar, QWidget

from desktop_app.core.declared import declared
from desktop_app.core.show import number
from desktop_app.ui import theme
from desktop_app.ui.widgets import painting

_GAP = 3  # u, between two tabs


@declared
class Tab:
    """One tab: a stable key, its words, and a count or none."""

    key: str
    words: str
    count: int | None = None


class TabStrip(QTabBar):
    """Words with counts; the chosen one in the accent with a line below. Left and right arrow move.

    `dim="page"`: 11 pt, as high as the page header; `dim="form"`: 10 pt, 10u high.
    `chosen` tells of a choice by the user only.
    """

    chosen = Signal(str)

    def __init__(
        self, tabs: Iterable[Tab] = (), dim: Literal["page", "form"] = "form", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._tabs: list[Tab] = []
        self._dim = dim
        self._units: float = 10 if dim == "form" else 12
        self._quiet = False
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.currentChanged.connect(self._tell)
        theme.changed.connect(self._resize)
        self.set_tabs(tabs)

    def set_tabs(self, tabs: Iterable[Tab]) -> None:
        """Replace all tabs; the first is chosen."""
        self._quiet = True
        while self.count():  # the old list stays until then: QTabBar asks the sizes of the tabs that are left
            self.removeTab(0)
        self._tabs = list(tabs)
        for index, tab in enumerate(self._tabs):
            self.addTab(tab.words.replace("&", "&&"))
            self.setAccessibleTabName(index, self._shown(tab))
        self._quiet = False

    def set_count(self, key: str, count: int | None) -> None:
        """Change the count of a tab; KeyError when there is none."""
        index = self._index(key)
        self._tabs[index] = replace(self._tabs[index], count=count)
        self.setAccessibleTabName(index, self._shown(self._tabs[index]))
        self._resize()

    def set_height(self, units: float) -> None:
        """Make the strip `units` u high."""
        if units != self._units:
            self._units = units
            self._resize()

    def choose(self, key: str) -> None:
        """Choose a tab without emitting `chosen`; KeyError when there is none."""
        self._quiet = True
        self.setCurrentIndex(self._index(key))
        self._quiet = False

    def chosen_key(self) -> str:
        """The key of the chosen tab, or nothing."""
        return self._tabs[self.currentIndex()].key if self.currentIndex() >= 0 else ""

    def keys(self) -> list[str]:
        """The keys of all tabs in order."""
        return [tab.key for tab in self._tabs]

    def tabSizeHint(self, index: int) -> QSize:
        """Words in semibold, 2.5u at either side, and the gap to the next."""
        look = theme.current()
        words = look.metrics[self._roles()[1]].horizontalAdvance(self._shown(self._tabs[index]))
        return QSize(words + look.px(5 + _GAP), self._height())

    def minimumTabSizeHint(self, index: int) -> QSize:
        """Tabs are not squeezed; the strip scrolls."""
        return self.tabSizeHint(index)

    def minimumSizeHint(self) -> QSize:
        """All tabs of a usual page; more of them scroll."""
        return QSize(min(super().sizeHint().width(), theme.current().px(64)), self._height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint words, counts, underline and focus."""
        look = theme.current()
        painter = painting.smooth(self)
        for index, tab in enumerate(self._tabs):
            box = self.tabRect(index).adjusted(0, 0, -look.px(_GAP), 0)
            on = index == self.currentIndex()
            hovered = box.contains(self.mapFromGlobal(self.cursor().pos())) and self.underMouse()
            ink = "accent_text" if on else "text" if hovered else "text2"
            painting.write(
                painter, box, self._shown(tab), self._roles()[1 if on else 0], ink, painting.CENTRE
            )
            if on:
                painting.line(painter, QRect(box.x(), box.bottom() - 1, box.width(), 2), "focus")
            if on and self.hasFocus():
                ring = box.adjusted(1, look.px(1), -1, -look.px(1))
                painting.outline(painter, ring, look.px(1.5), "focus", 2)
        painter.end()

    def event(self, event: QEvent) -> bool:
        """Repaint while the mouse moves over the words (hover)."""
        if event.type() in (QEvent.Type.HoverMove, QEvent.Type.HoverLeave) and not isinstance(
            event, QHelpEvent
        ):
            self.update()
        return super().event(event)

    def _tell(self, index: int) -> None:
        if not self._quiet and index >= 0:
            self.chosen.emit(self._tabs[index].key)

    def _resize(self) -> None:
        # QTabBar keeps the sizes of its tabs until something about a tab changes.
        for index, tab in enumerate(self._tabs):
            self.setTabText(index, tab.words.replace("&", "&&"))
        self.updateGeometry()
        self.update()

    def _index(self, key: str) -> int:
        for index, tab in enumerate(self._tabs):
            if tab.key == key:
                return index
        raise KeyError(key)

    def _roles(self) -> tuple[str, str]:
        return ("body", "strong") if self._dim == "form" else ("tab", "section")

    def _height(self) -> int:
        return theme.current().px(self._units)

    @staticmethod
    def _shown(tab: Tab) -> str:
        return tab.words if tab.count is None else f"{tab.words}  {number(tab.count)}"
