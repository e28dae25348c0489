"""Deciding a conflict: a write with a fresh stamp that covers both writings, also where the chosen value is the one in use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import sqlalchemy as sa

from desktop_app.core import stamps
from desktop_app.core.record import Record
from desktop_app.core.stamps import Mark
from desktop_app.core.travel import Part
from desktop_app.storage import identity, journal
from desktop_app.storage.columns import moment
from desktop_app.storage.journal import Entry
from desktop_app.storage.making import last_written
from desktop_app.storage.read import Reader
from desktop_app.storage.write import Writer

_AT_ONCE = 500


class Standing(NamedTuple):
    """How a row stands that a conflict is about: its record's uid (its own for a record), its marks, and its cells."""

    record_uid: str
    born: str
    marks: Mapping[str, Mark]
    cells: Mapping[str, Any]

    def mark(self, group: str) -> Mark:
        """Who wrote a group last, and what was known then."""
        return self.marks.get(group, Mark(self.born))


def _table(reader: Reader, part: Part) -> sa.Table:
    return reader.tables.metadata.tables[part.table]


def standings(reader: Reader, part: Part, uids: Iterable[str]) -> dict[str, Standing]:
    """How these rows of records, lines or moves stand; those that have not come are left out."""
    table, wanted = _table(reader, part), list(dict.fromkeys(uids))
    found: dict[str, Standing] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        here = sa.select(table).where(table.c.uid.in_(wanted[start : start + _AT_ONCE]))
        for row in reader.connection.execute(here).mappings():
            record_uid = row["parent_uid"] if part.part else row["uid"]
            marks = stamps.read(row["field_stamps"])
            found[row["uid"]] = Standing(record_uid, row["born"], marks, dict(row))
    return found


def noted(reader: Reader) -> list[Record]:
    """All conflicts that were ever noted here, oldest first; whether one is over is told by the row that it is about."""
    kind = reader.registry["conflict"]
    table = reader.tables.main[kind.name]
    rows = sa.select(table).where(table.c.removed_at.is_(None)).order_by(table.c.pk)
    return reader.complete(kind, reader.connection.execute(rows).all())


def own_sites(reader: Reader) -> set[str]:
    """The short ids under which this installation made stamps, now and before."""
    site = identity.load(reader.connection)
    return {stamps.short_id(site_id) for site_id in (site.site_id, *site.former)}


def restate(writer: Writer, part: Part, uid: str, groups: Iterable[str], told: Iterable[Entry] = ()) -> None:
    """Say again what stands in these groups of a row, with a fresh stamp that includes everything seen so far.

    `told` goes into the journal of the record. Raises KeyError when the row is not here.
    """
    table, now = _table(writer, part), standings(writer, part, [uid])[uid]
    number = writer.site_row.next_change()
    fresh: dict[str, Any] = {
        "field_stamps": stamps.after_write(now.born, now.cells["field_stamps"], groups, writer.stamp()),
        "change_no": number,
        "known_to": None,
    }
    if not part.part:
        fresh |= last_written(writer.person, writer.now)
    writer.connection.execute(sa.update(table).where(table.c.uid == uid).values(fresh))
    at = moment(writer.now)
    journal.enter(writer.connection, part.kind.name, now.record_uid, number, at, writer.person, list(told))
