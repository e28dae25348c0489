"""Two copies of one row as one: `core.stamps` decides group by group, the cells follow (exchange.md, "Rows that merge")."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from desktop_app.core import stamps
from desktop_app.core.stamps import REMOVAL, Conflict, Copy, Held, Mark
from desktop_app.storage.merging.layout import (
    BORN,
    STAMPS,
    Cells,
    Extras,
    Layout,
    differing,
    read_extras,
    told,
    write_extras,
)
from desktop_app.storage.merging.reading import Incoming


class Joined(NamedTuple):
    """The merged row. `names`: for each group that was compared, the fields that its texts in `conflicts` are of, in their order;
    `removals`: what the two sides say of the row's removal.
    """

    cells: Cells
    conflicts: list[Conflict]
    names: dict[str, tuple[str, ...]]
    removals: tuple[Held | None, Held | None]


def join(layout: Layout, old: Sequence[object], new: Incoming) -> Joined | None:
    """The stored row and the one that came as one row; None when that is the stored row and there is nothing to tell."""
    if old == new.cells:
        return None
    both = _Both(layout, list(old), new)
    ours, theirs = Copy(both.old[BORN], both.ours), Copy(new.cells[BORN], both.theirs)
    result = both.taken(stamps.merge(ours, theirs))
    conflicts = stamps.conflicts(ours, theirs)
    if result == old and not conflicts:
        return None
    return Joined(result, conflicts, both.names, (both.ours.get(REMOVAL), both.theirs.get(REMOVAL)))


class _Both:
    """Of two copies, the groups that differ: those that are alike on both sides (of one birth) decide nothing and conflict with
    nothing.
    """

    def __init__(self, layout: Layout, old: Cells, new: Incoming) -> None:
        self.layout = layout
        self.old = old
        self.new = new
        self.marks = stamps.read(old[STAMPS])
        self.old_extras: Extras = read_extras(old[layout.extras])
        self.ours: dict[str, Held] = {}
        self.theirs: dict[str, Held] = {}
        self.names: dict[str, tuple[str, ...]] = {}
        self._plain = Mark(old[BORN])
        for group in layout.groups if old[BORN] != new.cells[BORN] else self._differing():
            self._compare(group)
        for group in sorted({*self.old_extras, *new.extras} - layout.groups.keys()):
            self._compare_unknown(group)

    def _differing(self) -> list[str]:
        """The groups of rows of one birth that are not alike on both sides."""
        old, new, layout = self.old, self.new, self.layout
        found = {layout.group_at.get(at) for at in differing(old, new.cells)}
        found.update(group for group, mark in self.marks.items() if mark != new.mark(group))
        found.update(
            group for group, mark in new.marks.items() if group not in self.marks and mark != self._plain
        )
        found.update(new.silent, self.old_extras, new.extras)
        return [group for group in layout.groups if group in found]

    def _compare(self, group: str) -> None:
        """A group with columns here. Of one of which the sender has no field it says nothing; else a field that he lacks is empty."""
        layout, old, new, members = self.layout, self.old, self.new, self.layout.groups[group]
        mark, text = self.marks.get(group, self._plain), layout.text
        if group in new.silent:
            self._enter(self.ours, group, [name for name, _ in members], self._texts(old, group), mark)
            return
        kept, came = self.old_extras.get(group, {}), new.extras.get(group, {})
        ours = {**self._texts(old, group), **kept}
        theirs = {**{name: text(new.cells, at) for name, at in members}, **came}
        names = sorted({*ours, *theirs})
        self._enter(self.ours, group, names, ours, mark)
        self._enter(self.theirs, group, names, theirs, new.mark(group))

    def _compare_unknown(self, group: str) -> None:
        kept, came = self.old_extras.get(group), self.new.extras.get(group)
        mark, other = self.marks.get(group, self._plain), self.new.mark(group)
        names = sorted({*(kept or ()), *(came or ())})
        if kept is not None:
            self._enter(self.ours, group, names, kept, mark)
        if came is not None:
            self._enter(self.theirs, group, names, came, other)

    def _texts(self, cells: Cells, group: str) -> dict[str, str]:
        return {name: self.layout.text(cells, at) for name, at in self.layout.groups[group]}

    def _enter(
        self, side: dict[str, Held], group: str, names: Sequence[str], texts: Mapping[str, str], mark: Mark
    ) -> None:
        self.names[group] = tuple(names)
        side[group] = Held(tuple(texts.get(name, "") for name in names), mark)

    def taken(self, merged: Copy) -> Cells:
        """The row that the merged copy stands for."""
        layout, cells = self.layout, list(self.old)
        marks = {group: mark for group, mark in self.marks.items() if group not in merged.groups}
        extras: Extras = {}
        for group, held in merged.groups.items():
            marks[group] = held.mark
            wins = group in self.ours and held.texts == self.ours[group].texts
            if not wins:
                for _, at in layout.groups.get(group, ()):
                    cells[at] = self.new.cells[at]
            here = {name for name, _ in layout.groups.get(group, ())}
            named = zip(self.names[group], held.texts, strict=True)
            extras[group] = {name: text for name, text in named if name not in here}
        for group, kept in self.old_extras.items():
            if group not in merged.groups or group in self.new.silent:
                extras[group] = kept
        plain = Mark(merged.born)
        cells[BORN] = merged.born
        cells[STAMPS] = stamps.written({group: mark for group, mark in marks.items() if mark != plain})
        cells[layout.extras] = write_extras(told(layout, extras, marks, plain))
        self._carry(cells)
        return cells

    def _carry(self, cells: Cells) -> None:
        """What was true at birth is told by the copy that was born first; the last writing by whoever wrote last."""
        old, new = self.old, self.new.cells
        if any(old[at] != new[at] for at in self.layout.birth):
            born = min((old, new), key=lambda side: side[BORN])
            if old[BORN] == new[BORN]:
                born = max((old, new), key=lambda side: _key(side, self.layout.birth))
            for at in self.layout.birth:
                cells[at] = born[at]
        if any(old[at] != new[at] for at in self.layout.updated):
            marks = {id(old): self.marks, id(new): self.new.marks}
            last = max(
                (old, new), key=lambda side: (_latest(side, marks[id(side)]), _key(side, self.layout.updated))
            )
            for at in self.layout.updated:
                cells[at] = last[at]


def _latest(cells: Cells, marks: Mapping[str, Mark]) -> str:
    """The stamp of the last writing of a copy."""
    return max(str(cells[BORN]), *(mark.stamp for mark in marks.values()), "")


def _key(cells: Cells, places: Sequence[int]) -> tuple[str, ...]:
    return tuple("" if cells[at] is None else str(cells[at]) for at in places)
