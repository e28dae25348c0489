"""What merging keeps besides values: who knows a row, conflicts, what was returned, what waits, what the journal tells."""

from __future__ import annotations

import datetime as dt
import json

import pytest
import sqlalchemy as sa

from desktop_app.core import travel
from desktop_app.core.query import Query
from desktop_app.storage.merging.absorbing import absorb_extras
from tests.storage.merging.tiny import OLDER, REGISTRY

pytestmark = pytest.mark.engines

JOB = travel.Part(REGISTRY["job"], "")


def two(world, **values):
    """An office and headquarters that know a job."""
    office, head = world.site("18.72.04"), world.headquarters()
    uid = office.add(**values)
    head.take(office)
    world.clock.pass_()
    return office, head, uid


# ---- who knows it


def test_what_was_acknowledged_does_not_go_back(world):
    office, head, uid = two(world)
    assert head.local()["job", uid][1] == office.site_id
    assert sum(len(rows) for _, rows in head.rows(not_known_to=office.site_id).values()) == 0
    with head.store.reading() as reader:
        assert sum(reader.due_counts(0, office.site_id, None).values()) == 0
        assert sum(reader.due_counts(0, "another", ["18.72.04"]).values()) == 3
        assert sum(reader.due_counts(0, "another", ["18.72.05"]).values()) == 0


def test_what_was_not_acknowledged_goes_back(world):
    office, head = world.site("18.72.04"), world.headquarters()
    uid = office.add()
    head.take(office, acknowledged=False)
    assert head.local()["job", uid][1] is None


def test_a_mixture_is_known_to_nobody(world):
    office, head, uid = two(world)
    head.change(uid, urgent=True)
    world.clock.pass_()
    office.change(uid, name="lain")
    head.take(office)
    assert head.local()["job", uid][1] is None


def test_a_local_write_is_known_to_nobody(world):
    _, head, uid = two(world)
    head.change(uid, urgent=True)
    assert head.local()["job", uid][1] is None


def test_renumbered_a_row_goes_again(world):
    office, head, uid = two(world)
    before = office.change_no
    with office.writing() as writer:
        writer.renumber(JOB, uid)
    assert office.local()["job", uid] == (before + 1, None)
    assert head.take(office).altered == 0


def test_the_clock_saw_every_stamp(world):
    office, head, uid = two(world)
    office.skew = office.skew.__class__(hours=5)
    office.change(uid, name="nanti")
    head.take(office)
    head.change(uid, name="sesudahnya")
    office.take(head)
    assert office.get(uid).values["name"] == "sesudahnya"
    assert head.conflicts() == []


# ---- conflicts


def test_both_sides_note_the_same_conflict(world):
    office, head, uid = two(world, length="1.00", unit="m")
    office.change(uid, length="2.00")
    world.clock.pass_()
    head.change(uid, unit="km")
    office_said, head_said = office.rows(), head.rows()
    assert len(head.merge(office_said, office).conflicts) == 1
    assert len(office.merge(head_said, head).conflicts) == 1
    assert head.stored() == office.stored()
    assert head.conflicts() == [
        (uid, "size", json.dumps(["2.00", "m"], separators=(",", ":")), '["1.00","km"]', False)
    ]
    assert (head.get(uid).values["unit"], str(head.get(uid).values["length"])) == ("km", "1.00")
    assert head.take(office).conflicts == []
    assert head.take(office).altered == 0


def test_a_write_that_knew_both_is_no_conflict(world):
    office, head, uid = two(world)
    office.change(uid, name="kantor")
    world.clock.pass_()
    head.change(uid, name="pusat")
    head.take(office)
    world.clock.pass_()
    head.change(uid, name="diputuskan")
    office.take(head)
    head.take(office)
    assert office.get(uid).values["name"] == head.get(uid).values["name"] == "diputuskan"
    assert len(head.conflicts()) == len(office.conflicts()) == 1


def test_a_removal_against_a_writing_is_a_conflict(world):
    office, head, uid = two(world)
    office.change(uid, phone="0812")
    world.clock.pass_()
    head.remove(uid, "ganda")
    said = head.rows()
    head.take(office)
    office.merge(said, head)
    assert head.stored() == office.stored()
    ((_, group, lower, higher, removal),) = head.conflicts()
    assert (group, lower, removal) == ("phone", '["0812"]', True)
    assert json.loads(higher)[1] == "ganda"


def test_different_fields_are_no_conflict(world):
    office, head, uid = two(world)
    office.change(uid, name="kantor")
    head.change(uid, urgent=True)
    assert head.take(office).conflicts == []


