"""How SQLite goes about the questions that are asked all day, on the program's own kinds: through an index, without sorting."""

from __future__ import annotations

import pytest

from desktop_app.core import fields as f
from desktop_app.core import values
from desktop_app.core.query import Query
from desktop_app.records.registry import REGISTRY
from desktop_app.storage import backends
from desktop_app.storage.store import Store


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    store = Store.open(tmp_path_factory.mktemp("plans"), REGISTRY)
    with store.reading() as opened:
        yield opened
    store.close()


def plan(reader, statement):
    here = backends.of(reader.connection)
    sql, params = here.literal(statement)
    return [row[3] for row in here.run(f"EXPLAIN QUERY PLAN {sql}", params)]


def visible(kind):
    names = [name for column in kind.columns if not column.hidden for name in (column.field, column.also)]
    stored = {"status", "record_no", *(field.name for field in kind.table_fields)}
    return [name for name in dict.fromkeys((kind.sort.lstrip("-"), *names)) if name in stored]


@pytest.mark.parametrize(
    ("kind", "column"), [(kind.name, name) for kind in REGISTRY for name in visible(kind)]
)
def test_every_column_that_is_shown_is_sorted_by_an_index(reader, kind, column):
    for sort in (column, f"-{column}"):
        steps = plan(reader, reader.selecting.in_order(Query(kind, sort=sort))[0])
        assert not [step for step in steps if "TEMP B-TREE" in step and "LAST" not in step], (sort, steps)


@pytest.mark.parametrize("kind", [kind.name for kind in REGISTRY])
def test_what_rules_and_filters_ask_by_is_found_through_an_index(reader, kind):
    declared, table = REGISTRY[kind], reader.tables.main[kind]
    asked = [
        field
        for field in declared.table_fields
        if field.indexed or field.unique or field.name in declared.filters
    ]
    for field in asked:
        if isinstance(values.leaf(field), f.Choices):
            continue  # several codes in one cell
        living = reader.selecting.conditions(Query(kind))
        steps = plan(reader, table.select().where(*living, table.c[field.name] == "x"))
        assert [step for step in steps if step.startswith(f"SEARCH {kind} USING INDEX")], (field.name, steps)
