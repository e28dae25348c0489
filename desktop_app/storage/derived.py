"""What is derived from a declaration and can always be made anew: which indexes a kind's lists want, what its search words depend on."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy.schema import CreateIndex

from desktop_app.core import fields as f
from desktop_app.core import values
from desktop_app.core.searchtext import normalise
from desktop_app.core.spec import Kind
from desktop_app.storage.selecting import order_key
from desktop_app.storage.tables import Tables

_SAMPLE = "PJU-0042 Jl. Jum'at No. 12A RT.03/RW 05 Moh. Éfendi +62 812-3456-7890 ½ ﬁ"
"""What `core.searchtext` makes of this tells whether it keeps other words than before."""
_RULES = 1
"""To be raised when the statements below become others for the same declaration."""
OURS = "list_"
"""What the names of list indexes begin with."""


@dataclass(frozen=True)
class ListIndex:
    """An index that a kind's list is sorted (`ordered`), filtered or looked up by, over the living records, the `removed` ones or
    `all` (the names by which other kinds' lists are sorted); `filled`: over the few living ones where the field isn't empty. Its name
    tells what it is made of.
    """

    kind: Kind
    field: str
    ordered: bool = False
    removed: bool = False
    all: bool = False
    filled: bool = False

    @property
    def name(self) -> str:
        """Another name whenever the index would be another one."""
        field = self.kind.by_name.get(self.field)
        like = values.leaf(field) if field else None
        codes = [code.code for code in like.codes] if isinstance(like, f.Choice) else []
        states = [state.code for state in self.kind.life_cycle.states] if self.kind.life_cycle else []
        made_of = (
            _RULES,
            self.field,
            self.ordered,
            self.removed,
            self.all,
            type(like).__name__,
            codes,
            states,
            *(["filled"] if self.filled else []),
        )
        return f"{OURS}{self.kind.name}_{hashlib.sha256(repr(made_of).encode()).hexdigest()[:10]}"

    def sql(self, tables: Tables, dialect: sa.Dialect) -> str:
        """The statement that makes it."""
        table = tables.main[self.kind.name]
        column = table.c[self.field]
        expression = (
            order_key(self.kind, column, self.kind.by_name.get(self.field)) if self.ordered else column
        )
        if dialect.name == "postgresql" and self.ordered and self.kind.sort == f"-{self.field}":
            expression = expression.desc().nulls_last()  # read backwards, what is empty would come first
        gone = table.c.removed_at
        there: sa.ColumnElement[bool] = gone.is_not(None) if self.removed else gone.is_(None)
        where = None if self.all else sa.and_(there, column.is_not(None)) if self.filled else there
        field = self.kind.by_name.get(self.field)
        typed = field is not None and isinstance(values.leaf(field), f.Text)
        given: dict[str, Any] = {
            f"{dialect.name}_where": where
        }  # naming the other engine would load all of it
        if dialect.name == "postgresql" and typed and not self.ordered:
            given["postgresql_using"] = "hash"  # a long text fits into no other
        index = sa.Index(self.name, expression, _table=table, **given)
        return str(CreateIndex(index).compile(dialect=dialect)).strip()


def list_indexes(tables: Tables, kind: Kind) -> dict[str, ListIndex]:
    """The indexes that the lists of a kind want, by name."""
    columns = tables.main[kind.name].c
    wanted = [
        ListIndex(kind, "removed_at", removed=True),
        ListIndex(kind, "needs_review", filled=True),
        ListIndex(kind, "returned", filled=True),
        *(ListIndex(kind, name, ordered=True) for name in sorted_by(kind)),
        *(ListIndex(kind, name) for name in _looked_up_by(kind)),
        *(
            ListIndex(kind, kind.title[0], ordered=True, all=True)
            for _ in islice(tables.registry.referring_to(kind.name), 1)
        ),
    ]
    return {index.name: index for index in wanted if index.field in columns}


def sorted_by(kind: Kind) -> list[str]:
    """The fields that a list is sorted by at a click without waiting: its visible columns, its first order, its name."""
    shown = [name for column in kind.columns if not column.hidden for name in (column.field, column.also)]
    status = ["status"] if kind.life_cycle else []
    number = ["record_no"] if kind.number else []
    names = dict.fromkeys((kind.sort.lstrip("-"), kind.title[0], *shown, *status, *number))
    return [name for name in names if name and not _is_reference(kind, name)]


def is_walked(kind: Kind, name: str) -> bool:
    """Whether there is an index that gives the records of a kind in the order of this field."""
    return _is_reference(kind, name) or name in sorted_by(kind)


def _looked_up_by(kind: Kind) -> list[str]:
    """The fields that rules, filters and pages of other records ask by."""
    asked = [
        field.name
        for field in kind.table_fields
        if field.indexed or field.unique or _is_reference(kind, field.name)
    ]
    status = ["status"] if kind.life_cycle else []
    whose = ["site_code"] if kind.owner != "reference" else []
    return list(dict.fromkeys((*asked, *kind.filters, *status, *whose)))


def _is_reference(kind: Kind, name: str) -> bool:
    return name in kind.by_name and isinstance(values.leaf(kind.by_name[name]), f.Reference)


def search_fingerprint(tables: Tables, kind: Kind) -> str:
    """What the words in a kind's search index depend on; another one means that they must be made anew."""
    searched = [field for field in kind.table_fields if field.is_searched]
    parts = [normalise(_SAMPLE)]
    for field in searched:
        like = values.leaf(field)
        parts.append(f"{field.name}:{type(like).__name__}")
        if isinstance(like, f.Reference):
            parts.append("+".join(tables.registry[like.kind].title))
        elif isinstance(like, f.Choice | f.Choices):
            parts.append(repr(tuple(like.codes)))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
