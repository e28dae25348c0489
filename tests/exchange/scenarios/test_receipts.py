"""How an office learns that its package was read: by file, by telephone; and packages of several files."""

from __future__ import annotations

import pytest

from tests.exchange.scenarios.desk import KIND, exchanged

pytestmark = pytest.mark.engines


def test_a_code_by_telephone_is_a_receipt(city):
    head, office, stick = city
    office.adds()
    assert office.unsent() == 1
    (got,) = head.receives(*office.sends(stick))
    code = got["code"]
    assert office(
        "receipt", code.lower().replace("0", "o").replace("1", "l")
    ) == "Paket {} sudah diterima pusat.".format(got["number"])
    assert office.unsent() == 0
    office.adds(street_name="jl melati")
    assert office.unsent() == 1


def test_a_code_that_was_misheard_or_is_for_another_package_changes_nothing(city):
    head, office, stick = city
    office.adds()
    (got,) = head.receives(*office.sends(stick))
    code = got["code"]
    wrong = ("2" if code[0] != "2" else "3") + code[1:]
    office.refused("receipt", wrong)
    office.refused("receipt", code[:-1])
    office.refused("receipt", "AAAAA-AAAAA-AA")
    assert office.unsent() == 1


@pytest.fixture
def parts(city) -> list:
    """A package of several files."""
    _, office, stick = city
    office("settings", "--set", "part_megabytes=1")
    office("demo", "--records", "4000")
    files = office.sends(stick)
    assert len(files) >= 2
    return files


@pytest.mark.heavy
@pytest.mark.timeout(600)
def test_files_of_a_package_come_in_any_order_and_only_all_of_them_are_a_receipt(city, parts):
    head, office, stick = city
    before, everything = head.rows(KIND).keys(), office.rows(KIND).keys()
    *early, last = reversed(parts)
    for one in head.receives(*early):
        assert (one["state"], one["acknowledged"], one["code"]) == ("merged", False, "")
        assert any("masih kurang" in note["id"] for note in one["notes"])
    answer = head.sends(stick, "--to", "18.72.01")
    office.receives(*answer)
    waiting = office.sends(stick)
    assert len(waiting) == len(parts), "the package with a file missing is no package yet"
    (got,) = head.receives(last)
    assert got["acknowledged"]
    assert head.rows(KIND).keys() == everything
    office.receives(*head.sends(stick, "--to", "18.72.01"))
    assert "tidak ada yang baru" in _said(office, stick)
    (late, *_) = head.receives(*waiting)
    assert (late["new"], late["changed"]) == (0, 0)

    taken = head.asked("unmerge", got["pid"])
    assert taken["rows"] > len(everything), "all files of it are taken back, whichever was named"
    assert head.rows(KIND).keys() == before


def _said(office, stick) -> str:
    office.sends(stick)
    return office.err


def test_an_answer_to_an_older_package_lowers_nothing(city):
    head, office, stick = city
    office.adds()
    head.receives(*office.sends(stick))
    old_answer = head.sends(stick, "--to", "18.72.01")
    office.adds(street_name="jl melati")
    exchanged(head, office, stick)
    assert office.unsent() == 0
    office.receives(*old_answer)
    assert office.unsent() == 0
