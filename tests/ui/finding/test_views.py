"""Views of a list: kept under a name, brought back after a restart, renamed and deleted; in the real window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from desktop_app.core.query import Query
from desktop_app.services import views
from tests.ui.screen import REPAIR, Screen


def menu(screen):
    page = screen.pages[REPAIR]
    page.views.setFocus()
    QTest.keyClick(page.views, Qt.Key.Key_Down)
    screen.qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    opened = QApplication.activePopupWidget()
    assert isinstance(opened, QMenu)
    return opened


def choose(screen, text):
    """Walk down the open menu to an entry and press Enter."""
    opened = menu(screen)
    wanted = next(action for action in opened.actions() if text in action.text())
    for _ in opened.actions():
        if opened.activeAction() is wanted:
            break
        QTest.keyClick(opened, Qt.Key.Key_Down)
    assert opened.activeAction() is wanted
    QTest.keyClick(opened, Qt.Key.Key_Return)


def name(screen, text):
    dialog = screen.dialog("view_name")
    QTest.keyClicks(dialog.line, text)
    QTest.keyClick(dialog.line, Qt.Key.Key_Return)
    screen.settle()


def narrowed(screen):
    """Searched, one state, sorted, with a column hidden."""
    page = screen.open()
    page.chips.take(Query(REPAIR, where=(("status", ("RECEIVED",)),), marks=frozenset({"unsent"})))
    page._search.setText("jl")
    page._sort = "street_name"
    page.view.layout_of_columns.show("village_code", shown=False)
    page._keep()
    page.ask()
    screen.settle()
    return page


@pytest.fixture
def kept(screen, expects_dialog):
    page = narrowed(screen)
    choose(screen, "Simpan tampilan ini")
    name(screen, "Baru masuk")
    return page


def test_a_view_is_kept_and_brought_back(city, screen, kept):
    asked, columns = kept.query(), kept.view.layout_of_columns.kept()
    assert kept.views.words() == "Baru masuk"
    kept.clear_filters()
    kept.view.layout_of_columns.reset()
    screen.settle()
    assert kept.views.words() == "Tampilan"
    choose(screen, "Baru masuk")
    screen.settle()
    assert kept.query() == asked
    assert kept.view.layout_of_columns.kept() == columns
    assert kept.views.words() == "Baru masuk"
    with city.store.reading(person=city.person) as reader:
        assert kept.model.rowCount() == reader.count(asked)


def test_it_is_there_after_a_restart(qtbot, city, screen, kept, ops):
    asked = kept.query()
    again = Screen(city, ops, qtbot, {})
    page = again.open()
    assert page.query() != asked
    choose(again, "Baru masuk")
    again.settle()
    assert page.query() == asked
    assert not page.view.layout_of_columns.is_shown("village_code")


def test_it_is_renamed_updated_and_deleted(city, screen, kept):
    choose(screen, "Ganti nama")
    name(screen, "Belum diperiksa")
    assert [view.name for view in views.views(city, REPAIR)] == ["Belum diperiksa"]
    assert kept.views.words() == "Belum diperiksa"
    kept._search.setText("jl k")
    screen.settle()
    assert kept.views.words() == "Tampilan"
    choose(screen, "Perbarui")
    screen.settle()
    [view] = views.views(city, REPAIR)
    assert view.query.search == "jl k"
    choose(screen, "Hapus")
    screen.settle()
    assert views.views(city, REPAIR) == []
    assert kept.query().search == "jl k"  # what is shown stays


def test_a_taken_name_is_refused_with_a_sentence(city, screen, kept):
    choose(screen, "Simpan tampilan ini")
    name(screen, "BARU MASUK")
    assert kept.notice.severity() == "error"
    assert "sudah dipakai" in kept.notice.text()
    assert len(views.views(city, REPAIR)) == 1


def test_another_person_has_views_of_his_own(city, screen, kept):
    city.person = "Rudi Hartono"
    opened = menu(screen)
    assert not any("Baru masuk" in action.text() for action in opened.actions())
    QTest.keyClick(opened, Qt.Key.Key_Escape)
