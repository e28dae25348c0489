"""The search box: one index a kind, holding the words of a record's searched fields, of its register number and of what it refers to.

What is kept and what is asked for is `core.searchtext`'s business; here is which texts of a record are kept, and the index itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import sqlalchemy as sa

from desktop_app.core import fields as f
from desktop_app.core import values
from desktop_app.core.fields import Field, Value
from desktop_app.core.searchtext import normalise, of_field, query_terms
from desktop_app.core.spec import Kind
from desktop_app.storage.backends import sqlite
from desktop_app.storage.naming import Named


class Words:
    """What the search index holds of the records of a kind."""

    def __init__(self, kind: Kind) -> None:
        self._fields = [
            (field.name, field, values.leaf(field)) for field in kind.table_fields if field.is_searched
        ]

    def of(self, given: Mapping[str, Value], record_no: str | None, known: Named) -> str:
        """The words of one record; `known` gives the names of those that it refers to."""
        found = [normalise(record_no)] if record_no else []
        for name, field, like in self._fields:
            value = given.get(name)
            if value is not None:
                found.extend(_words(field, like, value, known))
        return " ".join(filter(None, found))


def _words(field: Field, like: Field, value: Value, known: Named) -> Iterator[str]:
    if isinstance(like, f.Text):
        yield of_field(like, str(value))
    elif isinstance(like, f.Reference):
        yield normalise(known.title(like.kind, str(value)))
    elif isinstance(like, f.Choice | f.Choices):
        for code in value if isinstance(value, tuple) else (str(value),):
            yield from map(normalise, like.codes.words(code))
    else:
        yield normalise(values.to_text(field, value))


def expression(typed: str) -> str:
    """What was typed, as a query of the index; empty when there is nothing in it to search for."""
    return " AND ".join(_quoted(term) for term in query_terms(typed))


def _quoted(term: str) -> str:
    return '"' + term.replace('"', '""') + '"'


def put(connection: sa.Connection, kind: Kind, pk: int, text: str) -> None:
    """Enter or replace one record's words."""
    sqlite.search_put(sqlite.raw_of(connection), kind.name, [(pk, text)])


def put_many(raw: Any, kind: Kind, entries: Iterable[tuple[int, str]]) -> None:
    """Enter many records' words through the driver."""
    sqlite.search_put(raw, kind.name, entries)
