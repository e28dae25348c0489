"""Sent, received, given back, put right, sent again, received: by hand at both ends, in the program's own window."""

from __future__ import annotations

import pytest

from desktop_app.services import reviews, sending
from tests.ui.exchange.both_ends import BothEnds, begin


@pytest.fixture
def ends(tmp_path):
    head, office = begin(tmp_path / "city", 60)
    yield head, office
    office.close()
    head.close()


@pytest.mark.heavy
def test_what_headquarters_gives_back_is_put_right_and_arrives(ends, sit, tmp_path, expects_dialog):
    head, office = ends
    stick = tmp_path / "stick"
    stick.mkdir()
    stations: list[str] = []
    BothEnds(head, office, stick, sit, lambda name, _widget: stations.append(name)).walk()
    assert len(stations) == len(set(stations)) == 18
    assert [line.acknowledged_by for line in sending.sent(office)] == ["receipt", "receipt"]
    assert sending.preview(office).total == 0
    assert reviews.returned(head) == reviews.returned(office) == []
