"""When a record is renamed, those that refer to it must be found by its new name.

A few are entered anew in the same transaction. Many (a village, a park with years of work) are noted in `reindex` and worked off in the
background (`upkeep.rebuild.catch_up`); until then they are found by the old name.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import sqlalchemy as sa

from desktop_app.core import fields as f
from desktop_app.core.spec import Kind
from desktop_app.storage import search
from desktop_app.storage.tables import SYSTEM

if TYPE_CHECKING:
    from desktop_app.storage.write import Writer

_AT_ONCE = 200


def renamed(writer: Writer, kind: Kind, uid: str) -> None:
    """Enter the referrers of a renamed record anew, or note that it is to be done."""
    for referrer in writer.registry:
        for field in searched_by_name(referrer, kind.name):
            table = writer.tables.main[referrer.name]
            pks = (
                writer.connection.execute(
                    sa.select(table.c.pk).where(table.c[field] == uid).limit(_AT_ONCE + 1)
                )
                .scalars()
                .all()
            )
            if len(pks) <= _AT_ONCE:
                enter_again(writer, referrer, pks)
            else:
                todo = {"kind": referrer.name, "field": field, "uid": uid, "after_pk": 0}
                writer.connection.execute(sa.insert(writer.tables.reindex).values(todo))


def searched_by_name(kind: Kind, target: str) -> list[str]:
    """The columns of a kind by which its records are found by the name of a record of `target`."""
    return [
        field.name
        for field in kind.table_fields
        if field.is_searched or (isinstance(field, f.Computed) and field.searched)
        if isinstance(like := field.like if isinstance(field, f.Computed) else field, f.Reference)
        and like.kind == target
    ]


def enter_again(writer: Writer, kind: Kind, pks: Sequence[int]) -> None:
    """Enter the words of these records anew."""
    columns, table = writer.columns(kind), writer.tables.main[kind.name]
    rows = writer.connection.execute(
        sa.select(table).where(table.c.pk.in_(list(pks))).order_by(table.c.pk)
    ).all()
    number = SYSTEM.index("record_no") + 1
    records = [columns.to_values(row[len(SYSTEM) + 1 :]) for row in rows]
    known = writer.names_in(kind, records)
    for row, given in zip(rows, records, strict=True):
        search.put(writer.connection, kind, row[0], search.document(kind, given, row[number], known))
