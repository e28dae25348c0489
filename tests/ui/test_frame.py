"""The frame: navigation, page header, status bar, and how they fit into the windows of old PCs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.core import words
from desktop_app.ui import theme
from desktop_app.ui.frame import NavEntry
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.page import Page
from desktop_app.ui.widgets import Button, NavButton, RailButton, SearchBox
from tests.ui.gallery import ENTRIES

LEFT = Qt.MouseButton.LeftButton


class Note(Page):
    """A page with one field, a search box and a button."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.letting_go = True
        self.activated = 0
        self.fits: list[tuple[bool, bool]] = []
        self.field = QLineEdit()
        self.button = Button("Baru", "primary", "plus", name=f"action_new_{name}")
        self._search = SearchBox(f"Cari {name}")
        QVBoxLayout(self).addWidget(self.field)

    def title(self) -> str:
        return self.name.capitalize()

    def search(self) -> SearchBox:
        return self._search

    def header_widgets(self) -> tuple[QWidget, ...]:
        return (self.button,)

    def activate(self) -> None:
        self.activated += 1
        self.field.setFocus()

    def can_leave(self) -> bool:
        return self.letting_go

    def fit(self, wide: bool, tall: bool) -> None:
        self.fits.append((wide, tall))


Made = dict[str, Note]


@pytest.fixture(autouse=True)
def _light(qapp: QApplication):
    theme.apply(qapp, dark=False)
    yield
    theme.apply(qapp, dark=False)


@pytest.fixture
def made() -> Made:
    """The pages made so far, by key."""
    return {}


@pytest.fixture
def window(qtbot: QtBot, made: Made) -> MainWindow:
    window = MainWindow(ENTRIES, "Kec. Metro Timur")
    qtbot.addWidget(window)

    def factory(key: str) -> Callable[[], Note]:
        def make() -> Note:
            made[key] = Note(key)
            return made[key]

        return make

    for key in ("home", "repair", "point", "panel", "park_work", "park", "burial", "send", "settings"):
        window.register(key, factory(key))
    fill_status(window)
    window.resize(1366, 768)
    window.open_page("home")
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def fill_status(window: MainWindow) -> None:
    window.set_saved("saved", "Tersimpan 08.41.07")
    window.set_undo("Urungkan simpan terakhir")
    window.set_status(
        "12 belum terkirim", "Tanda terima No. 46, 29 Okt", "Cadangan teruji 04 Nov", "Sri Wahyuni"
    )


def button(window: MainWindow, name: str) -> QAbstractButton:
    found = window.findChild(QAbstractButton, name)
    assert found is not None, name
    return found


def resize(qtbot: QtBot, window: MainWindow, wide: int, high: int) -> None:
    window.resize(wide, high)
    qtbot.waitUntil(lambda: window.size() == QSize(wide, high))


# --- pages


def test_pages_are_made_when_first_opened_and_kept(qtbot: QtBot, window: MainWindow, made: Made):
    assert set(made) == {"home"}
    qtbot.mouseClick(button(window, "nav_send"), LEFT)
    assert set(made) == {"home", "send"}
    first = made["send"]
    qtbot.mouseClick(button(window, "nav_home"), LEFT)
    qtbot.mouseClick(button(window, "nav_send"), LEFT)
    assert window.current_page() is first
    assert window.current_key() == "send"
    assert first.activated == 2
    assert first.field.hasFocus()
    assert first.isVisible()
    assert not made["home"].isVisible()


def test_opening_tells_who_listens(qtbot: QtBot, window: MainWindow):
    with qtbot.waitSignal(window.page_changed) as heard:
        assert window.open_page("repair")
    assert heard.args == ["repair"]
    assert window.windowTitle() == "Repair – Pelita"


def test_a_page_that_does_not_let_go_stays(qtbot: QtBot, window: MainWindow, made: Made):
    made["home"].letting_go = False
    qtbot.mouseClick(button(window, "nav_send"), LEFT)
    assert window.current_key() == "home"
    assert window.open_page("send") is False
    assert window.sidebar.buttons()["home"].is_chosen()
    assert not window.sidebar.buttons()["send"].is_chosen()
    assert not window.close()
    made["home"].letting_go = True
    assert window.close()


