"""What went wrong and has no place of its own, and how the window was left."""

from __future__ import annotations

import shutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QPushButton, QWidget

from desktop_app.core.words import Words
from desktop_app.ui.dialogs import trouble
from desktop_app.ui.memory import FILE, Memory


@pytest.fixture
def window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


def button(dialog, name):
    found = dialog.findChild(QPushButton, name)
    assert found is not None
    return found


def test_the_report_of_a_bug_can_be_read_and_copied(window, expects_dialog):
    dialog = trouble.tell(window, "frames\nZeroDivisionError")
    assert dialog.isVisible()
    assert [text.toPlainText() for text in dialog.findChildren(QPlainTextEdit)] == [
        "frames\nZeroDivisionError"
    ]
    QTest.mouseClick(button(dialog, "action_copy_report"), Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == "frames\nZeroDivisionError"
    QTest.mouseClick(button(dialog, "action_close_report"), Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()


def test_a_refusal_is_one_sentence_in_the_language_in_use(window, expects_dialog):
    dialog = trouble.refused(
        window, Words("Berkas sedang dipakai. Tutup Excel dahulu.", "Close Excel first.")
    )
    assert "Berkas sedang dipakai. Tutup Excel dahulu." in [
        label.text() for label in dialog.findChildren(QLabel)
    ]
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_what_is_remembered_is_there_the_next_time(qapp, tmp_path):
    memory = Memory(tmp_path)
    memory["list/park"] = '{"sort": "-park_name", "hidden": ["a, b"], "order": "x;y=\\"z\\""}'
    memory["gone"] = "x"
    del memory["gone"]
    memory["lines"] = "a\\nb\nc\\"
    memory.settle()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.copy(tmp_path / FILE, elsewhere)
    again = Memory(elsewhere)
    assert again.pop("lines") == "a\\nb\nc\\"
    assert dict(again) == {"list/park": '{"sort": "-park_name", "hidden": ["a, b"], "order": "x;y=\\"z\\""}'}
    with pytest.raises(KeyError):
        again["gone"]


def test_a_damaged_memory_is_an_empty_one(qapp, tmp_path):
    (tmp_path / FILE).write_bytes(b"\xff\x00[[[list\npark=@Variant(")
    memory = Memory(tmp_path)
    assert memory.get("list/park", "") == ""
    memory["list/park"] = "{}"
    assert memory["list/park"] == "{}"
