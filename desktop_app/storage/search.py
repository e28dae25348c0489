"""The search box: one index a kind, holding the words of a record's searched fields, of its register number and of what it refers to.

What is kept and what is asked for is `core.searchtext`'s business; here is which texts of a record are kept, and the index itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import sqlalchemy as sa

from desktop_app.core import fields as f
from desktop_app.core import values
from desktop_app.core.fields import Field, Value
from desktop_app.core.searchtext import normalise, of_field, query_terms
from desktop_app.core.spec import Kind
from desktop_app.storage import backends
from desktop_app.storage.backends.base import Terms
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


def terms(typed: str) -> Terms:
    """What was typed, as a question for the index; empty when there is nothing in it to search for."""
    return tuple(query_terms(typed))


def put(connection: sa.Connection, kind: Kind, pk: int, text: str) -> None:
    """Enter or replace one record's words."""
    backends.of(connection).search_put(kind.name, [(pk, text)])
