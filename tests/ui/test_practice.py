"""Practice in the program's own window: into it, never to be mistaken, back to the real data, and away with it."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from desktop_app import bootstrap
from desktop_app.core import words
from desktop_app.core.progress import Quiet
from desktop_app.services import demo, drafts, practice, start
from desktop_app.storage.place_lock import PlaceLock
from desktop_app.ui import app as ui_app
from desktop_app.ui import theme
from desktop_app.ui.form.record_view import RecordView
from desktop_app.ui.tokens import LIGHT, PRACTICE_DARK, PRACTICE_LIGHT
from tests.ui.front import to_front
from tests.ui.second_start import second_start

LEFT, FEW = Qt.MouseButton.LeftButton, 60


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office just set up, with practice beside it."""
    place = tmp_path_factory.mktemp("base") / "real"
    ctx = bootstrap.open_context(place, person="Sri Wahyuni")
    start.begin(ctx, "18.72.01", "office", "Kec. Metro Pusat", "Sri Wahyuni", "id")
    wanted = practice.wanted_by(ctx)
    ctx.close()
    practice.make(bootstrap.open_context, place, wanted, Quiet(), FEW)
    return place


@pytest.fixture
def place(base: Path, tmp_path: Path) -> Path:
    return shutil.copytree(base, tmp_path / "real")


@pytest.fixture
def alone(base: Path, tmp_path: Path) -> Path:
    """Without practice."""
    return shutil.copytree(base, tmp_path / "real", ignore=shutil.ignore_patterns(practice.FOLDER))


class Desk:
    """The program as it is started on a folder, and somebody before it."""

    def __init__(self, qtbot, qapp, folder: Path, **options) -> None:
        self.qtbot = qtbot

        def open_context(folder: Path):
            return bootstrap.open_for_window(folder)[0]

        self.program = ui_app.App(qapp, open_context, ui_app.Options(folder, **options))
        self.program.start()
        self.settle()

    def settle(self) -> None:
        """The frame is there, its store is open, and nothing is under way."""
        self.qtbot.waitUntil(lambda: self.program.listener is not None and not self.program.ops.busy())
        to_front(self.window)

    @property
    def window(self):
        window = self.program.window
        assert window is not None
        return window

    def find(self, name: str, inside: QWidget | None = None):
        found = [one for one in (inside or self.window).findChildren(QWidget, name) if one.isVisible()]
        assert len(found) == 1, (name, found)
        return found[0]

    def click(self, name: str, inside: QWidget | None = None) -> None:
        QTest.mouseClick(self.find(name, inside), LEFT)

    def dialog(self, name: str) -> QDialog:
        self.qtbot.waitUntil(lambda: any(d.isVisible() for d in self.window.findChildren(QDialog, name)))
        return self.find(name)

    def practises(self) -> bool:
        return self.program.ctx.practice

    def until(self, practises: bool) -> None:
        self.qtbot.waitUntil(lambda: self.program.window is not None and self.practises() is practises)
        self.settle()

    def go_on(self) -> None:
        """Into the practice that is there, from the settings."""
        self.window.open_page("settings")
        self.settle()
        self.click("action_practice")
        dialog = self.dialog("practice_dialog")
        self.click("action_confirm", dialog)
        self.until(practises=True)

    def end(self) -> None:
        if self.program.window is not None:
            self.program.window.close()
            self.program.window.deleteLater()
        if self.program.assistant is not None:
            self.program.assistant.deleteLater()
        self.program.close()
        QApplication.processEvents()


@pytest.fixture
def sit(qtbot, qapp):
    desks: list[Desk] = []

    def begin(folder: Path, **options) -> Desk:
        desks.append(Desk(qtbot, qapp, folder, **options))
        return desks[-1]

    yield begin
    for one in desks:
        one.end()
    theme.apply(qapp, dark=False)
    words.use("id")


def records(ctx) -> int:
    with ctx.store.reading() as reader:
        counts = reader.counts()
    return sum(counts.values()) - counts["region"]


def test_it_is_made_when_asked_for_on_beranda_and_every_page_says_what_it_is(
    sit, alone, monkeypatch, expects_dialog
):
    monkeypatch.setattr(practice, "RECORDS", FEW)
    desk = sit(alone)
    assert theme.current().colours is LIGHT
    desk.click("first_practice")
    desk.click("action_confirm", desk.dialog("practice_dialog"))
    desk.until(practises=True)
    assert theme.current().colours is PRACTICE_LIGHT
    assert (records(desk.program.ctx), desk.program.ctx.person) == (FEW, "Sri Wahyuni")
    for key in ("home", "streetlight_repair", "burial", "exchange", "reports", "settings"):
        desk.window.open_page(key)
        desk.settle()
        banner = desk.find("practice_banner")
        assert banner.mapTo(desk.window, QPoint(0, 0)) == QPoint(0, 0)
        assert banner.width() == desk.window.width()
        assert "LATIHAN" in desk.find("practice_words").text()
        assert desk.window.windowTitle().startswith("LATIHAN – ")
        assert desk.window.status.items["practice"].words() == "Latihan"
    desk.window.status.items["practice"].click()
    assert desk.window.current_key() == "settings"
    desk.click("action_leave_practice")
    desk.until(practises=False)
    assert theme.current().colours is LIGHT
    assert records(desk.program.ctx) == 0
    assert not desk.window.findChildren(QWidget, "practice_banner")
    assert not desk.window.windowTitle().startswith("LATIHAN")
    assert desk.window.status.items["practice"].words() == ""


