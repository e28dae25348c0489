"""How Alembic runs the steps: on the connection, and within the transaction, that the program gives it.

A step names its tables in a short notation, frozen when it was written; it never reads the program's own declarations, which go on
changing. One line a table, one word a column: `name` is a text that may be empty, `name#` a whole number, `name~` bytes, `!` must be
filled, `=` is unique; `pk` is the row's own number. `op.make_tables({"crew": "pk uid!= name"})` makes tables, `op.add_fields` adds columns.
"""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa
from alembic import context
from alembic.operations import MigrateOperation, Operations

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def column(word: str) -> sa.Column:
    name = word.rstrip("#~!=")
    if name == "pk":
        return sa.Column("pk", WHOLE, primary_key=True)
    like = WHOLE if "#" in word else sa.LargeBinary() if "~" in word else sa.Text()
    return sa.Column(name, like, nullable="!" not in word, unique="=" in word or None)


class _Frozen(MigrateOperation):
    def __init__(self, tables: Mapping[str, str]) -> None:
        self.tables = tables


@Operations.register_operation("make_tables")
class MakeTables(_Frozen):
    """Tables that were not there."""

    @classmethod
    def make_tables(cls, operations: Operations, tables: Mapping[str, str]) -> None:
        """Make these tables: name -> columns in the notation above."""
        operations.invoke(cls(tables))


@Operations.register_operation("add_fields")
class AddFields(_Frozen):
    """Columns of tables that were there."""

    @classmethod
    def add_fields(cls, operations: Operations, tables: Mapping[str, str]) -> None:
        """Add these columns: table -> columns in the notation above."""
        operations.invoke(cls(tables))


@Operations.implementation_for(MakeTables)
def make_tables(operations: Operations, operation: MakeTables) -> None:
    for name, words in operation.tables.items():
        operations.create_table(name, *(column(word) for word in words.split()))


@Operations.implementation_for(AddFields)
def add_fields(operations: Operations, operation: AddFields) -> None:
    for name, words in operation.tables.items():
        for word in words.split():
            operations.add_column(name, column(word))


# All steps in one transaction: it is the caller's, and SQLite's changes of tables are part of it like any others.
context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
context.run_migrations()
