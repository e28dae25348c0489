"""Headquarters' disk is gone: an old backup is restored, and what it lacks comes back from the office, its own records after one yes."""

from __future__ import annotations

from tests.exchange.scenarios.desk import exchanged


def test_what_the_backup_lacks_comes_back(city, tmp_path):
    head, office, stick = city
    backup = tmp_path / "pusat.db"
    head("backup", backup)
    own = head.adds(street_name="jl cempaka")
    theirs = office.adds(street_name="jl melati")
    exchanged(head, office, stick)
    head("restore", backup)
    assert not {own, theirs} & head.rows().keys()

    head.receives(*office.sends(stick))
    office.receives(*head.sends(stick, "--to", "18.72.01"))
    files = office.sends(stick)
    (told,) = head.receives(*files)
    assert (told["state"], told["acknowledged"]) == ("waiting", False)
    assert any("--take-back" in words["id"] for words in told["notes"])
    assert own not in head.rows()
    assert "Hanya pusat" in office.refused("receive", *files, "--take-back")

    (told, *_) = head.asked("receive", *files, "--take-back")
    assert told["state"] in ("merged", "same")
    assert {own, theirs} <= head.rows().keys()
    exchanged(head, office, stick)
    exchanged(head, office, stick)
    assert head.rows().keys() == office.rows().keys()
    assert office.unsent() == 0
    assert head.asked("conflicts") == []
