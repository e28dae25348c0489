"""The first start: three steps, one question a page, by keys alone or by clicks; nothing is set up before the last one."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea, QWidget

from desktop_app import bootstrap
from desktop_app.core import words
from desktop_app.services import practice
from desktop_app.ui import app as ui_app
from desktop_app.ui import theme
from desktop_app.ui.help.window import HelpWindow
from tests.ui.front import to_front

KEY, LEFT = Qt.Key, Qt.MouseButton.LeftButton
SIZES = [(1366, 768), (1024, 768), (1093, 560)]


class Newcomer:
    """Somebody before a computer on which nothing is set up."""

    def __init__(self, qtbot, qapp, folder: Path, **options) -> None:
        self.qtbot = qtbot

        def open_context(folder: Path):
            return bootstrap.open_for_window(folder)[0]

        self.folder = folder
        self.program = ui_app.App(qapp, open_context, ui_app.Options(folder, **options))
        self.program.start()
        to_front(self.page)

    @property
    def page(self):
        assert self.program.assistant is not None
        return self.program.assistant

    def find(self, name: str, sort: type = QWidget):
        found = [one for one in self.page.findChildren(sort, name) if one.isVisible()]
        assert len(found) == 1, (name, found)
        return found[0]

    def sees(self, name: str) -> bool:
        return any(one.isVisible() for one in self.page.findChildren(QWidget, name))

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        at = QApplication.focusWidget()
        assert at is not None
        QTest.keyClick(at, key, modifiers)
        QApplication.processEvents()

    def type(self, text: str) -> None:
        at = QApplication.focusWidget()
        assert isinstance(at, QLineEdit)
        QTest.keyClicks(at, text)

    def has_focus(self, name: str) -> None:
        def holds() -> bool:
            at = QApplication.focusWidget()
            return at is not None and at.objectName() == name

        self.qtbot.waitUntil(holds)

    def click(self, name: str) -> None:
        QTest.mouseClick(self.find(name), LEFT)
        QApplication.processEvents()

    def until_set_up(self) -> None:
        self.qtbot.waitUntil(lambda: self.program.window is not None and self.program.assistant is None)
        self.qtbot.waitUntil(lambda: self.program.listener is not None and not self.program.ops.busy())

    def end(self) -> None:
        for one in (self.program.window, self.program.assistant):
            if one is not None:
                one.hide()
                one.deleteLater()
        self.program.close()
        QApplication.processEvents()


@pytest.fixture
def newcomer(qtbot, qapp, tmp_path):
    begun: list[Newcomer] = []

    def begin(**options) -> Newcomer:
        begun.append(Newcomer(qtbot, qapp, tmp_path / "data", **options))
        return begun[-1]

    words.use("id")
    yield begin
    for one in begun:
        one.end()
    theme.apply(qapp, dark=False)
    words.use("id")


def test_three_steps_by_keys_alone_make_an_office(newcomer):
    new = newcomer()
    new.has_focus("start_language_id")
    assert new.find("start_steps").accessibleName() == "Langkah 1 dari 3: Bahasa"
    assert not new.sees("action_back")
    new.key(KEY.Key_Return)
    new.has_focus("start_role_office")
    assert new.find("start_steps").accessibleName() == "Langkah 2 dari 3: Peran komputer ini"
    new.key(KEY.Key_Return)
    new.has_focus("start_person")
    new.type("Sri Wahyuni")
    new.key(KEY.Key_Return)
    new.has_focus("start_region")
    new.type("yosod")
    new.qtbot.waitUntil(lambda: new.find("start_region").is_open() and not new.program.ops.busy())
    new.key(KEY.Key_Return)
    new.has_focus("action_start")
    assert new.find("start_region").text() == "Kel. Yosodadi"
    assert not (new.folder / "pelita.db").exists()
    new.key(KEY.Key_Return)
    new.until_set_up()
    ctx = new.program.ctx
    assert (ctx.settings.site_code, ctx.settings.role, ctx.settings.office_name) == (
        "18.72.04.1001",
        "office",
        "Kel. Yosodadi",
    )
    assert (ctx.person, ctx.practice) == ("Sri Wahyuni", False)


def test_headquarters_in_english_goes_back_and_forth_and_nothing_answered_is_lost(newcomer):
    new = newcomer()
    new.key(KEY.Key_Down)
    new.has_focus("start_language_en")
    assert words.language() == "en"
    new.click("action_next")
    assert new.find("start_steps").accessibleName() == "Step 2 of 3: Role of this computer"
    new.click("action_next")  # nobody has said who sits here
    assert new.find("error_start").text() == "Write your name first."
    new.has_focus("start_person")
    new.type("Rudi")
    assert not new.sees("error_start")
    new.click("start_role_headquarters")
    new.click("action_next")
    assert not new.sees("start_way_starter")
    new.click("action_start")
    assert new.find("error_start").text().startswith("Choose the office first")
    new.has_focus("start_region")
    new.type("metro")
    new.qtbot.waitUntil(lambda: new.find("start_region").is_open() and not new.program.ops.busy())
    new.key(KEY.Key_Tab)
    assert new.find("start_region").text() == "Kota Metro"
    new.key(KEY.Key_Escape)
    new.has_focus("start_role_headquarters")
    assert new.find("start_person").text() == "Rudi"
    new.click("action_back")
    new.has_focus("start_language_en")
    new.click("action_looks")
    assert theme.current().dark
    new.click("action_next")
    new.click("action_next")
    assert new.find("start_region").text() == "Kota Metro"
    new.click("action_start")
    new.until_set_up()
    settings = new.program.ctx.settings
    assert (settings.site_code, settings.role, settings.language, settings.dark) == (
        "18.72",
        "headquarters",
        "en",
        True,
    )


def test_one_can_try_it_out_first_and_is_back_at_the_first_start_afterwards(
    newcomer, monkeypatch, expects_dialog
):
    monkeypatch.setattr(practice, "RECORDS", 60)
    new = newcomer()
    new.click("action_next")
    new.find("start_person").setFocus()
    new.type("Sri Wahyuni")
    new.click("action_next")
    new.click("start_way_practice")
    assert not new.find("start_way_region").isChecked()
    assert new.find("action_start").text() == "Mulai latihan"
    new.click("action_start")
    new.until_set_up()
    assert (new.program.ctx.practice, new.program.ctx.person) == (True, "Sri Wahyuni")
    assert not (new.folder / "pelita.db").exists()
    window = new.program.window
    QTest.mouseClick(window.findChild(QWidget, "action_leave_practice"), LEFT)
    new.qtbot.waitUntil(lambda: new.program.assistant is not None and not new.program.ops.busy())
    to_front(new.page)
    new.has_focus("start_language_id")
    assert new.program.window is None
    new.page.so_far.step, new.page.so_far.way = 2, "practice"
    new.page._build()
    assert "sudah ada" in new.find("start_way_practice").accessibleDescription()


def test_a_pc_with_several_accounts_is_asked_whose_the_data_is(newcomer, tmp_path):
    new = newcomer(shared=tmp_path / "all")
    new.click("action_next")
    new.find("start_person").setFocus()
    new.type("Sri")
    new.click("start_for_all")
    new.click("action_next")
    new.type("metro pus")
    new.qtbot.waitUntil(lambda: new.find("start_region").is_open() and not new.program.ops.busy())
    new.key(KEY.Key_Return)
    new.key(KEY.Key_Return)
    new.until_set_up()
    assert new.program.ctx.place == tmp_path / "all"
    assert new.program.ctx.settings.office_name == "Kec. Metro Pusat"


@pytest.mark.parametrize("spoken", ["id", "en"])
@pytest.mark.parametrize("dark", [False, True])
def test_every_step_fits_every_screen_and_has_its_help(newcomer, tmp_path, spoken, dark):
    words.use(spoken)
    new = newcomer(dark=dark, shared=tmp_path / "all")
    for step in range(3):
        new.page.so_far.step, new.page.so_far.person = step, "Sri"
        new.page._build()
        for size in SIZES:
            new.page.resize(*size)
            QApplication.processEvents()
            assert (new.page.width(), new.page.height()) == size
            for area in new.page.findChildren(QScrollArea):
                if area.isVisible():
                    assert area.horizontalScrollBar().maximum() == 0
            deed = new.find("action_start" if step == 2 else "action_next")
            assert new.page.rect().contains(deed.mapTo(new.page, deed.rect().bottomRight()))
            assert deed.width() >= deed.sizeHint().width()
        new.key(KEY.Key_F1)
        (help_,) = (one for one in new.page.findChildren(HelpWindow) if one.isVisible())
        assert help_.address() == "guide/first-start"
        help_.close()
        to_front(new.page)
