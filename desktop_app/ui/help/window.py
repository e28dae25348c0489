"""The window of the help: a page, a search box, back and forward. It stands beside the main window and lets one type there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QPoint, Qt, QTimer, QUrl
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPalette, QResizeEvent, QTextDocument
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from desktop_app.core.settings import Settings
from desktop_app.core.spec import Registry
from desktop_app.core.words import tr
from desktop_app.records.registry import REGISTRY
from desktop_app.services.context import utc_now
from desktop_app.services.help.book import CONTENTS, KEYS, Book
from desktop_app.services.help.text import link, plain
from desktop_app.ui import keys, theme
from desktop_app.ui.help import paper, sheet
from desktop_app.ui.widgets import Hairline, IconButton, SearchBox

_WIDE, _HIGH = 130, 170
"""Of the window at first, in units; never higher than the main window."""
_REFILL_MS = 60
_AT_ONCE = 10
_SEARCH = "search/"


class Place(Protocol):
    """What the help tells about: the kinds, and the settings and the day where it is read. An `AppContext` is one."""

    @property
    def registry(self) -> Registry:
        """The kinds."""

    @property
    def settings(self) -> Settings:
        """The settings there."""

    @property
    def clock(self) -> Callable[[], dt.datetime]:
        """What tells the moment, in UTC."""


class Nowhere:
    """Before the first start there is no office yet."""

    def __init__(self) -> None:
        self.registry, self.settings, self.clock = REGISTRY, Settings(), utc_now


class _Browser(QTextBrowser):
    """Shows a page; pictures come from the program's own folder, and nothing is ever fetched from elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("help_page")
        self.setAccessibleName(tr("Halaman bantuan", "Help page"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setBackgroundRole(QPalette.ColorRole.Base)

    def room(self) -> int:
        """How many pixels wide the words of a page are."""
        look = theme.current()
        bar = self.verticalScrollBar().sizeHint().width()
        return max(look.px(40), self.viewport().width() - bar - paper.edges())

    def loadResource(self, sort: int, name: QUrl | str) -> object:
        """A picture of the program; anything else is nothing."""
        asked = name.toString() if isinstance(name, QUrl) else name
        if sort == QTextDocument.ResourceType.ImageResource.value and asked.startswith(paper.PICTURE):
            return paper.image(asked.removeprefix(paper.PICTURE), self.room(), self.devicePixelRatioF())
        return None


class HelpWindow(QWidget):
    """`open_at(address)` shows a page. Esc closes, F1 shows the contents, Alt+Left goes back."""

    def __init__(self, ctx: Place, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("help_window")
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._main = parent
        self.book = Book(
            ctx.registry,
            lambda: ctx.settings,
            lambda: ctx.clock().astimezone(ctx.settings.zone).date(),
            sheet.page,
        )
        self._way: list[str] = []
        self._at = -1
        self._made_for = 0
        self._part = 0.0  # how far the page is scrolled; the words wrap anew before a change of width is told
        self._placed = False
        self.browser = _Browser()
        self.search = SearchBox(tr("Cari dalam bantuan", "Search the help"), "", name="help_search")
        self._back = IconButton(
            keys.tip(keys.HELP_BACK.words.say(), keys.HELP_BACK), "arrow-left", name="help_back"
        )
        self._on = IconButton(keys.tip(keys.HELP_ON.words.say(), keys.HELP_ON), "arrow-right", name="help_on")
        self._home = IconButton(
            keys.tip(keys.HELP_HOME.words.say(), keys.HELP_HOME), "book-open-variant", name="help_contents"
        )
        self._indexing = QTimer(self, interval=0)
        self._refill = QTimer(self, singleShot=True, interval=_REFILL_MS)
        self._build()
        self._connect()
        self.restyle()
        theme.changed.connect(self.restyle)

    # --- pages

    def open_at(self, address: str) -> None:
        """Show a page and come to the front; an address without a page shows the contents."""
        self._go(address if self.book.has(address) else CONTENTS)
        if not self.isVisible():
            self._find_place()
            self.show()
            self._indexing.start()
        self.raise_()
        self.activateWindow()
        self.browser.setFocus(Qt.FocusReason.OtherFocusReason)

    def address(self) -> str:
        """The page that is shown."""
        return self._way[self._at] if self._way else ""

    def _go(self, address: str) -> None:
        if address != self.address():
            replaces = self.address().startswith(_SEARCH) and address.startswith(_SEARCH)
            self._way = [*self._way[: self._at + (0 if replaces else 1)], address]
            self._at = len(self._way) - 1
        self._show()

    def step(self, by: int) -> None:
        """Back (-1) or forward (1) among the pages read."""
        if 0 <= self._at + by < len(self._way):
            self._at += by
            self._show()

    def _show(self) -> None:
        address = self.address()
        if not address.startswith(_SEARCH) and self.search.text():
            self.search.blockSignals(True)
            self.search.clear()
            self.search.blockSignals(False)
        self._fill()
        self.browser.moveCursor(self.browser.textCursor().MoveOperation.Start)
        self.browser.verticalScrollBar().setValue(0)
        self._back.setEnabled(self._at > 0)
        self._on.setEnabled(self._at + 1 < len(self._way))
        title = self.browser.document().firstBlock().text()
        self.setWindowTitle(f"{title} – Pelita")

    def _fill(self) -> None:
        if self._way:
            self._made_for = self.browser.room()
            # the old document goes with that
            self.browser.setDocument(paper.made(self._text(), self._made_for, self.browser))

    def _scrolled(self, value: int) -> None:
        self._part = value / max(1, self.browser.verticalScrollBar().maximum())

    def _refit(self) -> None:
        """The page for another width, where it was scrolled to."""
        if self.browser.room() != self._made_for:
            bar, part = self.browser.verticalScrollBar(), self._part
            self._fill()
            bar.setValue(round(part * bar.maximum()))

    def _text(self) -> str:
        address = self.address()
        if address.startswith(_SEARCH):
            return self._found(address.removeprefix(_SEARCH))
        return self.book.page(address) or ""

    def _found(self, asked: str) -> str:
        hits = self.book.search(asked)
        if not hits:
            none = tr("Tidak ada yang cocok", "Nothing found")
            advice = tr(
                "Coba kata lain atau bagian katanya, misalnya “kirim”, “foto”, “tanggal”.",
                "Try another word or a part of it, like “send”, “photo”, “date”.",
            )
            return f"# {none}\n\n{advice}\n\n{link(tr('Daftar isi', 'Contents'), CONTENTS)}\n"
        told = (
            f"**{link(hit.title, hit.address)}** · {plain(hit.within)}\n\n{plain(hit.snippet)}"
            for hit in hits
        )
        return "\n\n".join((f"# {tr('Hasil pencarian', 'Found')}", *told)) + "\n"

    def _search(self, asked: str) -> None:
        if asked.strip():
            self._go(_SEARCH + asked.strip())
        elif self.address().startswith(_SEARCH):
            self._go(CONTENTS)

    def _index(self) -> None:
        """A little of the search's index, whenever nothing else is to be done."""
        if not self.book.prepare(_AT_ONCE):
            self._indexing.stop()

    def _first_hit(self) -> None:
        hits = self.book.search(self.search.text())
        if hits:
            self._go(hits[0].address)
            self.browser.setFocus()

    # --- building

    def _build(self) -> None:
        self._top = QHBoxLayout()
        for widget in (self._back, self._on, self._home, self.search):
            self._top.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._top)
        column.addWidget(Hairline())
        column.addWidget(self.browser, 1)

    def _connect(self) -> None:
        self.browser.anchorClicked.connect(self._follow)
        self.search.textChanged.connect(self._search)
        self.search.returnPressed.connect(self._first_hit)
        self._back.clicked.connect(lambda: self.step(-1))
        self._on.clicked.connect(lambda: self.step(1))
        self._home.clicked.connect(lambda: self._go(CONTENTS))
        self._refill.timeout.connect(self._refit)
        self.browser.verticalScrollBar().valueChanged.connect(self._scrolled)
        self._indexing.timeout.connect(self._index)
        keys.bind(keys.HELP_SEARCH, self, self._to_search)
        keys.bind(keys.HELP_HOME, self, lambda: self._go(CONTENTS))
        keys.bind(keys.SHEET, self, lambda: self._go(KEYS))
        keys.bind(keys.HELP_BACK, self, lambda: self.step(-1))
        keys.bind(keys.HELP_ON, self, lambda: self.step(1))

    def restyle(self) -> None:
        """Sizes and colours after a change of the theme."""
        look = theme.current()
        self._top.setContentsMargins(look.px(3), look.px(2), look.px(6), look.px(2))
        self._top.setSpacing(look.px(1))
        self.setMinimumSize(look.px(100), look.px(60))
        self._fill()

    def _find_place(self) -> None:
        """At first beside the main window, or where there is no room upon that side of it where one isn't typing; later where it was left."""
        if self._placed:
            return
        self._placed = True
        look = theme.current()
        main, screen = self._main.frameGeometry(), self._main.screen().availableGeometry()
        frame = main.height() - self._main.height()  # this window will have the same around it
        wide = min(look.px(_WIDE), screen.width())
        high = min(look.px(_HIGH), self._main.height(), screen.height() - frame)
        if screen.right() - main.right() >= wide:
            left = main.right() + 1
        else:
            left = main.left() if self._types_at_the_right() else main.right() - wide + 1
        left = max(screen.left(), min(left, screen.right() - wide + 1))
        self.resize(wide, high)
        self.move(QPoint(left, max(screen.top(), main.top())))

    def _types_at_the_right(self) -> bool:
        focus: QWidget | None = QApplication.focusWidget()
        if focus is None or not self._main.isAncestorOf(focus):
            return False
        return focus.mapTo(self._main, QPoint(0, 0)).x() > self._main.width() // 2

    # --- keys and links

    def _follow(self, url: QUrl) -> None:
        address = url.toString()
        if self.book.has(address):
            self._go(address)

    def _to_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes (in a filled search box it first empties that)."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Back to where one was typing."""
        super().closeEvent(event)
        self._main.activateWindow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Pictures follow the width."""
        super().resizeEvent(event)
        self._refill.start()
