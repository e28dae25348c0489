"""All pages, forms and dialogs by keyboard alone, and as a screen reader is told of them."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QMenu

from desktop_app.core import words
from tests.ui.walk import looking
from tests.ui.walk.places import everywhere
from tests.ui.walk.theatre import Station

DATA = (
    "task_",
    "status_person",
    "place_stick",
    "start_language_",
    "find_",
    "nav_",
    "setting_section_",
    "related_",
    "qt_calendar_monthbutton",
    "qt_calendar_yearbutton",
)
"""Controls that are called by what the clerks have written, by the name of a language, or by a date as Qt writes it in the language."""


@pytest.mark.parametrize(
    ("place", "station"),
    everywhere(
        office="home settings list-burial form-streetlight_repair form-step dialog-export",
        headquarters="board review dialog-starter",
        empty="list-streetlight_repair",
        first="first-start",
    ),
)
def test_every_control_is_reached_seen_and_named(stages, place: str, station: Station, expects_dialog):
    at = stages.at(place)
    top = station.go(at)
    said = {
        "without a name": looking.unnamed(top),
        "a shortcut that is told nowhere": looking.without_shortcut(top),
        "told out of order": looking.told_out_of_order(top),
    }
    if not isinstance(top, QMenu):  # Qt's own: arrows
        steps = looking.walk(top)
        said |= {
            "not reached by Tab": looking.not_reached(top, steps),
            "a trap": looking.trapped(steps),
            "no focus to be seen": looking.unseen_focus(steps),
            "out of order": looking.out_of_order(steps),
        }
    at.back()
    assert {what: found for what, found in said.items() if found} == {}


@pytest.mark.parametrize(("place", "station"), everywhere(office="settings"))
def test_names_are_written_in_both_languages(stages, place: str, station: Station, expects_dialog):
    """Every text that went through the languages has a mark here; what has none is a bare literal."""
    words.use("en", lambda text: f"‹{text}›")
    at = stages.at(place)
    found = looking.names(station.go(at))
    at.back()
    assert [one for one, name in found if "‹" not in name and not any(data in one for data in DATA)] == []
