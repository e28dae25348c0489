"""A wrong package is taken back at headquarters, and the office hears of it."""

from __future__ import annotations

import pytest

from tests.exchange.scenarios.desk import KIND, exchanged

pytestmark = pytest.mark.engines


def test_what_came_from_it_is_as_before_and_what_was_written_since_stays(city, known):
    head, office, stick = city
    old, other = known, office.adds(street_name="jl melati")
    exchanged(head, office, stick)
    office.edits(old, points_reported="99", reporter_name="Salah Orang")
    office.edits(other, points_reported="98")
    new = office.adds(street_name="jl anggrek")
    (wrong,) = head.receives(*office.sends(stick))
    assert wrong["new"] >= 1
    head.edits(other, points_reported="5")

    done = head.asked("unmerge", "18.72.01", wrong["number"], "--reason", "berkas tahun lalu")
    assert done["pid"] == wrong["pid"]
    assert done["rows"] >= 2
    rows = head.rows()
    assert (rows[old]["points_reported"], rows[old]["reporter_name"]) == (2, "Bu Sri")
    assert rows[other]["points_reported"] == 5
    assert new not in rows
    assert new in head.rows(KIND, "--removed")
    assert head.asked("history", KIND, new)[-1]["reason"] == "berkas tahun lalu"

    exchanged(head, office, stick)
    here = office.rows()
    assert (here[old]["points_reported"], here[old]["reporter_name"], here[other]["points_reported"]) == (
        2,
        "Bu Sri",
        5,
    )
    assert new not in here
    exchanged(head, office, stick)
    assert head.rows() == here
    assert head.asked("conflicts") == []


def test_what_the_office_writes_later_comes_without_the_wrong_value(city, known):
    head, office, stick = city
    uid = known
    office.edits(uid, points_reported="99")
    (wrong,) = head.receives(*office.sends(stick))
    head("unmerge", wrong["pid"][:12])
    office.edits(uid, reporter_name="Bu Lestari")
    exchanged(head, office, stick)
    for desk in (head, office):
        row = desk.rows()[uid]
        assert (row["points_reported"], row["reporter_name"]) == (2, "Bu Lestari")


def test_the_same_file_again_brings_nothing_back(city):
    head, office, stick = city
    uid = office.adds()
    files = office.sends(stick)
    head.receives(*files)
    head("unmerge", files[0].name)
    assert uid not in head.rows()
    head.receives(*files)
    assert uid not in head.rows()


def test_a_removed_record_can_be_recovered_afterwards(city):
    head, office, stick = city
    uid = office.adds()
    (wrong,) = head.receives(*office.sends(stick))
    head("unmerge", "18.72.01", wrong["number"])
    head("recover", KIND, uid)
    exchanged(head, office, stick)
    assert head.rows()[uid]["points_reported"] == office.rows()[uid]["points_reported"] == 2


def test_only_what_is_there_and_only_once(city):
    head, office, stick = city
    office.adds()
    (wrong,) = head.receives(*office.sends(stick))
    assert "tidak ada di kotak masuk" in head.refused("unmerge", "18.72.01", "77")
    assert "tidak ada di kotak masuk" in head.refused("unmerge", wrong["pid"][:4])
    head("unmerge", wrong["pid"])
    assert "sudah dibatalkan" in head.refused("unmerge", wrong["pid"])
