"""The program's own window on an office with records."""

from __future__ import annotations

import pytest

from desktop_app.core import words
from tests.ui.city import city, city_base, city_folder, ops
from tests.ui.exchange.conftest import sit
from tests.ui.screen import memory, screen

__all__ = ["city", "city_base", "city_folder", "memory", "ops", "screen", "sit"]


@pytest.fixture(autouse=True)
def _indonesian():
    words.use("id")
    yield
    words.use("id")
