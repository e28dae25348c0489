"""An office's computer is gone: a starter file puts the office back on a new one."""

from __future__ import annotations

import pytest

from tests.exchange.scenarios.desk import Desk, exchanged

pytestmark = pytest.mark.engines


def test_the_office_has_its_records_back_and_goes_on(city, stolen):
    head, _, stick = city
    new, _, uid, before = stolen
    back = new.rows()
    assert back.keys() == before.keys()
    assert (back[uid]["street_name"], back[uid]["status"]) == (before[uid]["street_name"], "VERIFIED")
    assert back[uid]["record_no"] == before[uid]["record_no"]

    told = new("settings", "--json")
    assert '"site_code": "18.72.01"' in told
    assert '"role": "office"' in told
    new.edits(uid, points_reported="6")
    fresh = new.adds(street_name="jl cempaka")
    assert new.rows()[fresh]["record_no"] not in {row["record_no"] for row in before.values()}

    head.receives(*new.sends(stick))
    (line,) = [line for line in head.asked("sites") if line["state"] == "unconfirmed"]
    new("sites")
    assert line["fingerprint"] in new.err, "what the office reads out on the telephone"
    head("trust", "18.72.01", line["fingerprint"])
    exchanged(head, new, stick)
    exchanged(head, new, stick)
    assert head.rows() == new.rows()
    assert head.rows()[uid]["points_reported"] == 6
    assert head.asked("conflicts") == []


def test_personal_fields_stay_out_of_the_open_file_and_come_with_the_first_sealed_answer(city, stolen):
    head, _, stick = city
    new, starter, uid, before = stolen
    assert before[uid]["reporter_phone"] == "+6281211112222"
    assert b"81211112222" not in starter.read_bytes()
    assert new.rows()[uid]["reporter_phone"] is None
    head.receives(*new.sends(stick))
    head("trust", "18.72.01", next(line["fingerprint"] for line in head.asked("sites") if line["state"]))
    assert head.rows()[uid]["reporter_phone"] == "+6281211112222", (
        "what the new computer doesn't know is not emptied"
    )
    exchanged(head, new, stick)
    assert new.rows()[uid]["reporter_phone"] == "+6281211112222"
    assert head.asked("conflicts") == new.asked("conflicts") == []


def test_with_personal_data_everything_is_there_at_once(city, tmp_path, capsys):
    head, office, stick = city
    uid = office.adds(reporter_phone="0812-1111-2222")
    exchanged(head, office, stick)
    head("starter", "18.72.01", "--out", tmp_path, "--with-personal-data")
    new = Desk(tmp_path / "new", "Sri Wahyuni", capsys)
    new("receive", tmp_path / "awal_18.72.01.pelita.zip")
    assert new.rows() == office.rows()
    assert new.rows()[uid]["reporter_phone"] == "+6281211112222"


def test_the_stolen_computers_key_is_refused_from_then_on(city, stolen, tmp_path):
    head, office, stick = city
    office.adds(street_name="jl mencuri")
    before = head.rows()
    assert "dicabut" in head.refused("receive", *office.sends(stick))
    assert head.rows() == before
    assert "Belum ada paket" in head.refused("send", "--to", "18.72.01", "--out", tmp_path), (
        "nor is it sent anything"
    )
    assert [line["last_number"] for line in head.asked("sites")] == [0]


def test_without_replace_the_former_computer_goes_on_beside_the_new_one(city, tmp_path, capsys):
    head, office, stick = city
    head("starter", "18.72.01", "--out", tmp_path)
    second = Desk(tmp_path / "second", "Agus", capsys)
    second("receive", tmp_path / "awal_18.72.01.pelita.zip")
    mine, other = office.adds(), second.adds(street_name="jl melati")
    head.receives(*second.sends(stick))
    head("trust", "18.72.01", next(line["fingerprint"] for line in head.asked("sites") if line["state"]))
    head.receives(*office.sends(stick), *second.sends(stick))
    files = head.sends(stick, "--to", "18.72.01")
    for desk in (office, second):
        desk.run("receive", *files)
        assert "digabung" in desk.out
        assert "terkunci untuk penerima lain" in desk.err
        assert {mine, other} <= desk.rows().keys()
    numbers = [row["record_no"] for row in head.rows().values()]
    assert len(numbers) == len(set(numbers))


def test_a_starter_file_is_for_an_empty_computer_and_for_offices_of_this_city(city, stolen, tmp_path):
    head, office, _ = city
    starter = stolen.starter
    before = office.rows()
    assert "sudah 18.72.01" in office.refused("receive", starter)
    assert "sudah 18.72" in head.refused("receive", starter)
    assert office.rows() == before
    for code in ("18.72", "18.71.01", "metro", "18.72.99"):
        assert "bukan kode kantor di kota ini" in head.refused("starter", code, "--out", tmp_path / "x.zip")
    assert not (tmp_path / "x.zip").exists()


def test_a_starter_file_that_was_touched_sets_nothing_up(city, stolen, tmp_path, capsys):
    starter = stolen.starter
    data = bytearray(starter.read_bytes())
    data[len(data) // 2] ^= 0xFF
    bad = tmp_path / "bad.zip"
    bad.write_bytes(data)
    empty = Desk(tmp_path / "empty", "Sri", capsys)
    empty.refused("receive", bad)
    assert '"site_code": ""' in empty("settings", "--json")
    empty("receive", starter)
    assert '"site_code": "18.72.01"' in empty("settings", "--json")
