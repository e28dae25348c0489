"""The reader: records, names, pickers and history. Lists are in `listing`, streams in `streaming`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any

import sqlalchemy as sa

from desktop_app.core.fields import Value
from desktop_app.core.record import Record
from desktop_app.core.spec import Kind
from desktop_app.core.travel import Part
from desktop_app.storage import backends, identity, picking, titles
from desktop_app.storage.backends.base import Piece
from desktop_app.storage.columns import SYSTEM
from desktop_app.storage.convert import line_of, moved_of, record_of
from desktop_app.storage.journal import changes_of, last_of
from desktop_app.storage.merging import due
from desktop_app.storage.plain import Candidate, Change, Site
from desktop_app.storage.selecting import cell
from desktop_app.storage.streaming import Streams

_FOUND = 1_000
_ORDER_OF_LINES = ("position", "uid", "parent_uid")
_OF_MOVES = (
    *("born", "uid", "parent_uid"),
    *("move", "state_before", "state_after", "moved_at", "moved_by", "reason"),
)


class Reader(Streams):
    """Answers questions within one read transaction. It is the `Lookup` that rules ask."""

    def get(self, kind: str, uid: str) -> Record | None:
        """The record with its lines and moves, removed or not; None when it is not here."""
        table = self.tables.main[self.selecting.kind(kind).name]
        found = self._records(self.registry[kind], sa.select(table).where(table.c.uid == uid))
        return found[0] if found else None

    def get_many(self, kind: str, uids: Collection[str]) -> dict[str, Record]:
        """Those of these records that are here, removed or not, by uid; a few thousand at most."""
        table = self.tables.main[self.selecting.kind(kind).name]
        found = (
            self._records(self.registry[kind], sa.select(table).where(table.c.uid.in_(uids))) if uids else ()
        )
        return {record.uid: record for record in found}

    def find(self, kind: str, **equal: Value) -> Sequence[Record]:
        """Living records whose fields (or `status`) equal these values, oldest first, at most 1,000."""
        declared = self.selecting.kind(kind)
        table = self.tables.main[kind]
        statement = sa.select(table).where(table.c.removed_at.is_(None))
        for name, value in equal.items():
            column, field = self.selecting.column(declared, name)
            wanted = cell(field, value)
            statement = statement.where(column.is_(None) if wanted is None else column == wanted)
        return self._records(declared, statement.order_by(table.c.pk).limit(_FOUND))

    def _records(self, kind: Kind, statement: sa.Select[Any]) -> list[Record]:
        return self.complete(kind, self.connection.execute(statement).all())

    def complete(self, kind: Kind, rows: Iterable[Sequence[Any]]) -> list[Record]:
        """The records of these rows of the main table, with their lines and moves."""
        columns = self.columns(kind)
        found: dict[str, Record] = {}
        for row in rows:
            system = dict(zip(SYSTEM, row[1 : len(SYSTEM) + 1], strict=True))
            found[system["uid"]] = record_of(kind.name, system, columns.to_values(row[len(SYSTEM) + 1 :]))
        if found:
            self._add_lines(kind, found)
            self._add_moves(kind, found)
        return list(found.values())

    def _add_lines(self, kind: Kind, records: Mapping[str, Record]) -> None:
        for lines in kind.lines:
            table = self.tables.lines[kind.name, lines.name]
            columns = self.tables.line_columns[kind.name, lines.name]
            for record in records.values():
                record.lines[lines.name] = []
            names = (*_ORDER_OF_LINES, *columns.names)
            for _, uid, parent, *cells in self._children(table.name, names, records):
                records[parent].lines[lines.name].append(line_of(uid, columns, cells))

    def _add_moves(self, kind: Kind, records: Mapping[str, Record]) -> None:
        table = self.tables.moves.get(kind.name)
        for row in self._children(table.name, _OF_MOVES, records) if table is not None else ():
            move = dict(zip(_OF_MOVES, row, strict=True))
            records[move["parent_uid"]].moves.append(moved_of(move))

    def _children(self, table: str, names: tuple[str, ...], records: Iterable[str]) -> list[tuple[Any, ...]]:
        """The living rows of these records, in the order of their first two columns. By the driver: it is done for many at once."""
        found = backends.of(self.connection).rows_with(
            table, (*names, "removed_at"), "parent_uid", list(records)
        )
        return sorted((row[:-1] for row in found if row[-1] is None), key=itemgetter(0, 1))

    def titles(self, kind: str, uids: Iterable[str]) -> dict[str, str]:
        """What people call these records; one that is not here is called by the first letters of its uid."""
        return titles.titles(self.connection, self.tables, self.selecting.kind(kind), uids)

    def title(self, kind: str, uid: str) -> str:
        """What people call that record; the uid's first letters when it is not here."""
        return self.titles(kind, [uid])[uid]

    def candidates(self, kind: str, text: str, among: Mapping[str, Value], limit: int) -> list[Candidate]:
        """Living records that a reference may point to: those whose name begins with the text first, then all that are found by it."""
        return picking.candidates(
            self.connection, self.selecting, self.selecting.kind(kind), text, among, limit
        )

    def history(self, kind: str, uid: str, *, looks: bool = False) -> list[Change]:
        """Everything that was done to a record, oldest first; with `looks` also who had a masked number shown."""
        return changes_of(self.connection, self.tables, self.selecting.kind(kind).name, uid, looks=looks)

    def last_of(self, kind: str, person: str) -> Record | None:
        """The living record of this kind that this person stored last, as far as the newest journal entries tell."""
        uid = last_of(self.connection, self.tables, self.selecting.kind(kind).name, person)
        record = self.get(kind, uid) if uid is not None else None
        return record if record is not None and record.removed_at is None else None

    def csv_due(
        self,
        part: Part,
        *,
        after: int,
        not_known_to: str,
        site_codes: Sequence[str] | None,
        personal: bool,
        moved: bool = False,
    ) -> Iterator[Piece]:
        """The machine CSV of the rows with a change number above `after` that are not known to be at that site, by change number.

        (0, heading) first, then (how many, bytes) again and again. `site_codes`: whose rows (None: everybody's); with `moved` also those
        that were theirs until a change above `after`. Without `personal` data the merge groups that hold some are left out.
        """
        return due.csv_due(
            self,
            part,
            after=after,
            not_known_to=not_known_to,
            site_codes=site_codes,
            personal=personal,
            moved=moved,
        )

    def due_counts(
        self,
        after: int,
        not_known_to: str,
        site_codes: Sequence[str] | None,
        *,
        moved: bool = False,
        parts: Iterable[Part] | None = None,
    ) -> dict[str, int]:
        """How many rows of each part (by name), all of them or these, `csv_due` would give."""
        return due.due_counts(self, after, not_known_to, site_codes, moved=moved, parts=parts)

    def fingerprint(self, part: Part, uid: str) -> str | None:
        """What names the stored state of a row in a list of refused rows; None when it is not here."""
        return due.fingerprint(self, part, uid)

    def people(self) -> list[str]:
        """The names to choose from, in alphabetical order."""
        return list(
            self.connection.execute(
                sa.select(self.tables.person.c.name).order_by(self.tables.person.c.name)
            ).scalars()
        )

    def site(self) -> Site:
        """Which installation this is."""
        known = self._settings
        return Site(
            known.get("site_code", ""),
            known.get("role", "office"),
            known.get("office_name", ""),
            known.get("installation_letter", ""),
            self.site_id,
        )

    @property
    def site_id(self) -> str:
        """The id of this installation (exchange.md, "Rows that merge")."""
        return identity.load(self.connection).site_id

    def today(self) -> dt.date:
        """The office's calendar day."""
        return self.now.astimezone(self.zone).date()