def test_one_stamp_and_two_values_is_a_conflict(world):
    """Two PCs under one id: the greater text wins everywhere, and both are shown."""
    office, head, uid = two(world, name="asli")
    office.change(uid, name="p")
    tables = office.rows()
    columns, rows = tables["job"]
    twin = [
        ["q" if name == "name" else cell for name, cell in zip(columns, row, strict=True)] for row in rows
    ]
    other = world.headquarters()
    for site, first, second in (
        (head, tables, {**tables, "job": (columns, twin)}),
        (other, {**tables, "job": (columns, twin)}, tables),
    ):
        site.merge(first, office)
        assert len(site.merge(second, office).conflicts) == 1
        assert site.merge(second, office).altered == 0
        assert site.get(uid).values["name"] == "q"
    assert head.conflicts() == other.conflicts() == [(uid, "name", '["p"]', '["q"]', False)]


# ---- returned


def test_returned_until_the_office_answers(world):
    office, head, uid = two(world)
    head.change(uid, review_state="RETURNED", review_reason="salah")
    assert office.take(head).returned == 1
    assert office.said("SELECT returned FROM job") == [(1,)]
    world.clock.pass_()
    head.change(uid, urgent=True)
    office.take(head)
    assert office.said("SELECT returned FROM job") == [(1,)], "headquarters' own writing is no answer"
    with head.writing() as writer:
        writer.connection.exec_driver_sql("UPDATE job SET returned = 1")
    world.clock.pass_()
    office.change(uid, name="benar")
    assert office.said("SELECT returned FROM job") == [(None,)]
    head.take(office)
    assert head.said("SELECT returned FROM job") == [(None,)]


def test_a_corrected_line_is_an_answer(world):
    office, head, uid = two(world)
    head.change(uid, review_state="RETURNED")
    with head.writing() as writer:
        writer.connection.exec_driver_sql("UPDATE job SET returned = 1")
    office.take(head)
    world.clock.pass_()
    lines = office.get(uid).lines["parts"]
    lines[0].values["price"] = 9000
    office.lines(uid, lines)
    assert office.said("SELECT returned FROM job") == [(None,)]
    head.take(office)
    assert head.said("SELECT returned FROM job") == [(None,)]
    assert head.get(uid).values["cost"] == 18_000


# ---- what is derived, and what tells of it


def test_rows_to_be_looked_at_are_marked(world):
    office, head, _ = two(world)
    assert head.said("SELECT needs_review FROM job") == [(2,)]
    with head.writing() as writer:
        writer.connection.exec_driver_sql("UPDATE job SET needs_review = NULL")
    head.take(office)
    assert head.said("SELECT needs_review FROM job") == [(None,)]


def test_a_merged_record_is_found_by_its_words_and_by_what_it_refers_to(world):
    office, head = world.site("18.72.04"), world.headquarters()
    place = office.place("1001", "Imopuro")
    uid = office.add(name="Lampu taman", place=place)
    tables = office.rows()
    tables.pop("place")
    assert head.merge(tables, office).waiting == 1

    def found(text):
        with head.store.reading() as reader:
            return [row.uid for row in reader.first(Query("job", search=text), 10)]

    assert found("taman") == [uid]
    assert found("imopuro") == []
    head.place("1001", "Imopuro")
    assert found("imopuro") == [uid]


def test_a_place_that_comes_later_by_a_package_heals_what_waited(world):
    office, head = world.site("18.72.04"), world.headquarters()
    head.place("1001", "Imopuro")
    uid = office.add(place="1001")
    assert office.take(head).waiting == 0
    with office.store.reading() as reader:
        assert [row.uid for row in reader.first(Query("job", search="imopuro"), 10)] == [uid]
    world.clock.pass_()
    head.change("1001", "place", label="Yosorejo")
    office.take(head)
    with office.store.reading() as reader:
        assert [row.uid for row in reader.first(Query("job", search="yosorejo"), 10)] == [uid]


def test_the_journal_tells_what_each_package_did(world):
    office, head, uid = two(world, name="a", parts=1)
    office.change(uid, name="b")
    office.move(uid, "finish")
    lines = office.get(uid).lines["parts"]
    lines[0].values["price"] = 7
    office.lines(uid, lines)
    head.take(office, pid="q")
    told = head.said(
        "SELECT package, person, action, field, old, new, lines FROM journal WHERE kind = 'job' ORDER BY pk"
    )
    assert told == [
        ("p", "kantor 18.72.04", "created", None, None, None, None),
        ("q", "kantor 18.72.04", "changed", "name", "a", "b", None),
        ("q", "kantor 18.72.04", "changed", "price", "1000", "7", "parts"),
        ("q", "kantor 18.72.04", "moved", "status", "OPEN", "DONE", None),
    ]


