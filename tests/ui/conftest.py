"""Fixtures of the window's tests: a small office with real records, workers, and the window with its list pages."""

from tests.ui.city import city, city_base, city_folder, ops
from tests.ui.screen import memory, screen

__all__ = ["city", "city_base", "city_folder", "memory", "ops", "screen"]
