"""The tables of the kinds, derived from their declarations, and the few tables that belong to no kind.

Only `uid` is unique and no column is checked against a code list or a length: what must be unique or one of a list is a rule at
entry, or two offices' rows could not be merged. Migrations build the same tables from definitions of their own (migrations/).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import sqlalchemy as sa

from desktop_app.core import values
from desktop_app.core.fields import Field
from desktop_app.core.spec import Kind, Lines, Registry
from desktop_app.storage.columns import OF_LINE, OF_MOVE, SYSTEM, Columns, stored_line_fields

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
"""Whole numbers of 64 bits; on SQLite spelled INTEGER, so that `pk` is the row id itself."""

_NUMBERS = {"change_no", "position", "needs_review", "returned", "last"}
_FILLED = {
    "uid",
    "site_code",
    "born",
    "change_no",
    "parent_uid",
    "position",
    "move",
    "state_after",
    "moved_at",
    "moved_by",
}


def _columns(names: Iterable[str]) -> Iterator[sa.Column[Any]]:
    for name in names:
        yield sa.Column(
            name,
            WHOLE if name in _NUMBERS else sa.Text(),
            nullable=name not in _FILLED,
            unique=name == "uid" or None,
        )


def _travels(table: sa.Table) -> sa.Table:
    """What is to be sent is asked for by `change_no`."""
    sa.Index(f"{table.name}_change", table.c.change_no)
    return table


def _word(word: str) -> sa.Column[Any]:
    name = word.rstrip("#~!=")
    like = WHOLE if "#" in word else sa.LargeBinary() if "~" in word else sa.Text()
    return sa.Column(name, like, nullable="!" not in word, unique="=" in word or None)


def _of_fields(fields: Iterable[Field]) -> Iterator[sa.Column[Any]]:
    for field in fields:
        yield sa.Column(field.name, WHOLE if values.is_whole_number(field) else sa.Text())


PEER = """site_id!= site_code! role! name sign_key age_key trusted_at trusted_by state mark#! mark_pid seen_no#! last_no#!
    last_out last_in_at last_made_at clock_error_s# version schema key_card"""
"""The other sites that this one exchanges with. `mark`: the greatest `upto` of a package of ours that it acknowledged (`mark_pid`);
`seen_no`: the number of its package whose acknowledgements were taken last; `last_out`: the pid of our last package for it;
`state`: NULL, "dead" or "retired"."""
PACKAGE_OUT = """pid!= to_site_id! to_site_code! number#! prev base since#! upto#! clock! made_at! made_by code file bytes#
    parts! counts! personal#! acknowledged_at acknowledged_by"""
"""The packages that this site made; a set of parts is one row under the pid of its last part. `parts` and `counts` are JSON."""
PACKAGE_IN = """pid!= set_pid from_site_id! from_site_code! to_site_id! number#! prev base set_id part#! parts#! since#! upto#! clock!
    made_at! version schema received_at! received_by state! acknowledged#! outcome! file"""
"""The packages that came here, part by part. `state`: merged, waiting (quarantine), unmerged; `outcome` is JSON."""
REFUSED_ROW = "site_id! way! kind! part! uid! fingerprint! reason! at!"
"""Rows that were refused: `way` "given" (we refused rows of that site) or "got" (it refused ours). `part`: lines, "move" or ""."""
MOVED_ROW = "kind! part! uid! site_code! change_no#!"
"""At headquarters: rows that this office was responsible for until that change. It is told as long as its mark is below the number."""


