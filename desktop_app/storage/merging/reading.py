"""A row of a package as cells: every text is checked, and what is unknown here is kept apart with its merge group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from desktop_app.core import stamps, travel
from desktop_app.core.stamps import Mark
from desktop_app.core.words import Words
from desktop_app.storage.merging.layout import (
    BORN,
    LONGEST_CODE,
    LONGEST_UID,
    STAMPS,
    UID,
    Cell,
    Cells,
    Extras,
    Layout,
    plain_text,
    read_extras,
    told,
    write_extras,
)
from desktop_app.storage.merging.plain import Arrival, UnfitError
from desktop_app.storage.merging.together import Together, together

_NOTHING: Mapping[str, Mark] = {}


class Incoming:
    """One row that came. `silent`: the groups of which its maker had no field;
    `written`: its column `field_stamps` as it came.
    """

    __slots__ = ("cells", "extras", "marks", "silent", "written")

    def __init__(
        self,
        cells: Cells,
        marks: Mapping[str, Mark],
        extras: Extras,
        silent: frozenset[str],
        written: str | None,
    ) -> None:
        self.cells = cells
        self.marks = marks
        self.extras = extras
        self.silent = silent
        self.written = written

    def mark(self, group: str) -> Mark:
        """Who wrote a group last."""
        return self.marks.get(group) or Mark(self.cells[BORN])


class Shape:
    """How the rows of one arrival become rows of ours."""

    def __init__(self, layout: Layout, arrival: Arrival) -> None:
        self.layout = layout
        names = self.names = arrival.columns
        known = [(place, layout.at[name], name) for place, name in enumerate(names) if name in layout.at]
        self._typed = [
            (at, layout.to_cell[at], name) for _, at, name in known if layout.to_cell[at] is not plain_text
        ]
        self._texts = [(at, name) for _, at, name in known if layout.to_cell[at] is plain_text]
        places = {at: place for place, at, _ in known}
        self._places = [places.get(at) for at in range(len(layout.names))]
        self._in_order = names == layout.names
        self._unknown = [
            (place, arrival.groups.get(name) or name, name)
            for place, name in enumerate(names)
            if name not in layout.at
        ]
        here = {layout.at[name] for name in names if name in layout.at}
        self._absent = frozenset(range(len(layout.names))) - here
        self._silent = frozenset(
            group
            for group, members in layout.groups.items()
            if all(place in self._absent for _, place in members)
        )
        self._plain = not self._unknown and not self._absent

    def together(
        self, rows: Sequence[Sequence[str | None]]
    ) -> tuple[Together | None, Sequence[Sequence[str | None]]]:
        """Those of these rows that can be read at once, and the others. When one of them is not fit, each is to be read by itself:
        that tells which, and what is wrong with it.
        """
        if not (self._in_order and self._plain):
            return None, rows
        others, alone, marks = [], [], []
        for row in rows:
            known = self._marks_alone(row)
            if known is None:
                alone.append(row)
            else:
                others.append(row)
                marks.append(known)
        found = together(self.layout, others, marks) if others else None
        return (None, rows) if others and found is None else (found, alone)

    def _marks_alone(self, row: Sequence[str | None]) -> Mapping[str, Mark] | None:
        """The marks of a row that has nothing unknown about it; None for any other."""
        if row[self.layout.extras]:
            return None
        if not row[STAMPS]:
            return _NOTHING
        try:
            marks = stamps.read(row[STAMPS])
        except ValueError:
            return None
        return marks if marks.keys() <= self.layout.groups.keys() else None

    def one_of(self, cells: Cells, marks: Mapping[str, Mark]) -> Incoming:
        """A row of those that were read together."""
        written = cells[STAMPS]
        if marks:
            self._normalise(cells, marks)
        return Incoming(cells, marks, {}, self._silent, written)

    def read(self, row: Sequence[str | None]) -> Incoming:
        """The row as cells. Raises `UnfitError` for what can't be a row of ours."""
        layout, cells = self.layout, self._cells(row)
        for at in layout.needed:
            if cells[at] is None:
                raise _bad_value(layout.names[at], "")
        born, written = cells[BORN], cells[STAMPS]
        if not stamps.is_stamp(born) or len(cells[UID]) > LONGEST_UID:
            raise _bad_stamps(str(born))
        marks = _NOTHING
        if written is not None:
            try:
                marks = stamps.read(written)
            except ValueError:
                raise _bad_stamps(written) from None
        if (
            self._plain
            and cells[layout.extras] is None
            and (not marks or marks.keys() <= layout.groups.keys())
        ):
            if marks:
                self._normalise(cells, marks)
            return Incoming(cells, marks, {}, self._silent, written)
        return self._with_extras(row, cells, marks)

    def _cells(self, row: Sequence[str | None]) -> Cells:
        """The texts of a row in their places, as cells."""
        if self._in_order:
            cells: Cells = [text or None for text in row]
        else:
            cells = [None if place is None else row[place] or None for place in self._places]
        for at, to_cell, name in self._typed:
            text = cells[at]
            if text is not None:
                try:
                    cells[at] = to_cell(text)
                except ValueError:
                    raise _bad_value(name, text) from None
        text = "".join(filter(None, row))
        if len(text) > LONGEST_CODE:
            self._refuse_long_names(cells)
        if not text.isascii():
            for at, name in self._texts:
                try:
                    plain_text(cells[at] or "")
                except ValueError:
                    raise _bad_value(name, cells[at]) from None
        return cells

    def _refuse_long_names(self, cells: Cells) -> None:
        """Raise `UnfitError` for a code or an identity that is no word any more: no index takes it."""
        for at in self.layout.short:
            cell = cells[at]
            if cell is not None and len(cell) > LONGEST_CODE:
                raise _bad_value(self.layout.names[at], cell)

    def _normalise(self, cells: Cells, marks: Mapping[str, Mark]) -> None:
        plain = Mark(cells[BORN])
        if any(mark == plain for mark in marks.values()):
            cells[STAMPS] = stamps.written({group: mark for group, mark in marks.items() if mark != plain})

    def _with_extras(self, row: Sequence[str | None], cells: Cells, marks: Mapping[str, Mark]) -> Incoming:
        """What the sender had beyond our columns, or had from others; fields that we know move into their columns."""
        layout, plain, written = self.layout, Mark(cells[BORN]), cells[STAMPS]
        try:
            found = read_extras(cells[layout.extras])
        except ValueError:
            raise _bad_value(travel.EXTRAS, str(cells[layout.extras])) from None
        for place, group, name in self._unknown:
            found.setdefault(group, {})[name] = row[place] or ""
        taken = self._take_known(cells, found)
        found = told(layout, found, marks, plain)
        absent = self._absent - taken
        silent = frozenset(
            group
            for group in self._silent
            if group not in found and all(place in absent for _, place in layout.groups[group])
        )
        kept = {
            group: mark
            for group, mark in marks.items()
            if mark != plain and group not in silent and (group in layout.groups or group in found)
        }
        cells[STAMPS] = stamps.written(kept)
        cells[layout.extras] = write_extras(found)
        return Incoming(cells, kept, found, silent, written)

    def _take_known(self, cells: Cells, found: Extras) -> set[int]:
        """Move fields of ours out of the extras; their places."""
        layout, taken = self.layout, set()
        for group in [group for group in found if group in layout.groups]:
            named = found[group]
            for name, at in layout.groups[group]:
                if name in named and at in self._absent:
                    text = named.pop(name)
                    try:
                        cells[at] = layout.to_cell[at](text) if text else None
                    except ValueError:
                        raise _bad_value(name, text) from None
                    taken.add(at)
            if not named:
                del found[group]
        return taken


def in_chunks(rows: Iterator[Sequence[str | None]], size: int) -> Iterator[list[Sequence[str | None]]]:
    """Some rows at a time."""
    while chunk := list(islice(rows, size)):
        yield chunk


def _bad_value(name: str, text: Cell) -> UnfitError:
    shown = str(text)[:40]
    return UnfitError(
        "value",
        Words(
            f"Kolom {name}: '{shown}' bukan nilai yang sah.", f"Column {name}: '{shown}' is no valid value."
        ),
    )


def _bad_stamps(text: str) -> UnfitError:
    shown = text[:40]
    return UnfitError(
        "stamps", Words(f"Cap waktu '{shown}' tidak sah.", f"The time stamp '{shown}' is not valid.")
    )
