"""The head of a page: its title, or its siblings as tabs, and at the right search and buttons."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop_app.ui import keys, theme
from desktop_app.ui.page import Page
from desktop_app.ui.widgets import ElidedLabel, IconButton, Label, Tab, TabStrip


class PageHeader(QFrame):
    """One for the window; each page gives its search box and buttons, of which those of the open page are shown."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "header")
        self._tall = True
        self._page: Page | None = None
        self._slots: dict[Page, QWidget] = {}
        self._searches: dict[Page, QWidget] = {}
        self._rows: list[QHBoxLayout] = []
        self.tabs = TabStrip(dim="page")
        self.tabs.hide()
        self.tabs.chosen.connect(self.chosen)
        self._title = ElidedLabel("", "title")
        self._title.setObjectName("page_title")
        self._note = Label("", "meta")
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.tabs, 0, Qt.AlignmentFlag.AlignBottom)
        self._row.addWidget(self._title)
        self._row.addWidget(self._note)
        self._row.addStretch(1)
        words = keys.tip(keys.EVERYWHERE.words.say(), keys.EVERYWHERE)
        self.finder = IconButton(words, "text-search", name="action_find_everywhere")
        self._row.addWidget(self.finder)
        self.restyle()
        theme.changed.connect(self.restyle)

    def restyle(self) -> None:
        """Sizes after a change of text size or window height."""
        look = theme.current()
        units = 15 if self._tall else 12
        self.setFixedHeight(look.px(units))
        self.tabs.set_height(units)
        self._row.setContentsMargins(look.px(6), 0, look.px(6), 0)
        self._row.setSpacing(look.px(3))
        self._note.setContentsMargins(0, look.px(1), 0, 0)
        for row in self._rows:
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(look.px(2))

    def set_tall(self, tall: bool) -> None:
        """15u high, or 12u in a low window."""
        self._tall = tall
        self.restyle()

    def set_tabs(self, tabs: Sequence[Tab], current: str) -> None:
        """Show siblings instead of the title; none shows the title."""
        if [tab.key for tab in tabs] != self.tabs.keys():
            self.tabs.set_tabs(tabs)
        if tabs:
            self.tabs.choose(current)
        self.tabs.setVisible(bool(tabs))
        self._title.setHidden(bool(tabs))
        self._show_words()

    def show_page(self, page: Page) -> None:
        """Show title, search box and buttons of `page`."""
        if page not in self._slots:
            self._slots[page] = self._slot(page)
            page.title_changed.connect(self._show_words)
        self._page = page
        for other, slot in self._slots.items():
            if other is not page:
                slot.hide()  # first: two at once would make a small window wider
        self._slots[page].show()
        self._show_words()

    def title(self) -> str:
        """The title of the open page."""
        return self._title.text()

    def _slot(self, page: Page) -> QWidget:
        slot = QWidget(self)
        row = QHBoxLayout(slot)
        search = page.search()
        if search is not None:
            self._searches[page] = search
            row.addWidget(search)
        for widget in page.header_widgets():
            row.addWidget(widget)
        self._rows.append(row)
        self._row.addWidget(slot)
        self.restyle()
        return slot

    def _show_words(self) -> None:
        if self._page is None:
            return
        self._title.setText(self._page.title())
        self._note.setText(self._page.note())
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Room for the search box, or not."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Tabs or title come first, then the buttons, then the note; the search box has what they leave."""
        if self._page is None:
            return
        search = self._searches.get(self._page)
        least = search.minimumSizeHint().width() if search is not None else 0
        note = self._note.sizeHint().width() + self._row.spacing()
        # In the least width of the row a title counts for nothing, and of the tabs only a few.
        first = self._title if self.tabs.isHidden() else self.tabs
        needed = self._row.minimumSize().width() - (0 if self._note.isHidden() else note)
        room = self.width() - needed - first.sizeHint().width() + first.minimumSizeHint().width()
        noted = bool(self._page.note()) and self.tabs.isHidden() and room >= note
        self._note.setVisible(noted)
        if search is not None:
            search.setMaximumWidth(max(least, least + room - (note if noted else 0)))
