"""The first start of a new computer with headquarters' starter file."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QWidget

from desktop_app import bootstrap
from desktop_app.services import starting_files
from desktop_app.ui import app as ui_app
from tests.ui.front import to_front

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def assistant(qtbot, qapp, tmp_path):
    program = ui_app.App(qapp, bootstrap.open_context, ui_app.Options(tmp_path / "new"))
    program.start()
    assert program.assistant is not None
    to_front(program.assistant)
    yield program
    for one in (program.window, program.assistant):
        if one is not None:
            one.hide()
            one.deleteLater()
    program.close()
    QApplication.processEvents()


def to_the_third_step(program) -> None:
    """The language as it is, an office, and a name."""
    page = program.assistant

    def click(name: str) -> None:
        (button,) = (one for one in page.findChildren(QWidget, name) if one.isVisible())
        QTest.mouseClick(button, LEFT)
        QApplication.processEvents()

    click("action_next")
    (person,) = (one for one in page.findChildren(QLineEdit, "start_person") if one.isVisible())
    QTest.keyClicks(person, "Budi Santoso")
    click("action_next")
    click("start_way_starter")


def open_file(qtbot, program, file) -> None:
    to_the_third_step(program)
    QTest.mouseClick(program.assistant.findChild(QWidget, "action_open_starter"), LEFT)
    qtbot.waitUntil(lambda: any(d.isVisible() for d in program.assistant.findChildren(QFileDialog)))
    dialog = next(d for d in program.assistant.findChildren(QFileDialog) if d.isVisible())
    dialog.findChild(QLineEdit, "fileNameEdit").setText(str(file))
    dialog.accept()
    QTest.qWait(20)


def test_the_file_says_which_office_this_is(qtbot, assistant, head, tmp_path, expects_dialog):
    file = starting_files.make(head, "18.72.01", tmp_path, name="Kec. Metro Pusat", staff=["Budi Santoso"])
    open_file(qtbot, assistant, file)
    page = assistant.assistant
    assert page.findChild(QLabel, "starter_words").text() == f"Berkas awal: {file.name}"
    assert not page.findChild(QWidget, "start_region").isEnabled()
    QTest.mouseClick(page.findChild(QWidget, "action_start"), LEFT)
    qtbot.waitUntil(lambda: assistant.window is not None)
    settings = assistant.ctx.settings
    assert (settings.site_code, settings.role, settings.office_name) == (
        "18.72.01",
        "office",
        "Kec. Metro Pusat",
    )
    assert "exchange" in assistant.window.sidebar.buttons()
    with assistant.ctx.store.reading() as reader:
        assert "Budi Santoso" in reader.people()
    qtbot.waitUntil(lambda: not assistant.ops.busy())


def test_a_file_that_is_none_is_refused_and_nothing_is_set_up(qtbot, assistant, tmp_path, expects_dialog):
    file = tmp_path / "foto.pelita.zip"
    file.write_bytes(b"bukan")
    open_file(qtbot, assistant, file)
    page = assistant.assistant
    QTest.mouseClick(page.findChild(QWidget, "action_start"), LEFT)
    qtbot.waitUntil(lambda: bool(page.findChild(QWidget, "error_start").text()))
    assert assistant.window is None
    assert page.isVisible()
