"""A form filled in by keys alone."""

from __future__ import annotations

import pytest

from tests.ui.form.desk import CTRL, KEY, SHIFT

pytestmark = pytest.mark.engines


def test_the_cursor_stands_in_the_first_field_and_enter_tab_and_shift_tab_move_it(desk):
    form = desk("crew")
    form.begin()
    first = form.focus()
    assert first == next(field.name for field in form.view.kind.stored_fields)
    form.key(KEY.Key_Return)
    second = form.focus()
    form.key(KEY.Key_Backtab, SHIFT)
    assert form.focus() == first
    form.key(KEY.Key_Tab)
    assert form.focus() == second != first


def walked(form, key):
    """The names of what a key stops at on its way through the form."""
    names = [form.focus()]
    while len(names) < 60:
        form.key(KEY.Key_Tab if form.focus() in ("notes", "source_text") else key)
        if not form.view.body.has_focus():
            break
        names.append(form.focus())
    return names


def test_enter_walks_to_what_is_to_be_filled_and_tab_through_every_field_in_the_order_of_the_slip(desk):
    form = desk("light_point")
    form.begin()
    form.settle()
    empty = [name for name, _ in form.view.body.editors() if form.draft.value(name) is None]
    assert "lamp_kind" not in empty, "a field that begins filled"
    assert walked(form, KEY.Key_Return) == empty
    assert form.focus() == "action_save"
    form.begin()
    form.settle()
    assert walked(form, KEY.Key_Tab) == [name for name, _ in form.view.body.editors()]


def test_enter_stops_again_at_what_was_typed_by_hand_and_everywhere_in_a_stored_record(desk, uid_of):
    form = desk()
    form.begin()
    form.go("category")
    form.key(KEY.Key_Return)
    assert form.focus() == "reporter_name", "the number of points says 1 already"
    form.go("category")
    form.key(KEY.Key_Tab)
    form.type("3")
    form.go("category")
    form.key(KEY.Key_Return)
    assert form.focus() == "points_reported"
    form.open(uid_of("streetlight_repair"))
    form.go("category")
    form.key(KEY.Key_Return)
    assert form.focus() == "points_reported"


def test_a_slip_saved_at_once_after_its_lamp_waits_for_what_the_lamp_fills_in(desk):
    form = desk()
    form.begin()
    form.fill("channel", "wa")
    form.fill("category", "lampu padam")
    form.go("lamp")
    form.type("PJU-0004")
    form.qtbot.waitUntil(lambda: form.picks() != [])
    form.key(KEY.Key_Return, CTRL)
    form.settle()
    assert [one for one in form.problems() if one[0] == "error"] == []
    if not form.saved:  # that the lamp has an open report is to be read first
        form.key(KEY.Key_Return, CTRL)
        form.settle()
    assert form.stored().values["lamp_code"] == "PJU-0004"
    assert form.stored().values["street_name"]


def test_a_slip_is_typed_saved_with_ctrl_enter_and_the_next_one_begins(desk, city):
    form = desk("light_point")
    form.begin()
    form.type("PJU-9001\nled\n90\n")
    form.fill("street_name", "jl mawar")
    form.fill("village_code", "yosodadi")
    form.fill("latitude", "-5.1130, 105.3070")
    form.fill("coord_source", "gps")
    form.fill("road_status", "kota")
    form.fill("pole_code", "T-1")
    form.go("pole_type")
    form.key(KEY.Key_Down)
    form.key(KEY.Key_Down)
    form.key(KEY.Key_Return)
    form.key(KEY.Key_Return, CTRL)
    form.settle()
    assert [
        m for m in (form.message(f.name) for f in form.view.kind.stored_fields if not f.hidden) if m
    ] == []
    assert len(form.saved) == 1
    stored = form.stored()
    assert (stored.values["lamp_code"], stored.values["power_w"], stored.values["street_name"]) == (
        "PJU-9001",
        90,
        "Jl. mawar",
    )
    assert (str(stored.values["latitude"]), str(stored.values["longitude"])) == (
        "-5.11300000",
        "105.30700000",
    )
    assert form.focus() == "lamp_code"
    assert form.text("lamp_code") == ""
    assert form.draft.record.uid != form.saved[0]


def test_ctrl_s_saves_and_the_cursor_stays(desk, uid_of):
    form = desk()
    form.open(uid_of("streetlight_repair"))
    form.fill("description", "Lampu padam sejak Senin")
    form.go("reporter_name")
    form.type("x")
    assert form.save()
    assert form.focus() == "reporter_name"
    assert form.stored().values["description"] == "Lampu padam sejak Senin"
    assert form.lamps[-1][0] == "saved"


def test_enter_in_a_text_of_several_lines_is_a_new_line(desk):
    form = desk()
    form.begin()
    form.go("description")
    form.type("satu\ndua")
    assert form.focus() == "description"
    assert form.draft.value("description") == "satu\ndua"
    form.key(KEY.Key_Tab)
    assert form.focus() == "priority"


def test_esc_closes_an_open_list_first_and_then_goes_back_with_the_draft_kept(desk, city):
    form = desk()
    form.begin()
    form.go("category")
    form.type("lam")
    assert form.picks()
    form.key(KEY.Key_Escape)
    assert (form.picks(), form.closed) == ([], [])
    form.key(KEY.Key_Escape)
    form.settle()
    assert form.closed == [True]
    assert [(one.kind, one.state["typed"] != []) for one in city.drafts.all()] == [
        ("streetlight_repair", True)
    ]


def test_nothing_typed_leaves_no_draft(desk, city):
    form = desk()
    form.begin()
    for _ in range(5):
        form.key(KEY.Key_Return)
    form.key(KEY.Key_Escape)
    form.settle()
    assert city.drafts.all() == []


def test_ctrl_z_in_a_field_takes_back_letters(desk):
    form = desk()
    form.begin()
    form.go("reporter_name")
    form.type("Siti")
    form.key(KEY.Key_Z, CTRL)
    assert form.text("reporter_name") == ""
    assert form.draft.value("reporter_name") is None


def test_keys_typed_while_a_save_is_under_way_go_into_the_next_record(desk):
    form = desk("crew")
    form.begin()
    name = form.focus()
    form.type("Regu 91\nBudi")
    form.key(KEY.Key_Return, CTRL)
    form.type("Regu 92\nAni")  # nothing has been answered yet
    form.key(KEY.Key_Return, CTRL)
    form.type("Regu 93")
    form.settle()
    assert [form.stored(uid).values[name] for uid in form.saved] == ["Regu 91", "Regu 92"]
    assert [form.stored(uid).values["leader"] for uid in form.saved] == ["Budi", "Ani"]
    assert form.text(name) == "Regu 93"


def test_ctrl_d_pressed_while_a_save_is_under_way_copies_into_the_next_record(desk):
    form = desk("crew")
    form.begin()
    form.settle()
    form.type("Regu 91\nBudi")
    form.key(KEY.Key_Return, CTRL)
    form.type("Regu 92\n")  # nothing has been answered yet
    form.key(KEY.Key_D, CTRL)
    form.key(KEY.Key_Return, CTRL)
    form.settle()
    assert [form.stored(uid).values["leader"] for uid in form.saved] == ["Budi", "Budi"]
