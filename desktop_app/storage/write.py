"""The one door through which rows change: each save is one transaction with its stamps, its journal and its search words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from desktop_app.core import stamps
from desktop_app.core.computing import compute
from desktop_app.core.errors import KnownError, UsageError
from desktop_app.core.fields import Value
from desktop_app.core.progress import Progress
from desktop_app.core.record import Line, Moved, Record, Setting, View
from desktop_app.core.settings import Settings
from desktop_app.core.spec import Kind
from desktop_app.core.travel import Part
from desktop_app.core.words import Words
from desktop_app.storage import (
    backends,
    child_rows,
    identity,
    journal,
    loading,
    naming,
    reindex,
    search,
    titles,
)
from desktop_app.storage.backends.base import NotUniqueError
from desktop_app.storage.columns import moment
from desktop_app.storage.convert import text_of
from desktop_app.storage.journal import Entry
from desktop_app.storage.making import Maker, last_written
from desktop_app.storage.merging import due, engine, mending, moving, undoing
from desktop_app.storage.merging.plain import Arrival, From, Merged
from desktop_app.storage.numbering import Numbers
from desktop_app.storage.plain import Action, StaleRecord
from desktop_app.storage.read import Reader
from desktop_app.storage.tables import Tables


class Writer(Reader):
    """A reader that may also change. What it does becomes durable together, or not at all, when `Store.writing` ends."""

    def __init__(
        self, connection: sa.Connection, tables: Tables, person: str, now: dt.datetime, settings: Settings
    ) -> None:
        super().__init__(connection, tables, person, now)
        self.setting = Setting(now, tables.registry, settings, self, person)
        """Where derived figures are computed."""
        self.numbers = Numbers(connection)
        self.half_done = False
        """A load began and did not end: nothing of this transaction may be kept."""
        self.site_row = identity.load(connection)
        self.stored = (self.site_row.clock, self.site_row.change_no)
        self.wall_ms = int(now.timestamp() * 1000)
        """What the computer's clock says, in milliseconds since 1970 (UTC)."""

    @property
    def site_id(self) -> str:
        """The id of this installation."""
        return self.site_row.site_id

    @property
    def unchanged(self) -> bool:
        """Whether no row that travels was written."""
        return (self.site_row.clock, self.site_row.change_no) == self.stored

    def finish(self) -> None:
        """Store clock and counter; called by `Store.writing` before it commits."""
        if self.half_done:
            raise RuntimeError("a load was not finished: what it wrote must not be kept")
        self.numbers.save()
        if not self.unchanged:
            identity.save(self.connection, self.site_row)

    # ---- one record

    def add(self, record: Record) -> Record:
        """Store a new record with its lines and moves; gives it stamps, register number and first state.

        Moves that it brings along (demo, old registers) are kept with their times; without any it begins at `record.status` or where its
        life cycle begins. Raises `KnownError` when its uid or natural key is here already.
        """
        kind = self.selecting.kind(record.kind)
        maker = Maker(self, kind)
        made = maker.made(record)
        new = made.record
        here = backends.of(self.connection)
        try:
            pk = here.insert(kind.name, [made.main])
        except NotUniqueError as wrong:
            taken = Words(f"{kind.id} '{new.uid}' sudah ada.", f"{kind.en} '{new.uid}' is here already.")
            raise KnownError(taken, kind.natural_key or None) from wrong
        child_rows.insert(self, kind, made)
        here.insert("journal", [made.journal])
        words = search.Words(kind).of(new.values, new.record_no, self.names_in(kind, [new.values]))
        search.put(self.connection, kind, pk, words)
        if kind.natural_key:
            reindex.renamed(self, kind, new.uid)
        return made.as_stored(maker.columns, maker.line_columns)

    def load(self, kind: str, records: Iterable[Record], progress: Progress | None = None) -> int:
        """Store many new records in bulk, with the same rows as `add` would; how many there were.

        What they refer to should be there first. When it is cancelled, or one of them is here already, the whole
        block of `Store.writing` is undone.
        """
        # No savepoint: SQLite keeps what it would need to go back to one in memory, and that grows with the load.
        self.half_done = True
        count = loading.load(self, self.selecting.kind(kind), records, progress)
        self.half_done = False
        return count

    def change(
        self,
        kind: str,
        uid: str,
        values: Mapping[str, Value],
        lines: Mapping[str, Sequence[Line]] | None = None,
        version: int | None = None,
    ) -> Record:
        """Store other values of some fields, and all the lines under the names given (those left out of a list are taken away).

        Only what really differs is written and stamped. `version` is the one that was opened; `StaleRecord` when another is stored.
        """
        return self._write(kind, uid, values, lines, version, None)

    def move(
        self,
        kind: str,
        uid: str,
        move: Moved,
        values: Mapping[str, Value] | None = None,
        version: int | None = None,
    ) -> Record:
        """Take a step of the life cycle (already guarded by `rules`), together with what was asked on the way."""
        return self._write(kind, uid, values or {}, None, version, move)

    def remove(self, kind: str, uid: str, reason: str, version: int | None = None) -> Record:
        """Take a record away, with the reason; it can be recovered."""
        return self._removal(kind, uid, version, moment(self.now), reason.strip() or None)

    def looked(self, kind: str, uid: str, field: str) -> None:
        """Tell the journal that a masked field of a record was shown to somebody; nothing else changes, and it does not travel."""
        record, _ = self._opened(self.selecting.kind(kind), uid, None)
        self.enter(self.registry[kind], uid, record.version, moment(self.now), [Entry("looked", field)])

    def recover(self, kind: str, uid: str) -> Record:
        """Bring a removed record back."""
        return self._removal(kind, uid, None, None, None)

    def _write(
        self,
        name: str,
        uid: str,
        values: Mapping[str, Value],
        lines: Mapping[str, Sequence[Line]] | None,
        version: int | None,
        move: Moved | None,
    ) -> Record:
        kind = self.selecting.kind(name)
        old, row = self._opened(kind, uid, version)
        new = self._changed(kind, old, values, lines, move)
        columns = self.columns(kind)
        before = {column: row[column] for column in columns.names}
        after = columns.to_cells(new.values)
        differing = [field for field in kind.table_fields if before[field.name] != after[field.name]]
        line_entries = child_rows.differences(kind, old, new)
        if not differing and not line_entries and move is None:
            return old
        stamp = self.stamp()
        groups = {field.merge_group for field in differing if field.name in _typed(kind)}
        cells = {field.name: after[field.name] for field in differing}
        now_no = self._update(kind, row, cells | {"status": new.status}, groups, stamp)
        child_rows.write(self, kind, old, new, row["site_code"], stamp)
        entries = [
            Entry("changed", f.name, text_of(f, before[f.name]), text_of(f, after[f.name]))
            for f in differing
            if f.name in _typed(kind)
        ]
        if move is not None:
            child_rows.add_move(self, kind, uid, move, row["site_code"], stamp)
            entries.append(Entry("moved", "status", move.before or "", move.after, reason=move.reason))
        self.enter(kind, uid, now_no, moment(self.now), [*entries, *line_entries])
        self._search_again(kind, row, old, new)
        return self._stored(kind, uid)

    def _changed(
        self,
        kind: Kind,
        old: Record,
        values: Mapping[str, Value],
        lines: Mapping[str, Sequence[Line]] | None,
        move: Moved | None,
    ) -> Record:
        unknown = [name for name in values if name not in _typed(kind)]
        if unknown:
            raise UsageError(
                Words(
                    f"{kind.id}: tidak ada isian '{unknown[0]}'.", f"{kind.en} has no field '{unknown[0]}'."
                ),
                unknown[0],
            )
        new = Record(
            kind.name,
            old.uid,
            {**old.values, **values},
            {name: _copies(rows) for name, rows in {**old.lines, **(lines or {})}.items()},
            [*old.moves],
            old.status,
        )
        new.entry_by, new.entry_at, new.record_no = old.entry_by, old.entry_at, old.record_no
        if kind.natural_key and new.values.get(kind.natural_key) != old.values.get(kind.natural_key):
            key = kind.by_name[kind.natural_key]
            raise KnownError(
                Words(
                    f"{key.id} tidak bisa diubah: data lain merujuk kepadanya.",
                    f"{key.en} can't be changed: other records refer to it.",
                ),
                key.name,
            )
        if move is not None:
            new.moves.append(move)
            new.status = move.after
        compute(View(kind, new, self.setting))
        return new

    def _removal(
        self, name: str, uid: str, version: int | None, at: str | None, reason: str | None
    ) -> Record:
        kind = self.selecting.kind(name)
        old, row = self._opened(kind, uid, version)
        if (row["removed_at"] is None) == (at is None):
            return old
        now_no = self._update(
            kind, row, {"removed_at": at, "remove_reason": reason}, {stamps.REMOVAL}, self.stamp()
        )
        action: Action = "removed" if at else "recovered"
        self.enter(kind, uid, now_no, moment(self.now), [Entry(action, reason=reason)])
        return self._stored(kind, uid)

    def _update(
        self, kind: Kind, row: Mapping[str, Any], cells: Mapping[str, Any], groups: set[str], stamp: str
    ) -> int:
        number = self.site_row.next_change()
        if row["returned"] and self.site().role != "headquarters":
            cells = {**cells, "returned": None}  # corrected, or at least answered
        changed = {
            **cells,
            "field_stamps": stamps.after_write(row["born"], row["field_stamps"], groups, stamp),
            "change_no": number,
            "known_to": None,
            **last_written(self.person, self.now, None if groups else row),
        }
        backends.of(self.connection).update(kind.name, changed, row["pk"])
        return number

    def _opened(self, kind: Kind, uid: str, version: int | None) -> tuple[Record, Mapping[str, Any]]:
        table = self.tables.main[kind.name]
        row = self.connection.execute(sa.select(table).where(table.c.uid == uid)).first()
        if row is None:
            raise UsageError(Words(f"{kind.id} '{uid}' tidak ada.", f"There is no {kind.en} '{uid}'."))
        record = self.complete(kind, [row])[0]
        if version is not None and version != record.version:
            raise StaleRecord(record)
        return record, row._asdict()

    def _search_again(self, kind: Kind, row: Mapping[str, Any], old: Record, new: Record) -> None:
        known = self.names_in(kind, [old.values, new.values])
        indexed = search.Words(kind)
        words = indexed.of(new.values, old.record_no, known)
        if words != indexed.of(old.values, old.record_no, known):
            search.put(self.connection, kind, row["pk"], words)
        names = [naming.title_of(kind, one.values, old.uid, known, "id") for one in (old, new)]
        if names[0] != names[1]:
            reindex.renamed(self, kind, old.uid)

    # ---- rows of other sites (storage/merging)

    def merge(
        self,
        arrivals: Iterable[Arrival],
        sender: From,
        *,
        acknowledged: bool,
        progress: Progress | None = None,
    ) -> Merged:
        """Merge the rows of a package (exchange.md, "Rows that merge"). `acknowledged`: what came will be acknowledged to the sender.

        Rows that the sender may not write, or that can't be read, are refused one by one. Raises `StampAheadError` for a stamp more than
        a day ahead, and what `progress` raises; the whole block of `Store.writing` is then undone.
        """
        self.half_done = True
        merged = engine.merge(self, arrivals, sender, acknowledged=acknowledged, progress=progress)
        self.half_done = False
        return merged

    def give(self, kind: str, uids: Iterable[str], to: str, reason: str = "") -> list[str]:
        """Make the office `to` responsible for these records, with all that belongs to them (headquarters alone does so); which of them
        were another's. It is one change of each row, under one stamp of headquarters.
        """
        return moving.give(self, self.selecting.kind(kind), uids, to, reason)

    def renumber(self, part: Part, uid: str) -> None:
        """Give an unchanged row a new change number, so that it goes out again."""
        due.renumber(self, part, uid)

    def unmerge(self, pid: str, reason: str = "Paket dibatalkan") -> int:
        """Take back what a package changed, by writing the former values anew; how many rows were written. What others wrote since stays."""
        return undoing.unmerge(self, pid, reason)

    def restamp_after(self, limit_ms: int) -> int:
        """After the computer's clock was far ahead: make own stamps above the limit (milliseconds) anew in their order; how many rows.

        The site has its new id already (`reid`).
        """
        return mending.restamp_after(self, limit_ms)

    # ---- the office

    def set_settings(self, given: Mapping[str, str]) -> None:
        """Store settings; an empty text puts the default back."""
        setting = self.tables.setting
        self.connection.execute(sa.delete(setting).where(setting.c.name.in_(list(given))))
        rows = [{"name": name, "value": value} for name, value in given.items() if value]
        if rows:
            self.connection.execute(sa.insert(setting), rows)
        for known in ("_settings", "zone", "selecting"):
            self.__dict__.pop(known, None)

    def set_site(self, site_code: str, role: str, office_name: str = "", letter: str = "") -> None:
        """Say which office this is."""
        self.set_settings(
            {"site_code": site_code, "role": role, "office_name": office_name, "installation_letter": letter}
        )

    def add_person(self, name: str) -> None:
        """Put a name on the list of people; one that is there stays as it is."""
        if name not in self.people():
            self.connection.execute(
                sa.insert(self.tables.person).values(name=name, added_at=moment(self.now))
            )

    def remove_person(self, name: str) -> None:
        """Take a name off the list; what that person did stays in the journal."""
        person = self.tables.person
        self.connection.execute(sa.delete(person).where(person.c.name == name))

    # ---- small parts

    def stamp(self) -> str:
        """The stamp of one more local write."""
        return self.site_row.stamp(round(self.now.timestamp() * 1000))

    def names_in(self, kind: Kind, records: Sequence[Mapping[str, Value]]) -> naming.Named:
        """The names of the records that these refer to, as the search index holds them."""
        return titles.referred(
            self.connection, self.tables, self.tables.searched_columns[kind.name], records, "id"
        )

    def enter(self, kind: Kind, uid: str, version: int, at: str, entries: Sequence[Entry]) -> None:
        """Tell the journal of a record what was done."""
        journal.enter(self.connection, kind.name, uid, version, at, self.person, entries)

    def _stored(self, kind: Kind, uid: str) -> Record:
        record = self.get(kind.name, uid)
        if record is None:
            raise LookupError(f"{kind.name} {uid} was stored and is not there")
        return record


def _typed(kind: Kind) -> frozenset[str]:
    return frozenset(field.name for field in kind.stored_fields)


def _copies(lines: Sequence[Line]) -> list[Line]:
    """Derived figures are put into them: what the caller holds stays as it is."""
    return [Line(line.uid, dict(line.values)) for line in lines]
