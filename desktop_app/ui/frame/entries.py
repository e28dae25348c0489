"""What the navigation offers, as plain data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop_app.core.declared import declared
from desktop_app.core.words import Words


@declared
class NavEntry:
    """An entry: a page, or a group of pages when it has children (which have no icon).

    `short` is one short word for the narrow navigation, `apart` puts a line above.
    """

    key: str
    words: Words
    icon: str = ""
    short: Words | None = None
    children: tuple[NavEntry, ...] = ()
    count: int | None = None
    apart: bool = False

    def rail_words(self) -> str:
        """The word below the icon in the narrow navigation."""
        return (self.short or self.words).say()


def pages(entries: Sequence[NavEntry]) -> Iterator[tuple[NavEntry, NavEntry]]:
    """Every page entry with the entry it stands under (itself, when it stands alone)."""
    for entry in entries:
        for child in entry.children or (entry,):
            yield child, entry
