"""Sums over a list, by the values of some of its columns."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from desktop_app.core.query import Query
from desktop_app.storage.read import Reader


def sums(
    reader: Reader, query: Query, by: Sequence[str], of: str
) -> list[tuple[tuple[str | None, ...], int]]:
    """For all that match: the sum of a whole-number column (empty counts as 1), by the contents of the columns `by`."""
    kind = reader.selecting.kind(query.kind)
    columns = [reader.selecting.column(kind, name)[0] for name in by]
    amount = sa.func.sum(sa.func.coalesce(reader.selecting.column(kind, of)[0], 1))
    wanted = sa.select(*columns, amount).where(*reader.selecting.conditions(query)).group_by(*columns)
    return [(tuple(row[:-1]), int(row[-1])) for row in reader.connection.execute(wanted)]
