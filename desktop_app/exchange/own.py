"""This site as the others know it: its keys, and how it stands in a header."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.core import settings
from desktop_app.exchange.package.header import Place, Purpose
from desktop_app.exchange.package.keys import Keys
from desktop_app.storage import exchanging

if TYPE_CHECKING:
    from desktop_app.storage.read import Reader
    from desktop_app.storage.store import Store

_KEYS = "keys"
ESCROW = "escrow_recipient"
"""The settings line with the age recipient that can open everything this site sends: a lost password is then no lost data."""


def keys(store: Store) -> Keys:
    """The keys of this site; made and kept when they are needed for the first time."""
    with store.reading() as reader:
        text = exchanging.secret(reader, _KEYS)
    if text is None:
        with store.writing("") as writer:
            text = exchanging.secret(writer, _KEYS)
            if text is None:
                text = Keys.new().text
                exchanging.put_secret(writer, _KEYS, text)
    return Keys.read(text)


def place(reader: Reader, key_id: str) -> Place:
    """This site at its end of a package."""
    site = reader.site()
    return Place(site.site_code, site.site_id, site.role, site.office_name, key_id)


def purpose(reader: Reader) -> Purpose:
    """What packages of this site are for: those of a folder for practice say so, and no real one takes them."""
    return "practice" if settings.is_practice(reader.settings()) else "package"


def escrow(reader: Reader) -> str | None:
    """The age recipient that everything is sealed for besides, if one is set."""
    return reader.settings().get(ESCROW) or None
