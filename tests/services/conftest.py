"""The offices that the tests of services work in."""

from tests.offices import _indonesian, bare_place, busy, busy_office, empty_office, nowhere, office
from tests.services.headquarters import empty_headquarters, pusat

__all__ = [
    "_indonesian",
    "bare_place",
    "busy",
    "busy_office",
    "empty_headquarters",
    "empty_office",
    "nowhere",
    "office",
    "pusat",
]