class Tables:
    """All tables of a registry. Names: `<kind>`, `<kind>_<lines>`, `<kind>_move`."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self.metadata = sa.MetaData()
        self.columns = {kind.name: Columns(kind.table_fields) for kind in registry}
        self.title_columns = {
            kind.name: Columns([kind.by_name[name] for name in kind.title]) for kind in registry
        }
        self.searched_columns = {
            kind.name: Columns([field for field in kind.table_fields if field.is_searched])
            for kind in registry
        }
        self.line_columns = {
            (kind.name, lines.name): Columns(stored_line_fields(lines))
            for kind in registry
            for lines in kind.lines
        }
        self.main = {kind.name: self._main(kind) for kind in registry}
        self.lines = {
            (kind.name, lines.name): self._lines(kind, lines) for kind in registry for lines in kind.lines
        }
        self.moves = {kind.name: self._moves(kind) for kind in registry if kind.life_cycle}
        self.setting = self._shared("setting", "name", "value")
        self.person = self._shared("person", "name", "added_at")
        self.number = self._shared("number", "prefix", "last")
        self.derived = self._shared("derived", "name", "fingerprint")
        self.site = self._shared("site", "site_id", "clock", "change_no", "former")
        self.reindex = self._table(
            "reindex",
            (
                *(sa.Column(name, sa.Text(), nullable=False) for name in ("kind", "field", "uid")),
                sa.Column("after_pk", WHOLE, nullable=False),
            ),
        )
        self.journal = self._journal()
        self.peer = self._of_words("peer", PEER)
        self.package_out = self._of_words("package_out", PACKAGE_OUT)
        self.package_in = self._of_words("package_in", PACKAGE_IN)
        self.refused_row = self._of_words("refused_row", REFUSED_ROW)
        self.moved_row = self._of_words("moved_row", MOVED_ROW)
        sa.Index("moved_row_site", self.moved_row.c.site_code)
        self.secret = self._of_words("secret", "name!= value!")
        self.photo = self._of_words("photo", "sha256!= added_at! data~!")

    def _table(self, name: str, columns: Iterable[sa.Column[Any]]) -> sa.Table:
        table = sa.Table(name, self.metadata, sa.Column("pk", WHOLE, primary_key=True), *columns)
        if len(table.columns) != len(set(table.columns.keys())):
            raise ValueError(f"{name}: a declared field has the name of another column")
        return table

    def _of_words(self, name: str, words: str) -> sa.Table:
        """A table of our own in the notation of `migrations/env.py`."""
        return self._table(name, (_word(word) for word in words.split()))

    def _shared(self, name: str, key: str, *others: str) -> sa.Table:
        """A small table of our own: everything in it is filled, and the key is there once."""
        columns = (
            sa.Column(other, WHOLE if other in _NUMBERS else sa.Text(), nullable=False) for other in others
        )
        return self._table(name, (sa.Column(key, sa.Text(), nullable=False, unique=True), *columns))

    def _main(self, kind: Kind) -> sa.Table:
        taken = {field.name for field in kind.table_fields} & {"pk", *SYSTEM}
        if taken:
            raise ValueError(f"{kind.name}: {sorted(taken)} are names that storage needs")
        return _travels(self._table(kind.name, (*_columns(SYSTEM), *_of_fields(kind.table_fields))))

    def _lines(self, kind: Kind, lines: Lines) -> sa.Table:
        stored = stored_line_fields(lines)
        taken = {field.name for field in stored} & {"pk", *OF_LINE}
        if taken:
            raise ValueError(f"{kind.name}.{lines.name}: {sorted(taken)} are names that storage needs")
        table = self._table(f"{kind.name}_{lines.name}", (*_columns(OF_LINE), *_of_fields(stored)))
        sa.Index(f"{table.name}_parent", table.c.parent_uid)
        return _travels(table)

    def _moves(self, kind: Kind) -> sa.Table:
        table = self._table(f"{kind.name}_move", _columns(OF_MOVE))
        sa.Index(f"{table.name}_parent", table.c.parent_uid)
        return _travels(table)

    def _journal(self) -> sa.Table:
        table = self._table(
            "journal",
            (
                sa.Column("kind", sa.Text(), nullable=False),
                sa.Column("uid", sa.Text(), nullable=False),
                sa.Column("version", WHOLE, nullable=False),
                sa.Column("at", sa.Text(), nullable=False),
                sa.Column("person", sa.Text(), nullable=False),
                sa.Column("action", sa.Text(), nullable=False),
                *(
                    sa.Column(name, sa.Text())
                    for name in ("field", "old", "new", "lines", "line_uid", "reason", "package")
                ),
            ),
        )
        sa.Index("journal_uid", table.c.uid)
        sa.Index("journal_package", table.c.package)
        return table


APPEND_ONLY = (
    "CREATE TRIGGER journal_kept BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is never shortened'); END",
    "CREATE TRIGGER journal_unchanged BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is never changed'); END",
)
"""What keeps the journal append-only on SQLite."""
