"""Taking a package back: former values are written anew, rows born in it are removed (exchange.md, "Un-merge")."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import sqlalchemy as sa

from desktop_app.core import stamps, travel
from desktop_app.core.progress import Quiet
from desktop_app.core.spec import Kind
from desktop_app.core.stamps import REMOVAL
from desktop_app.core.travel import Part
from desktop_app.storage.columns import moment
from desktop_app.storage.journal import LOOKED, Entry
from desktop_app.storage.making import last_written
from desktop_app.storage.merging.layout import BORN, STAMPS, Layout, layout_of
from desktop_app.storage.merging.owning import ids_of_headquarters
from desktop_app.storage.merging.plain import Merged
from desktop_app.storage.merging.settling import Settling
from desktop_app.storage.merging.tables import BATCH, Changes, Stored, parents, stored
from desktop_app.storage.plain import Action

if TYPE_CHECKING:
    from desktop_app.storage.write import Writer


class _Did(NamedTuple):
    """What the package did to one column: the text before, and the one that it brought. `removed_at` stands for the whole removal."""

    column: str
    old: str | None
    new: str | None
    pk: int


def unmerge(writer: Writer, pid: str, reason: str) -> int:
    """See `Writer.unmerge`."""
    undoing = _Undoing(writer, pid, reason)
    for (kind, part), rows in undoing.done_by_package().items():
        undoing.take_back(Part(writer.registry[kind], part), rows)
    undoing.finish()
    return undoing.written


class _Undoing:
    def __init__(self, writer: Writer, pid: str, reason: str) -> None:
        self.writer = writer
        self.pid = pid
        self.reason = reason
        self.written = 0
        self.settling = Settling(writer, ids_of_headquarters(writer))
        self._told: dict[tuple[str, str], list[Entry]] = defaultdict(list)
        self._numbers: dict[tuple[str, str], int] = {}

    def done_by_package(self) -> dict[tuple[str, str], dict[str, list[_Did]]]:
        """(kind, part) -> uid -> what the package did to the row, oldest first; records before their lines and moves."""
        journal = self.writer.tables.journal
        found: dict[tuple[str, str], dict[str, list[_Did]]] = {}
        rows = self.writer.connection.execute(
            sa.select(journal).where(journal.c.package == self.pid).order_by(journal.c.pk)
        )
        for row in rows.mappings():
            if row["kind"] not in self.writer.registry or row["kind"] == "conflict":
                continue
            part = row["lines"] or (travel.MOVE if row["action"] == "moved" else "")
            uid = row["line_uid"] or row["uid"]
            of_row = found.setdefault((row["kind"], part), {}).setdefault(uid, [])
            of_row.append(_did(row))
        order = {(part.kind.name, part.part): n for n, part in enumerate(travel.parts(self.writer.registry))}
        return {key: found[key] for key in sorted(found, key=lambda key: order.get(key, -1)) if key in order}

    def take_back(self, part: Part, rows: dict[str, list[_Did]]) -> None:
        """Write what these rows held before, where they still hold what the package brought."""
        layout, uids = layout_of(part), list(rows)
        for start in range(0, len(uids), BATCH):
            here = stored(self.writer, layout, uids[start : start + BATCH])
            later = self._written_later(part, list(here))
            changes = Changes(layout.table)
            for uid, row in here.items():
                cells, groups = _former(layout, row, rows[uid], later.get(uid, {}))
                if groups:
                    self._write(layout, row, uid, cells, groups, changes)
            changes.write(self.writer)

    def _written_later(self, part: Part, uids: Sequence[str]) -> dict[str, dict[str, int]]:
        """Of each uid, column -> where the journal last tells of another writing than the package's."""
        journal = self.writer.tables.journal
        by = journal.c.line_uid if part.part else journal.c.uid
        wanted = sa.select(by, journal.c.action, journal.c.field, sa.func.max(journal.c.pk)).where(
            by.in_(list(uids)),
            sa.or_(journal.c.package.is_(None), journal.c.package != self.pid),
            journal.c.kind == part.kind.name,
            journal.c.action != LOOKED,
        )
        if not part.part:
            wanted = wanted.where(journal.c.line_uid.is_(None))
        found: dict[str, dict[str, int]] = defaultdict(dict)
        for uid, action, field, pk in self.writer.connection.execute(
            wanted.group_by(by, journal.c.action, journal.c.field)
        ):
            column = "removed_at" if field is None or action in ("removed", "recovered") else field
            found[uid][column] = max(pk, found[uid].get(column, 0))
        return found

    def _write(
        self, layout: Layout, row: Stored, uid: str, cells: dict[str, Any], groups: set[str], changes: Changes
    ) -> None:
        writer, part = self.writer, layout.part
        if cells.get("removed_at") == "":
            cells["removed_at"] = moment(writer.now)
            if not part.part:
                cells["remove_reason"] = self.reason
        number = writer.site_row.next_change()
        record_uid = uid if layout.parent is None else row.cells[layout.parent]
        told = self._told[part.kind.name, record_uid]
        told += self._entries(layout, row, uid, cells)
        changed: dict[str, Any] = {
            **cells,
            "field_stamps": stamps.after_write(row.cells[BORN], row.cells[STAMPS], groups, writer.stamp()),
            "change_no": number,
            "known_to": None,
        }
        if layout.parent is None:
            changed |= last_written(writer.person, writer.now)
            self._numbers[part.kind.name, uid] = number
            self.settling.changed(part.kind, row.pk, uid, cells)
        changes.add(row.pk, changed)
        self.written += 1

    def finish(self) -> None:
        """Number the records whose lines or moves were written, tell the journal, and make anew what is derived."""
        writer = self.writer
        by_kind: dict[str, list[str]] = defaultdict(list)
        for kind, uid in self._told:
            by_kind[kind].append(uid)
        for kind, uids in by_kind.items():
            for start in range(0, len(uids), BATCH):
                self._finish_some(writer.registry[kind], uids[start : start + BATCH])
        self.settling.run(Merged(), Quiet())

    def _finish_some(self, kind: Kind, uids: Sequence[str]) -> None:
        writer, changes = self.writer, Changes(kind.name)
        for uid, parent in parents(writer, kind.name, uids).items():
            if (kind.name, uid) not in self._numbers:
                number = self._numbers[kind.name, uid] = writer.site_row.next_change()
                said = last_written(writer.person, writer.now, parent._asdict())
                changes.add(parent.pk, {"change_no": number, "known_to": None, **said})
                self.settling.touched(kind.name, parent.pk)
            told = self._told[kind.name, uid]
            writer.enter(kind, uid, self._numbers[kind.name, uid], moment(writer.now), told)
        changes.write(writer)

    def _entries(self, layout: Layout, row: Stored, uid: str, cells: dict[str, Any]) -> Iterable[Entry]:
        after = list(row.cells)
        for name, cell in cells.items():
            after[layout.at[name]] = cell
        lines, line_uid = (layout.part.part, uid) if layout.part.part else (None, None)
        gone = cells.get("removed_at")
        for name in cells:
            at = layout.at[name]
            if name == "removed_at" and layout.part.part == travel.MOVE:
                back_to, frm = (
                    row.cells[layout.at[state]] or "" for state in ("state_before", "state_after")
                )
                yield Entry("moved", "status", frm, back_to, line_uid=uid, reason=self.reason)
            elif name == "removed_at":
                back: Action = "recovered" if layout.parent is None else "created"
                yield Entry(
                    "removed" if gone is not None else back,
                    lines=lines,
                    line_uid=line_uid,
                    reason=self.reason,
                )
            elif name != "remove_reason":
                texts = layout.text(row.cells, at), layout.text(after, at)
                yield Entry("changed", name, *texts, lines, line_uid, self.reason)


