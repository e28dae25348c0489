"""What is derived from merged rows, made anew once all of them are there: where records stand, figures, search words, what was returned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

import sqlalchemy as sa

from desktop_app.core import stamps, travel
from desktop_app.core.fields import Computed, Reference, Value
from desktop_app.core.progress import Progress
from desktop_app.core.record import Record
from desktop_app.core.spec import Kind
from desktop_app.core.stamps import Mark, site_of
from desktop_app.core.words import Words
from desktop_app.storage import backends, reindex, search
from desktop_app.storage.columns import SYSTEM
from desktop_app.storage.merging.figuring import Figuring
from desktop_app.storage.merging.plain import Merged
from desktop_app.storage.merging.tables import BATCH, Changes, Pks, in_batches

if TYPE_CHECKING:
    from desktop_app.storage.write import Writer

TO_LOOK_AT = 2
"""`needs_review` of a record that was merged and that no rule has looked at yet."""
_REVIEW, _RETURNED = "review_state", "RETURNED"
_HEADQUARTERS = "headquarters"
_DOING = Words("Menyusun data yang masuk", "Putting in order what came in")
_AT = {name: place + 1 for place, name in enumerate(SYSTEM)}


_LOCAL = ("status", "returned")


class _OfKind:
    """What happened to the records of one kind."""

    def __init__(self) -> None:
        self.touched = Pks()
        self.unsettled = Pks()
        """Those of them that are not as they were when they came: what was derived of them then holds no more."""
        self.reworded = Pks()
        self.renamed: list[str] = []
        self.first_new: int | None = None
        """The least `pk` of those that are new."""


class Settling:
    """Collects what a merge touched; `run` puts it in order. `headquarters`: the short ids that headquarters writes under."""

    def __init__(self, writer: Writer, headquarters: set[str]) -> None:
        self.writer = writer
        self.headquarters = headquarters
        self._kinds: dict[str, _OfKind] = defaultdict(_OfKind)
        self._figuring: dict[str, Figuring] = {}

    def figuring(self, kind: Kind) -> Figuring:
        """What computes the figures of a kind."""
        if kind.name not in self._figuring:
            self._figuring[kind.name] = Figuring(self.writer, kind)
        return self._figuring[kind.name]

    def arrived(self, kind: Kind, first: int, last: int) -> None:
        """Records are new, those with a `pk` from `first` to `last`; they are told in that order."""
        of_kind = self._kinds[kind.name]
        of_kind.touched.add_all(first, last)
        of_kind.reworded.add_all(first, last)
        if of_kind.first_new is None:
            of_kind.first_new = first

    def changed(self, kind: Kind, pk: int, uid: str, differing: Iterable[str]) -> None:
        """Columns of a record became others."""
        of_kind, names = self._kinds[kind.name], set(differing)
        of_kind.touched.add(pk)
        of_kind.unsettled.add(pk)
        if not names.isdisjoint(("record_no", *kind.by_name)):
            of_kind.reworded.add(pk)
        if not names.isdisjoint(kind.title):
            of_kind.renamed.append(uid)

    def touched(self, kind: str, pk: int) -> None:
        """Lines or moves of a record became others."""
        of_kind = self._kinds[kind]
        of_kind.touched.add(pk)
        of_kind.unsettled.add(pk)

    def run(self, merged: Merged, progress: Progress, done: int = 0) -> None:
        """Put everything in order that was touched."""
        for kind in dict.fromkeys(part.kind for part in travel.parts(self.writer.registry)):
            of_kind = self._kinds.get(kind.name)
            if of_kind is not None:
                self._kind(kind, of_kind, merged, progress, done)
        for name, of_kind in self._kinds.items():
            awaited = () if of_kind.first_new is None else self._awaited(name, of_kind.first_new)
            for uid in dict.fromkeys(chain(of_kind.renamed, awaited)):
                reindex.renamed(self.writer, self.writer.registry[name], uid)

    def _awaited(self, kind: str, first_new: int) -> Iterator[str]:
        """The new records that others waited for: those are found by their names from now on. Who got his words in this merge got
        them after all rows were there. One statement for all, as asking for each batch takes time by the square of the rows.
        """
        here = backends.of(self.writer.connection)
        for referrer in self.writer.registry:
            of_kind = self._kinds.get(referrer.name)
            for field in reindex.searched_by_name(referrer, kind):
                # SQLite keeps the order of a CROSS JOIN: from the few that came to those that wait, by their index.
                sql = (
                    f'SELECT waits.pk, came.uid FROM "{kind}" AS came CROSS JOIN "{referrer.name}" AS waits '
                    f'WHERE came.pk >= {first_new:d} AND waits."{field}" = came.uid AND waits.removed_at IS NULL'
                )
                if of_kind is not None and of_kind.first_new is not None:
                    sql += f" AND +waits.pk < {of_kind.first_new:d}"
                for pk, uid in here.run(sql):
                    if of_kind is None or pk not in of_kind.reworded:
                        yield uid

    def _kind(self, kind: Kind, of_kind: _OfKind, merged: Merged, progress: Progress, done: int) -> None:
        settler = _Settler(self.writer, self.figuring(kind), self.headquarters, merged)
        many = len(of_kind.touched) > BATCH
        here = backends.of(self.writer.connection)
        with here.search_in_bulk(kind.name) if many else nullcontext():
            for pks in in_batches(of_kind.touched):
                settler.settle(pks, of_kind)
                progress.at(done, None, _DOING)


def _is_empty(writer: Writer, table: sa.Table) -> bool:
    return writer.connection.execute(sa.select(table.c.pk).limit(1)).first() is None


class _Here(NamedTuple):
    """A stored record: its row (with `pk` first), and the values of its fields."""

    row: Sequence[Any]
    record: Record


class _Settler:
    """Puts the records of one kind in order, some at a time."""

    def __init__(self, writer: Writer, figuring: Figuring, headquarters: set[str], merged: Merged) -> None:
        kind = figuring.kind
        self.writer = writer
        self.kind = kind
        self.headquarters = headquarters
        self.merged = merged
        self.columns = writer.columns(kind)
        self.table = writer.tables.main[kind.name]
        self.words = search.Words(kind)
        self.changes = Changes(kind.name)
        self.figuring = figuring
        self.figures, self.line_figures = figuring.own, figuring.of_lines
        self.asked = tuple(column.name for column in self.table.columns)
        self.places = {name: self.asked.index(name) for name in (*_LOCAL, *self.figures.names)}
        self.references = [
            (field.name, field.kind) for field in kind.stored_fields if isinstance(field, Reference)
        ]
        self.searched = writer.tables.searched_columns[kind.name]
        waited_for = [name for name, _ in self.references if name not in self.searched.names]
        review = [_REVIEW] if _REVIEW in kind.by_name else []
        self.finds_figures = any(isinstance(field, Computed) for field in self.searched.fields)
        self.children = [table for table in self._child_tables() if not _is_empty(writer, table)]
        self.few = ("pk", "uid", "record_no", *self.searched.names, *waited_for, *review)

    def settle(self, pks: Sequence[int], of_kind: _OfKind) -> None:
        """Put these records in order. Where those that are as they came stand, and their figures, was stored with them."""
        rows = self._few_of(pks)
        more = self._with_more([row for row in rows if row[0] not in of_kind.unsettled])
        again = [row[0] for row in rows if row[0] in of_kind.unsettled or row[0] in more]
        if again:
            self._derive(again)
            if self.finds_figures:
                rows = self._few_of(pks)
        self._count_waiting(rows)
        self._put_words([row for row in rows if row[0] in of_kind.reworded])

    def _few_of(self, pks: Sequence[int]) -> list[tuple[Any, ...]]:
        return sorted(backends.of(self.writer.connection).rows_with(self.kind.name, self.few, "pk", pks))

    def _columns_of(self, rows: Sequence[Sequence[Any]]) -> dict[str, tuple[Any, ...]]:
        return dict(zip(self.few, zip(*rows, strict=True), strict=True))

    def _with_more(self, rows: Sequence[Sequence[Any]]) -> Pks:
        """Those that were given back, or whose lines and moves had come before them and waited."""
        here, uids, found = backends.of(self.writer.connection), {row[1]: row[0] for row in rows}, Pks()
        for table in self.children if rows else ():
            for (uid,) in here.rows_with(table.name, ("parent_uid",), "parent_uid", list(uids)):
                found.add(uids[uid])
        if self.few[-1] == _REVIEW:
            for row in rows:
                if row[-1] == _RETURNED:
                    found.add(row[0])
        return found

    def _derive(self, pks: Sequence[int]) -> None:
        """Where these records stand, their figures, and whether they were given back."""
        here = backends.of(self.writer.connection)
        rows = sorted(here.rows_with(self.kind.name, self.asked, "pk", pks))
        if self.figuring.any:
            records = self.writer.complete(self.kind, rows)
            stands = {record.uid: record.moves[-1].after for record in records if record.moves}
            found = [_Here(row, record) for row, record in zip(rows, records, strict=True)]
            self._compute(found)
        else:
            stands = self._stands([row[_AT["uid"]] for row in rows])
            found = [_Here(row, self._bare(row)) for row in rows]
        for one in found:
            self._change(one, stands.get(one.record.uid))
        self.changes.write(self.writer)

    def _bare(self, row: Sequence[Any]) -> Record:
        given = self.columns.to_values(row[len(SYSTEM) + 1 :])
        return Record(self.kind.name, row[_AT["uid"]], given, record_no=row[_AT["record_no"]])

    def _stands(self, uids: Sequence[str]) -> dict[str, str]:
        """Where the records stand: after the last living move by birth."""
        table = self.writer.tables.moves.get(self.kind.name)
        if table is None:
            return {}
        columns = ("parent_uid", "born", "uid", "state_after", "removed_at")
        found = backends.of(self.writer.connection).rows_with(table.name, columns, "parent_uid", uids)
        last: dict[str, tuple[str, str, str]] = {}
        for parent, *key, gone in found:
            if gone is None:
                last[parent] = max(last.get(parent, ("", "", "")), (key[0], key[1], key[2]))
        return {parent: state for parent, (_, _, state) in last.items()}

    def _compute(self, found: Sequence[_Here]) -> None:
        """Derived figures anew; those of lines are written at once."""
        before = [
            {
                (name, line.uid): tuple(map(line.values.get, figures.names))
                for name, figures in self.line_figures.items()
                for line in one.record.lines.get(name, ())
            }
            for one in found
        ]
        differing: dict[str, dict[str, dict[str, Value]]] = defaultdict(dict)
        for one, was in zip(found, before, strict=True):
            self.figuring.compute(one.record)
            for name, figures in self.line_figures.items():
                for line in one.record.lines.get(name, ()):
                    if was[name, line.uid] != tuple(map(line.values.get, figures.names)):
                        differing[name][line.uid] = line.values
        for name, by_uid in differing.items():
            self._write_lines(name, by_uid)

    def _write_lines(self, name: str, by_uid: Mapping[str, Mapping[str, Value]]) -> None:
        table = self.writer.tables.lines[self.kind.name, name].name
        changes, uids = Changes(table), list(by_uid)
        here = backends.of(self.writer.connection)
        for start in range(0, len(uids), BATCH):
            for pk, uid in here.rows_with(table, ("pk", "uid"), "uid", uids[start : start + BATCH]):
                changes.add(pk, self.line_figures[name].to_cells(by_uid[uid]))
        changes.write(self.writer)

    def _change(self, one: _Here, stands: str | None) -> None:
        row, changed = one.row, dict[str, Any]()
        if self.kind.life_cycle is not None:
            changed["status"] = stands or self.kind.life_cycle.start
        changed |= self.figures.to_cells(one.record.values)
        if row[_AT["returned"]] or one.record.values.get(_REVIEW) == _RETURNED:
            changed["returned"] = self._returned(one)
            self.merged.returned += bool(changed["returned"] and not row[_AT["returned"]])
        differing = {name: cell for name, cell in changed.items() if row[self.places[name]] != cell}
        if differing:
            self.changes.add(row[0], differing)

    def _returned(self, one: _Here) -> int | None:
        """Whether headquarters gave it back, and no office has written since: neither the record nor its lines or moves. What was moved
        to another office is for that one to answer.
        """
        row, born, site = one.row, one.row[_AT["born"]], self.writer.site()
        if site.role != _HEADQUARTERS and row[_AT["site_code"]] != site.site_code:
            return None
        marks = stamps.read(row[_AT["field_stamps"]])
        said = marks.get(travel.REVIEW, Mark(born)).stamp
        ours = {site_of(said), *self.headquarters}
        written = [born, *(mark.stamp for mark in marks.values()), *self._of_children(one.record.uid)]
        answered = any(stamp > said for stamp in written if site_of(stamp) not in ours)
        return 1 if one.record.values.get(_REVIEW) == _RETURNED and not answered else None

    def _child_tables(self) -> Iterator[sa.Table]:
        yield from (self.writer.tables.lines[self.kind.name, lines.name] for lines in self.kind.lines)
        if self.kind.name in self.writer.tables.moves:
            yield self.writer.tables.moves[self.kind.name]

    def _of_children(self, uid: str) -> list[str]:
        found = []
        for table in self.children:
            wanted = sa.select(table.c.born, table.c.field_stamps).where(table.c.parent_uid == uid)
            for born, written in self.writer.connection.execute(wanted):
                found += [born, *(mark.stamp for mark in stamps.read(written).values())]
        return found

    def _put_words(self, rows: Sequence[Sequence[Any]]) -> None:
        if not rows:
            return
        cells = self._columns_of(rows)
        referring = [{name: uid} for name, _ in self.references for uid in {*cells[name]} - {None}]
        known = self.writer.names_in(self.kind, referring)
        given = {name: self.searched.to_column(name, cells[name]) for name in self.searched.names}
        words = self.words.of_many(given, cells["record_no"], known)
        backends.of(self.writer.connection).search_put(self.kind.name, zip(cells["pk"], words, strict=True))

    def _count_waiting(self, rows: Sequence[Sequence[Any]]) -> None:
        """References to records that have not come yet: they heal when those come."""
        here, cells = backends.of(self.writer.connection), self._columns_of(rows) if rows else {}
        for name, kind in self.references if rows else ():
            uids = {*cells[name]} - {None}
            uids -= {uid for (uid,) in here.rows_with(kind, ("uid",), "uid", list(uids))} if uids else set()
            self.merged.waiting += sum(uid in uids for uid in cells[name]) if uids else 0
