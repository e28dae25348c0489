"""Lists: filter, order, counts, pages and search, compared with the plain thing done in Python."""

from __future__ import annotations

import datetime as dt
import random
import threading
from decimal import Decimal as Number
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.errors import Cancelled, UsageError
from desktop_app.core.query import Query
from desktop_app.core.record import Moved
from desktop_app.core.stamps import new_uid
from desktop_app.storage import listing
from desktop_app.storage.glance import Glance
from desktop_app.storage.stopping import Stop
from tests.storage.small import CAUSES, NOON, REGISTRY, area, fix, lamp

pytestmark = pytest.mark.engines

JAKARTA = ZoneInfo("Asia/Jakarta")
REPORTERS = [None, "siti", "Siti Aminah", "budi", "Ahmad", "ZULKIFLI", "Élan"]
OWN, BEFORE, BEHIND = "18.72.04", "18.72.01", "18.72.05"
CODES = [code.code for code in CAUSES]
SORTS = [
    "",
    "reported_at",
    "-reported_at",
    "reporter",
    "-reporter",
    "cause",
    "-cause",
    "poles",
    "-poles",
    "lamp",
    "-lamp",
    "status",
    "length",
    "-done_on",
    "record_no",
]


@pytest.fixture(scope="module")
def city(module_store):
    """80 repairs of 12 lamps in 3 areas, some removed, some done, some another office's; never changed by the tests."""
    store, dice = module_store, random.Random(7)
    with store.writing("Budi") as writer:
        for number in range(3):
            writer.add(area(f"18.72.0{number}", ["Imopuro", "Yosodadi", "Ganjar Agung"][number]))
        lamps = [
            writer.add(
                lamp(
                    f"PJU-{dice.randrange(10_000):04d}",
                    area=f"18.72.0{n % 4}",
                    street=f"Jl. {'Mawar' if n % 2 else 'Melati'} {n}",
                )
            )
            for n in range(12)
        ]
    for person in ("Budi", "Ani"):
        with store.writing(person) as writer:
            for _ in range(40):
                record = fix(
                    dice.choice([None, *(one.uid for one in lamps)]),
                    reporter=dice.choice(REPORTERS),
                    cause=dice.choice([None, *CODES]),
                    also=tuple(code for code in CODES if dice.random() < 0.4),
                    poles=dice.choice([None, 1, 2, 30]),
                    length=dice.choice([None, Number("0.5"), Number("12.125")]),
                    urgent=dice.choice([None, True, False]),
                    done_on=dice.choice([None, dt.date(2026, 3, dice.randrange(1, 28))]),
                    reported_at=dice.choice([None, NOON + dt.timedelta(hours=dice.randrange(-200, 200))]),
                    notes=dice.choice([None, "kabel putus", "jl. mawar gelap"]),
                )
                writer.add(record)
                if dice.random() < 0.3:
                    writer.move(
                        "fix", record.uid, Moved(new_uid(), "finish", "REPORTED", "DONE", NOON, person)
                    )
                if dice.random() < 0.2:
                    writer.remove("fix", record.uid, "ganda")
                if dice.random() < 0.2:
                    writer.give("fix", [record.uid], dice.choice([BEFORE, BEHIND]))
    return store


class Pairs(list):
    """A list that does not fill the screen when a test fails."""

    def __repr__(self):
        return f"<{len(self)} pairs>"


@pytest.fixture(scope="module")
def everything(city):
    """(row, record) of all repairs, oldest first."""
    with city.reading(person="Budi") as reader:
        rows = [
            *reader.first(Query("fix", sort="record_no"), 999),
            *reader.first(Query("fix", removed=True), 999),
        ]
        return Pairs((row, reader.get("fix", row.uid)) for row in sorted(rows, key=lambda row: row.pk))


queries = st.builds(
    Query,
    kind=st.just("fix"),
    search=st.sampled_from(["", "", "siti", "maw", "kab put", "PJU", "imopuro", "z", "tidak ada"]),
    where=st.lists(
        st.one_of(
            st.tuples(
                st.just("cause"), st.lists(st.sampled_from([None, *CODES]), min_size=1, max_size=2).map(tuple)
            ),
            st.tuples(st.just("also"), st.lists(st.sampled_from(CODES), min_size=1, max_size=2).map(tuple)),
            st.tuples(st.just("urgent"), st.sampled_from([(True,), (False,), (None, True)])),
            st.tuples(st.just("status"), st.sampled_from([("DONE",), ("REPORTED", "DONE")])),
            st.tuples(st.just("length"), st.just((Number("12.125"),))),
            st.tuples(st.just("done_on"), st.just((dt.date(2026, 3, 5), None))),
        ),
        max_size=2,
    ).map(tuple),
    open_only=st.booleans(),
    period=st.sampled_from(
        [None, ("reported_at", "2026-02-27", "2026-03-03"), ("done_on", "2026-03-05", "2026-03-12")]
    ),
    marks=st.sampled_from(
        [frozenset(), *(frozenset({mark}) for mark in ("mine", "own", "unsent", "returned"))]
    ),
    sort=st.sampled_from(SORTS),
    removed=st.booleans(),
)


