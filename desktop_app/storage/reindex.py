"""Search words made anew: of those that refer to a renamed record, or of a whole kind when its declaration has changed.

A few are entered in the same transaction. Many (a village, a park with years of work) are noted in the table `reindex` and worked off
in the background (`upkeep.rebuild.catch_up`), in small transactions; until then they are found by the old words. A whole kind begins
with an empty index, and is found as far as that has got.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import sqlalchemy as sa

from desktop_app.core import values
from desktop_app.core.fields import Reference
from desktop_app.core.spec import Kind
from desktop_app.storage import backends, search
from desktop_app.storage.columns import SYSTEM
from desktop_app.storage.listing import Lists

if TYPE_CHECKING:
    from desktop_app.storage.write import Writer

_AT_ONCE = 200
_RECORD_NO = SYSTEM.index("record_no") + 1


def renamed(writer: Writer, kind: Kind, uid: str) -> None:
    """Enter the referrers of a renamed record anew, or note that it is to be done."""
    for referrer in writer.registry:
        for field in searched_by_name(referrer, kind.name):
            pks = list(_referring(writer, referrer, field, uid))
            if len(pks) <= _AT_ONCE:
                enter_again(writer, referrer, sorted(pks))
            else:
                _note(writer, referrer, field, uid)


def _referring(writer: Writer, kind: Kind, field: str, uid: str) -> Iterator[int]:
    """Living and removed ones by themselves: each has an index of its own."""
    table = writer.tables.main[kind.name]
    for where in (table.c.removed_at.is_(None), table.c.removed_at.is_not(None)):
        found = sa.select(table.c.pk).where(table.c[field] == uid, where).limit(_AT_ONCE + 1)
        yield from writer.connection.execute(found).scalars()


def searched_by_name(kind: Kind, target: str) -> list[str]:
    """The columns of a kind by which its records are found by the name of a record of `target`."""
    return [
        field.name
        for field in kind.table_fields
        if field.is_searched and isinstance(like := values.leaf(field), Reference) and like.kind == target
    ]


def note_all(writer: Writer, kind: Kind) -> None:
    """Note that all records of a kind are to be entered anew."""
    todo = writer.tables.reindex
    writer.connection.execute(sa.delete(todo).where(todo.c.kind == kind.name))
    _note(writer, kind, "", "")


def _note(writer: Writer, kind: Kind, field: str, uid: str) -> None:
    row = {"kind": kind.name, "field": field, "uid": uid, "after_pk": 0}
    writer.connection.execute(sa.insert(writer.tables.reindex).values(row))


def waiting(reader: Lists) -> bool:
    """Whether something is noted."""
    return reader.connection.execute(sa.select(reader.tables.reindex.c.pk).limit(1)).first() is not None


def work_off(writer: Writer, at_once: int) -> int:
    """Enter the next records that were noted, at most `at_once`; how many there were (0: one note was finished, or nothing waits)."""
    todo = writer.tables.reindex
    row = writer.connection.execute(sa.select(todo).order_by(todo.c.pk).limit(1)).first()
    if row is None:
        return 0
    done = writer.connection.execute(sa.delete(todo).where(todo.c.pk == row.pk))
    if row.kind not in writer.registry or done.rowcount != 1:
        return 0
    kind = writer.registry[row.kind]
    if not row.field and not row.after_pk:  # replacing entry by entry takes twice as long and more
        backends.of(writer.connection).search_drop(kind.name)
        backends.of(writer.connection).search_create(kind.name)
    table = writer.tables.main[kind.name]
    left = sa.select(table.c.pk).where(table.c.pk > row.after_pk).order_by(table.c.pk).limit(at_once)
    if row.field in table.c:
        left = left.where(table.c[row.field] == row.uid)
    pks = writer.connection.execute(left).scalars().all()
    enter_again(writer, kind, pks)
    if len(pks) == at_once:
        again = {"kind": row.kind, "field": row.field, "uid": row.uid, "after_pk": pks[-1]}
        writer.connection.execute(sa.insert(todo).values(again))
    return len(pks)


def enter_again(writer: Writer, kind: Kind, pks: Sequence[int]) -> None:
    """Enter the words of these records anew."""
    columns, table = writer.columns(kind), writer.tables.main[kind.name]
    statement = sa.select(table).where(table.c.pk.in_(list(pks))).order_by(table.c.pk)
    rows = writer.connection.execute(statement).all() if pks else []
    records = [columns.to_values(row[len(SYSTEM) + 1 :]) for row in rows]
    known, words = writer.names_in(kind, records), search.Words(kind)
    entries = zip(rows, records, strict=True)
    backends.of(writer.connection).search_put(
        kind.name, [(row[0], words.of(given, row[_RECORD_NO], known)) for row, given in entries]
    )
