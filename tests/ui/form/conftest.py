"""A real data folder, real workers, a real form."""

from __future__ import annotations

import pytest

from desktop_app.core import words
from desktop_app.core.query import Query
from desktop_app.ui.form import doubling, keeper, record_view
from tests.ui.city import city, city_base, city_folder, ops
from tests.ui.form.desk import Desk

__all__ = ["city", "city_base", "city_folder", "ops"]


@pytest.fixture(autouse=True)
def _indonesian():
    words.use("id")
    yield
    words.use("id")


@pytest.fixture(autouse=True)
def _no_pauses(request, monkeypatch):
    """Nobody thinks between two keys here, so nothing waits for a pause; `pauses` keeps the real ones."""
    if "pauses" not in request.fixturenames:
        monkeypatch.setattr(keeper, "KEEP_AFTER_MS", 30)
        monkeypatch.setattr(record_view, "CHECK_AFTER_MS", 20)
        monkeypatch.setattr(doubling, "ASK_AFTER_MS", 20)


@pytest.fixture
def pauses():
    """Taken by a test that is about time."""


@pytest.fixture
def desk(city, ops, qtbot):
    """Makes the form of a kind."""

    def make(kind="streetlight_repair", size=(700, 700)):
        return Desk(city, ops, qtbot, kind, size)

    return make


@pytest.fixture
def uid_of(city):
    """The uid of the first record of a kind for which something holds."""

    def find(kind, holds=lambda _row: True):
        with city.store.reading() as reader:
            return next(row.uid for row in reader.first(Query(kind), 400) if holds(row))

    return find
