"""What every kind has, the next one too: this fails until a new kind is complete, and says what it lacks.

The details stand with their parts: words and rules in `unit/records/test_registry.py`, samples in `unit/records/test_samples.py`,
forms filled by keys in `ui/form/test_form_kinds.py`.
"""

from __future__ import annotations

import io

import pytest

from desktop_app.core import values
from desktop_app.core.query import Query
from desktop_app.formats.machine_csv import Table
from desktop_app.records.registry import REGISTRY
from desktop_app.records.samples import SAMPLES
from desktop_app.services import records
from desktop_app.services.lists import Source
from tests.offices import _indonesian, bare_place, busy_office, empty_office

__all__ = ["_indonesian", "bare_place", "busy_office", "empty_office"]

NAMES = [kind.name for kind in REGISTRY]


@pytest.fixture(scope="module")
def city(busy_office, tmp_path_factory):
    """An office with records of every kind, which these tests only read."""
    import shutil

    from desktop_app import bootstrap

    folder = tmp_path_factory.mktemp("kinds") / "data"
    shutil.copytree(busy_office, folder)
    ctx = bootstrap.open_context(folder, person="Sri Wahyuni")
    yield ctx
    ctx.close()


def cells(data: bytes) -> list[dict[str, str | None]]:
    heading = data.split(b"\r\n", 1)[0].decode().split(",")
    table = Table(io.BytesIO(data), heading)
    return [dict(zip(table.names, row, strict=True)) for row in table]


@pytest.mark.parametrize("name", NAMES)
def test_it_says_in_both_languages_what_it_is_and_what_to_do_first(name):
    kind = REGISTRY[name]
    for words in (kind.label, kind.plural, kind.short, kind.help, kind.empty):
        assert words.id.strip()
        assert words.en.strip()
    assert kind.help.id != kind.help.en


@pytest.mark.parametrize("name", NAMES)
def test_it_has_a_sample_and_a_table_in_the_migrated_database(name, city):
    assert name in SAMPLES
    with city.store.reading() as reader:
        assert reader.count(Query(name)) > 0


@pytest.mark.parametrize("name", NAMES)
def test_its_list_opens_with_a_cell_for_every_column(name, city):
    rows = Source(city).first_page(Query(name))
    assert rows
    assert all(len(row.cells) == len(REGISTRY[name].columns) for row in rows)
    assert any(cell.text for row in rows for cell in row.cells)


@pytest.mark.parametrize("name", NAMES)
def test_its_form_finds_nothing_wrong_with_a_stored_record_and_nothing_to_save(name, city):
    row = Source(city).first_page(Query(name))[0]
    draft = records.open_draft(city, name, row.uid)
    assert [finding.words.id for finding in draft.findings() if finding.severity == "error"] == []
    assert not draft.changed()


@pytest.mark.parametrize("name", NAMES)
def test_what_its_machine_csv_says_is_what_is_stored(name, city):
    kind = REGISTRY[name]
    with city.store.reading() as reader:
        rows = cells(b"".join(part for _, part in reader.csv_records(Query(name))))
        assert len(rows) == reader.count(Query(name))
        for row in rows:
            stored = reader.get(name, str(row["uid"]))
            assert stored is not None
            for field in kind.stored_fields:
                text = row[field.name] or ""
                assert values.from_text(field, text) == stored.values.get(field.name), field.name


@pytest.mark.parametrize("name", [kind.name for kind in REGISTRY if kind.lines])
def test_its_child_lines_travel_with_their_parent(name, city):
    with city.store.reading() as reader:
        for lines in REGISTRY[name].lines:
            rows = cells(b"".join(part for _, part in reader.csv_lines(Query(name), lines.name)))
            assert all(row["uid"] and row["parent_uid"] and row["born"] for row in rows)
            for row in rows[:50]:
                parent = reader.get(name, str(row["parent_uid"]))
                assert parent is not None
                line = next(one for one in parent.lines[lines.name] if one.uid == row["uid"])
                for field in lines.fields:
                    if field.name in row:
                        assert values.from_text(field, row[field.name] or "") == line.values.get(field.name)