def test_who_has_a_record_open_learns_that_a_line_came(world):
    office, head, uid = two(world)
    version = head.get(uid).version
    tables = office.rows()
    tables["job"] = (tables["job"][0], [])
    lines = office.get(uid).lines["parts"]
    lines[0].values["price"] = 5
    office.lines(uid, lines)
    head.merge({"job.parts": office.rows()["job.parts"]}, office)
    assert head.get(uid).version > version
    assert head.get(uid).values["cost"] == 10


def test_lines_and_moves_wait_for_their_record(world):
    office, head = world.site("18.72.04"), world.headquarters()
    uid = office.add(parts=2)
    office.move(uid, "finish")
    tables = office.rows()
    record = {"job": tables.pop("job")}
    assert head.merge(tables, office).waiting == 4
    head.merge(record, office)
    assert head.stored() == office.stored()
    assert (head.get(uid).status, head.get(uid).values["cost"]) == ("DONE", 6000)


# ---- columns that one side lacks


def test_without_personal_data_nothing_is_lost_and_nothing_is_a_conflict(world):
    office, head = world.site("18.72.04"), world.headquarters()
    uid = office.add(phone="0812", nik="1872010101900001")
    office.change(uid, phone="0813")
    columns = office.rows(personal=False)["job"][0]
    assert not {"phone", "nik", "no_nik"} & set(columns)
    head.merge(office.rows(personal=False), office)
    assert head.get(uid).values["phone"] is None
    head.change(uid, urgent=True)
    office.take(head)
    assert office.get(uid).values["phone"] == "0813"
    assert head.take(office).conflicts == []
    assert head.stored() == office.stored()
    head.merge(office.rows(personal=False), office)
    assert head.get(uid).values["nik"] == "1872010101900001"
    assert office.conflicts() == []


def test_an_older_program_keeps_what_it_does_not_know_and_sends_it_on(world):
    office, head, lost = world.site("18.72.04", OLDER), world.headquarters(), world.headquarters()
    uid = head.add("18.72.04", parts=1, colour="merah", urgency=3)
    office.take(head)
    assert json.loads(office.said("SELECT extras FROM job")[0][0]) == {
        "look": {"colour": "merah"},
        "urgency": {"urgency": "3"},
    }
    assert office.said("SELECT extras FROM job_parts") == [(None,)]
    world.clock.pass_()
    head.change(uid, urgency=None)
    office.take(head)
    office.change(uid, name="lain")
    lost.take(office)
    assert lost.get(uid).values["colour"] == "merah"
    assert lost.get(uid).values["urgency"] is None
    head.take(office)
    assert head.stored() == lost.stored()
    assert head.conflicts() == []


def test_absent_is_not_null(world):
    office, head = world.site("18.72.04", OLDER), world.headquarters()
    uid = office.add()
    head.take(office)
    assert head.local()["job", uid][1] == office.site_id
    head.change(uid, urgency=5)
    world.clock.pass_()
    office.change(uid, name="lain")
    head.take(office)
    assert head.get(uid).values["urgency"] == 5


def test_after_an_upgrade_extras_become_columns(world):
    """The program is opened with the columns that have come; what was kept for them moves in, and nothing has changed."""
    office, head = world.site("18.72.04"), world.headquarters()
    uid = head.add("18.72.04", parts=1, colour="merah")
    office.take(head)
    kept = '{"look":{"colour":"merah"},"new":{"x":"y"}}'
    with office.writing() as writer:
        assert absorb_extras(writer) == 0, "no column came since the start"
        writer.connection.execute(sa.text("UPDATE job SET colour = NULL, extras = :kept"), {"kept": kept})
        writer.connection.execute(
            sa.text("UPDATE derived SET fingerprint = '' WHERE name = 'travelling columns'")
        )
    before = office.change_no
    office.close()
    office.open()
    assert office.change_no == before
    assert office.said("SELECT colour, extras FROM job") == [("merah", '{"new":{"x":"y"}}')]
    assert office.get(uid).values["colour"] == "merah"


def test_who_wrote_last_is_told_by_stamps_and_not_by_clocks(world):
    office, head, uid = two(world)
    head.change(uid, urgent=True)
    office.take(head)
    office.skew = dt.timedelta(hours=-2)
    office.change(uid, name="lain")
    head.take(office)
    assert head.get(uid).updated_by == office.get(uid).updated_by == "Orang 18.72.04"
    lines = office.get(uid).lines["parts"]
    lines[0].values["price"] = 5
    office.lines(uid, lines)
    head.take(office)
    office.take(head)
    assert head.stored() == office.stored()
