"""Headquarters gives records back, the office corrects them and sends again."""

from __future__ import annotations

import pytest

from tests.exchange.scenarios.desk import KIND, exchanged

pytestmark = pytest.mark.engines


def test_two_records_come_back_with_the_field_and_the_reason_and_are_corrected(city, known):
    head, office, stick = city
    first, second = known, office.adds(street_name="jl melati")
    exchanged(head, office, stick)
    head("return", KIND, first, "--field", "points_reported", "--reason", "Dua titik atau dua belas?")
    head("return", KIND, second, "--field", "materials", "--reason", "Material belum dicatat")
    assert {item["uid"] for item in head.asked("returned")} == {first, second}
    (got,) = office.receives(*head.sends(stick, "--to", "18.72.01"))
    assert got["returned"] == 2
    todo = {item["uid"]: item for item in office.asked("returned")}
    assert todo.keys() == {first, second}
    assert (todo[first]["field_name"], todo[first]["reason"]) == (
        "points_reported",
        "Dua titik atau dua belas?",
    )
    assert (todo[first]["by"], todo[second]["field"]["id"]) == ("Rudi Hartono", "Material")
    assert "Dua titik atau dua belas?" in office("returned")

    office.edits(first, points_reported="12")
    assert [item["uid"] for item in office.asked("returned")] == [second]
    exchanged(head, office, stick)
    assert head.rows()[first]["points_reported"] == 12
    assert [item["uid"] for item in head.asked("returned")] == [second]
    head("approve", KIND, first)
    exchanged(head, office, stick)
    assert [item["uid"] for item in office.asked("returned")] == [second]
    did = [change for change in office.asked("history", KIND, first) if change["field"] == "review_state"]
    assert [change["new_text"] for change in did] == ["RETURNED", "APPROVED"]


def test_a_record_can_be_given_back_again(city, known):
    head, office, stick = city
    uid = known
    for reason in ("Cek jumlah", "Masih salah"):
        head("return", KIND, uid, "--field", "points_reported", "--reason", reason)
        exchanged(head, office, stick)
        assert [item["reason"] for item in office.asked("returned")] == [reason]
        office.edits(uid, points_reported=str(len(reason)))
        exchanged(head, office, stick)
        assert head.asked("returned") == office.asked("returned") == []
    assert head.rows()[uid]["points_reported"] == len("Masih salah")


def test_a_correction_that_crosses_the_return_on_the_way_is_still_on_the_list(city, known):
    """The office changed the record before it read that it was given back: that was no answer to it."""
    head, office, stick = city
    uid = known
    office.edits(uid, points_reported="4")
    head("return", KIND, uid, "--field", "category", "--reason", "Jenis salah")
    exchanged(head, office, stick)
    assert [item["uid"] for item in office.asked("returned")] == [uid]


def test_a_return_needs_a_reason_a_field_and_an_offices_record(city, known):
    head, uid = city.head, known
    own = head.adds()
    head.run("return", KIND, uid, "--field", "points_reported")
    assert head.code == 2
    assert "Tulis alasannya" in head.refused(
        "return", KIND, uid, "--field", "points_reported", "--reason", " "
    )
    assert "milik pusat" in head.refused("return", KIND, own, "--field", "points_reported", "--reason", "Cek")
    head.run("return", KIND, uid, "--field", "tidak_ada", "--reason", "Cek")
    assert head.code == 2
    assert head.asked("returned") == []
