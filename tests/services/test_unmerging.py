"""A package taken back: which one is meant, who may, and what is looked at again."""

from __future__ import annotations

import pytest

from desktop_app.core.errors import KnownError
from desktop_app.core.query import Query
from desktop_app.services import flagging, receiving, records, unmerging
from tests.offices import RUDI
from tests.services.carrying import carry, exchange, introduce
from tests.services.slips import repair

pytestmark = pytest.mark.engines

KIND = "streetlight_repair"


def _happens(office, pusat, folder) -> None:
    old = records.save(office, repair(office)).uid
    introduce(office, pusat, folder)
    draft = records.open_draft(office, KIND, old)
    draft.type("points_reported", "99")
    records.save(office, draft)
    records.save(office, repair(office, street_name="jl melati"))
    carry(office, pusat, folder)


@pytest.fixture
def bases(makers):
    return makers.together("wrong", (makers.empty(), makers.headquarters()), _happens)


@pytest.fixture
def office(makers, bases, tmp_path):
    yield from makers.opened(bases[0], tmp_path / "office")


@pytest.fixture
def pusat(makers, bases, tmp_path):
    yield from makers.opened(bases[1], tmp_path / "head", RUDI)


@pytest.fixture
def wrong(pusat):
    """What became of a package with a changed record and a new one: (old uid, new uid, its pid, its number)."""
    with pusat.store.reading() as reader:
        by_points = {
            reader.get(KIND, row.uid).values["points_reported"]: row.uid
            for row in reader.stream_rows(Query(KIND))
        }
    got = max(receiving.inbox(pusat), key=lambda line: line.number)
    return by_points[99], by_points[2], got.pid, got.number


def stands(ctx, uid: str):
    with ctx.store.reading() as reader:
        record = reader.get(KIND, uid)
        return record.values["points_reported"], record.removed_at is not None


@pytest.mark.parametrize(
    "told",
    ["{pid}", "{pid:.8}", "18.72.01 {number}", "18.72.01_{number}_20261122.pelita", " 18.72.01#{number} "],
)
def test_a_package_is_meant_by_its_pid_by_office_and_number_or_by_its_file(pusat, wrong, told):
    old, new, pid, number = wrong
    done = unmerging.unmerge(pusat, told.format(pid=pid, number=number))
    assert (done.pid, done.site_code, done.number) == (pid, "18.72.01", number)
    assert done.rows >= 2
    assert stands(pusat, old) == (2, False)
    assert stands(pusat, new)[1]
    states = {line.pid: line.state for line in receiving.inbox(pusat)}
    assert states[pid] == "unmerged"
    assert set(states.values()) == {"merged", "unmerged"}


def test_it_reaches_the_office_as_an_ordinary_edit(office, pusat, wrong, tmp_path):
    old, new, pid, _ = wrong
    unmerging.unmerge(pusat, pid, "berkas tahun lalu")
    exchange(office, pusat, tmp_path)
    assert stands(office, old) == (2, False)
    assert stands(office, new)[1]
    with office.store.reading() as reader:
        assert reader.get(KIND, new).remove_reason == "berkas tahun lalu"


def test_what_it_had_broken_is_flagged_no_longer(office, pusat, wrong, tmp_path):
    old, _, pid, _ = wrong
    with pusat.store.writing("") as writer:
        table = writer.tables.main[KIND]
        writer.connection.execute(table.update().where(table.c.uid == old).values(needs_review=1))
    unmerging.unmerge(pusat, pid)
    assert flagging.flagged(pusat) == []


@pytest.mark.parametrize("told", ["", "abc", "18.72.02 2", "18.72.01 77", "ffffffffffffffff"])
def test_what_is_not_in_the_inbox_is_refused(pusat, wrong, told):
    old, *_ = wrong
    with pytest.raises(KnownError, match="tidak ada di kotak masuk"):
        unmerging.unmerge(pusat, told)
    assert stands(pusat, old) == (99, False)


def test_it_is_taken_back_once_and_only_at_headquarters(office, pusat, wrong):
    _, _, pid, _ = wrong
    with pytest.raises(KnownError, match="Hanya pusat yang dapat membatalkan paket; ini kantor"):
        unmerging.unmerge(office, pid)
    unmerging.unmerge(pusat, pid)
    with pytest.raises(KnownError, match="sudah dibatalkan"):
        unmerging.unmerge(pusat, pid)
