"""Other records are picked by typing their names; answers come from a worker and never land in the wrong field."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop_app.ui.form.editors import YES_NO
from desktop_app.ui.form.picking import PickList, picks_of
from tests.ui.form.desk import KEY, NONE

pytestmark = pytest.mark.engines


def test_a_name_is_typed_accepted_by_tab_and_fills_what_it_knows(desk, uid_of):
    form = desk()
    form.begin()
    form.go("lamp")
    form.type("PJU-00")
    form.qtbot.waitUntil(lambda: bool(form.picks()))
    first = form.picks()[0]
    form.key(KEY.Key_Down)
    second = form.picks()[1]
    form.key(KEY.Key_Up)
    form.key(KEY.Key_Tab)
    assert form.focus() == "panel"
    form.settle()
    assert form.text("lamp") == first != second
    target = form.draft.view().target("lamp")
    assert form.text("street_name") == target.street_name
    assert form.text("village_code") == form.draft.where.lookup.title("region", target.village_code)
    district = str(target.village_code)[:8]
    assert form.text("district_code") == form.draft.where.lookup.title("region", district) != district


def test_what_the_user_typed_himself_is_not_overwritten(desk):
    form = desk()
    form.begin()
    form.fill("street_name", "Gg. Buntu")
    form.fill("lamp", "PJU-0001")
    form.settle()
    assert form.draft.value("lamp") is not None
    assert form.text("street_name") == "Gg. Buntu"


def test_typed_faster_than_the_answer_the_name_is_looked_up_when_the_field_is_left(desk):
    form = desk()
    form.begin()
    form.go("lamp")
    form.type("pju-0002")
    form.key(KEY.Key_Tab)  # no list has come yet
    form.type("x")
    form.settle()
    assert form.text("lamp").startswith("PJU-0002")
    assert form.draft.view().target("lamp").lamp_code == "PJU-0002"
    assert form.draft.text("panel") == "x"


def test_a_name_that_is_not_there_keeps_its_text_and_says_so(desk):
    form = desk()
    form.begin()
    form.fill("lamp", "tidak ada namanya")
    form.settle()
    severity, words = form.message("lamp")
    assert severity == "error"
    assert "tidak ada namanya" in words
    assert form.text("lamp") == "tidak ada namanya"


def test_emptying_a_picked_field_empties_it_even_with_the_list_open(desk):
    form = desk()
    form.begin()
    form.fill("lamp", "PJU-0003")
    form.settle()
    form.go("lamp")
    form.key(KEY.Key_A, Qt.KeyboardModifier.ControlModifier)
    form.key(KEY.Key_Backspace)
    form.qtbot.waitUntil(lambda: bool(form.picks()))
    form.key(KEY.Key_Tab)
    form.settle()
    assert (form.text("lamp"), form.draft.value("lamp")) == ("", None)


def test_a_list_opens_with_the_arrow_and_takes_a_click(desk):
    form = desk()
    form.begin()
    form.go("category")
    form.key(KEY.Key_Down)
    names = form.picks()
    assert len(names) == len(form.view.kind.by_name["category"].codes)
    shown = next(one for one in form.window.findChildren(PickList) if one.isVisible())
    place = shown._view.visualRect(shown._model.index(1, 0)).center()
    QTest.mouseClick(shown._view.viewport(), Qt.MouseButton.LeftButton, NONE, place)
    assert form.text("category") == names[1]
    assert form.focus() == "category"


def test_only_villages_are_offered_as_a_village(desk):
    form = desk("streetlight_repair")
    form.begin()
    form.go("village_code")
    form.type("metro")
    form.qtbot.waitUntil(lambda: bool(form.picks()))
    with form.ctx.store.reading() as reader:
        names = {reader.title("region", region.uid) for region in reader.find("region", level="village")}
    assert set(form.picks()) <= names


def test_what_begins_so_comes_first():
    assert picks_of(YES_NO, "t")[0].text == "Tidak"
    assert [pick.text for pick in picks_of(YES_NO, "")] == ["Ya", "Tidak"]
    assert picks_of(YES_NO, "zz") == []


def test_an_answer_for_a_field_that_was_left_is_not_shown(desk):
    form = desk()
    form.begin()
    form.go("lamp")
    form.type("PJU")
    form.go("panel")
    form.qtbot.waitUntil(lambda: not form.ops.busy())
    assert form.picks() == []
