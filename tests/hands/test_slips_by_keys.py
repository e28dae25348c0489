"""The slips typed in the real window exactly as their keys are written out, one after the other; each record says what its slip says."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from tests.hands.keys import Stroke, press, strokes
from tests.hands.slips import KINDS, least, slips
from tests.hands.stored import differences
from tests.journeys.city import Names
from tests.journeys.clerk import Clerk


def test_keys_are_read_as_they_are_written():
    assert strokes("a<<Tab>é\n<Ctrl+Shift+D><again>") == [
        Stroke("a"),
        Stroke("<"),
        Stroke("", "Tab"),
        Stroke("é"),
        Stroke("\n"),
        Stroke("", "Ctrl+Shift+D"),
        Stroke("", "again"),
    ]


def type_as_written(clerk: Clerk, written: list[Stroke]) -> str:
    """Key by key, looking up after each that is no letter; the uid of the record that was typed."""
    uid = clerk.view().showing()
    for stroke in written:
        draft = clerk.view().draft
        if stroke.is_again and draft is not None and not draft.changed():
            continue  # it was stored at once
        press(stroke, clerk.window)
        QApplication.processEvents()
        if stroke.name:
            clerk.qtbot.waitUntil(lambda: not clerk.program.ops.busy())
    clerk.settle()
    return uid


ALL = [pytest.param(kind, 10, marks=[pytest.mark.heavy, pytest.mark.timeout(900)]) for kind in KINDS]


@pytest.mark.parametrize(("kind", "many"), [("streetlight_repair", 1), ("park_work", 1), ("burial", 2), *ALL])
def test_slips_typed_as_their_keys_are_written_are_stored_as_they_say(
    clerk: Clerk, names: Names, tmp_path, kind, many
):
    written = slips(kind)[:many]
    clerk.go(kind)
    clerk.begin()
    clerk.settle()
    typed = []
    for slip in written:
        typed.append((slip, type_as_written(clerk, slip.strokes)))
        assert clerk.view().showing() != typed[-1][1], (slip.number, clerk.complaints(), clerk.entries())
    assert differences(clerk.ctx, names, kind, typed, tmp_path) == []
    view = clerk.view()
    assert view.draft is not None
    assert not view.draft.changed(), "nothing of the last slip is in the next"


def test_hands_are_no_further_from_the_least_than_the_goal(office):
    ratios = []
    for kind in KINDS:
        written = slips(kind)
        ratios += [
            len(slip.strokes) / least(office, slip, before)
            for before, slip in zip([None, *written], written, strict=False)
        ]
    assert len(ratios) == 30
    assert min(ratios) >= 1, "nobody presses less than the least"
    assert sum(ratios) / 30 <= 1.3
    assert max(ratios) <= 1.3
