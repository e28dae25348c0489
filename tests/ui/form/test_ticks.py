"""Boxes to tick: two columns where there is room, else one, and the arrows follow."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_app.core.fields import Codes
from desktop_app.ui.form.editors import TicksEditor

CODES = Codes(
    A=("Surat kematian dari kelurahan", "Death certificate"),
    B=("Kartu keluarga", "Family card"),
    C=("Dinas Lingkungan Hidup", "Environment"),
)


@pytest.mark.parametrize(("width", "below"), [(900, "agencies_C"), (230, "agencies_B")])
def test_columns_follow_the_width_and_down_goes_to_what_is_below(qtbot, width: int, below: str):
    editor = TicksEditor("agencies", CODES)
    qtbot.addWidget(editor)
    editor.setMinimumWidth(100)
    editor.resize(width, 200)
    editor.show()
    first, beside, last = (editor._boxes[code] for code in "ABC")
    qtbot.waitUntil(lambda: last.y() > first.y() and (beside.x() > first.x()) == (width == 900))
    qtbot.waitUntil(lambda: last.width() >= last.sizeHint().width())
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: (QApplication.focusWidget() or first).objectName() == below)
