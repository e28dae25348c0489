"""Packages that are double-clicked, a new version that came, one that failed, and Tentang Pelita: in the program's own window."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QListWidget, QPlainTextEdit, QPushButton

from desktop_app import __version__, bootstrap
from desktop_app.core import words
from desktop_app.core.words import Words
from desktop_app.services import installed, receiving, start, updating
from desktop_app.services.installed import WentBack
from desktop_app.ui import app as ui_app
from desktop_app.ui.exchange.taking_in import Results
from desktop_app.ui.finding.everywhere import Everywhere
from tests.programs import OWN_VERSION, Programs
from tests.ui.front import to_front
from tests.ui.second_start import second_start

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("base") / "real"
    ctx = bootstrap.open_context(place, person="Sri Wahyuni")
    start.begin(ctx, "18.72.01", "office", "Kec. Metro Pusat", "Sri Wahyuni", "id")
    ctx.close()
    return place


@pytest.fixture
def place(base: Path, tmp_path: Path) -> Path:
    return shutil.copytree(base, tmp_path / "real")


@pytest.fixture
def begin(qtbot, qapp):
    """Start the program on a folder, as `__main__` does."""
    begun = []

    def started(folder: Path, **options: Any) -> ui_app.App:
        locks = []

        def open_context(folder: Path):
            ctx, lock = bootstrap.open_for_window(folder)
            locks.append(lock)
            return ctx

        program = ui_app.App(qapp, open_context, ui_app.Options(folder, **options))
        begun.append((program, locks))
        program.start()
        qtbot.waitUntil(lambda: program.listener is not None and not program.ops.busy())
        assert program.window is not None
        to_front(program.window)
        return program

    yield started
    for program, locks in begun:
        if program.window is not None:
            program.window.close()
            program.window.deleteLater()
        program.close()
        for lock in locks:
            lock.release()
    words.use("id")


def dialog(qtbot, program: ui_app.App, name: str) -> QDialog:
    def shown() -> list[QDialog]:
        return [one for one in program.window.findChildren(QDialog, name) if one.isVisible()]

    qtbot.waitUntil(lambda: bool(shown()))
    return shown()[0]


def press(inside, name: str) -> None:
    [button] = [one for one in inside.findChildren(QPushButton, name) if one.isVisible()]
    QTest.mouseClick(button, LEFT)


def told(qtbot, program: ui_app.App) -> list[str]:
    qtbot.waitUntil(lambda: any(one.words() for one in program.window.findChildren(Results)))
    return program.window.findChildren(Results)[0].words()


def package(folder: Path) -> Path:
    """Something that is called a package."""
    file = folder / "18.72_7_2026-11-22.pelita"
    file.write_bytes(b"PK but no package")
    return file


def test_a_package_given_at_the_start_is_received_on_its_page(qtbot, begin, place, tmp_path) -> None:
    program = begin(place, files=(package(tmp_path),))
    assert "tidak dibaca" in told(qtbot, program)[0]
    assert program.window.current_key() == "exchange"


def test_a_second_start_hands_its_packages_to_the_window_that_is_open(qtbot, begin, place, tmp_path) -> None:
    program, files = begin(place), [package(tmp_path)]
    assert second_start(qtbot, place, files)
    assert "tidak dibaca" in told(qtbot, program)[0]
    assert program.window.current_key() == "exchange"


def test_a_new_version_is_offered_and_begins_when_wanted(
    qtbot, begin, place, tmp_path, monkeypatch, expects_dialog
) -> None:
    monkeypatch.setattr(
        updating,
        "take",
        lambda _ctx, _file, _progress: updating.Taken(
            "9.1.0", ready=True
        ),  # `test_updating` does it for real
    )
    made = Programs(tmp_path / "program")
    program = begin(place, files=(made.package("9.1.0"),))
    ready = dialog(qtbot, program, "update_ready_dialog")
    assert any("Pelita 9.1.0 siap" in one.text() for one in ready.findChildren(QLabel))
    assert "Versi baru Pelita" in told(qtbot, program)[0]
    press(ready, "action_confirm")
    assert program.starts_anew
    assert not program.window.isVisible()


def test_a_new_version_can_wait(qtbot, begin, place, expects_dialog) -> None:
    program = begin(place, page="exchange")
    page = program.window.current_page()
    got = receiving.Received(Path("x.pelita"), "updated", notes=(updating.Taken("9.1.0", ready=True).words,))
    page.taking_in.read_.emit([got])
    press(dialog(qtbot, program, "update_ready_dialog"), "action_cancel")
    assert program.window.isVisible()
    assert not program.starts_anew


def test_a_version_that_failed_is_told_once(
    qtbot, begin, place, tmp_path, monkeypatch, expects_dialog
) -> None:
    made = Programs(tmp_path / "program")
    (made.folder / "went-back.txt").write_text("9.1.0\nhang\n")
    left = place / "kerja" / "percobaan-1"
    left.mkdir(parents=True)
    (left / "pelita.db").write_text("a copy that a power cut left")
    monkeypatch.setattr(installed, "here", lambda: made.installed)
    program = begin(place)
    back = dialog(qtbot, program, "went_back")
    assert any(
        "Pembaruan ke Pelita 9.1.0 gagal (tidak menjawab)" in one.text() for one in back.findChildren(QLabel)
    )
    assert made.installed.went_back() == WentBack("9.1.0", "hang")
    press(back, "action_close")
    assert made.installed.went_back() is None
    assert (made.installed.of(OWN_VERSION) / "proven").exists()
    qtbot.waitUntil(lambda: not left.exists())


def test_a_version_on_trial_that_cannot_open_the_data_ends_without_asking(
    qtbot, qapp, place, tmp_path, monkeypatch, expects_log
) -> None:
    """The launcher starts the version before as soon as this one ends."""
    made = Programs(tmp_path / "program")
    for name, text in {"trial": "60", "previous": "0.0.1"}.items():
        (made.folder / f"{name}.txt").write_text(f"{text}\n")
    monkeypatch.setattr(installed, "here", lambda: made.installed)
    monkeypatch.setattr(installed, "_doubts", [])
    ended: list[int] = []
    monkeypatch.setattr(QApplication, "exit", ended.append)
    program = ui_app.App(qapp, lambda folder: bootstrap.open_for_window(folder)[0], ui_app.Options(place))
    program._failed(_refusal())
    assert ended == [1]
    assert program.refusal is None
    installed.prove()
    assert not (made.installed.of(OWN_VERSION) / "proven").exists()
    program.ops.close()


def _refusal():
    from desktop_app.core.errors import KnownError

    return KnownError(Words("Data tidak bisa diperbarui.", "The data could not be upgraded."))


def test_about_is_reached_from_the_settings_and_by_ctrl_k(qtbot, begin, place, expects_dialog) -> None:
    program = begin(place, page="settings")
    press(program.window, "action_about")
    about = dialog(qtbot, program, "about")
    assert any(one.text() == f"Pelita {__version__}" for one in about.findChildren(QLabel))
    press(about, "action_copy_facts")
    assert str(place / "log" / "pelita.log") in QApplication.clipboard().text()
    press(about, "action_close_about")
    qtbot.waitUntil(lambda: not program.window.findChildren(QDialog, "about"))
    to_front(program.window)
    QTest.keyClick(program.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    [box] = [one for one in program.window.findChildren(Everywhere) if one.isVisible()]
    QTest.keyClicks(box.box, "tentang")
    qtbot.waitUntil(lambda: not box.waiting() and bool(box.entries()))
    QTest.keyClick(box.box, Qt.Key.Key_Return)
    assert dialog(qtbot, program, "about")


def test_every_licence_of_what_is_installed_can_be_read(qtbot, begin, place, expects_dialog) -> None:
    program = begin(place, page="settings")
    program.desk.about()
    about = dialog(qtbot, program, "about")
    parts, text = (
        about.findChild(QListWidget, "about_parts"),
        about.findChild(QPlainTextEdit, "about_licence"),
    )
    names = {parts.item(row).text().split()[0].lower(): row for row in range(parts.count())}
    assert {"sqlalchemy", "cryptography", "pyside6_essentials"} <= {name.replace("-", "_") for name in names}
    parts.setCurrentRow(names["sqlalchemy"])
    assert "Permission is hereby granted" in text.toPlainText()
