"""F1 in a dialog: its help stands over it and can be read and closed while the dialog waits; the dialog is as it was."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from desktop_app.services.help import guides
from desktop_app.ui.dialogs.name import NameDialog
from desktop_app.ui.dialogs.practice import ClearDialog, PracticeDialog
from desktop_app.ui.dialogs.reason import ReasonDialog
from desktop_app.ui.finding.view_name import ViewName
from desktop_app.ui.help.place import OF_DIALOG
from desktop_app.ui.help.window import HelpWindow
from tests.help_words import trouble
from tests.ui.front import to_front

DIALOGS: dict[str, Callable[[QWidget], QDialog]] = {
    "clear_practice_dialog": ClearDialog,
    "name_dialog": NameDialog,
    "practice_dialog": lambda parent: PracticeDialog(True, parent),
    "reason_dialog": lambda parent: ReasonDialog("Hapus", "PJU-0001", "Hapus", parent=parent),
    "view_name": lambda parent: ViewName("Simpan tampilan", "", "", parent),
    "other": QDialog,
}


def test_every_guide_of_a_dialog_is_there():
    assert set(OF_DIALOG.values()) <= set(guides.NAMES)


@pytest.mark.parametrize("name", DIALOGS)
def test_f1_tells_what_the_dialog_does(office, hand, name, expects_dialog):
    hands = hand(office)
    hands.seat.open("crew")
    dialog = DIALOGS[name](hands.window)
    dialog.setModal(True)
    if name == "other":
        QLineEdit(dialog).setFocus()
    dialog.open()
    to_front(dialog)
    line = next((one for one in dialog.findChildren(QLineEdit) if one.isVisible()), None)
    if line is not None:
        line.setFocus()
    for _ in range(2):  # the second time the same window
        hands.press("F1", dialog)
        (help_,) = (one for one in dialog.findChildren(HelpWindow) if one.isVisible())
        assert help_.address() == (f"guide/{OF_DIALOG[name]}" if name in OF_DIALOG else "page/crew")
        assert trouble(help_.browser.toPlainText(), "id") == ""
        to_front(help_)
        QTest.keyClick(help_, Qt.Key.Key_Escape)
        assert not help_.isVisible()
        to_front(dialog)
    assert dialog.isVisible()
    if line is not None:
        QTest.keyClicks(line, "abc")
        assert line.text() == "abc"
    dialog.reject()
    assert hands.no_help()


def test_the_search_over_all_kinds_has_a_button_on_every_page(office, hand):
    hands = hand(office)
    button = hands.seat.find("action_find_everywhere")
    assert button.toolTip() == button.accessibleName() == "Cari di semua data (Ctrl+K)"
    for key in ("home", "crew", "settings", "exchange"):
        hands.seat.open(key)
        for size in ((1366, 768), (1024, 768), (1093, 560)):
            hands.window.resize(*size)
            hands.seat.settle()
            assert (hands.window.width(), hands.window.height()) == size
            assert hands.window.rect().contains(button.mapTo(hands.window, button.rect().bottomRight()))
        assert not hands.seat.sees("find_everywhere")
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        box = hands.seat.find("find_everywhere", QWidget)
        QTest.keyClick(box.findChild(QLineEdit), Qt.Key.Key_Escape)
        hands.qtbot.waitUntil(lambda: not hands.seat.sees("find_everywhere"))
