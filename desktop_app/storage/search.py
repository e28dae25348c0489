"""The search box: one index a kind, holding the words of a record's searched fields, of its register number and of what it refers to.

What is kept and what is asked for is `core.searchtext`'s business; here is which texts of a record are kept, and the index itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any

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
            (field.name, _words_of(field), _refers_to(field))
            for field in kind.table_fields
            if field.is_searched
        ]

    def of(self, given: Mapping[str, Value], record_no: str | None, known: Named) -> str:
        """The words of one record; `known` gives the names of those that it refers to."""
        found = [normalise(record_no)] if record_no else []
        for name, words, refers_to in self._fields:
            value = given.get(name)
            if value is not None:
                found.append(words(known.title(refers_to, str(value)) if refers_to else value))
        return " ".join(filter(None, found))

    def of_many(
        self, given: Mapping[str, Sequence[Any]], record_nos: Sequence[str | None], known: Named
    ) -> Iterator[str]:
        """The words of many records, whose values are given as columns: each different value is looked at once."""
        found = [[normalise(number) if number else "" for number in record_nos]]
        for name, words, refers_to in self._fields:
            made: dict[Any, str] = dict.fromkeys(given[name], "")
            for value in made:
                if value is not None:
                    made[value] = words(known.title(refers_to, str(value)) if refers_to else value)
            if any(made.values()):
                found.append([made[value] for value in given[name]])
        for row in zip(*found, strict=True):
            yield " ".join(filter(None, row))


def _refers_to(field: Field) -> str:
    like = values.leaf(field)
    return like.kind if isinstance(like, f.Reference) else ""


def _words_of(field: Field) -> Callable[[Any], str]:
    """What makes the words of a value, prepared once for many records. Of a reference: of the name that it stands for."""
    like = values.leaf(field)
    if isinstance(like, f.Text):
        return partial(of_field, like) if like.reads == "rt_rw" else normalise
    if isinstance(like, f.Reference):
        return normalise
    if isinstance(like, f.Choices):
        return lambda codes: _of_codes(like, codes)
    if isinstance(like, f.Choice):
        return lru_cache(1024)(lambda code: _of_codes(like, (code,)))
    return lambda value: normalise(values.to_text(field, value))


def _of_codes(like: f.Choice | f.Choices, codes: Iterable[str]) -> str:
    return " ".join(filter(None, (normalise(word) for code in codes for word in like.codes.words(code))))


def terms(typed: str) -> Terms:
    """What was typed, as a question for the index; empty when there is nothing in it to search for."""
    return tuple(query_terms(typed))


def put(connection: sa.Connection, kind: Kind, pk: int, text: str) -> None:
    """Enter or replace one record's words."""
    backends.of(connection).search_put(kind.name, [(pk, text)])