def test_an_unknown_page_is_an_error_of_the_program(window: MainWindow):
    with pytest.raises(KeyError):
        window.register("nowhere", Page)
    with pytest.raises(KeyError):
        window.open_page("nowhere")
    with pytest.raises(KeyError):
        window.set_count("nowhere", 1)
    assert window.current_key() == "home"


def test_the_header_shows_what_belongs_to_the_open_page(qtbot: QtBot, window: MainWindow, made: Made):
    assert window.header.title() == "Home"
    window.open_page("send")
    assert window.header.title() == "Send"
    assert made["send"].button.isVisible()
    assert not made["home"].button.isVisible()
    right = made["send"].button.mapTo(window.header, made["send"].button.rect().topRight()).x()
    assert right == window.header.width() - theme.current().px(6) - 1
    made["send"].name = "kirim"
    made["send"].title_changed.emit()
    assert window.header.title() == "Kirim"
    assert window.windowTitle() == "Kirim – Pelita"
    made["home"].title_changed.emit()
    assert window.header.title() == "Kirim"


def test_the_search_shortcut_goes_to_the_box_of_the_open_page(qtbot: QtBot, window: MainWindow, made: Made):
    window.open_page("repair")
    for key in ("send", "repair"):
        window.open_page(key)
        qtbot.keyClick(made[key].field, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(made[key].search().hasFocus)


# --- the sidebar


def test_one_group_is_open_at_a_time(qtbot: QtBot, window: MainWindow):
    assert not button(window, "nav_repair").isVisible()
    qtbot.mouseClick(button(window, "nav_lighting"), LEFT)
    assert button(window, "nav_repair").isVisible()
    assert window.current_key() == "home"  # a group only folds
    qtbot.mouseClick(button(window, "nav_parks"), LEFT)
    assert button(window, "nav_park").isVisible()
    assert not button(window, "nav_repair").isVisible()
    qtbot.mouseClick(button(window, "nav_parks"), LEFT)
    assert not button(window, "nav_park").isVisible()


def test_the_open_page_is_seen_in_the_sidebar(qtbot: QtBot, window: MainWindow):
    window.open_page("repair")
    chosen = [key for key, entry in window.sidebar.buttons().items() if entry.is_chosen()]
    assert chosen == ["repair"]
    assert button(window, "nav_repair").isVisible()


def test_the_sidebar_is_used_with_the_keyboard_alone(qtbot: QtBot, window: MainWindow, made: Made):
    def focus() -> str:
        widget = QApplication.focusWidget()
        return widget.objectName() if widget is not None else ""

    button(window, "nav_home").setFocus()
    qtbot.keyClick(button(window, "nav_home"), Qt.Key.Key_Down)
    assert focus() == "nav_lighting"
    qtbot.keyClick(button(window, "nav_lighting"), Qt.Key.Key_Down)
    assert focus() == "nav_parks"  # the children of a folded group are passed over
    qtbot.keyClick(button(window, "nav_parks"), Qt.Key.Key_Up)
    qtbot.keyClick(button(window, "nav_lighting"), Qt.Key.Key_Right)
    qtbot.keyClick(button(window, "nav_lighting"), Qt.Key.Key_Down)
    assert focus() == "nav_repair"
    qtbot.keyClick(button(window, "nav_repair"), Qt.Key.Key_Left)
    assert focus() == "nav_lighting"
    assert not button(window, "nav_repair").isVisible()
    qtbot.keyClick(button(window, "nav_lighting"), Qt.Key.Key_Return)
    qtbot.keyClick(button(window, "nav_lighting"), Qt.Key.Key_Down)
    qtbot.keyClick(button(window, "nav_repair"), Qt.Key.Key_Return)
    assert window.current_key() == "repair"
    assert made["repair"].field.hasFocus()


def test_everything_in_the_frame_is_reached_by_tab(qtbot: QtBot, window: MainWindow):
    window.open_page("repair")
    reached: list[str] = []
    button(window, "nav_home").setFocus()
    for _ in range(60):
        widget = QApplication.focusWidget()
        assert widget is not None
        reached.append(widget.objectName())
        qtbot.keyClick(widget, Qt.Key.Key_Tab)
    wanted = {
        "nav_home",
        "nav_lighting",
        "nav_repair",
        "nav_send",
        "search",
        "action_new_repair",
        "action_undo",
    }
    wanted |= {"status_unsent", "status_receipt", "status_backup", "status_person", "status_help"}
    assert wanted - set(reached) == set()


def test_counts_are_shown_and_taken_away(window: MainWindow):
    window.set_count("send", 12)
    entry = button(window, "nav_send")
    assert isinstance(entry, NavButton)
    assert entry.accessibleDescription() == "12 catatan"
    window.set_count("send", 0)
    assert entry.count() is None
    assert entry.accessibleDescription() == ""


def test_every_entry_has_a_name_for_those_who_do_not_see_it(window: MainWindow):
    unnamed = [
        entry.objectName()
        for entry in window.findChildren(QAbstractButton)
        if not QAccessible.queryAccessibleInterface(entry).text(QAccessible.Text.Name) and entry.isVisible()
    ]
    assert (
        QAccessible.queryAccessibleInterface(button(window, "nav_send")).text(QAccessible.Text.Name)
        == "Kirim & Terima"
    )
    assert unnamed == []


# --- the narrow window


def test_below_1200_px_the_sidebar_folds_and_siblings_become_tabs(
    qtbot: QtBot, window: MainWindow, made: Made
):
    window.open_page("repair")
    assert window.sidebar.isVisible()
    assert not window.rail.isVisible()
    assert not window.header.tabs.isVisible()
    assert made["repair"].fits[-1] == (True, True)
    resize(qtbot, window, 1199, 768)
    assert not window.sidebar.isVisible()
    assert window.rail.isVisible()
    assert window.header.tabs.keys() == ["repair", "point", "panel"]
    assert window.header.tabs.chosen_key() == "repair"
    assert made["repair"].fits[-1] == (False, True)
    resize(qtbot, window, 1200, 768)
    assert window.sidebar.isVisible()
    assert not window.header.tabs.isVisible()
    assert window.header.title() == "Repair"


def test_in_the_narrow_window_one_moves_by_rail_and_tabs(qtbot: QtBot, window: MainWindow):
    resize(qtbot, window, 1093, 700)
    qtbot.mouseClick(button(window, "rail_lighting"), LEFT)
    assert window.current_key() == "repair"
    tabs = window.header.tabs
    qtbot.mouseClick(tabs, LEFT, pos=tabs.tabRect(2).center())
    assert window.current_key() == "panel"
    qtbot.mouseClick(button(window, "rail_home"), LEFT)
    assert window.current_key() == "home"
    assert not tabs.isVisible()
    qtbot.mouseClick(button(window, "rail_lighting"), LEFT)
    assert window.current_key() == "panel"  # where one was
    assert tabs.chosen_key() == "panel"
    rail = button(window, "rail_lighting")
    assert isinstance(rail, RailButton)
    assert rail.is_chosen()


def test_a_refused_tab_jumps_back(qtbot: QtBot, window: MainWindow, made: Made):
    resize(qtbot, window, 1093, 700)
    window.open_page("repair")
    made["repair"].letting_go = False
    tabs = window.header.tabs
    qtbot.mouseClick(tabs, LEFT, pos=tabs.tabRect(1).center())
    assert window.current_key() == "repair"
    assert tabs.chosen_key() == "repair"


def test_below_640_px_the_header_is_lower(qtbot: QtBot, window: MainWindow, made: Made):
    look = theme.current()
    assert window.header.height() == look.px(15)
    resize(qtbot, window, 1366, 639)
    assert window.header.height() == look.px(12)
    assert made["home"].fits[-1] == (True, False)
    window.open_page("repair")
    assert made["repair"].fits[-1] == (True, False)  # a page made later learns it too
    resize(qtbot, window, 1366, 640)
    assert window.header.height() == look.px(15)


# --- the status bar


def test_the_status_bar_tells_and_leads_on(qtbot: QtBot, window: MainWindow):
    assert window.status.lamp.text() == "Tersimpan 08.41.07"
    for key in ("unsent", "receipt", "backup", "person", "help"):
        with qtbot.waitSignal(window.status_clicked) as heard:
            qtbot.mouseClick(button(window, f"status_{key}"), LEFT)
        assert heard.args == [key]
    with qtbot.waitSignal(window.undo_requested):
        qtbot.mouseClick(button(window, "action_undo"), LEFT)
    window.set_undo("")
    assert not button(window, "action_undo").isVisible()


def test_what_is_not_given_stays_and_what_is_empty_goes(window: MainWindow):
    window.set_status(unsent="", person="Agus P.")
    items = window.status.items
    assert not items["unsent"].isVisible()
    assert items["person"].words() == "Agus P."
    assert items["backup"].words() == "Cadangan teruji 04 Nov"
    assert items["backup"].isVisible()


def test_in_a_narrow_bar_what_is_least_needed_shrinks_to_its_icon(qtbot: QtBot, window: MainWindow):
    items = window.status.items

    def shortened() -> set[str]:
        return {key for key, item in items.items() if item.width() < item.full_size().width()}

    resize(qtbot, window, 1024, 700)
    qtbot.waitUntil(lambda: shortened() <= {"help"})
    window.set_undo("Urungkan simpan terakhir PJU-0042, Jl. Jenderal Sudirman")
    qtbot.waitUntil(lambda: "backup" in shortened())
    assert "person" not in shortened()
    assert items["backup"].toolTip() == "Cadangan teruji 04 Nov"
    window.set_undo("")
    qtbot.waitUntil(lambda: shortened() <= {"help"})


# --- room


HEADQUARTERS = (
    ENTRIES[0],
    NavEntry(
        "inbox",
        words.Words("Kotak Masuk", "Inbox"),
        "inbox-arrow-down-outline",
        words.Words("Masuk", "Inbox"),
    ),
    NavEntry("offices", words.Words("Kantor", "Offices"), "office-building-outline"),
    NavEntry("review", words.Words("Tinjauan", "Review"), "compare-horizontal"),
    *ENTRIES[1:],
)


@pytest.mark.parametrize("scale", [1.0, 1.5])
@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("entries", [ENTRIES, HEADQUARTERS], ids=["office", "headquarters"])
def test_the_frame_fits_into_a_small_screen(
    qtbot: QtBot, qapp: QApplication, entries: tuple[NavEntry, ...], language: words.Language, scale: float
):
    theme.apply(qapp, dark=False, scale=scale)
    words.use(language)
    try:
        window = MainWindow(entries, "Dinas Perumahan, Kawasan Permukiman dan Pertanahan Kota Metro")
        qtbot.addWidget(window)
        for entry in entries:
            for page in entry.children or (entry,):
                window.register(page.key, partial(Note, f"{page.key} dengan judul yang panjang sekali " * 3))
        fill_status(window)
        window.show()
        for size in ((1366, 697), (1093, 560), (1024, 768)):
            window.resize(*size)
            for entry in entries:
                window.open_page(entry.key)
                qapp.processEvents()
                needed = window.minimumSizeHint()
                assert needed.width() <= size[0], (entry.key, size, needed)
                assert needed.height() <= size[1], (entry.key, size, needed)
    finally:
        words.use("id")


def test_the_last_entry_of_a_crowded_rail_can_be_reached(qtbot: QtBot, qapp: QApplication):
    window = MainWindow(HEADQUARTERS, "Dinas Perkim")
    qtbot.addWidget(window)
    window.register("settings", lambda: Note("settings"))
    window.resize(1093, 480)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    last = button(window, "rail_settings")
    assert last.visibleRegion().isEmpty()
    before = button(window, "rail_reports")
    before.setFocus()
    qtbot.keyClick(before, Qt.Key.Key_Down)
    assert last.hasFocus()
    qtbot.waitUntil(lambda: not last.visibleRegion().isEmpty())
    qtbot.keyClick(last, Qt.Key.Key_Return)
    assert window.current_key() == "settings"


def test_dark_and_light_reach_the_whole_frame(qtbot: QtBot, qapp: QApplication, window: MainWindow):
    window.open_page("repair")

    def grounds() -> tuple[str, ...]:
        image = window.grab().toImage()
        look = theme.current()
        middle = window.width() // 2
        spots = (
            (look.px(1), window.height() // 2),
            (middle, 4),
            (middle, window.height() - 40),
            (middle, window.height() - 4),
        )
        return tuple(image.pixelColor(*spot).name().upper() for spot in spots)

    light = theme.current().colours
    assert grounds() == (light.sidebar, light.surface, light.window, light.sidebar)
    theme.apply(qapp, dark=True)
    qapp.processEvents()
    dark = theme.current().colours
    assert grounds() == (dark.sidebar, dark.surface, dark.window, dark.sidebar)
