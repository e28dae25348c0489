"""Headquarters moves a repair to another office and adopts a crew: files alone, two offices, both told what concerns them."""

from __future__ import annotations

import pytest

from tests.exchange.scenarios.desk import KIND, Desk

pytestmark = pytest.mark.engines


def another(city) -> Desk:
    """A second office of the city, set up and introduced."""
    head, office, stick = city
    made = Desk(city.folder / "another", "Dewi Lestari", office.capsys)
    starter = city.folder / "another.pelita.zip"
    head("starter", "18.72.02", "--out", starter)
    made("receive", starter)
    (got,) = head.receives(*made.sends(stick))
    line = next(one for one in head.asked("sites") if one["site_code"] == "18.72.02")
    head("trust", "18.72.02", line["fingerprint"])
    assert got["state"] == "merged"
    answered(head, made, stick, "18.72.02")
    return made


def answered(head: Desk, office: Desk, stick, code: str) -> None:
    """The office sends and is answered; nothing is refused on the way."""
    for one in (*head.receives(*office.sends(stick)), *office.receives(*head.sends(stick, "--to", code))):
        assert (one["state"], one["refused_rows"]) == ("merged", 0), one


def test_a_repair_is_moved_and_a_crew_adopted_about_which_offices_have_proposals(city, known):
    head, office, stick = city
    other = another(city)
    crew = office("add", "crew", "--set", "name=Regu Melati", "--set", "leader=Budi Santoso")
    answered(head, office, stick, "18.72.01")
    told = head.run("transfer", KIND, known, "--to", "18.72.02", "--reason", "wilayah Metro Barat")
    assert (head.code, told) == (0, "")
    assert "1 catatan dipindahkan ke Kecamatan" in head.err
    head("adopt", "crew", crew)
    office.edits(known, points_reported="9")  # it has not heard of it yet
    office("move", KIND, known, "verify")
    answered(head, office, stick, "18.72.01")
    answered(head, other, stick, "18.72.02")
    row = other.rows()[known]
    assert (row["site_code"], row["points_reported"], row["status"]) == ("18.72.02", 9, "VERIFIED")
    assert "hanya dapat melihatnya" in office.refused("edit", KIND, known, "--set", "points_reported=1")
    assert [desk.rows("crew")[crew]["site_code"] for desk in (head, office, other)] == ["18.72"] * 3
    assert "hanya dapat melihatnya" in office.refused("edit", "crew", crew, "--set", "name=Lain")
    leader = office("propose", "crew", crew, "--set", "leader=Rudi Hartono", "--reason", "sudah pindah")
    car = other("propose", "crew", crew, "--set", "vehicle=BE 1 X", "--reason", "mobil baru")
    other.edits(known, points_reported="4")
    answered(head, other, stick, "18.72.02")
    answered(head, office, stick, "18.72.01")
    assert (head.rows()[known]["points_reported"], office.rows()[known]["points_reported"]) == (4, 9)
    assert {one["uid"]: one["proposed"] for one in head.asked("proposals")} == {
        leader: "Rudi Hartono",
        car: "BE 1 X",
    }
    head("proposals", "--accept", leader)
    assert "Tulis alasannya" in head.refused("proposals", "--reject", car)
    head("proposals", "--reject", car, "--reason", "mobil itu dijual")
    assert head.asked("proposals") == []
    assert "sudah diputuskan" in head.refused("proposals", "--accept", car)
    answered(head, office, stick, "18.72.01")
    answered(head, other, stick, "18.72.02")
    (accepted,), (rejected,) = office.asked("proposals"), other.asked("proposals")
    assert (accepted["decision"], accepted["seen"], accepted["now"]) == (
        "ACCEPTED",
        "Budi Santoso",
        "Rudi Hartono",
    )
    assert (rejected["decision"], rejected["answer"]) == ("REJECTED", "mobil itu dijual")
    for desk in (head, office, other):
        row = desk.rows("crew")[crew]
        assert (row["leader"], row["vehicle"]) == ("Rudi Hartono", None)
    moved = [one for one in head.asked("history", KIND, known) if one["field"] == "site_code"]
    assert [(one["old_text"], one["new_text"], one["reason"]) for one in moved] == [
        ("18.72.01", "18.72.02", "wilayah Metro Barat")
    ]


def test_what_can_not_be_moved_is_refused_in_a_sentence(city, known):
    head, office, _ = city
    assert "bukan kantor di kota ini" in head.refused("transfer", KIND, known, "--to", "18.71.01")
    assert "tidak ada" in head.refused("transfer", KIND, "nothing", "--to", "18.72.02")
    assert "tidak punya kantor sendiri" in head.refused("transfer", "region", "18.72.01", "--to", "18.72.02")
    assert "Hanya pusat" in office.refused("transfer", KIND, known, "--to", "18.72.02")
    assert head.rows()[known]["site_code"] == "18.72.01"
    proposing = ("propose", KIND, known, "--set", "points_reported=1", "--reason", "salah hitung")
    for desk in (head, office):
        assert "diubah langsung" in desk.refused(*proposing)
