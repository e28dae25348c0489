"""What is done with the rows of a list: removed and recovered, copied, exported. In the real window, by real keys and clicks."""

from __future__ import annotations

import csv
import threading
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QRadioButton

from desktop_app.services import records
from desktop_app.ui.ops import Changed
from tests.ui.city import REPAIRS
from tests.ui.screen import LEFT, REPAIR, number_of, open_uids

pytestmark = pytest.mark.engines

# --- removing


def remove_first(screen, page, reason="tercatat dua kali"):
    screen.to_front()
    page.view.setFocus()
    screen.key(Qt.Key.Key_Delete)
    dialog = screen.dialog("reason_dialog")
    assert not dialog.deed.isEnabled()
    QTest.keyClicks(dialog.line, reason)
    QTest.keyClick(dialog.line, Qt.Key.Key_Return)
    screen.settle()


def test_delete_asks_why_and_can_be_undone(city, screen, expects_dialog):
    page = screen.open()
    tokens: list[Any] = []
    page.undoable.connect(tokens.append)
    before, victim = page.model.rowCount(), open_uids(city)[0]
    remove_first(screen, page)
    assert page.model.rowCount() == before - 1
    with city.store.reading() as reader:
        assert reader.get(REPAIR, victim).remove_reason == "tercatat dua kali"
    screen.ops.run(
        lambda _op: records.undo(city, tokens[0]), lane="write", changes=Changed(frozenset({REPAIR}), victim)
    )
    screen.settle()
    assert page.model.rowCount() == before


def test_without_a_reason_nothing_is_removed(city, screen, expects_dialog):
    page = screen.open()
    before = page.model.rowCount()
    screen.key(Qt.Key.Key_Delete)
    dialog = screen.dialog("reason_dialog")
    QTest.keyClicks(dialog.line, "   ")
    QTest.keyClick(dialog.line, Qt.Key.Key_Return)
    assert dialog.isVisible()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    screen.settle()
    assert page.model.rowCount() == before
    assert number_of(city, removed=True) == 0


def test_removed_records_are_found_again_and_recovered(city, screen, expects_dialog):
    page = screen.open()
    remove_first(screen, page)
    remove_first(screen, page)
    page.chips.removed.click()
    screen.click("filter_all")
    assert page.model.rowCount() == 2
    assert not screen.find("action_new").isEnabled()
    page.view.choose(0)
    back = page.model.row(0).uid
    screen.click("action_recover")
    assert page.model.rowCount() == 1
    assert number_of(city, removed=True) == 1
    with city.store.reading() as reader:
        assert reader.get(REPAIR, back).removed_at is None


