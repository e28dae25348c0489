"""Many rows at once, column by column: most rows of a package were never written again since birth and are new here.

Of a column each different text is checked once, and what is true of all rows is asked once. Whatever needs a closer look (what can't
be a row of ours, has fields that are unknown here, is here already) goes row by row instead: see `reading` and `engine`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import compress
from typing import Any

from desktop_app.core import stamps
from desktop_app.core.stamps import Mark
from desktop_app.storage.merging.layout import (
    BORN,
    LONGEST_CODE,
    LONGEST_UID,
    UID,
    Cell,
    Cells,
    Layout,
    plain_text,
)


class Together:
    """Rows without extras, all of them fit: their `columns` in the order of the layout, and the `marks` of each."""

    def __init__(
        self, layout: Layout, columns: Sequence[Sequence[Cell]], marks: Sequence[Mapping[str, Mark]]
    ) -> None:
        self.layout = layout
        self.columns = columns
        self.marks = marks

    def __len__(self) -> int:
        return len(self.columns[UID])

    @property
    def last_born(self) -> str:
        """The latest stamp of a birth."""
        latest: str = max(self.columns[BORN])
        return latest

    def is_empty(self, places: Iterable[int]) -> bool:
        """Whether nobody wrote anything into these columns."""
        return all(cell is None for place in places for cell in self.columns[place])

    def rows(self) -> list[Cells]:
        """The rows."""
        return list(map(list, zip(*self.columns, strict=True)))

    def parted(self, those: Sequence[bool]) -> tuple[Together, Together]:
        """Those, and the others."""
        others = [not one for one in those]
        return self._some(those), self._some(others)

    def _some(self, those: Sequence[bool]) -> Together:
        if all(those):
            return self
        columns = [tuple(compress(column, those)) for column in self.columns]
        return Together(self.layout, columns, list(compress(self.marks, those)))


def together(
    layout: Layout, rows: Sequence[Sequence[str | None]], marks: Sequence[Mapping[str, Mark]]
) -> Together | None:
    """These rows (whose columns are the layout's); None when one of them is not fit, or comes twice."""
    checked: dict[Callable[[str], Cell], dict[str, Cell]] = {}
    columns: list[Sequence[Cell]] = []
    for place, texts in enumerate(zip(*rows, strict=True)):
        column = _column(layout, place, texts, checked.setdefault(layout.to_cell[place], {}))
        if column is None:
            return None
        columns.append(column)
    uids = set(columns[UID]) if columns else set()
    fit = len(uids) == len(rows) and max(map(len, uids)) <= LONGEST_UID
    return Together(layout, columns, marks) if fit and all(map(stamps.is_stamp, columns[BORN])) else None


def _column(
    layout: Layout, place: int, texts: Sequence[str | None], checked: dict[str, Cell]
) -> Sequence[Cell] | None:
    """One column as cells; None when there is something in it that is none. `checked`: the texts of this sort that are known."""
    different: set[Any] = set(texts)
    if "" in different:
        texts = [text or None for text in texts]
    has_empty = not different.isdisjoint(("", None))
    different -= {"", None}
    if has_empty and place in layout.needed:
        return None
    to_cell = layout.to_cell[place]
    if to_cell is plain_text:
        return texts if _are_fit(different, short=place in layout.short) else None
    try:
        checked.update({text: to_cell(text) for text in different - checked.keys()})
    except ValueError:
        return None
    return texts if place in layout.kept else [checked[text] if text else None for text in texts]


def _are_fit(texts: Iterable[str], *, short: bool) -> bool:
    if short and max(map(len, texts), default=0) > LONGEST_CODE:
        return False
    return "".join(texts).isascii() or all(unicodedata.is_normalized("NFC", text) for text in texts)
