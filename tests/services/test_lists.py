"""What the list page asks for: rows as texts, ids, counts, filter menus; and what can be searched for."""

from __future__ import annotations

from contextlib import contextmanager

import pytest

from desktop_app.core.errors import Cancelled, KnownError, UsageError
from desktop_app.core.query import Query
from desktop_app.services import answers, records
from desktop_app.services.lists import Source, label
from tests.services import slips

pytestmark = pytest.mark.engines

REPAIRS = Query("streetlight_repair")


def cells(ctx, row, name: str):
    columns = [column.field for column in ctx.kind("streetlight_repair").columns]
    return row.cells[columns.index(name)]


def test_rows_show_names_words_and_pills(office):
    records.save(office, slips.repair(office))
    row = Source(office).first_page(REPAIRS)[0]
    assert cells(office, row, "village_code").text == "Imopuro"
    assert cells(office, row, "category").text == "Lampu padam"
    status = cells(office, row, "status")
    state = office.kind("streetlight_repair").life_cycle.by_code["RECEIVED"]
    assert (status.text, status.family, status.shape) == ("Diterima", state.family, state.shape)
    assert row.marks == {"unsent", "mine"}


def test_pages_come_in_the_order_of_their_ids(busy):
    source = Source(busy)
    pks = source.all_ids(REPAIRS)
    assert len(pks) == source.count(REPAIRS)
    some = [*pks[10:20], 999_999, *pks[:3]]
    assert [row.pk for row in source.page("streetlight_repair", some)] == [*pks[10:20], *pks[:3]]
    assert [row.pk for row in source.first_page(REPAIRS, 5)] == list(pks[:5])


def test_counts_on_the_chips_do_not_depend_on_the_chips(busy):
    source = Source(busy)
    plain = source.chips(REPAIRS)
    assert plain.everything == plain.all == plain.unsent == source.count(REPAIRS)
    assert 0 < plain.open < plain.all
    assert source.chips(Query("streetlight_repair", open_only=True, where=(("status", ("DONE",)),))) == plain
    searched = source.chips(Query("streetlight_repair", search="jl"))
    assert searched.everything == plain.everything
    assert searched.all == source.count(Query("streetlight_repair", search="jl")) < plain.all


def test_a_filter_menu_says_values_in_words_with_counts(busy):
    source = Source(busy)
    for field in ("status", "village_code", "category"):
        items = source.menu(REPAIRS, field)
        assert sum(item.count for item in items) == source.count(REPAIRS)
        for item in items:
            assert source.count(Query("streetlight_repair", where=((field, (item.value,)),))) == item.count
    villages = {item.text for item in source.menu(REPAIRS, "village_code")}
    assert villages <= {"Metro", "Hadimulyo Timur", "Imopuro", "Hadimulyo Barat", "Yosomulyo"}


def test_a_stopped_question_is_not_answered(busy):
    class Stopped:
        @contextmanager
        def interruptible(self, interrupt):
            interrupt()
            yield

    with pytest.raises(Cancelled):
        Source(busy).all_ids(REPAIRS, Stopped())


def test_records_are_found_by_what_people_remember(office):
    wanted = records.save(office, slips.repair(office)).uid
    other = slips.repair(
        office,
        street_name="Gang Melati",
        village_code="Yosomulyo",
        reporter_name="Pak Budi",
        reporter_phone="",
    )
    records.save(office, other)
    for search in ("jl mawar", "MAWAR", "jalan mawar", "imopuro", "bu sri", "0812 3456 7890", "000001"):
        found = Source(office).first_page(Query("streetlight_repair", search=search))
        assert [row.uid for row in found] == [wanted], search


def test_typed_conditions_become_a_query(office):
    records.save(office, slips.repair(office))
    for where in (
        [("status", "RECEIVED")],
        [("status", "diterima")],
        [("village_code", "Imopuro")],
        [("village_code", "18.72.01.1003")],
        [("category", "lampu padam"), ("category", "LAMP_GROUP_OUT")],
        [("points_reported", "2")],
        [("crew", "")],
        [("entry_by", "Sri Wahyuni")],
    ):
        query = answers.query(office, "streetlight_repair", where=where)
        assert Source(office).count(query) == 1, where
    assert Source(office).count(answers.query(office, "streetlight_repair", where=[("status", "DONE")])) == 0


@pytest.mark.parametrize(
    ("where", "sort", "wrong"),
    [
        ([("nobody", "1")], "", UsageError),
        ([], "-nobody", UsageError),
        ([("status", "terbang")], "", KnownError),
        ([("points_reported", "dua ekor")], "", KnownError),
    ],
)
def test_conditions_that_make_no_sense_are_refused(office, where, sort, wrong):
    with pytest.raises(wrong):
        answers.query(office, "streetlight_repair", where=where, sort=sort)


def test_rows_for_machines_hold_canonical_values(office):
    records.save(office, slips.repair(office))
    kind = office.kind("streetlight_repair")
    row = answers.as_json(kind, answers.found(office, REPAIRS))[0]
    assert row["village_code"] == "18.72.01.1003"
    assert row["latitude"] == -5.1167
    assert row["received_at"] == "2026-11-20T12:30:00Z"
    assert row["crew"] is None
    heading, line = list(answers.as_csv(kind, answers.found(office, REPAIRS)))
    told = dict(zip(heading.strip().split(","), line.strip().split(","), strict=True))
    assert told["latitude"] == "-5.11670000"
    assert told["status"] == "RECEIVED"


def test_every_column_has_a_heading(office):
    for kind in office.registry:
        for column in kind.columns:
            assert (column.heading or label(kind, column.field)).id
