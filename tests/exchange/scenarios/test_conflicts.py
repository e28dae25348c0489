"""Both sides write the same field without knowing of each other: both are told the same, one decides, both agree."""

from __future__ import annotations

import pytest

from tests.exchange.scenarios.desk import KIND, exchanged

pytestmark = pytest.mark.engines


def test_both_sides_list_the_same_conflict_in_plain_words(city, clash):
    head, office, _ = city
    (there,), (here,) = head.asked("conflicts"), office.asked("conflicts")
    assert there["uid"] == here["uid"]
    assert (there["record_uid"], there["field_name"], there["removal"]) == (clash, "points_reported", False)
    assert there["field"]["id"] == "Jumlah titik"
    assert (there["office"]["text"], there["head"]["text"], there["in_use"]) == ("3 titik", "7 titik", "head")
    assert (here["office"]["text"], here["head"]["text"], here["in_use"]) == ("3 titik", "7 titik", "head")
    assert there["head"]["by"] == "Rudi Hartono"
    assert here["office"]["by"] == "Sri Wahyuni"
    said = head("conflicts")
    assert "Kantor menulis: 3 titik" in said
    assert "Pusat menulis: 7 titik" in said
    assert "[dipakai]" in next(line for line in said.splitlines() if "Pusat" in line)


def test_other_fields_of_the_record_keep_what_each_side_wrote(city, clash):
    head, office, _ = city
    for side in (head, office):
        row = side.rows()[clash]
        assert (row["points_reported"], row["priority"], row["reporter_name"]) == (
            7,
            "EMERGENCY",
            "Bu Sri Lestari",
        )


@pytest.mark.parametrize(("side", "points"), [("theirs", 3), ("ours", 7)])
def test_headquarters_decides_and_both_sides_agree(city, clash, side, points):
    """Also for what is in use already: that too is a writing that knows of both."""
    head, office, stick = city
    head("conflicts", "--decide", clash, "points_reported", side)
    assert head.asked("conflicts") == []
    exchanged(head, office, stick)
    assert office.asked("conflicts") == []
    assert (head.rows()[clash]["points_reported"], office.rows()[clash]["points_reported"]) == (
        points,
        points,
    )
    exchanged(head, office, stick)
    assert head.asked("conflicts") == []
    assert any(change["reason"] or change["new_text"] == "3" for change in head.asked("history", KIND, clash))


def test_the_office_decides(city, clash):
    head, office, stick = city
    office("conflicts", "--decide", clash, "points_reported", "ours")
    exchanged(head, office, stick)
    assert head.asked("conflicts") == office.asked("conflicts") == []
    assert head.rows()[clash]["points_reported"] == 3


def test_a_later_edit_of_the_field_is_a_decision_too(city, clash):
    head, office, stick = city
    head.edits(clash, points_reported="5")
    assert head.asked("conflicts") == []
    exchanged(head, office, stick)
    assert office.asked("conflicts") == []
    assert office.rows()[clash]["points_reported"] == 5


def test_two_different_decisions_are_a_conflict_again(city, clash):
    head, office, stick = city
    head("conflicts", "--decide", clash, "points_reported", "ours")
    office("conflicts", "--decide", clash, "points_reported", "ours")
    exchanged(head, office, stick)
    (again,) = head.asked("conflicts")
    assert (again["office"]["text"], again["head"]["text"]) == ("3 titik", "7 titik")
    assert office.asked("conflicts")[0]["uid"] == again["uid"]


def test_the_same_decision_on_both_sides_is_no_conflict(city, clash):
    head, office, stick = city
    head("conflicts", "--decide", clash, "points_reported", "theirs")
    office("conflicts", "--decide", clash, "points_reported", "ours")
    exchanged(head, office, stick)
    assert head.asked("conflicts") == office.asked("conflicts") == []
    assert head.rows()[clash]["points_reported"] == office.rows()[clash]["points_reported"] == 3


def test_a_place_is_one_writing_and_is_shown_by_what_differs(city, known):
    head, office, stick = city
    office.edits(known, rt="7")
    head.edits(known, rw="9")
    exchanged(head, office, stick)
    (one,) = head.asked("conflicts")
    assert one["field"]["id"] == "RT, RW"
    assert one["office"]["text"] == "RT: 007, RW: 005"
    assert one["head"]["text"] == "RT: 003, RW: 009"
    head("conflicts", "--decide", known, one["field_name"], "theirs")
    exchanged(head, office, stick)
    assert (office.rows()[known]["rt"], office.rows()[known]["rw"]) == ("007", "005")


@pytest.mark.parametrize(("side", "kept"), [("theirs", True), ("ours", False)])
def test_a_removal_against_an_edit(city, known, side, kept):
    head, office, stick = city
    uid = known
    head("remove", KIND, uid, "--reason", "Laporan ganda")
    office.edits(uid, points_reported="4")
    exchanged(head, office, stick)
    (one,) = office.asked("conflicts")
    assert one["removal"]
    assert one["field"]["id"] == "Penghapusan"
    assert "Laporan ganda" in one["head"]["text"]
    assert one["office"]["text"] == "4 titik"
    assert head.asked("conflicts")[0]["uid"] == one["uid"]
    head("conflicts", "--decide", uid, one["field_name"], side)
    assert head.asked("conflicts") == []
    exchanged(head, office, stick)
    exchanged(head, office, stick)
    assert head.asked("conflicts") == office.asked("conflicts") == []
    for desk in (head, office):
        assert (uid in desk.rows()) is kept
        if kept:
            assert desk.rows()[uid]["points_reported"] == 4


def test_what_is_not_there_to_decide_is_refused_in_a_sentence(city, clash):
    head, *_ = city
    assert "Tidak ada perbedaan pada isian 'rt'" in head.refused("conflicts", "--decide", clash, "rt", "ours")
    head.run("conflicts", "--decide", clash, "points_reported", "both")
    assert head.code == 2
    head("conflicts", "--decide", clash, "points_reported", "ours")
    assert "Tidak ada perbedaan" in head.refused("conflicts", "--decide", clash, "points_reported", "ours")
