"""The names of many records at once: for list cells, pickers and the search index."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import sqlalchemy as sa

from desktop_app.core import values
from desktop_app.core.fields import Reference, Value
from desktop_app.core.spec import Kind
from desktop_app.core.words import Language
from desktop_app.storage import backends
from desktop_app.storage.columns import Columns
from desktop_app.storage.naming import Named, title_of
from desktop_app.storage.tables import Tables

_AT_ONCE = 5_000


def titles(
    connection: sa.Connection,
    tables: Tables,
    kind: Kind,
    uids: Iterable[str],
    language: Language | None = None,
) -> dict[str, str]:
    """What people call these records; one that is not here is called by the first letters of its uid."""
    wanted = list(dict.fromkeys(uids))
    found = {uid: uid[:8] for uid in wanted}
    columns, here = tables.title_columns[kind.name], backends.of(connection)
    for start in range(0, len(wanted), _AT_ONCE):
        at_once = wanted[start : start + _AT_ONCE]
        rows = here.rows_with(kind.name, ("uid", *columns.names), "uid", at_once)
        given = {uid: columns.to_values(cells) for uid, *cells in rows}
        known = referred(connection, tables, columns, given.values(), language)
        found.update((uid, title_of(kind, one, uid, known, language)) for uid, one in given.items())
    return found


def referred(
    connection: sa.Connection,
    tables: Tables,
    columns: Columns,
    records: Iterable[Mapping[str, Value]],
    language: Language | None = None,
) -> Named:
    """The names of the records that these values refer to."""
    targets: dict[str, set[str]] = {}
    references = [
        (field.name, like.kind)
        for field in columns.fields
        if isinstance(like := values.leaf(field), Reference)
    ]
    for given in records if references else ():
        for name, kind in references:
            if given.get(name) is not None:
                targets.setdefault(kind, set()).add(str(given[name]))
    names: dict[tuple[str, str], str] = {}
    for kind, uids in targets.items():
        found = titles(connection, tables, tables.registry[kind], uids, language)
        names.update(((kind, uid), title) for uid, title in found.items())
    return Named(names)