def matches(query, row, record):
    if (record.removed_at is not None) != query.removed or "returned" in query.marks:
        return False
    if query.open_only and (record.status != "REPORTED" or row.site_code != OWN):
        return False
    if query.marks & {"own", "unsent"} and row.site_code != OWN:
        return False
    if "mine" in query.marks and record.entry_by != "Budi":
        return False
    for name, allowed in query.where:
        value = record.status if name == "status" else record.values[name]
        if not (set(value or ()) & set(allowed) if name == "also" else value in allowed):
            return False
    if query.period:
        name, first, last = query.period
        value = record.values[name]
        day = value.astimezone(JAKARTA).date() if isinstance(value, dt.datetime) else value
        if day is None or not first <= day.isoformat() <= last:
            return False
    return True


def order(query, lamps):
    name = query.sort.lstrip("-") or "reported_at"
    down = (query.sort or "-reported_at").startswith("-")

    def key(pair):
        _, record = pair
        value = {"status": record.status, "record_no": record.record_no}.get(name, record.values.get(name))
        if name == "lamp":
            value = lamps.get(value)
        if name in ("cause", "status") and value is not None:
            value = (CODES if name == "cause" else ["REPORTED", "DONE"]).index(value)
        if isinstance(value, str):  # as SQLite compares without regard to capitals: only A to Z
            value = "".join(letter.lower() if letter.isascii() else letter for letter in value).encode()
        return value

    def sort(pairs):
        filled = sorted(
            (p for p in pairs if key(p) is not None), key=lambda p: (key(p), p[0].pk), reverse=down
        )
        return filled + sorted((p for p in pairs if key(p) is None), key=lambda p: p[0].pk, reverse=down)

    return sort


@given(query=queries, frequent=st.sampled_from([1, 20_000]), look_at=st.sampled_from([3, 30, 5_000]))
def test_every_query_gives_what_the_plain_thing_in_python_gives(city, everything, query, frequent, look_at):
    """Also where the first rows are found by a short cut."""
    with pytest.MonkeyPatch.context() as patch, city.reading(person="Budi") as reader:
        patch.setattr(listing, "_FREQUENT", frequent)
        patch.setattr(listing, "_LOOK_AT", look_at)
        patch.setattr(listing, "_LOOK_AT_SEARCHED", look_at)
        lamps = {row.uid: row.values["number"] for row in reader.first(Query("lamp"), 99)}
        found = list(reader.ids(query))
        first = [row.pk for row in reader.first(query, 7)]
        number = reader.count(query)
        by_search = set(reader.ids(Query("fix", search=query.search, removed=query.removed)))
    expected = [pair for pair in everything if matches(query, *pair) and pair[0].pk in by_search]
    assert found == [row.pk for row, _ in order(query, lamps)(expected)]
    assert first == found[:7]
    assert number == len(found)


@given(query=queries, field=st.sampled_from(["cause", "also", "status", "urgent", "lamp"]))
def test_the_counts_of_a_field_are_those_of_the_query_without_it(city, everything, query, field):
    from dataclasses import replace

    rest = replace(query, where=tuple(one for one in query.where if one[0] != field))
    if field == "status":
        rest = replace(rest, open_only=False)
    with city.reading(person="Budi") as reader:
        facets = reader.facets(query, field)
        rows = reader.rows("fix", reader.ids(rest))
    expected: dict = {}
    for row in rows:
        value = row.status if field == "status" else row.values[field]
        for one in value if isinstance(value, tuple) else (value,):
            expected[one] = expected.get(one, 0) + 1
    assert dict(facets) == expected
    if field == "cause":
        assert [value for value, _ in facets if value] == [code for code in CODES if code in expected]


def test_rows_come_in_the_order_asked_and_missing_ones_are_left_out(city, everything):
    pks = [row.pk for row, _ in everything]
    with city.reading() as reader:
        assert [row.pk for row in reader.rows("fix", [pks[3], 10**9, pks[1], pks[3]])] == [
            pks[3],
            pks[1],
            pks[3],
        ]
        assert reader.rows("fix", []) == []


def test_a_row_has_the_values_of_its_record_and_its_marks(everything):
    for row, record in everything:
        assert row.values == record.values
        assert (row.status, row.version, row.record_no, row.removed_at) == (
            record.status,
            record.version,
            record.record_no,
            record.removed_at,
        )
        marks = {"mine": record.entry_by == "Budi", "unsent": row.site_code == OWN}
        assert row.marks == {mark for mark, has in marks.items() if has}


