"""An ordinary week: records go, receipts come, nothing goes twice and nothing stays behind."""

from __future__ import annotations

import pytest

from tests.exchange.scenarios.desk import KIND, exchanged

pytestmark = pytest.mark.engines


def test_what_was_sent_arrives_and_is_not_sent_again(city):
    head, office, stick = city
    uid = office.adds()
    exchanged(head, office, stick)
    there, here = head.rows()[uid], office.rows()[uid]
    assert there == here
    assert there["site_code"] == "18.72.01"
    assert office.unsent() == 0
    office.edits(uid, points_reported="3")
    office("move", KIND, uid, "verify")
    assert office.unsent() == 1
    exchanged(head, office, stick)
    assert (head.rows()[uid]["points_reported"], head.rows()[uid]["status"]) == (3, "VERIFIED")
    did = [change["action"] for change in head.asked("history", KIND, uid)]
    assert did[0] == "created"
    assert "moved" in did


def test_a_package_without_a_receipt_is_sent_anew_and_nothing_is_doubled(city):
    head, office, stick = city
    uid = office.adds()
    lost = office.sends(stick)
    assert office.unsent() == 1, "nobody has said that it came"
    exchanged(head, office, stick)
    (late,) = head.receives(*lost)
    assert (late["new"], late["changed"]) == (0, 0)
    assert list(head.rows()).count(uid) == 1
    assert head.receives(*lost)[0]["state"] == "same"


def test_nothing_to_report_is_a_package_too(city):
    head, office, stick = city
    (file,) = office.sends(stick)
    assert "tidak ada yang baru" in office.err
    (got,) = head.receives(file)
    assert (got["state"], got["new"], got["acknowledged"]) == ("merged", 0, True)
    assert head.asked("sites")[0]["last_number"] == got["number"]


def test_headquarters_changes_reach_the_office_and_its_registers_do_too(city, known):
    head, office, stick = city
    uid = known
    head.edits(uid, priority="darurat")
    material = head(
        "add", "material", "--set", "code=LED-90", "--set", "name=Lampu LED", "--set", "unit=buah"
    )
    exchanged(head, office, stick)
    assert office.rows()[uid]["priority"] == "EMERGENCY"
    assert office.rows("material")[material]["site_code"] == "18.72"
    assert "hanya dapat melihatnya" in office.refused("edit", "material", material, "--set", "name=Lain")


def test_only_headquarters_may_do_what_headquarters_does(city):
    _, office, stick = city
    uid = office.adds()
    for words in (
        ("starter", "18.72.02", "--out", stick),
        ("return", KIND, uid, "--field", "category", "--reason", "Salah"),
        ("approve", KIND, uid),
        ("unmerge", "18.72", "1"),
    ):
        assert office.refused(*words).startswith("Hanya pusat yang dapat"), words
    assert office.rows()[uid]["points_reported"] == 2
    assert not stick.exists()
