"""Child lines like a small sheet: by keys alone, rows pasted from Excel, every cell taken back."""

from __future__ import annotations

from decimal import Decimal as Number

import pytest
from PySide6.QtGui import QGuiApplication

from tests.ui.form.desk import CTRL, KEY, SHIFT

pytestmark = pytest.mark.engines


@pytest.fixture
def repair(desk, uid_of):
    form = desk(size=(1000, 760))
    form.open(uid_of("streetlight_repair", lambda row: row.status == "RECEIVED"))
    for uid in form.draft.rows("materials"):
        form.draft.remove_row("materials", uid)
    form.view.body.refresh()
    form.view.body.focus_field("materials")
    return form


@pytest.fixture
def material(city, uid_of):
    with city.store.reading() as reader:
        return reader.title("material", uid_of("material"))


def cells(form, row):
    lines = form.view.kind.lines_by_name["materials"].fields
    uid = form.draft.rows("materials")[row]
    return {
        field.name: form.draft.cell_text("materials", uid, field.name)
        for field in lines
        if type(field).__name__ != "Computed"
    }


def test_two_lines_are_typed_saved_and_read_again(repair, material):
    form = repair
    assert form.focus() == "materials_1_material"
    form.type(material)
    form.qtbot.waitUntil(lambda: bool(form.picks()))
    form.key(KEY.Key_Return)
    assert form.focus() == "materials_1_qty"
    form.type("2")
    form.key(KEY.Key_Tab)
    form.settle()
    assert form.text("materials_1_unit") != "", "the material knows its unit"
    form.key(KEY.Key_Return)
    form.type("1,5 jt\n")
    assert cells(form, 0)["unit_price"] == "1.500.000"
    assert form.focus() == "materials_1_source"
    form.key(KEY.Key_Return)
    form.key(KEY.Key_Return)
    assert form.focus() == "materials_2_material"
    form.type(material)
    form.key(KEY.Key_Return)  # the list may not have come: it is looked up then
    form.type("3\n\n\n\n\n")
    form.settle()
    assert form.focus() == "materials_3_material"
    form.key(KEY.Key_Return)
    assert form.focus() != "materials_3_material", "Enter on the empty line goes on"
    assert form.save()
    lines = form.stored().lines["materials"]
    assert [(line.values["qty"], line.values["unit_price"]) for line in lines] == [
        (Number(2), 1500000),
        (Number(3), None),
    ]
    assert lines[0].values["line_total"] == 3000000
    assert form.stored().values["materials_total"] == 3000000


def test_tab_and_shift_tab_walk_and_leave_the_grid(repair):
    form = repair
    form.type("x")
    form.key(KEY.Key_Tab)
    assert form.focus() == "materials_1_qty"
    form.key(KEY.Key_Backtab, SHIFT)
    assert form.focus() == "materials_1_material"
    form.key(KEY.Key_Backtab, SHIFT)
    names = [name for name, _ in form.view.body.editors()]
    assert form.focus() == names[names.index("materials") - 1]
    form.key(KEY.Key_Tab)
    assert form.focus() == "materials_2_material"
    form.key(KEY.Key_Tab)
    assert form.focus() == names[names.index("materials") + 1]


def test_twenty_excel_rows_with_an_error_in_one_cell(repair, material):
    form = repair
    rows = [f"{material}\t{number}\tbuah\t{number}.500" for number in range(1, 21)]
    rows[6] = f"{material}\ttujuh belas x\tbuah\t7.500"
    QGuiApplication.clipboard().setText("\r\n".join(rows) + "\r\n")
    form.key(KEY.Key_V, CTRL)
    form.settle()
    assert len(form.draft.rows("materials")) == 20
    assert cells(form, 6)["qty"] == "tujuh belas x"
    severity, words = form.message("materials")
    assert severity == "error"
    assert words.startswith("Baris 7: ")
    assert "tujuh belas x" in words
    table = form.view.body._grids["materials"].table
    assert table.model_of_lines().cell(6, 1).state == "error"
    assert table.model_of_lines().cell(5, 1).state == ""
    form.key(KEY.Key_S, CTRL)
    form.settle()
    assert form.saved == []
    assert form.focus() == "materials_7_qty"
    form.type("7\n")
    form.settle()
    assert form.save()
    lines = form.stored().lines["materials"]
    assert [line.values["qty"] for line in lines] == [Number(number) for number in range(1, 21)]
    assert len({line.values["material"] for line in lines}) == 1
    assert form.stored().values["materials_total"] == sum(
        number * (number * 1000 + 500) for number in range(1, 21)
    )


def test_ctrl_z_takes_back_a_cell_a_removal_and_a_paste(repair):
    form = repair
    form.type("abc\n12\n")
    form.key(KEY.Key_Up)
    form.key(KEY.Key_Backtab, SHIFT)
    assert form.focus() == "materials_1_qty"
    form.type("99")
    assert cells(form, 0)["qty"] == "99"
    form.key(KEY.Key_Z, CTRL)
    assert cells(form, 0)["qty"] == "12"
    assert form.text("materials_1_qty") == "12"
    form.key(KEY.Key_Delete, CTRL)
    assert form.draft.rows("materials") == []
    form.key(KEY.Key_Z, CTRL)
    assert cells(form, 0)["qty"] == "12"
    QGuiApplication.clipboard().setText("1\tbuah\n2\tbuah")
    form.key(KEY.Key_V, CTRL)
    assert len(form.draft.rows("materials")) == 2
    form.key(KEY.Key_Z, CTRL)
    assert [cells(form, 0)["qty"], len(form.draft.rows("materials"))] == ["12", 1]


def test_esc_leaves_the_cell_and_only_then_the_form(repair):
    form = repair
    form.type("x")
    form.settle()
    form.key(KEY.Key_Escape)  # the list, if one came
    if form.focus() != "grid_materials":
        form.key(KEY.Key_Escape)
    assert form.focus() == "grid_materials"
    assert form.closed == []
    form.type("7")
    assert form.focus() == "materials_1_material"
    assert form.text("materials_1_material") == "7"
    form.key(KEY.Key_Escape)
    if form.focus() != "grid_materials":
        form.key(KEY.Key_Escape)
    form.key(KEY.Key_Escape)
    form.settle()
    assert form.closed == [True]


def test_sixteen_volumes_are_typed_down_the_column_and_the_score_follows(desk, city):
    form = desk("slum_assessment", size=(1000, 760))
    form.begin()
    for name, number in {
        "buildings": "100", "households": "120", "population": "400", "verified_area_ha": "10", "ideal_road_m": "1000", "ideal_drain_m": "800",
    }.items():  # fmt: skip
        form.fill(name, number)
    form.view.body.focus_field("criteria")
    assert form.focus() == "criteria_1_volume"
    for _ in range(16):
        form.type("5\n")
    assert not form.focus().startswith("criteria")
    form.settle()
    volumes = [form.draft.cell_value("criteria", uid, "volume") for uid in form.draft.rows("criteria")]
    assert volumes == [Number(5)] * 16
    total = sum(form.draft.cell_value("criteria", uid, "score") or 0 for uid in form.draft.rows("criteria"))
    assert form.text("total") == str(total) != "0"