def test_streams_give_all_rows_lines_and_moves_in_order(city, monkeypatch):
    for module in ("listing", "streaming"):
        monkeypatch.setattr(f"desktop_app.storage.{module}._PAGE", 7)
    query = Query("fix", sort="reporter")
    with city.reading() as reader:
        records = [reader.get("fix", row.uid) for row in reader.stream_rows(query)]
        assert [record.uid for record in records] == [row.uid for row in reader.first(query, 999)]
        lines = list(reader.stream_lines(query, "parts"))
        assert [(row.uid, row.values) for row in lines] == [
            (o.uid, o.values) for r in records for o in r.lines["parts"]
        ]
        assert [row.record_no for row in lines[::2]] == [record.record_no for record in records]
        assert list(reader.stream(query, ["reporter", "status"])) == [
            (r.values["reporter"], r.status) for r in records
        ]
        moves = dict.fromkeys(r.uid for r in records)
        made = list(reader.stream_moves(query))
        assert sorted(made, key=lambda m: m[0]) == sorted(
            ((u, m) for u in moves for m in reader.get("fix", u).moves), key=lambda m: m[0]
        )
        assert list(reader.stream_moves(Query("lamp"))) == []


def test_counts_per_kind_and_what_waits_to_be_sent(city, everything):
    living = sum(record.removed_at is None for _, record in everything)
    with city.reading() as reader:
        assert reader.counts() == {"fix": living, "lamp": 12, "area": 3}
        assert reader.unsent() == 80 + 12 + 3


@pytest.mark.engines("sqlite")
def test_the_first_glance_shows_what_the_list_shows(city):
    with city.reading(person="Budi") as reader, Glance(city.folder, REGISTRY, "Budi") as glance:
        for kind in REGISTRY:
            assert glance.first(kind, 20) == reader.first(Query(kind.name), 20) != []
        opened = Query("fix", open_only=True)
        for limit in (3, 99):  # found at the beginning of the list; fewer than are asked for
            assert glance.first(REGISTRY["fix"], limit, open_only=True) == reader.first(opened, limit) != []
        for sort in ("reporter", "-poles", "-record_no"):
            assert (
                glance.first(REGISTRY["fix"], 9, sort=sort) == reader.first(Query("fix", sort=sort), 9) != []
            )
        assert (
            glance.first(REGISTRY["fix"], 9, sort="status") == []
        )  # states stand in the order of their list
        assert (glance.settings(), glance.people()) == (reader.settings(), reader.people())
        uids = [row.uid for row in reader.first(Query("fix"), 20)] + ["no-such-uid"]
        assert glance.titles("fix", uids) == reader.titles("fix", uids)


def test_a_glance_into_an_empty_folder_shows_nothing(tmp_path):
    with Glance(tmp_path, REGISTRY) as glance:
        assert glance.first(REGISTRY["fix"], 20) == []
        assert glance.titles("area", ["18.72"]) == {"18.72": "18.72"}
    assert list(tmp_path.iterdir()) == []


def test_a_list_that_nobody_waits_for_any_more_is_stopped(city):
    stop = Stop()
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    timer = threading.Timer(0.1, stop)
    timer.start()
    with pytest.raises(Cancelled), city.reading(stop) as reader:
        reader.connection.exec_driver_sql(endless)
    timer.join()
    with pytest.raises(Cancelled), city.reading(stop):
        pytest.fail("a reader that was stopped before it began must not begin")
    with city.reading() as reader:
        assert reader.count(Query("lamp")) == 12


def test_a_reader_can_not_write_and_sees_one_state_while_others_write(city, store):
    with pytest.raises(Exception, match=r"read-?only|tidak mengizinkan"), city.reading() as reader:
        reader.connection.exec_driver_sql("DELETE FROM lamp")
    with store.reading() as reader:
        before = reader.count(Query("lamp"))
        with store.writing("Ani") as writer:
            writer.add(lamp())
        assert reader.count(Query("lamp")) == before
    with store.reading() as reader:
        assert reader.count(Query("lamp")) == before + 1


@pytest.mark.parametrize(
    "query", [Query("nothing"), Query("fix", where=(("extras", ("x",)),)), Query("fix", sort="pk")]
)
def test_what_no_list_has_is_wrong_usage(city, query):
    with pytest.raises(UsageError), city.reading() as reader:
        reader.first(query, 5)


def test_a_period_holds_its_first_and_its_last_day_of_the_office(store):
    def at(text):
        return dt.datetime.fromisoformat(text)

    moments = ["2026-02-26T16:59:59Z", "2026-02-26T17:00:00Z", "2026-03-03T16:59:59Z", "2026-03-03T17:00:00Z"]
    days = ["2026-02-26", "2026-02-27", "2026-03-03", "2026-03-04"]
    with store.writing("Budi") as writer:
        added = [
            writer.add(fix(reported_at=at(moment), done_on=dt.date.fromisoformat(day))).uid
            for moment, day in zip(moments, days, strict=True)
        ]
    with store.reading() as reader:
        for field in ("reported_at", "done_on"):
            query = Query("fix", period=(field, "2026-02-27", "2026-03-03"), sort="record_no")
            assert [row.uid for row in reader.first(query, 9)] == added[1:3]
