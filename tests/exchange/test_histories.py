"""A few made-up histories each time; more of them in the heavy tests, hundreds by `python -m tests.soak histories`."""

from __future__ import annotations

import pytest

from tests.exchange import histories


def test_made_up_histories_end_well():
    counted = histories.run(6, steps=15)
    assert counted["healed"] >= 6
    assert counted["merged"] > 3
    assert counted["writings judged"] > 3


@pytest.mark.heavy
@pytest.mark.timeout(1200)
def test_many_histories_end_well():
    counted = histories.run(40, steps=35)
    assert counted["healed"] >= 40
    assert [what for what in histories.WANTED if not counted[what]] == []


@pytest.mark.heavy
@pytest.mark.postgres
@pytest.mark.timeout(1200)
def test_made_up_histories_end_well_with_headquarters_on_a_server(server):
    counted = histories.run(8, steps=25, server=server)
    assert counted["healed"] >= 8
    assert counted["merged"] > 5
    assert counted["writings judged"] > 5