def _did(row: sa.RowMapping) -> _Did:
    """A row that came is one that was removed before, so to speak; so is a move."""
    if row["action"] == "moved" or (row["action"] == "created" and row["field"] is None):
        return _Did("removed_at", "", None, row["pk"])
    if row["field"] is not None:
        return _Did(row["field"], row["old"], row["new"], row["pk"])
    if row["lines"]:
        return _Did("removed_at", None, "", row["pk"])
    return _Did("removed_at", row["old"], row["new"], row["pk"])


def _former(
    layout: Layout, row: Stored, did: Iterable[_Did], later: dict[str, int]
) -> tuple[dict[str, Any], set[str]]:
    """The cells to be written and their groups. An empty text as `removed_at`: it is to be removed now."""
    first: dict[str, _Did] = {}
    last: dict[str, _Did] = {}
    for one in did:
        first.setdefault(one.column, one)
        last[one.column] = one
    cells: dict[str, Any] = {}
    groups: set[str] = set()
    for column, before in first.items():
        at = layout.at.get(column)
        if column == "site_code":
            continue  # whose a row is, is headquarters' word, whoever brought it
        if at is None or later.get(column, 0) > last[column].pk or before.old == last[column].new:
            continue
        if column == "removed_at":
            gone, was_gone = row.cells[at] is not None, before.old is not None
            if gone == was_gone:
                continue
            cells[column] = before.old
            if not was_gone and "remove_reason" in layout.at:
                cells["remove_reason"] = None
            groups.add(REMOVAL)
        elif (layout.text(row.cells, at) or None) == last[column].new:
            cells[column] = layout.to_cell[at](before.old) if before.old else None
            groups.add(layout.group_at[at])
    return cells, groups
