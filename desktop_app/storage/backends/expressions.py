"""Parts of statements that are written in another way for each engine: SQLAlchemy asks for them when it compiles for a connection."""

from __future__ import annotations

import re
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.visitors import InternalTraversal

from desktop_app.storage.backends.base import Terms

_SQLITE = "sqlite"
_STRING, _ELEMENT, _ELEMENTS = (
    InternalTraversal.dp_string,
    InternalTraversal.dp_clauseelement,
    InternalTraversal.dp_clauseelement_list,
)


class _OuterFirst(sa.sql.selectable.Join):
    """A join that is worked through from left to right: in the order of the left side's index, without sorting."""

    inherit_cache = True


@compiles(_OuterFirst)
def _join(join: _OuterFirst, compiler: Any, **given: Any) -> str:
    return str(compiler.visit_join(join, **given))


@compiles(_OuterFirst, _SQLITE)
def _cross_join(join: _OuterFirst, compiler: Any, **given: Any) -> str:
    return str(compiler.visit_join(join, **given)).replace(" JOIN ", " CROSS JOIN ", 1)


def outer_first(left: sa.FromClause, right: sa.FromClause, on: sa.ColumnElement[bool]) -> sa.FromClause:
    """A join whose left side SQLite goes through first, as it stands (it takes CROSS JOIN to mean that); elsewhere any join."""
    return _OuterFirst(left, right, on)


class ByName(sa.ColumnElement[str]):
    """A text without regard to the capitals A to Z, compared letter by letter: what SQLite calls NOCASE, on every engine."""

    inherit_cache = True
    _traverse_internals = [("element", _ELEMENT)]  # noqa: RUF012  (SQLAlchemy's own way: what a compiled statement is known by)
    type = sa.Text()

    def __init__(self, element: sa.ColumnElement[Any]) -> None:
        self.element = element


@compiles(ByName)
def _lower(named: ByName, compiler: Any, **given: Any) -> str:
    # Of a long text the first letters decide: an index can't hold all of it.
    return f'left(lower({compiler.process(named.element, **given)} COLLATE "C"), 600)'


@compiles(ByName, _SQLITE)
def _nocase(named: ByName, compiler: Any, **given: Any) -> str:
    return f'({compiler.process(named.element, **given)} COLLATE "NOCASE")'


def by_name(text: sa.ColumnElement[Any]) -> sa.ColumnElement[str]:
    """A text as names are ordered and compared: capitals A to Z count as small letters, everything else by its code point."""
    return ByName(text)


class _Pk(sa.ColumnElement[int]):
    """The `pk` in a search index; FTS5 calls it rowid."""

    inherit_cache = True
    _traverse_internals = [("index", _STRING)]  # noqa: RUF012
    type = sa.BigInteger()

    def __init__(self, index: str) -> None:
        self.index = index


@compiles(_Pk)
def _pk(pk: _Pk, _: Any, **_given: Any) -> str:
    return f'"{pk.index}".pk'


@compiles(_Pk, _SQLITE)
def _rowid(pk: _Pk, _: Any, **_given: Any) -> str:
    return f'"{pk.index}".rowid'


class _Holds(sa.ColumnElement[bool]):
    """Whether the words in a search index hold all terms."""

    inherit_cache = True
    _traverse_internals = [("index", _STRING), ("question", _ELEMENT), ("likes", _ELEMENTS)]  # noqa: RUF012
    type = sa.Boolean()
    _is_implicitly_boolean = True  # a condition as it stands, on engines without booleans too

    def __init__(self, index: str, terms: Terms) -> None:
        self.index = index
        self.question = sa.literal(fts_expression(terms))
        self.likes = [sa.literal(like_pattern(term)) for term in terms]


@compiles(_Holds)
def _like(holds: _Holds, compiler: Any, **given: Any) -> str:
    each = [f'"{holds.index}".words LIKE {compiler.process(like, **given)}' for like in holds.likes]
    return f"({' AND '.join(each)})"


@compiles(_Holds, _SQLITE)
def _match(holds: _Holds, compiler: Any, **given: Any) -> str:
    return f'("{holds.index}" MATCH {compiler.process(holds.question, **given)})'


def fts_expression(terms: Terms) -> str:
    """A query of FTS5: all of these, wherever they stand."""
    return " AND ".join('"' + term.replace('"', '""') + '"' for term in terms)


def like_pattern(term: str) -> str:
    """A pattern of LIKE: this, wherever it stands."""
    return "%" + re.sub(r"([%_\\])", r"\\\1", term) + "%"


def search_hits(kind: str, terms: Terms, limit: int | None = None) -> sa.Select[Any]:
    """The `pk` of the records whose words hold all these terms; with a limit, the oldest ones."""
    index = f"{kind}_search"
    found = sa.select(_Pk(index)).select_from(sa.table(index)).where(_Holds(index, terms))
    return found if limit is None else found.order_by(_Pk(index)).limit(limit)


def search_has(kind: str, terms: Terms, pk: sa.ColumnElement[int]) -> sa.ColumnElement[bool]:
    """Whether this one record's words hold all these terms."""
    index = f"{kind}_search"
    return sa.exists().select_from(sa.table(index)).where(_Holds(index, terms), _Pk(index) == pk)
