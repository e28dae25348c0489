"""A few made-up histories each time; more of them in the heavy tests, thousands by `python -m tests.soak histories`."""

from __future__ import annotations

import pytest

from tests.exchange import histories


def test_made_up_histories_end_well():
    counted = histories.run(6, steps=15)
    assert counted["healed"] >= 6
    assert counted["merged"] > 3


@pytest.mark.heavy
@pytest.mark.timeout(1200)
def test_many_histories_end_well():
    counted = histories.run(40, steps=35)
    assert counted["healed"] >= 40
    assert [what for what in histories.OFTEN if not counted[what]] == []
