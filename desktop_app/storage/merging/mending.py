"""After the computer's clock was far ahead (an office that worked in 2099): own stamps above a limit are made anew, in their old order.

They never got in anywhere: a package with such a stamp is set aside by who receives it. Source: exchange.md, "Stamp".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from desktop_app.core import stamps, travel
from desktop_app.core.stamps import Clock, Mark, short_id, site_of, wall_of
from desktop_app.storage.merging import noting
from desktop_app.storage.merging.tables import Changes, forget

if TYPE_CHECKING:
    from desktop_app.core.travel import Part
    from desktop_app.storage.write import Writer


def restamp_after(writer: Writer, limit_ms: int) -> int:
    """See `Writer.restamp_after`."""
    mending = _Mending(writer, limit_ms)
    mending.look()
    return mending.write()


class _Mending:
    def __init__(self, writer: Writer, limit_ms: int) -> None:
        self.writer = writer
        self.limit_ms = limit_ms
        self.own = {short_id(one) for one in (writer.site_row.site_id, *writer.site_row.former)}
        self.ahead: set[str] = set()
        self.latest = ""
        self.latest_own: dict[str, str] = {}
        self._rows: list[tuple[Part, int, str, dict[str, Mark]]] = []

    def look(self) -> None:
        """Find the stamps above the limit, and the latest below it."""
        for part in travel.parts(self.writer.registry):
            table = self.writer.tables.metadata.tables[part.table]
            rows = self.writer.connection.execute(sa.select(table.c.pk, table.c.born, table.c.field_stamps))
            for pk, born, written in rows:
                marks = stamps.read(written)
                found = [born, *(one for mark in marks.values() for one in (mark.stamp, *mark.seen))]
                late = [one for one in found if self._is_ahead(one)]
                for one in found:
                    self._note(one)
                if late:
                    self.ahead.update(late)
                    self._rows.append((part, pk, born, marks))

    def _is_ahead(self, stamp: str) -> bool:
        return wall_of(stamp) > self.limit_ms

    def _note(self, stamp: str) -> None:
        if self._is_ahead(stamp):
            return
        self.latest = max(self.latest, stamp)
        site = site_of(stamp)
        if site in self.own:
            self.latest_own[site] = max(self.latest_own.get(site, ""), stamp)

    def write(self) -> int:
        """Set the clock back to what it knew before, and write the stamps anew; how many rows."""
        site_row = self.writer.site_row
        site = short_id(site_row.site_id)
        site_row.clock = Clock.at(self.latest, site) if self.latest else Clock(site)
        fresh = {one: self.writer.stamp() for one in sorted(self.ahead) if site_of(one) in self.own}
        changes: dict[str, Changes] = {}
        for part, pk, born, marks in self._rows:
            if part.kind.name == noting.KIND and self._is_ahead(born):
                self._forget(part, pk)
                continue
            cells = self._cells(born, marks, fresh)
            changes.setdefault(part.table, Changes(part.table)).add(pk, cells)
        for one in changes.values():
            one.write(self.writer)
        return len(self._rows)

    def _cells(self, born: str, marks: dict[str, Mark], fresh: dict[str, str]) -> dict[str, Any]:
        plain = Mark(fresh.get(born, born))
        made = {group: self._mark(mark, fresh) for group, mark in marks.items()}
        return {
            "born": plain.stamp,
            "field_stamps": stamps.written({group: mark for group, mark in made.items() if mark != plain}),
            "change_no": self.writer.site_row.next_change(),
            "known_to": None,
        }

    def _mark(self, mark: Mark, fresh: dict[str, str]) -> Mark:
        """Own writings before the limit were known to every later one of ours, although their last one is forgotten now."""
        kept = [fresh.get(one, one) for one in (mark.stamp, *mark.seen)]
        below = [one for one in kept if not self._is_ahead(one)]
        forgotten = {site_of(one) for one in (mark.stamp, *mark.seen) if self._is_ahead(one)}
        below += [self.latest_own[site] for site in forgotten if site in self.latest_own]
        return Mark.knowing(kept[0], below)

    def _forget(self, part: Part, pk: int) -> None:
        """A conflict between writings of which one has another stamp now: it is found anew if it is one."""
        forget(self.writer, part.kind.name, pk)
