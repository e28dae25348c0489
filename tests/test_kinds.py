"""What a kind must have before it is one: a new kind fails here until it is whole. CONTRIBUTING tells the same as a list.

Both languages, a table made by a migration, a sample that breaks no rule, help, a list that opens, a form that opens and saves, a page
of the manual, and a machine CSV that holds exactly what is stored.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.core import fields as f
from desktop_app.core import values
from desktop_app.core.draft import Draft
from desktop_app.core.query import Query
from desktop_app.core.spec import Kind
from desktop_app.core.stamps import new_uid
from desktop_app.records.registry import REGISTRY
from desktop_app.records.samples import SAMPLES
from desktop_app.records.sampling import World
from desktop_app.services import demo, start
from desktop_app.services.context import AppContext
from desktop_app.services.exports import export
from desktop_app.services.references import resolver
from tests.journeys import city
from tests.journeys.clerk import KEY, Clerk
from tests.unit.records.test_registry import all_words

MANUAL = Path(__file__).parent.parent / "docs" / "records.md"
KINDS = pytest.mark.parametrize("kind", REGISTRY.kinds, ids=lambda kind: kind.name)
PAGED = pytest.mark.parametrize(
    "kind", [kind for kind in REGISTRY.kinds if kind.own_page], ids=lambda kind: kind.name
)


@pytest.fixture(scope="module")
def headquarters(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppContext]:
    """A database made by the migrations, with samples of every kind; headquarters may write them all."""
    ctx = city.opened(tmp_path_factory.mktemp("kinds") / "data")
    start.init(ctx, "18.72", "headquarters", "Dinas Perkim")
    demo.fill(ctx, 300, seed=3)
    world = World.begin("18.72", today=demo.DAY, seed=4)
    with ctx.store.writing(ctx.person) as writer:
        for kind in REGISTRY:
            if not kind.own_page:
                writer.add(SAMPLES[kind.name](world))
    yield ctx
    ctx.close()


@pytest.fixture(scope="module")
def clerk(headquarters, qapp, request) -> Iterator[Clerk]:
    one = Clerk(headquarters, qapp, QtBot(request))
    yield one
    one.close()


@KINDS
def test_it_speaks_both_languages(kind: Kind):
    said = list(all_words(kind))
    assert len(said) > 10
    assert [place for place, words in said if not words.id.strip() or not words.en.strip()] == []
    sentences = [words for place, words in said if place in ("help", "empty")]
    assert all(
        words.id[-1] in ".!?" and words.en[-1] in ".!?" and words.id != words.en for words in sentences
    )


@KINDS
def test_its_tables_are_made_by_a_migration_as_declared(headquarters: AppContext, kind: Kind):
    tables = headquarters.store.tables
    declared = [tables.main[kind.name], *(tables.lines[kind.name, lines.name] for lines in kind.lines)]
    declared += [tables.moves[kind.name]] if kind.life_cycle else []
    stored = {field.name for field in kind.stored_fields}
    assert stored <= set(declared[0].c.keys())
    with headquarters.store.reading() as reader:
        for table in declared:
            made = reader.connection.exec_driver_sql(f"PRAGMA table_info({table.name})").all()
            # Columns that came with a later step stand at the end of the table.
            assert sorted((column[1], column[2], bool(column[3])) for column in made) == sorted(
                (column.name, column.type.compile(reader.connection.dialect), not column.nullable)
                for column in table.columns
            )


@KINDS
def test_it_has_a_sample_that_breaks_no_rule(headquarters: AppContext, kind: Kind):
    assert kind.name in SAMPLES
    with headquarters.store.reading() as reader:
        uids = [row.uid for row in reader.first(Query(kind.name), 5)]
        assert uids
        for uid in uids:
            record = reader.get(kind.name, uid)
            assert record is not None
            draft = Draft.of(kind, record, headquarters.where(reader), new_uid, resolver(headquarters))
            assert [one.words.en for one in draft.findings() if one.severity == "error"] == []


@KINDS
def test_the_manual_has_its_page(kind: Kind):
    manual = MANUAL.read_text("utf-8")
    assert f"`{kind.name}`" in manual
    assert kind.help.id in manual or kind.help.en in manual
    assert all(f"`{field.name}`" in manual for field in kind.fields if not field.hidden)


@PAGED
def test_its_list_opens_and_its_form_opens_and_saves(clerk: Clerk, headquarters: AppContext, kind: Kind):
    clerk.go(kind.name)
    assert clerk.find(f"list_{kind.name}").isVisible()
    assert len(clerk.count()) > 3
    clerk.begin()
    first = next(
        field.name for field in kind.fields if not field.hidden and not isinstance(field, f.Computed)
    )
    assert clerk.field() == first
    clerk.key(KEY.Key_Escape)

    with headquarters.store.reading() as reader:
        uid = reader.first(Query(kind.name), 1)[0].uid
    clerk.open(uid)
    clerk.view().body.focus_field("notes")
    clerk.change("notes", f"Diperiksa: {kind.id}.")
    with headquarters.store.reading() as reader:
        record = reader.get(kind.name, uid)
    assert record is not None
    assert record.values["notes"] == f"Diperiksa: {kind.id}."


@KINDS
def test_its_machine_csv_holds_what_is_stored(headquarters: AppContext, tmp_path, kind: Kind):
    export(headquarters, Query(kind.name), tmp_path / "out.csv", "csv")
    rows = read(tmp_path / "out.csv")
    lines = {one.name: read(tmp_path / f"out.{one.name}.csv") for one in kind.lines}
    assert rows
    with headquarters.store.reading() as reader:
        for row in rows:
            record = reader.get(kind.name, row["uid"])
            assert record is not None
            back = {field.name: values.from_text(field, row[field.name]) for field in kind.stored_fields}
            assert back == {name: record.values.get(name) for name in back}
            for one in kind.lines:
                typed = [cell for cell in one.fields if not isinstance(cell, f.Computed)]
                mine = sorted(
                    (line for line in lines[one.name] if line["parent_uid"] == row["uid"]),
                    key=lambda line: int(line["position"]),
                )
                assert [
                    {cell.name: values.from_text(cell, line[cell.name]) for cell in typed} for line in mine
                ] == [
                    {cell.name: line.values.get(cell.name) for cell in typed}
                    for line in record.lines[one.name]
                ]


def read(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, strict=True))
