"""A record that is missing is made from within the picker; the form that asked for it stays as it is."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_app.services import drafts
from desktop_app.ui.form.making import MakeDialog
from tests.ui.form.desk import CTRL, KEY

pytestmark = [pytest.mark.engines, pytest.mark.usefixtures("expects_dialog")]


def asked_for_new(form, name, text):
    """In the picker of a field: a name that is not there, then the last entry."""
    form.go(name)
    form.type(text)
    form.qtbot.waitUntil(lambda: bool(form.picks(deeds=True)))
    for _ in range(len(form.picks()) + 1):
        form.key(KEY.Key_Down)
    form.key(KEY.Key_Return)
    form.qtbot.waitUntil(lambda: bool(dialogs(form)))
    dialog = dialogs(form)[0]
    form.settle()
    form.to_front(dialog)
    return dialog


def dialogs(form):
    return [one for one in form.window.findChildren(MakeDialog) if one.isVisible()]


def test_a_new_crew_is_made_and_chosen_and_the_form_is_as_it_was(desk, city):
    form = desk()
    form.begin()
    form.fill("reporter_name", "Siti Aminah")
    form.fill("street_name", "Jl. Kenanga")
    uid = form.draft.record.uid
    dialog = asked_for_new(form, "crew", "Regu Teratai")
    assert dialog.windowTitle() == "Regu baru"
    assert form.picks() == []
    name = dialog.view.body.editors()[0][1]
    assert name.text() == "Regu Teratai"
    QTest.keyClick(name, KEY.Key_Return)
    form.type("Budi Santoso")
    form.key(KEY.Key_Return, CTRL)
    form.settle()
    problems = [one.words.id for one in dialog.view.body.shown_findings()] if dialogs(form) else []
    assert (dialogs(form), problems) == ([], [])
    assert form.draft.record.uid == uid
    assert (form.text("reporter_name"), form.text("street_name")) == ("Siti Aminah", "Jl. Kenanga")
    assert form.text("crew") == "Regu Teratai"
    made = form.draft.value("crew")
    with city.store.reading() as reader:
        assert reader.get("crew", made).values["name"] == "Regu Teratai"
    form.to_front()
    assert form.focus() == "crew"
    form.settle()
    assert {one.uid for one in drafts.all_kept(city)} == {uid}, "what was saved is no draft any more"


def test_a_new_material_in_a_line_of_the_grid(desk):
    form = desk()
    form.begin()
    form.view.body.build_all()
    form.view.body.focus_field("materials")
    form.settle()
    editor = form.view.body._grids["materials"].table.editor()
    form.type("Fitting keramik")
    form.qtbot.waitUntil(lambda: bool(form.picks(deeds=True)))
    form.key(KEY.Key_Down)
    form.key(KEY.Key_Return)
    form.qtbot.waitUntil(lambda: bool(dialogs(form)))
    view = dialogs(form)[0].view
    form.settle()
    fields = dict(view.body.editors())
    for name, text in {"code": "FK-1", "unit": "buah"}.items():
        fields[name].setFocus()
        QTest.keyClicks(fields[name], text)
        QTest.keyClick(fields[name], KEY.Key_Tab)
    form.settle()
    view.save()
    form.settle()
    assert not dialogs(form), view.notice.text() or [one.words.id for one in view.body.shown_findings()]
    line = form.draft.record.lines["materials"][0]
    assert line.values["material"] is not None
    assert editor.text() == "Fitting keramik"


def test_esc_goes_back_with_nothing_chosen_and_nothing_lost(desk, city):
    form = desk()
    form.begin()
    dialog = asked_for_new(form, "crew", "Regu Teratai")
    QTest.keyClick(dialog.view.body.editors()[0][1], KEY.Key_Escape)
    form.settle()
    assert not dialogs(form)
    assert form.draft.value("crew") is None
    assert form.text("crew") == "Regu Teratai"
    assert {one.kind for one in drafts.all_kept(city)} == {"crew", "streetlight_repair"}


def test_nobody_makes_one_by_going_on_with_enter_or_tab(desk):
    form = desk()
    form.begin()
    for key in (KEY.Key_Return, KEY.Key_Tab):
        form.go("crew")
        form.key(KEY.Key_A, CTRL)
        form.type("tidak ada namanya")
        form.qtbot.waitUntil(lambda: bool(form.picks(deeds=True)))
        form.key(key)
        form.settle()
        assert not dialogs(form)
        assert form.message("crew")[0] == "error"


def test_regions_and_reports_are_not_made_on_the_way(desk):
    form = desk()
    form.begin()
    form.go("village_code")
    form.type("metro")
    form.qtbot.waitUntil(lambda: bool(form.picks()))
    assert form.picks(deeds=True) == []


def test_what_narrows_the_choice_stands_in_the_new_record(desk, city):
    form = desk("burial")
    form.begin()
    dialog = asked_for_new(form, "cemetery", "TPU Baru")
    assert dialog.view.kind.name == "cemetery"
    assert QApplication.focusWidget() is not None
    dialog.reject()
    form.settle()
