"""The few things that differ from one database engine to another: SQLite in an office, PostgreSQL at headquarters if it likes.

How storage speaks to an engine:

- **Questions** are statements of SQLAlchemy Core, run by `connection.execute`. What is written differently for each engine is in
  `backends.expressions` (`by_name`, `outer_first`, `search_hits`, `search_has`): it is asked for when the statement is compiled, so
  that who makes a statement need not know for which engine.
- **Where speed counts** (rows written, ids of a whole list, machine CSV, the search index) the driver is used alone, by
  `backends.of(connection)`, which gives the `Backend` of that connection:

      here = backends.of(writer.connection)
      pk = here.insert("journal", rows)               # rows: dicts with the same columns in the same order; NotUniqueError
      here.insert_columns("crew", {"uid": uids, "name": names})   # the same rows column by column: the quickest way for many
      here.update("crew", {"name": "Regu 2"}, pk)     # here.update_many("crew", [{"pk": 7, "name": ...}, ...])
      found = here.rows_with("crew", ("pk", "uid", "name"), "uid", uids)
      here.search_put("crew", [(pk, words)])
      here.run(f"DELETE FROM reindex WHERE pk = {here.mark}", (pk,))   # the rare statement of one's own; `mark` is ? or %s
      cells = [here.csv_cell(table.c[name], field), ...]; yield csv_heading(names)
      yield from here.csv_rows(cells, select, Along(table.c.pk))

  The whole list is `backends.base.Backend`.

What holds on both: texts are compared by code point (`COLLATE "C"`), names by `by_name`; moments are UTC texts, decimals whole
numbers; every ORDER BY says `nulls_last()` or `nulls_first()` and ends in a unique column; LIKE is for patterns whose letters have
one case; a statement that failed has spoiled the transaction (PostgreSQL), so nothing is tried to see whether it works.
"""

from __future__ import annotations

import sqlalchemy as sa

from desktop_app.storage.backends.base import Backend
from desktop_app.storage.backends.sqlite import Sqlite


def of(connection: sa.Connection) -> Backend:
    """How this connection is spoken to."""
    if connection.dialect.name == "postgresql":
        from desktop_app.storage.backends.postgres import Postgres  # noqa: PLC0415  (an office never loads its driver)

        return Postgres(connection)
    return Sqlite(connection)
