"""What the form understands and fills in by itself: days, positions, the place of an asset; typed and pasted into the real window."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication

from tests.ui.form.desk import CTRL, KEY

pytestmark = pytest.mark.engines


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("kemarin", "05/11/2026"),
        ("h-1", "05/11/2026"),
        ("5/11", "05/11/2026"),
        ("5-11-26", "05/11/2026"),
        ("besok", "07/11/2026"),
    ],
)
def test_days_as_people_say_them(desk, typed, wanted):
    form = desk()
    form.begin()
    form.go("planned_date")
    form.type(f"{typed}\n")
    assert form.text("planned_date") == wanted


@pytest.mark.parametrize(
    "pasted",
    [
        "-5.1130, 105.3070",
        "-5,1130; 105,3070",
        "https://maps.google.com/?q=-5.1130,105.3070",
        "https://www.google.com/maps/@-5.1130,105.3070,17z",
        "5°06'46.8\"S 105°18'25.2\"E",
    ],
)
@pytest.mark.parametrize("name", ["latitude", "longitude"])
def test_a_position_in_any_shape_pasted_into_either_field_fills_both(desk, pasted, name):
    form = desk()
    form.begin()
    form.view.body.build_all()
    form.view.body.focus_field(name)
    QGuiApplication.clipboard().setText(pasted)
    form.key(KEY.Key_V, CTRL)
    form.key(KEY.Key_Tab)
    form.settle()
    assert (float(form.draft.value("latitude")), float(form.draft.value("longitude"))) == (-5.113, 105.307)
    assert form.find("coord_source").isVisible(), "asked for only where there is a position"


def test_swapped_halves_are_offered_the_right_way_round_and_taken_by_a_key(desk):
    form = desk()
    form.begin()
    form.fill("latitude", "105.3070, -5.1130")
    form.settle()
    form.go("latitude")
    form.key(KEY.Key_L, CTRL)
    form.settle()
    assert (float(form.draft.value("latitude")), float(form.draft.value("longitude"))) == (-5.113, 105.307)


@pytest.mark.parametrize(
    ("kind", "name", "asset", "text"),
    [("streetlight_repair", "lamp", "light_point", "PJU-0004"), ("light_point", "panel", "power_panel", "")],
)
def test_choosing_the_asset_fills_what_it_knows_and_nothing_else_is_visited(
    desk, city, kind, name, asset, text
):
    form = desk(kind)
    form.begin()
    with city.store.reading() as reader:
        target = next(one for one in reader.find(asset) if text in str(one.values.values()))
        title = reader.title(asset, target.uid)
    form.view.body.build_all()
    form.view.body.focus_field(name)
    form.type(text or title)
    form.qtbot.waitUntil(lambda: bool(form.picks()))
    form.key(KEY.Key_Return)
    form.settle()
    assert form.draft.value(name) == target.uid
    fills = form.view.kind.by_name[name].fills or {}
    known = {mine: target.values[its] for mine, its in fills.items() if target.values.get(its) is not None}
    assert {mine: form.draft.value(mine) for mine in known} == known


def test_a_derived_figure_follows_what_is_typed(desk):
    form = desk()
    form.begin()
    form.fill("received_at", "5/11/2026 08.00")
    form.settle()
    assert form.text("target_at") == "06/11/2026 08.00"
    form.fill("priority", "darurat")
    form.settle()
    assert form.text("target_at") == "05/11/2026 10.00"
    form.fill("village_code", "yosodadi")
    form.settle()
    assert form.text("district_code") == "Metro Timur"
