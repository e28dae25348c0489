"""The office of the journeys, and the clerk at its window."""

from tests.journeys.conftest import _indonesian, books, clerk, names, office

__all__ = ["_indonesian", "books", "clerk", "names", "office"]
