"""Merging in bulk: rows are read, matched by uid once, joined, and written in batches, all in the caller's transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from desktop_app.core import stamps, travel
from desktop_app.core.progress import Progress, Quiet
from desktop_app.core.spec import Kind
from desktop_app.storage import backends, loading
from desktop_app.storage.columns import moment
from desktop_app.storage.merging import due, noting
from desktop_app.storage.merging.following import Following
from desktop_app.storage.merging.joining import join
from desktop_app.storage.merging.layout import BORN, SITE, UID, Cells, Layout, differing, layout_of
from desktop_app.storage.merging.owning import Owning
from desktop_app.storage.merging.plain import Arrival, From, Merged, RefusedRow, StampAheadError, UnfitError
from desktop_app.storage.merging.reading import Incoming, Shape, in_chunks
from desktop_app.storage.merging.settling import TO_LOOK_AT, Settling
from desktop_app.storage.merging.tables import BATCH, Changes, Parent, Pks, Stored, parents, stored
from desktop_app.storage.merging.together import Together

if TYPE_CHECKING:
    from desktop_app.storage.write import Writer

_A_DAY_MS = 24 * 60 * 60 * 1000


def merge(
    writer: Writer,
    arrivals: Iterable[Arrival],
    sender: From,
    *,
    acknowledged: bool,
    progress: Progress | None = None,
) -> Merged:
    """See `Writer.merge`."""
    return _Merge(writer, sender, progress or Quiet(), acknowledged=acknowledged).run(arrivals)


class _Merge:
    """One merge. Records come before their lines and moves, and kinds that others refer to come first."""

    def __init__(self, writer: Writer, sender: From, progress: Progress, *, acknowledged: bool) -> None:
        self.writer = writer
        self.sender = sender
        self.progress = progress
        self.known_to = sender.site_id if acknowledged else None
        self.owning = Owning(writer, sender)
        self.notes = noting.Notes(moment(writer.now), sender.person, sender.pid)
        self.merged = Merged()
        self.settling = Settling(writer, self.owning.headquarters)
        self.limit = writer.wall_ms + _A_DAY_MS
        self.seen = ""
        self.done = 0
        self._next_pk: dict[str, int] = {}
        self._born_here: dict[str, Pks] = defaultdict(Pks)
        self._numbered: dict[str, Pks] = defaultdict(Pks)
        self._indexes: list[str] = []
        part = travel.part_named(writer.registry, noting.KIND)
        self.following = Following(writer, self.owning)
        self.conflict_layout = None if part is None else layout_of(part)

    def run(self, arrivals: Iterable[Arrival]) -> Merged:
        """Merge everything, then make anew what is derived."""
        order = {part.name: place for place, part in enumerate(travel.parts(self.writer.registry))}
        for arrival in sorted(arrivals, key=lambda one: order[one.part.name]):
            self._arrival(arrival)
        if self.seen:
            self.writer.site_row.clock = self.writer.site_row.clock.saw(self.seen)
        self.following.run()
        self.settling.run(self.merged, self.progress, self.done)
        backends.of(self.writer.connection).make_indexes(self._indexes)
        return self.merged

    def _arrival(self, arrival: Arrival) -> None:
        layout = layout_of(arrival.part)
        shape = Shape(layout, arrival)
        for numbers in (self.merged.new, self.merged.changed, self.merged.same, self.merged.refused):
            numbers.setdefault(arrival.part.name, 0)
        for number, rows in enumerate(in_chunks(iter(arrival.rows), BATCH)):
            if number == 0 and not arrival.part.part and len(rows) == BATCH:
                self._indexes += loading.take_indexes_away(self.writer, arrival.part.kind)
            self._chunk(layout, shape, rows)
            self.done += len(rows)
            self.progress.at(self.done, None, arrival.part.kind.plural)

    def _chunk(self, layout: Layout, shape: Shape, rows: Sequence[Sequence[str | None]]) -> None:
        """Rows of one table. One that comes twice meets itself as a stored row."""
        at_once, rest = shape.together(rows)
        if at_once is not None:
            self._meet_together(layout, shape, at_once)
        came: dict[str, Incoming] = {}
        for row in rest:
            try:
                one = shape.read(row)
            except UnfitError as wrong:
                self._refuse(layout, dict(zip(shape.names, row, strict=True)), wrong)
                continue
            self._refuse_the_future(_highest(one))
            if one.cells[UID] in came:
                self._meet(layout, came)
                came = {}
            came[one.cells[UID]] = one
        self._meet(layout, came)

    def _refuse_the_future(self, highest: str) -> None:
        if stamps.wall_of(highest) > self.limit:
            raise StampAheadError(highest)

    def _refuse(self, layout: Layout, row: dict[str, Any], wrong: UnfitError) -> None:
        name = layout.part.name
        self.merged.refused[name] += 1
        uid = str(row.get("uid") or "")
        said = due.fingerprint_of(name, *(row.get(column) for column in travel.STAMPS))
        self.merged.refused_rows.append(RefusedRow(name, uid, said, wrong.reason, wrong.words))

    def _meet_together(self, layout: Layout, shape: Shape, came: Together) -> None:
        """Match rows that were read together: those that are new, and about which nothing is to be asked, stay together."""
        uids = came.columns[UID]
        here = stored(self.writer, layout, uids)
        above = self._parents(layout, came.columns[layout.parent] if layout.parent is not None else ())
        offices = self.owning.unasked(layout, came)
        fresh = [
            uid not in here and code in offices and not marks
            for uid, code, marks in zip(uids, came.columns[SITE], came.marks, strict=True)
        ]
        if layout.parent is not None:
            beneath = zip(fresh, came.columns[layout.parent], came.columns[SITE], strict=True)
            fresh = [one and self._is_of_new(layout, above.get(uid), code) for one, uid, code in beneath]
        new, others = came.parted(fresh)
        if len(new):
            self._take_new(layout, new, above)
        ones = map(shape.one_of, others.rows(), others.marks)
        known = {one.cells[UID]: one for one in ones}
        for one in known.values():
            self._refuse_the_future(_highest(one))
        self._meet(layout, known, here, above)

    def _is_of_new(self, layout: Layout, parent: Parent | None, code: str) -> bool:
        """Whether a line or step belongs to a record of the same office that came by this merge: then the journal tells of that alone."""
        return (
            parent is not None
            and parent.site_code == code
            and self.is_born_here(layout.part.kind.name, parent.pk)
        )

    def _take_new(self, layout: Layout, new: Together, above: dict[str, Parent]) -> None:
        """Store rows that are new."""
        self._refuse_the_future(new.last_born)
        kind, count = layout.part.kind, len(new)
        self.merged.new[layout.part.name] += count
        self.seen = max(self.seen, new.last_born)
        cells: dict[str, Sequence[Any]] = dict(zip(layout.names, new.columns, strict=True))
        cells["change_no"] = self.writer.site_row.next_changes(count)
        cells["known_to"] = (self.known_to,) * count
        here = backends.of(self.writer.connection)
        if layout.parent is not None:
            here.insert_columns(layout.table, cells)
            for uid in set(new.columns[layout.parent]):
                self.settling.touched(kind.name, above[uid].pk)
            return
        pks = self._new_pks(kind, count)
        status = kind.life_cycle.start if kind.life_cycle else None
        cells["pk"] = pks
        cells["status"] = (status,) * count
        cells["needs_review"] = (self._to_look_at(kind),) * count
        cells |= self.settling.figuring(kind).at_birth(cells, status)
        here.insert_columns(layout.table, cells)
        self.notes.all_created(self.writer, kind.name, pks[0], pks[-1])

    def _meet(
        self,
        layout: Layout,
        came: dict[str, Incoming],
        here: dict[str, Stored] | None = None,
        above: dict[str, Parent] | None = None,
    ) -> None:
        """Match rows with what is stored, and write what becomes another. `here`, `above`: the stored rows and records, if known."""
        if not came:
            return
        if here is None or above is None:
            here = stored(self.writer, layout, list(came))
            parent_at = layout.parent
            above = self._parents(
                layout, () if parent_at is None else [one.cells[parent_at] for one in came.values()]
            )
        batch = _Batch(self, layout, above)
        for uid, one in came.items():
            old = here.get(uid)
            parent = above.get(one.cells[layout.parent]) if layout.parent is not None else None
            try:
                how = self.owning.ask(
                    layout, old.cells if old else None, one, parent.site_code if parent else None
                )
            except UnfitError as wrong:
                sent = dict(zip(travel.STAMPS, one.cells, strict=False))
                self._refuse(layout, {**sent, "field_stamps": one.written}, wrong)
                continue
            self.seen = max(self.seen, _highest(one))
            if how == "passed over":
                self.merged.same[layout.part.name] += 1
                continue
            altered = self.merged.altered if how else 0
            now = batch.take(old, one)
            if how:
                self.merged.came_back += self.merged.altered > altered
            if self.owning.at_headquarters:
                self.following.taken(layout, old, one, now, parent)
        batch.write()
        if batch.conflicts:
            self._note_conflicts(batch.conflicts)

    def _parents(self, layout: Layout, uids: Iterable[str]) -> dict[str, Parent]:
        return {} if layout.parent is None else parents(self.writer, layout.part.kind.name, uids)

    def _new_pks(self, kind: Kind, count: int) -> range:
        """The `pk` of the next new records of a kind, which are noted as such."""
        if kind.name not in self._next_pk:
            self._next_pk[kind.name] = backends.of(self.writer.connection).next_pk(kind.name)
        first = self._next_pk[kind.name]
        last = first + count - 1
        self._next_pk[kind.name] = last + 1
        self._born_here[kind.name].add_all(first, last)
        self._numbered[kind.name].add_all(first, last)
        self.settling.arrived(kind, first, last)
        return range(first, last + 1)

    @staticmethod
    def _to_look_at(kind: Kind) -> int | None:
        return None if kind.name == noting.KIND else TO_LOOK_AT

    def record_made(self, layout: Layout, cells: Cells, known_to: str | None) -> dict[str, Any]:
        """The stored row of a new record."""
        kind = layout.part.kind
        row = {"pk": self._new_pks(kind, 1)[0], **dict(zip(layout.names, cells, strict=True))}
        row["change_no"] = self.writer.site_row.next_change()
        row["known_to"] = known_to
        row["status"] = kind.life_cycle.start if kind.life_cycle else None
        row["needs_review"] = self._to_look_at(kind)
        figures = self.settling.figuring(kind).at_birth(
            {name: (cell,) for name, cell in row.items()}, row["status"]
        )
        row.update((name, cell) for name, (cell,) in figures.items())
        return row

    def record_changed(self, kind: str, pk: int) -> None:
        """A stored record got a new change number."""
        self._numbered[kind].add(pk)

    def is_numbered(self, kind: str, pk: int) -> bool:
        """Whether a record got a change number in this merge."""
        return pk in self._numbered[kind]

    def is_born_here(self, kind: str, pk: int) -> bool:
        """Whether a record came by this merge."""
        return pk in self._born_here[kind]

    def _note_conflicts(self, rows: list[Cells]) -> None:
        """Store those that nobody has found before."""
        layout, by_uid = self.conflict_layout, {row[UID]: row for row in rows}
        if layout is None:
            return
        for uid in stored(self.writer, layout, list(by_uid)):
            del by_uid[uid]
        made = [self.record_made(layout, row, None) for row in by_uid.values()]
        backends.of(self.writer.connection).insert(layout.table, made)
        for row in made:
            self.notes.created(noting.KIND, row["uid"], row["change_no"])
        self.notes.write(self.writer)
        self.merged.conflicts += by_uid


class _Batch:
    """Rows of one table that are written together."""

    def __init__(self, merge: _Merge, layout: Layout, above: dict[str, Parent]) -> None:
        self.merge = merge
        self.writer = merge.writer
        self.layout = layout
        self.kind = layout.part.kind.name
        self.above = above
        self.made: list[dict[str, Any]] = []
        self.changes = Changes(layout.table)
        self.parent_changes = Changes(self.kind)
        self.conflicts: list[Cells] = []
        self._versions: dict[str, int] = {}

    def take(self, old: Stored | None, one: Incoming) -> Cells:
        """Store a row, or join it with the stored one; the cells that are stored then."""
        merged, name = self.merge.merged, self.layout.part.name
        if old is None:
            merged.new[name] += 1
            self._made(one.cells)
            return one.cells
        joined = join(self.layout, old.cells, one)
        if joined is not None and joined.conflicts and self.merge.conflict_layout is not None:
            self.conflicts += noting.conflict_rows(self.layout, joined, self.merge.conflict_layout)
        if joined is None or joined.cells == old.cells:
            merged.same[name] += 1
            return old.cells
        merged.changed[name] += 1
        self._changed(old, joined.cells, self.merge.known_to if joined.cells == one.cells else None)
        return joined.cells

    def _made(self, cells: Cells) -> None:
        notes, known_to = self.merge.notes, self.merge.known_to
        if self.layout.parent is None:
            row = self.merge.record_made(self.layout, cells, known_to)
            notes.created(self.kind, row["uid"], row["change_no"])
        else:
            number = self.writer.site_row.next_change()
            row = {
                **dict(zip(self.layout.names, cells, strict=True)),
                "change_no": number,
                "known_to": known_to,
            }
            self._tell(None, cells, number)
        self.made.append(row)

    def _changed(self, old: Stored, cells: Cells, known_to: str | None) -> None:
        number = self.writer.site_row.next_change()
        others = {self.layout.names[at]: cells[at] for at in differing(old.cells, cells)}
        local: dict[str, Any] = {"change_no": number, "known_to": known_to}
        if self.layout.parent is None:
            if self.kind != noting.KIND:
                local["needs_review"] = TO_LOOK_AT
            self.merge.record_changed(self.kind, old.pk)
            self.merge.settling.changed(self.layout.part.kind, old.pk, cells[UID], others)
            self.merge.notes.record_changed(self.layout, old.cells, cells, number)
        else:
            self._tell(old.cells, cells, number)
        self.changes.add(old.pk, {**others, **local})

    def _tell(self, old: Cells | None, cells: Cells, number: int) -> None:
        """A child changed: so did its record, which gets a new number (somebody may have it open), and the journal tells."""
        uid = cells[self.layout.parent or 0]
        parent = self.above.get(uid)
        if parent is None:
            self.merge.merged.waiting += 1
        elif self.merge.is_born_here(self.kind, parent.pk):
            self.merge.settling.touched(self.kind, parent.pk)
            return
        elif not self.merge.is_numbered(self.kind, parent.pk):
            self.merge.record_changed(self.kind, parent.pk)
            self._versions[uid] = self.writer.site_row.next_change()
            self.parent_changes.add(parent.pk, {"change_no": self._versions[uid], "needs_review": TO_LOOK_AT})
        if parent is not None:
            self.merge.settling.touched(self.kind, parent.pk)
            number = self._versions.get(uid, parent.change_no)
        if self.layout.part.part != travel.MOVE:
            self.merge.notes.line(self.layout, old, cells, number)
        elif old is None:
            self.merge.notes.moved(self.layout, cells, number)

    def write(self) -> None:
        """Write them."""
        backends.of(self.writer.connection).insert(self.layout.table, self.made)
        self.changes.write(self.writer)
        self.parent_changes.write(self.writer)
        self.merge.notes.write(self.writer)


def _highest(one: Incoming) -> str:
    """The latest stamp of a row."""
    highest: str = one.cells[BORN]
    for mark in one.marks.values():
        highest = max(highest, mark.stamp, *mark.seen)
    return highest
