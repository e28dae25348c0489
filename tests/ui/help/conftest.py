"""The program's own window, on an office with records, at headquarters, and where both wrote the same."""

from __future__ import annotations

import pytest

from desktop_app.core import words
from desktop_app.ui.form import keeper, record_view
from tests.ui.city import city, city_base, city_folder
from tests.ui.exchange.conftest import head, office, places, sit, stick, two_places
from tests.ui.exchange.test_review_page import clash
from tests.ui.help.hand import Hand

__all__ = [
    "city",
    "city_base",
    "city_folder",
    "clash",
    "head",
    "office",
    "places",
    "sit",
    "stick",
    "two_places",
]


@pytest.fixture(autouse=True)
def _indonesian():
    words.use("id")
    yield
    words.use("id")


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch):
    """Nobody thinks between two keys here, so nothing waits for a pause."""
    monkeypatch.setattr(keeper, "KEEP_AFTER_MS", 30)
    monkeypatch.setattr(record_view, "CHECK_AFTER_MS", 20)


@pytest.fixture
def hand(sit):
    """Sit down at the window of a data folder and put the hands on the keyboard."""
    hands: list[Hand] = []

    def begin(ctx):
        hands.append(Hand(sit(ctx)))
        return hands[-1]

    yield begin
    for one in hands:  # what was typed last is kept before the folder goes
        one.seat.settle()
        one.window.close()
        one.seat.settle()
