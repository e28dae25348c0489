"""How Alembic runs the steps: on the connection, and within the transaction, that the program gives it.

A step names its tables in a short notation, frozen when it was written; it never reads the program's own declarations, which go on
changing. One line a table, one word a column: `name` is a text that may be empty, `name#` a whole number, `name~` bytes, `!` must be
filled, `=` is unique; `pk` is the row's own number. `op.make_tables({"crew": "pk uid!= name"})` makes tables, `op.add_fields` adds columns,
`op.append_only` forbids to change or delete rows.
"""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa
from alembic import context
from alembic.operations import MigrateOperation, Operations

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")  # ordered by code point, as SQLite does
JOURNAL_RULES = {
    "sqlite": (
        "CREATE TRIGGER {0}_kept BEFORE DELETE ON {0} BEGIN SELECT RAISE(ABORT, 'the {0} is never shortened'); END",
        "CREATE TRIGGER {0}_unchanged BEFORE UPDATE ON {0} BEGIN SELECT RAISE(ABORT, 'the {0} is never changed'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION {0}_refuses() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the {0} is never changed or shortened'; END $$",
        "CREATE TRIGGER {0}_kept BEFORE DELETE OR UPDATE ON {0} FOR EACH ROW EXECUTE FUNCTION {0}_refuses()",
        "CREATE TRIGGER {0}_whole BEFORE TRUNCATE ON {0} FOR EACH STATEMENT EXECUTE FUNCTION {0}_refuses()",
    ),
}


def column(word: str) -> sa.Column:
    name = word.rstrip("#~!=")
    if name == "pk":
        return sa.Column("pk", WHOLE, primary_key=True)
    like = WHOLE if "#" in word else sa.LargeBinary() if "~" in word else TEXT
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


@Operations.register_operation("append_only")
class AppendOnly(MigrateOperation):
    """A table whose rows stay as they were written."""

    def __init__(self, table: str) -> None:
        self.table = table

    @classmethod
    def append_only(cls, operations: Operations, table: str) -> None:
        """Refuse to change or delete rows of this table."""
        operations.invoke(cls(table))


@Operations.implementation_for(AppendOnly)
def keep(operations: Operations, operation: AppendOnly) -> None:
    for rule in JOURNAL_RULES[operations.get_bind().dialect.name]:
        operations.execute(rule.format(operation.table))


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