def test_making_it_can_be_cancelled(sit, alone, monkeypatch, expects_dialog):
    """Stopped when the records are about to be made: the worker waits there until Esc has been pressed."""
    pressed, fill = threading.Event(), demo.fill

    def waiting(ctx, records, **more):
        pressed.wait()
        return fill(ctx, records, **more)

    monkeypatch.setattr(demo, "fill", waiting)
    desk = sit(alone)
    desk.click("first_practice")
    dialog = desk.dialog("practice_dialog")
    desk.click("action_confirm", dialog)
    assert not desk.find("action_confirm", dialog).isEnabled()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    pressed.set()
    desk.settle()
    assert not desk.practises()
    assert not list(alone.glob("latihan*"))


def test_what_is_typed_in_practice_stays_there_and_a_second_start_comes_to_this_window(
    sit, place, expects_dialog
):
    desk = sit(place)
    desk.go_on()
    page_of = desk.window.open_page
    page_of("crew")
    desk.settle()
    desk.window.current_page().begin()
    desk.qtbot.waitUntil(lambda: any(v.isVisible() for v in desk.window.findChildren(RecordView)))
    view = next(v for v in desk.window.findChildren(RecordView) if v.isVisible())
    desk.qtbot.waitUntil(view.body.is_built)
    QTest.keyClicks(dict(view.body.editors())["name"], "Regu Latihan")
    desk.qtbot.waitUntil(lambda: len(drafts.all_kept(desk.program.ctx)) == 1)
    assert second_start(desk.qtbot, place)
    assert second_start(desk.qtbot, practice.folder_of(place))
    desk.click("action_leave_practice")
    desk.until(practises=False)
    assert drafts.all_kept(desk.program.ctx) == []
    desk.qtbot.waitUntil(lambda: not desk.program.ops.busy())
    assert second_start(desk.qtbot, place)
    assert not second_start(desk.qtbot, practice.folder_of(place))
    PlaceLock(practice.folder_of(place)).release()  # it has been let go of
    desk.go_on()
    desk.qtbot.waitUntil(lambda: any(v.isVisible() for v in desk.window.findChildren(RecordView)))
    (view,) = (v for v in desk.window.findChildren(RecordView) if v.isVisible())
    desk.qtbot.waitUntil(lambda: view.draft is not None and view.draft.text("name") == "Regu Latihan")


def test_it_is_cleared_away_from_within(sit, place, expects_dialog):
    desk = sit(place)
    desk.go_on()
    desk.window.open_page("settings")
    desk.settle()
    desk.click("action_clear_practice")
    QTest.keyClick(desk.dialog("clear_practice_dialog"), Qt.Key.Key_Escape)
    assert practice.is_there(place)
    desk.click("action_clear_practice")
    desk.click("action_confirm", desk.dialog("clear_practice_dialog"))
    desk.until(practises=False)
    desk.qtbot.waitUntil(lambda: desk.window.status.lamp.text() == "Data latihan dihapus")
    assert not list(place.glob("latihan*"))
    assert (place / "pelita.db").exists()
    desk.window.open_page("settings")
    desk.settle()
    assert desk.find("action_practice").text() == "Mulai latihan…"
    assert not desk.window.findChild(QWidget, "action_clear_practice").isVisible()


def test_it_is_cleared_away_from_the_real_datas_settings_unless_somebody_is_in_it(sit, place, expects_dialog):
    desk = sit(place)
    desk.window.open_page("settings")
    desk.settle()
    with PlaceLock(practice.folder_of(place)):
        desk.click("action_practice")
        desk.click("action_confirm", desk.dialog("practice_dialog"))
        desk.dialog("refusal").accept()
        desk.settle()
        assert not desk.practises()
        desk.click("action_clear_practice")
        desk.click("action_confirm", desk.dialog("clear_practice_dialog"))
        desk.dialog("refusal").accept()
        assert practice.is_there(place)
    desk.settle()
    desk.click("action_clear_practice")
    desk.click("action_confirm", desk.dialog("clear_practice_dialog"))
    desk.qtbot.waitUntil(lambda: not practice.is_there(place) and not desk.program.ops.busy())
    assert not list(place.glob("latihan*"))
    assert not desk.window.findChild(QWidget, "action_clear_practice").isVisible()


@pytest.mark.parametrize("spoken", ["id", "en"])
def test_started_on_the_folder_for_practice_the_banner_has_room_and_leads_to_the_real_data(
    sit, place, spoken
):
    desk = sit(practice.folder_of(place), dark=True, language=spoken)
    assert theme.current().colours is PRACTICE_DARK
    for size in ((1366, 768), (1024, 768), (1093, 560)):
        desk.window.resize(*size)
        QApplication.processEvents()
        assert (desk.window.width(), desk.window.height()) == size
        for name in ("practice_words", "action_leave_practice"):
            widget = desk.find(name)
            assert widget.width() >= widget.sizeHint().width()
            assert desk.window.rect().contains(widget.mapTo(desk.window, widget.rect().bottomRight()))
    button = desk.find("action_leave_practice")
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Return)
    desk.until(practises=False)
    assert desk.program.ctx.place == place


def test_a_file_of_practice_says_so_in_its_name(sit, place, expects_dialog):
    desk = sit(practice.folder_of(place))
    desk.window.open_page("park")
    desk.settle()
    desk.click("action_export")
    dialog = desk.dialog("export_dialog")
    assert Path(desk.find("export_path", dialog).text()).name.startswith("LATIHAN_taman_")
    dialog.reject()
