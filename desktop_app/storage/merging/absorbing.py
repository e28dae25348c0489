"""After an upgrade: what other programs knew and this one kept in `extras` moves into the columns that it has now.

Stamps stay and no row gets a change number: nothing has changed but where it is kept (exchange.md, "Absent is not NULL").
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from desktop_app.core import travel
from desktop_app.core.progress import Quiet
from desktop_app.storage import backends
from desktop_app.storage.merging.layout import UID, Layout, layout_of, read_extras, write_extras
from desktop_app.storage.merging.owning import ids_of_headquarters
from desktop_app.storage.merging.plain import Merged
from desktop_app.storage.merging.settling import Settling
from desktop_app.storage.merging.tables import Changes, Stored, in_batches, parents, stored_at

if TYPE_CHECKING:
    from desktop_app.storage.read import Reader
    from desktop_app.storage.write import Writer

_KNOWN = "travelling columns"
"""In the table `derived`: which columns there were when extras were last looked through."""


def absorb_extras(writer: Writer) -> int:
    """Move extras into columns that have come since the last time; how many rows. Cheap when none have come."""
    if is_done(writer):
        return 0
    known = {"name": _KNOWN, "fingerprint": _columns(writer)}
    backends.of(writer.connection).put("derived", "name", known)
    settling = Settling(writer, ids_of_headquarters(writer))
    moved = sum(_part(writer, layout_of(part), settling) for part in travel.parts(writer.registry))
    settling.run(Merged(), Quiet())
    return moved


def is_done(reader: Reader) -> bool:
    """Whether no column has come since extras were last looked through."""
    known = reader.tables.derived
    before = reader.connection.execute(sa.select(known.c.fingerprint).where(known.c.name == _KNOWN)).scalar()
    return bool(before == _columns(reader))


def _columns(reader: Reader) -> str:
    told = [
        f"{part.name} {column.name} {column.group}"
        for part in travel.parts(reader.registry)
        for column in travel.columns(part)
    ]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def _part(writer: Writer, layout: Layout, settling: Settling) -> int:
    table, number = writer.tables.metadata.tables[layout.table], 0
    pks = list(writer.connection.execute(sa.select(table.c.pk).where(table.c.extras.is_not(None))).scalars())
    for some in in_batches(pks):
        changes, touched = Changes(layout.table), set()
        for row in stored_at(writer, layout, some):
            cells = _absorbed(layout, row)
            if cells is None:
                continue
            number += 1
            changes.add(row.pk, cells)
            if layout.parent is None:
                settling.changed(layout.part.kind, row.pk, row.cells[UID], cells)
            else:
                touched.add(row.cells[layout.parent])
        changes.write(writer)
        for parent in parents(writer, layout.part.kind.name, touched).values():
            settling.touched(layout.part.kind.name, parent.pk)
    return number


def _absorbed(layout: Layout, row: Stored) -> dict[str, Any] | None:
    """The cells of columns that are new; None when nothing of the extras is known yet. What can't be read stays where it is."""
    extras = read_extras(row.cells[layout.extras])
    cells: dict[str, Any] = {}
    for group, named in extras.items():
        for name, at in layout.groups.get(group, ()):
            text = named.get(name)
            if text is None or row.cells[at] is not None:
                continue
            try:
                cells[name] = layout.to_cell[at](text) if text else None
            except ValueError:
                continue
            del named[name]
    return {**cells, "extras": write_extras(extras)} if cells else None
