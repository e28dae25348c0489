"""What is really painted can be read, light and dark; and nothing is told by a colour alone."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QFont, QPainter, QPixmap
from PySide6.QtWidgets import QLabel, QLineEdit

from desktop_app.records.registry import REGISTRY
from desktop_app.ui.form.messages import FieldMessage
from tests.ui.walk import contrast
from tests.ui.walk.places import everywhere
from tests.ui.walk.theatre import Station


@pytest.mark.parametrize(
    ("place", "station", "dark"),
    [
        pytest.param(*one.values, dark, id=f"{one.id}-{'dark' if dark else 'light'}", marks=one.marks)
        for dark, sample in ((False, "form-error"), (True, "exchange"))
        for one in everywhere(office=sample)
    ],
)
def test_words_stand_out_from_their_ground(stages, place: str, station: Station, dark: bool, expects_dialog):
    at = stages.at(place, dark=dark)
    found = contrast.faint(station.go(at))
    at.back()
    assert found == []


@pytest.mark.parametrize(("grey", "seen"), [("#767676", 4.54), ("#999999", 2.85)])
def test_the_colour_of_letters_is_found_in_the_picture(qapp, grey: str, seen: float):
    picture = QPixmap(200, 60)
    picture.fill(QColor("white"))
    painter = QPainter(picture)
    painter.setPen(QColor(grey))
    painter.setFont(QFont(painter.font().family(), 24))
    painter.drawText(5, 45, "Tersimpan 08.41")
    painter.end()
    ground, ink, ratio = contrast.strongest(
        picture.toImage().convertToFormat(picture.toImage().Format.Format_RGB32)
    )
    assert (ground, ink) == ("#FFFFFF", grey)
    assert ratio == pytest.approx(seen, abs=0.01)


def test_every_state_is_told_by_a_word_and_a_shape():
    states = [
        (kind.name, state)
        for kind in REGISTRY
        for state in (kind.life_cycle.states if kind.life_cycle else ())
    ]
    assert len(states) > 20
    assert [
        (kind, state.code)
        for kind, state in states
        if not (state.label.id and state.label.en and state.shape)
    ] == []
    for kind in {kind for kind, _ in states}:
        told = [(state.label, state.shape) for name, state in states if name == kind]
        assert len({label for label, _ in told}) == len(told), kind


def test_an_error_is_told_in_words_beside_its_colour(stages, expects_dialog):
    from tests.ui.walk.theatre import _with_error

    at = stages.at("office")
    top = _with_error(at)
    wrong = [
        one for one in top.findChildren(QLineEdit) if one.property("state") == "error" and one.isVisible()
    ]
    said = {one.objectName(): one for one in top.findChildren(FieldMessage) if one.isVisible()}
    assert [one.objectName() for one in wrong] == ["finished_at"]
    assert said["error_finished_at"].text()
    assert any(not one.pixmap().isNull() for one in said["error_finished_at"].findChildren(QLabel)), (
        "and a sign"
    )
    at.back()
