"""The offices that the tests of the command line work in."""

from tests.offices import _indonesian, bare_place, busy, busy_office, makers, nowhere, office

__all__ = ["_indonesian", "bare_place", "busy", "busy_office", "makers", "nowhere", "office"]
