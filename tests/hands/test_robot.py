"""A few slips typed by a robot that does not wait for the window (`python -m tests.soak robot` types fifty)."""

from __future__ import annotations

import shutil
import time

from tests.hands.robot import Plan
from tests.hands.typing import type_slips
from tests.journeys import city


def test_no_key_of_a_robot_that_waits_for_nothing_is_lost(books, tmp_path):
    shutil.copytree(books[0], tmp_path / "data")
    plan = Plan(str(tmp_path / "data"), str(tmp_path / "log"), (), every=0.03, begun=time.monotonic())
    names: city.Names = books[1]
    typed = type_slips(plan, ["park_work"], 3, names, tmp_path)
    assert typed.wrong == []
    assert typed.lost == 0
    assert (typed.slips, len(typed.keys) > 200) == (3, True)
