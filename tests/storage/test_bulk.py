"""Many at once: loading gives the same rows as adding; machine CSV the same bytes as its plain writer."""

# ruff: noqa: PT012  (what is refused is the whole block, as in the program)

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.core import values
from desktop_app.core.errors import Cancelled, KnownError
from desktop_app.core.progress import Quiet
from desktop_app.core.query import Query
from desktop_app.core.record import Moved
from desktop_app.core.stamps import new_uid
from desktop_app.formats import machine_csv
from desktop_app.storage import backends, loading
from desktop_app.storage.derived import list_indexes
from desktop_app.storage.upkeep import check, rebuild
from tests.engines import look
from tests.storage.small import NOON, REGISTRY, area, fix, lamp

pytestmark = pytest.mark.engines

STAMPED = {"born", "change_no", "pk", "site_id", "clock", "version"}
TABLES = ("fix", "fix_parts", "fix_move", "lamp", "area", "journal", "number")


def content(store):
    """Every table without its stamps, and the search words by hits."""
    found: dict[str, list[str]] = {}
    for table in TABLES:
        rows = look(store, f'SELECT * FROM "{table}"')
        kept = [[v for name, v in row.items() if name not in STAMPED] for row in rows]
        found[table] = sorted(map(repr, kept))
    with store.reading() as reader:
        for text in ("siti", "pju", "mawar", "padam", "imo", "fix/187204"):
            hits = [
                reader.rows(kind, reader.ids(Query(kind, search=text))) for kind in ("fix", "lamp", "area")
            ]
            found[text] = [row.uid for of_kind in hits for row in of_kind]
    return found


def records():
    one = lamp(area="18.72.01.1001")
    moved = fix(one.uid, notes="e\u0301", also=())
    moved.moves = [
        Moved(new_uid(), "begin", None, "REPORTED", NOON, "Budi"),
        Moved(new_uid(), "finish", "REPORTED", "DONE", NOON.replace(hour=9, microsecond=7), "Ani", "beres"),
    ]
    moved.entry_by, moved.entry_at = "Ani", NOON
    empty = fix(
        None, lamp=None, reporter="", cause=None, urgent=None, poles=0, length=None, at=None, notes=None
    )
    plain = [fix(one.uid, reported_at=NOON.replace(minute=n)) for n in range(5)]
    for record in (empty, *plain):
        record.moves = [Moved(new_uid(), "begin", None, "REPORTED", NOON, "Budi")]
    return [area()], [one], [moved, empty, *plain]


@pytest.mark.parametrize("batch", [2, 3, 1_000])
def test_loading_gives_the_same_rows_as_adding(store, other_store, monkeypatch, batch):
    monkeypatch.setattr(loading, "_BATCH", batch)
    kinds, other = records(), other_store
    store.now = other.now = lambda: NOON
    with store.writing("Budi") as writer:
        added = [writer.add(record) for kind in kinds for record in kind]
    with other.writing("Budi") as writer:
        counts = [writer.load(kind[0].kind, kind) for kind in kinds]
        assert counts == [1, 1, 7]
    assert content(other) == content(store)
    with other.reading() as reader:
        loaded = [reader.get(record.kind, record.uid) for record in added]
        assert [(r.values, r.lines, r.moves, r.status, r.record_no) for r in loaded] == [
            (r.values, r.lines, r.moves, r.status, r.record_no) for r in added
        ]
    assert not rebuild.is_behind(other), "the list indexes are there again"
    assert check.check(other).sound


def test_loaded_rows_have_growing_stamps_and_numbers_and_typing_goes_on_after_them(store):
    with store.writing("Budi") as writer:
        writer.load("fix", (fix() for _ in range(5)))
        last = writer.add(fix())
    born = [row["born"] for row in look(store, "SELECT born FROM fix ORDER BY pk")]
    numbers = [
        row["change_no"]
        for table in ("fix", "fix_parts", "fix_move")
        for row in look(store, f"SELECT change_no FROM {table}")
    ]
    assert born == sorted(set(born))
    assert sorted(numbers) == list(range(1, 6 * 4 + 1))
    assert last.record_no.endswith("/000006")


