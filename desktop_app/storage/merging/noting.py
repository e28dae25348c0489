"""What a merge leaves behind besides the rows: conflicts as rows that travel, and the journal of what each package changed."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from desktop_app.core import stamps, travel
from desktop_app.core.stamps import REMOVAL, Conflict, Held
from desktop_app.storage import backends
from desktop_app.storage.columns import moment
from desktop_app.storage.merging.joining import Joined
from desktop_app.storage.merging.layout import SITE, UID, Cells, Layout

if TYPE_CHECKING:
    from desktop_app.storage.write import Writer

KIND = "conflict"
_FIELDS = (
    "record_kind",
    "part",
    "record_uid",
    "group_name",
    "removal",
    "lower_stamp",
    "lower_texts",
    "higher_stamp",
    "higher_texts",
)


def conflict_rows(layout: Layout, joined: Joined, conflicts: Layout) -> Iterator[Cells]:
    """The conflicts of one row as rows of the kind `conflict`: the same on both sides, whoever finds them first.

    A line's place is nothing that a person decides about, and a conflict is about no conflict.
    """
    if layout.part.kind.name == KIND:
        return
    for one in joined.conflicts:
        if one.group != travel.POSITION:
            yield _row(layout, joined, one, conflicts)


def _row(layout: Layout, joined: Joined, one: Conflict, conflicts: Layout) -> Cells:
    sides = sorted((one.ours, one.theirs), key=lambda held: (held.mark.stamp, held.texts))
    lower, higher = ((held.mark.stamp, _told(layout, joined, one, held)) for held in sides)
    uid, kind = joined.cells[UID], layout.part.kind.name
    said = (kind, layout.part.part or None, uid, one.group, int(one.removal), *lower, *higher)
    at = moment(dt.datetime.fromtimestamp(stamps.wall_of(higher[0]) / 1000, dt.UTC))
    cells: Cells = [None] * len(conflicts.names)
    given = {
        "uid": _uid(said),
        "site_code": joined.cells[SITE],
        "born": higher[0],
        "entry_at": at,
        "updated_at": at,
        **dict(zip(_FIELDS, said, strict=True)),
    }
    for name, cell in given.items():
        cells[conflicts.at[name]] = cell
    return cells


def _told(layout: Layout, joined: Joined, one: Conflict, held: Held) -> str:
    """The texts of a group (of the removal, for the side that removed) as a JSON list in declared order."""
    group = REMOVAL if one.removal and any(held is gone for gone in joined.removals) else one.group
    named = dict(zip(joined.names[group], held.texts, strict=True))
    declared = layout.declared.get(group, ())
    texts = [named[name] for name in (*declared, *sorted(named.keys() - set(declared)))]
    return json.dumps(texts, ensure_ascii=False, separators=(",", ":"))


def _uid(said: Sequence[Any]) -> str:
    """A UUIDv8 of what the conflict says."""
    digest = hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).digest()[:16]
    number = int.from_bytes(digest, "big")
    number = number & ~(0xF << 76) | 0x8 << 76
    return str(uuid.UUID(int=number & ~(0x3 << 62) | 0x2 << 62))


_NO_ENTRY = dict.fromkeys(("field", "old", "new", "lines", "line_uid", "reason"))


class Notes:
    """The journal entries of one merge, in the order in which they are made."""

    def __init__(self, at: str, person: str, package: str) -> None:
        self._always = {"at": at, "person": person, "package": package}
        self.rows: list[dict[str, Any]] = []

    def write(self, writer: Writer) -> None:
        """Enter what was told since the last time."""
        backends.of(writer.connection).insert("journal", self.rows)
        self.rows = []

    def all_created(self, writer: Writer, kind: str, first: int, last: int) -> None:
        """Records that were not here before, those with a `pk` from `first` to `last`: entered at once."""
        here = backends.of(writer.connection)
        given = {**self._always, "kind": kind, "action": "created"}
        here.run(
            f"INSERT INTO journal (uid, version, {', '.join(given)}) "
            f'SELECT uid, change_no, {", ".join([here.mark] * len(given))} FROM "{kind}" '
            f"WHERE pk BETWEEN {first:d} AND {last:d} ORDER BY pk",
            tuple(given.values()),
        )

    def created(self, kind: str, uid: str, version: int) -> None:
        """A record that was not here before."""
        self._enter(kind, uid, version, "created")

    def _enter(self, kind: str, uid: str, version: int, action: str, **told: Any) -> None:
        of_row = {"kind": kind, "uid": uid, "version": version, "action": action}
        self.rows.append({**of_row, **self._always, **_NO_ENTRY, **told})

    def record_changed(self, layout: Layout, old: Cells, new: Cells, version: int) -> None:
        """What changed in a record, field by field."""
        kind, uid = layout.part.kind.name, new[UID]
        removed = layout.at["removed_at"]
        if old[removed] != new[removed]:
            self._enter(
                kind,
                uid,
                version,
                "recovered" if new[removed] is None else "removed",
                old=old[removed],
                new=new[removed],
                reason=new[layout.at["remove_reason"]],
            )
        for name, before, after in _differing(layout, old, new):
            self._enter(kind, uid, version, "changed", field=name, old=before, new=after)

    def line(self, layout: Layout, old: Cells | None, new: Cells, version: int) -> None:
        """A line that came, went, or changed."""
        kind, parent = layout.part.kind.name, new[layout.at["parent_uid"]]
        removed = layout.at["removed_at"]
        where = {"lines": layout.part.part, "line_uid": new[UID]}
        gone = new[removed] is not None
        if old is None and gone:
            return
        action = "changed"
        if old is None or (old[removed] is None) == gone:
            action = "removed" if gone else "created"
            self._enter(kind, parent, version, action, **where)
        for name, before, after in _differing(layout, old, new) if old is not None else ():
            if name == "site_code":
                continue  # told of its record
            self._enter(kind, parent, version, action, field=name, old=before, new=after, **where)

    def moved(self, layout: Layout, new: Cells, version: int) -> None:
        """A step of the life cycle."""
        cell = {name: new[at] for name, at in layout.at.items()}
        self._enter(
            layout.part.kind.name,
            cell["parent_uid"],
            version,
            "moved",
            field="status",
            old=cell["state_before"],
            new=cell["state_after"],
            line_uid=cell["uid"],
            reason=cell["reason"],
        )


def _differing(layout: Layout, old: Cells, new: Cells) -> Iterable[tuple[str, str | None, str | None]]:
    """The fields whose content became another, with the texts before and after. A removal is told by itself."""
    for at, group in layout.group_at.items():
        if old[at] != new[at] and group != REMOVAL:
            yield layout.names[at], layout.text(old, at) or None, layout.text(new, at) or None