def test_several_are_removed_at_once(city, screen, expects_dialog):
    page = screen.open()
    before, victims = page.model.rowCount(), open_uids(city)[:3]
    screen.key(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    screen.key(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert screen.count().startswith("3 dipilih, ")
    remove_first(screen, page)
    assert page.model.rowCount() == before - 3
    with city.store.reading() as reader:
        assert all(reader.get(REPAIR, uid).removed_at for uid in victims)


def test_a_refusal_on_the_way_keeps_what_was_done_and_says_so(city, screen, expects_dialog):
    page = screen.open()
    first, second = open_uids(city)[:2]
    records.remove(city, REPAIR, second, "dihapus orang lain")
    screen.key(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    remove_first(screen, page)
    with city.store.reading() as reader:
        assert reader.get(REPAIR, first).remove_reason == "tercatat dua kali"
        assert reader.get(REPAIR, second).remove_reason == "dihapus orang lain"
    assert page.notice.severity() == "error"
    assert "sudah dihapus" in page.notice.text()
    assert page.model.known_number_of(first) == page.model.known_number_of(second) == -1


def test_the_question_names_the_record(city, screen, expects_dialog):
    page = screen.open()
    cell = page.model.row(0).cells[1]
    screen.key(Qt.Key.Key_Delete)
    dialog = screen.dialog("reason_dialog")
    assert cell.second in dialog.windowTitle()
    dialog.reject()


def test_too_many_are_not_removed(screen):
    page = screen.open()
    screen.click("filter_all")
    page.view.setFocus()
    screen.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    screen.key(Qt.Key.Key_Delete)
    assert page.notice.severity() == "warning"
    assert "200" in page.notice.text()


# --- copying


def test_ctrl_c_copies_what_excel_takes(city, screen):
    page = screen.open()
    screen.key(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    screen.key(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    screen.settle()
    lines = QApplication.clipboard().text().split("\r\n")
    assert lines[0].split("\t")[:5] == ["Lapor", "Kode lampu", "Nama jalan", "Kelurahan", "Status"]
    assert len(lines) == 4
    row = page.model.row(1)
    assert lines[2].split("\t")[:3] == [row.cells[0].text, row.cells[1].text, row.cells[1].second]
    assert page.notice.text() == "2 baris disalin; tempel di Excel."


def test_what_excel_would_run_is_guarded(city, screen):
    uid = open_uids(city)[0]
    with city.store.writing("Sri Wahyuni") as writer:
        record = writer.get(REPAIR, uid)
        writer.change(REPAIR, uid, {"street_name": "=1+1\tJl."}, None, record.version)
    page = screen.open()
    screen.key(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    screen.settle()
    line = QApplication.clipboard().text().split("\r\n")[1].split("\t")
    assert line[2] == "'=1+1 Jl."
    assert page.view.current_number() == 0


def test_all_that_match_are_copied_though_only_some_are_here(screen):
    screen.open()
    screen.click("filter_all")
    screen.pages[REPAIR].view.setFocus()
    screen.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert screen.count().startswith(f"{REPAIRS} dipilih")
    screen.key(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    screen.settle()
    assert len(QApplication.clipboard().text().split("\r\n")) == REPAIRS + 2


# --- export


def test_ctrl_e_exports_what_is_filtered(city, screen, tmp_path, expects_dialog):
    page = screen.open()
    shown = page.model.rowCount()
    screen.key(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    dialog = screen.dialog("export_dialog")
    QTest.mouseClick(dialog.findChild(QRadioButton, "export_csv"), LEFT, pos=QPoint(8, 8))
    file = tmp_path / "perbaikan.csv"
    dialog.path.setText(str(file))
    QTest.mouseClick(dialog.start_button, LEFT)
    screen.settle()
    assert f"{shown} catatan ditulis" in dialog.message.text()
    with file.open(encoding="utf-8-sig", newline="") as lines:
        assert len(list(csv.DictReader(lines))) == shown
    dialog.close()


def test_an_export_that_is_cancelled_leaves_no_file(city, screen, tmp_path, monkeypatch, expects_dialog):
    from desktop_app.services import exports

    screen.open()
    begun, go_on = threading.Event(), threading.Event()
    real = exports.export

    def slow(ctx, query, path, style, progress):
        class Waits:
            def at(self, done, total=None, doing=None):
                begun.set()
                go_on.wait(60)
                progress.at(done, total, doing)

        return real(ctx, query, path, style, Waits())

    monkeypatch.setattr(exports, "export", slow)
    screen.key(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    dialog = screen.dialog("export_dialog")
    dialog.path.setText(str(tmp_path / "perbaikan.xlsx"))
    QTest.mouseClick(dialog.start_button, LEFT)
    screen.qtbot.waitUntil(begun.is_set)
    screen.qtbot.waitUntil(dialog.working.isVisible)
    QTest.mouseClick(dialog.working.cancel, LEFT)
    go_on.set()
    screen.settle()
    assert "Dibatalkan" in dialog.message.text()
    assert list(tmp_path.glob("*.xlsx*")) == []
    assert dialog.start_button.isEnabled()
    dialog.close()


def test_a_folder_that_is_not_there_is_refused_in_words(screen, tmp_path, expects_dialog):
    screen.open()
    screen.key(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    dialog = screen.dialog("export_dialog")
    dialog.path.setText(str(tmp_path / "tidak ada" / "x.xlsx"))
    QTest.mouseClick(dialog.start_button, LEFT)
    assert dialog.message.severity() == "error"
    dialog.close()