@pytest.mark.parametrize("why", ["cancelled", "double"])
def test_a_load_that_is_cancelled_or_has_a_double_stores_nothing(store, monkeypatch, why):
    monkeypatch.setattr(loading, "_BATCH", 2)
    given = [fix() for _ in range(7)]
    if why == "double":
        given[6] = given[0]
    with store.writing("Budi") as writer:
        writer.add(lamp())
    before = content(store)
    with pytest.raises(Cancelled if why == "cancelled" else KnownError), store.writing("Budi") as writer:
        writer.load("fix", given, Quiet(cancel_after=4) if why == "cancelled" else None)
    assert content(store) == before
    with pytest.raises(RuntimeError, match="not finished"), store.writing("Budi") as writer:
        with pytest.raises(KnownError):
            writer.load("lamp", [lamp(), *(two := [lamp()]), *two])
        writer.add(fix())
    assert content(store) == before
    with store.reading() as reader:
        assert list_indexes(store.tables, REGISTRY["fix"]).keys() <= backends.of(reader.connection).names()


def test_regions_that_are_loaded_later_heal_the_search_words_of_who_waits_for_them(store):
    with store.writing("Budi") as writer:
        waiting = writer.add(lamp(area="18.72.01.1001"))
        writer.load("area", [area()])
    assert rebuild.is_behind(store)
    rebuild.catch_up(store)
    with store.reading() as reader:
        assert [row.uid for row in reader.first(Query("lamp", search="imopuro"), 5)] == [waiting.uid]


texts = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\r\t"), max_size=12)
naughty = st.one_of(
    texts, st.sampled_from(['"', ",", "\r\n", '""', "=1+1", "'", "a,b", 'say "hi"', " ", "[", "*", "\n"])
)


class UndoneError(Exception):
    """Ends a transaction whose rows nobody needs any more."""


@settings(max_examples=25)
@given(st.lists(st.tuples(naughty, naughty, st.decimals(-10_000, 10_000, places=3)), max_size=5))
def test_machine_csv_from_the_database_is_that_of_its_plain_writer(module_store, given_texts):
    with pytest.raises(UndoneError), module_store.writing("Budi") as writer:
        added = [
            writer.add(fix(f"uid{number}", reporter=one, notes=two, length=three, urgent=number % 2 == 0))
            for number, (one, two, three) in enumerate(given_texts)
        ]
        compare_csv(writer, added)
        raise UndoneError


def compare_csv(reader, added):
    (_, heading), *parts = reader.csv_records(Query("fix"))
    (_, line_heading), *line_parts = reader.csv_lines(Query("fix"), "parts")
    (_, move_heading), *move_parts = reader.csv_moves(Query("fix"))
    assert sum(count for count, _ in parts) == len(added)
    assert sum(count for count, _ in line_parts) == 2 * len(added)
    body = b"".join(data for _, data in parts)
    for head, data in (
        (heading, body),
        (line_heading, b"".join(d for _, d in line_parts)),
        (move_heading, b"".join(d for _, d in move_parts)),
    ):
        rows = list(csv.reader(io.StringIO((head + data).decode(), newline=""), strict=True))
        assert b"".join(map(machine_csv.to_line, rows)) == head + data
    table = machine_csv.Table(io.BytesIO(heading + body), heading.decode().strip().split(","))
    kind = REGISTRY["fix"]
    for cells, record in zip(table, added, strict=True):
        row = dict(zip(table.names, cells, strict=True))
        for field in kind.stored_fields:
            assert row[field.name] == (values.to_text(field, record.values[field.name]) or None)
            assert values.from_text(field, row[field.name] or "") == record.values[field.name]
        assert (row["uid"], row["status"], row["record_no"]) == (record.uid, "REPORTED", record.record_no)


def test_machine_csv_has_what_the_query_asks_for_in_the_order_of_coming(store):
    with store.writing("Budi") as writer:
        kept = [writer.add(fix(cause=cause)) for cause in ("LAMP", "CABLE", "LAMP")]
        writer.remove("fix", kept[0].uid, "x")
    query = Query("fix", where=(("cause", ("LAMP",)),), sort="-reported_at")
    with store.reading() as reader:
        for parts in (reader.csv_records(query), reader.csv_lines(query, "parts"), reader.csv_moves(query)):
            data = b"".join(data for _, data in parts).decode().splitlines()
            owner = data[0].split(",").index("parent_uid" if "parent_uid" in data[0] else "uid")
            assert {line.split(",")[owner] for line in data[1:]} == {kept[2].uid}
