"""The offices that the tests of services work in."""

from tests.offices import _indonesian, bare_place, busy, busy_office, makers, nowhere, office, pusat

__all__ = ["_indonesian", "bare_place", "busy", "busy_office", "makers", "nowhere", "office", "pusat"]
