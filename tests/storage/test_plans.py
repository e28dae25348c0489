"""How SQLite goes about the questions that are asked all day, on the program's own kinds: through an index, without sorting."""

from __future__ import annotations

import re

import pytest

from desktop_app.core import fields as f
from desktop_app.core import values
from desktop_app.core.query import Overdue, Query
from desktop_app.records.registry import REGISTRY
from desktop_app.storage import backends
from desktop_app.storage.store import Store


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    store = Store.open(tmp_path_factory.mktemp("plans"), REGISTRY)
    with store.writing("Budi") as writer:
        writer.set_site("18.72.04", "office")
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


WORK = (
    Query("streetlight_repair", open_only=True),
    Query("streetlight_repair", marks=frozenset({"returned"})),
    Query(
        "streetlight_repair",
        overdue=Overdue("received_at", "priority", ("RECEIVED", "VERIFIED"), (("", "2026-01-01T00:00:00Z"),)),
    ),
    Query("plot_permit", where=(("status", ("ISSUED",)),), marks=frozenset({"own"})),
)


@pytest.mark.parametrize("query", WORK, ids=("open", "returned", "overdue", "own"))
def test_what_is_others_is_left_out_of_the_work_of_an_office_without_reading_its_own(reader, query):
    steps = plan(reader, select(reader, query))
    assert (
        len([step for step in steps if re.match(r"SEARCH others USING INDEX .*\(site_code[<>]\?\)", step)])
        == 2
    )
    assert not [
        step for step in steps if step.startswith((f"SCAN {query.kind}", "SCAN others", "CORRELATED"))
    ], steps
    assert not [step for step in steps if "site_code=" in step], "one code is that of nearly all records"


def test_what_is_unsent_is_looked_for_by_the_number_of_its_change(reader):
    steps = plan(reader, select(reader, Query("streetlight_repair", marks=frozenset({"unsent"}))))
    assert steps == ["SEARCH streetlight_repair USING INDEX streetlight_repair_change (change_no>?)"]


def select(reader, query):
    return reader.tables.main[query.kind].select().where(*reader.selecting.conditions(query))
