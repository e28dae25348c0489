"""The main window: a frame around pages. What a page does stands with the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.core.words import tr
from desktop_app.ui import theme
from desktop_app.ui.frame.brand import window_icon
from desktop_app.ui.frame.entries import NavEntry, pages
from desktop_app.ui.frame.header import PageHeader
from desktop_app.ui.frame.navigation import Rail, Sidebar
from desktop_app.ui.frame.status_bar import StatusBar
from desktop_app.ui.frame.tabbing import go_on
from desktop_app.ui.page import Page
from desktop_app.ui.widgets import Hairline, Tab
from desktop_app.ui.widgets.ground import paint_next_turn
from desktop_app.ui.widgets.status import LampState

if TYPE_CHECKING:
    from desktop_app.ui.frame.practice import PracticeBanner

_WIDE = 300  # u; below, the sidebar folds to the rail
_TALL = 160  # u; below, header and footers are lower


class MainWindow(QMainWindow):
    """Navigation at the left, page header on top, status bar below, one page in the middle.

    Pages are registered by the key of their entry and made when first opened; one made as a child of `stack` need not be moved there.
    """

    page_changed = Signal(str)
    undo_requested = Signal()
    rebuild_requested = (
        Signal()
    )  # the language or the sections in use have changed: the words of the frame are made anew
    status_clicked = Signal(str)  # "unsent", "waiting", "review", "receipt", "backup", "person"

    restart_asked = Signal()  # a new version is to begin
    practice_asked = Signal()  # somebody wants to practise
    practice_left = Signal()  # and has had enough of it
    practice_cleared = Signal()  # and wants it gone
    practice_gone = Signal()  # it is

    def __init__(
        self,
        entries: Sequence[NavEntry],
        office: str,
        parent: QWidget | None = None,
        *,
        practice: bool = False,
    ) -> None:
        super().__init__(parent)
        self._practice = practice
        self._banner: PracticeBanner | None = None
        self._entry_of = {page.key: entry for page, entry in pages(entries)}
        self._groups = {entry.key: entry for entry in entries if entry.children}
        self._last_in_group: dict[str, str] = {}
        self._factories: dict[str, Callable[[], Page]] = {}
        self._pages: dict[str, Page] = {}
        self._key = ""
        self._wide = self._tall = True
        self.sidebar = Sidebar(entries, office)
        self.rail = Rail(entries, office)
        self.header = PageHeader()
        self.status = StatusBar()
        self.stack = QStackedWidget()
        self._build()
        self.setWindowTitle(f"{self._mark()}Pelita")
        self.setWindowIcon(window_icon())
        for part in (self.sidebar, self.rail, self.header):
            part.chosen.connect(self.open_page)
        self.status.undo_clicked.connect(self.undo_requested)
        self.status.clicked.connect(self.status_clicked)
        theme.changed.connect(self._refit)
        self.resize(
            self.sizeHint()
        )  # else all is fitted into Qt's small first size before it is fitted into the real one
        self._refit(force=True)

    # --- pages

    def register(self, key: str, factory: Callable[[], Page]) -> None:
        """Say how the page `key` is made; KeyError when the navigation has no such page."""
        if key not in self._entry_of:
            raise KeyError(key)
        self._factories[key] = factory

    def open_page(self, key: str) -> bool:
        """Bring a page to the front; a group opens the page last used in it, at first its first.

        Returns False when the open page doesn't let go. KeyError for an unknown or not registered page.
        """
        if key in self._groups:
            key = self._last_in_group.get(key, self._groups[key].children[0].key)
        current = self.current_page()
        if current is not None and key != self._key and not current.can_leave():
            self._show_place()
            return False
        page = self._pages.get(key)
        if page is None:
            page = self._pages[key] = self._factories[key]()
            page.setObjectName(page.objectName() or f"page_{key}")
            page.fit(self._wide, self._tall)
            if self.isVisible():
                paint_next_turn(page)
            self.stack.addWidget(page)
            page.title_changed.connect(self._show_title)
        self._key = key
        self._last_in_group[self._entry_of[key].key] = key
        self.stack.setCurrentWidget(page)
        self.header.show_page(page)
        self._show_place()
        self._show_title()
        page.activate()
        self.page_changed.emit(key)
        return True

    def current_page(self) -> Page | None:
        """The page at the front, or None before the first is opened."""
        return self._pages.get(self._key)

    def current_key(self) -> str:
        """The key of the page at the front, or nothing."""
        return self._key

    # --- what the frame tells

    def set_office(self, office: str) -> None:
        """Change the name of the office below that of the program."""
        self.sidebar.brand.set_office(office)
        self.rail.set_office(office)

    def set_count(self, key: str, count: int | None, *, urgent: bool = False) -> None:
        """Show a count at an entry, in red (and as a dot in the rail) when urgent; KeyError when there is no entry."""
        self.sidebar.set_count(key, count, urgent=urgent)
        self.rail.set_count(key, count, urgent=urgent)

    def set_saved(self, state: LampState, words: str) -> None:
        """Show whether all is saved, as lamp and words."""
        self.status.set_saved(state, words)

    def set_undo(self, words: str) -> None:
        """Offer to undo the last save or removal in the status bar; empty offers nothing."""
        self.status.set_undo(words)

    def set_status(
        self,
        unsent: str | None = None,
        receipt: str | None = None,
        backup: str | None = None,
        person: str | None = None,
        waiting: str | None = None,
        review: str | None = None,
    ) -> None:
        """Change words at the right of the status bar; None leaves one as it is, empty hides it."""
        given = {
            "unsent": unsent,
            "receipt": receipt,
            "backup": backup,
            "person": person,
            "waiting": waiting,
            "review": review,
        }
        for key, words in given.items():
            if words is not None:
                self.status.set_item(key, words)

    # --- Qt

    def sizeHint(self) -> QSize:
        """The screen most offices have."""
        return QSize(1366, 768)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Change between sidebar and rail, high and low header."""
        super().resizeEvent(event)
        self._refit()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab and Shift+Tab."""
        parts = (
            *((self._banner,) if self._banner else ()),
            self.sidebar,
            self.rail,
            self.header,
            self.stack,
            self.status,
        )
        return go_on(self, parts, forward=forward)

    def closeEvent(self, event: QCloseEvent) -> None:
        """The open page is asked as when another is chosen."""
        current = self.current_page()
        if current is not None and not current.can_leave():
            event.ignore()
            return
        super().closeEvent(event)

    def _build(self) -> None:
        right = QVBoxLayout()
        right.addWidget(self.header)
        right.addWidget(Hairline())
        right.addWidget(self.stack, 1)
        top = QHBoxLayout()
        top.addWidget(self.sidebar)
        top.addWidget(self.rail)
        top.addWidget(Hairline(down=True))
        top.addLayout(right, 1)
        central = QWidget()
        whole = QVBoxLayout(central)
        if self._practice:
            self._build_banner(whole)
        whole.addLayout(top, 1)
        whole.addWidget(Hairline())
        whole.addWidget(self.status)
        for layout in (right, top, whole):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        self.setCentralWidget(central)

    def _build_banner(self, whole: QVBoxLayout) -> None:
        from desktop_app.ui.frame.practice import PracticeBanner  # noqa: PLC0415  (a real start needs none)

        self._banner = PracticeBanner()
        self._banner.leave.connect(self.practice_left)
        whole.addWidget(self._banner)
        self.status.set_item("practice", tr("Latihan", "Practice"))

    def _refit(self, *, force: bool = False) -> None:
        unit = theme.current().u
        high = self.height() - (self._banner.height() if self._banner else 0)
        wide, tall = self.width() >= _WIDE * unit, high >= _TALL * unit
        if (wide, tall) == (self._wide, self._tall) and not force:
            return
        self._wide, self._tall = wide, tall
        self.sidebar.setVisible(wide)
        self.rail.setVisible(not wide)
        self.header.set_tall(tall)
        self._show_place()
        for page in self._pages.values():
            page.fit(wide, tall)

    def _show_place(self) -> None:
        """Show in the navigation, and in a narrow window in the tabs, which page is at the front."""
        if not self._key:
            return
        self.sidebar.set_current(self._key)
        self.rail.set_current(self._key)
        siblings = () if self._wide else self._entry_of[self._key].children
        self.header.set_tabs([Tab(page.key, page.words.say()) for page in siblings], self._key)

    def _show_title(self) -> None:
        page = self.current_page()
        if page is not None:
            self.setWindowTitle(f"{self._mark()}{page.title()} – Pelita")

    def _mark(self) -> str:
        return tr("LATIHAN – ", "PRACTICE – ") if self._practice else ""
