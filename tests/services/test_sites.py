"""The board of offices, and whom headquarters trusts."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

import pytest

from desktop_app.core.errors import KnownError
from desktop_app.core.stamps import new_uid
from desktop_app.exchange.package.keys import Keys
from desktop_app.services import receiving, sending, sites, start, starting_files, status
from desktop_app.storage import exchanging
from desktop_app.storage.exchanging import PackageIn, Peer
from tests.services.slips import crew

pytestmark = pytest.mark.engines

NOW = dt.datetime(2026, 11, 5, 2, 10, tzinfo=dt.UTC)  # a Thursday, 09.10 in Metro
_PIDS = itertools.count()


@pytest.fixture(autouse=True)
def _today(pusat):
    pusat.clock = lambda: NOW


def utc(moment: dt.datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def site(pusat, code: str = "18.72.01", *, keys: Keys | None = None, **given) -> str:
    """An office that headquarters knows; its site id."""
    site_id = new_uid()
    card = (keys or Keys.new()).card
    known = {"name": "Kec. Metro Pusat", "trusted_at": "2026-01-01T00:00:00Z", "version": "1.5.0"} | given
    with pusat.store.writing("Rudi") as writer:
        exchanging.put_peer(
            writer, Peer(site_id, code, "office", sign_key=card.sign, age_key=card.age, **known)
        )
    return site_id


def sent(pusat, site_id: str, number: int, days_ago: float, *, took: float = 0.5, **given) -> None:
    """A package of that office, made so many days ago, that was `took` days on its way."""
    made = NOW - dt.timedelta(days=days_ago)
    pid = f"{next(_PIDS):064x}"
    file: dict[str, Any] = {
        "pid": pid, "set_pid": pid, "from_site_id": site_id, "from_site_code": "18.72.01", "to_site_id": new_uid(), "number": number,
        "prev": None if number == 1 else "0" * 64, "base": None, "set_id": pid, "part": 1, "parts": 1, "since": 0, "upto": 1, "clock": "0",
        "made_at": utc(made), "version": "1.5.0", "schema": "0002", "received_at": utc(made + dt.timedelta(days=took)),
        "received_by": "Rudi", "state": "merged", "acknowledged": 1, "outcome": "{}", "file": "x.pelita",
    } | given  # fmt: skip
    with pusat.store.writing("Rudi") as writer:
        exchanging.enter_in(writer, PackageIn(**file))


def the_line(pusat) -> sites.SiteLine:
    (line,) = sites.board(pusat)
    return line


def test_an_office_that_sends_every_week_is_on_time(pusat):
    site_id = site(pusat, clock_error_s=12)
    for week in range(14):
        sent(pusat, site_id, week + 1, (13 - week) * 7)
    line = the_line(pusat)
    assert line.weeks == ("on_time",) * 12
    assert (line.last_number, line.days_late, line.missing, line.state) == (14, 0, (), "")
    assert (line.version, line.clock_error_s, line.site_id) == ("1.5.0", 12, site_id)
    assert f"{line.last_package_at:%d/%m %H.%M}" == "05/11 09.10"


def test_a_lost_number_a_late_file_and_silence_are_seen(pusat):
    site_id = site(pusat)
    for number, weeks_ago, took in ((28, 5, 0), (30, 3, 0), (31, 2, 20)):
        sent(pusat, site_id, number, weeks_ago * 7, took=took)
    line = the_line(pusat)
    assert line.missing == (27, 29)
    assert line.weeks[-7:] == ("missing", "on_time", "missing", "on_time", "late", "none", "none")
    assert line.days_late == 7


def test_numbers_lost_long_ago_are_forgotten(pusat):
    site_id = site(pusat)
    sent(pusat, site_id, 1, 200)
    sent(pusat, site_id, 3, 190)
    sent(pusat, site_id, 4, 1)
    assert the_line(pusat).missing == ()


def test_the_first_package_of_an_office_leaves_no_gap_and_a_later_first_one_does(pusat):
    fresh, known = site(pusat), site(pusat, "18.72.02")
    sent(pusat, fresh, 1, 3)
    sent(pusat, known, 7, 3)
    missing = {line.site_id: line.missing for line in sites.board(pusat)}
    assert missing == {fresh: (), known: (6,)}


def test_parts_of_a_set_are_one_number_and_files_set_aside_are_counted(pusat):
    site_id = site(pusat)
    for part in (1, 2, 3):
        sent(pusat, site_id, 1, 2, part=part, parts=3)
    sent(pusat, site_id, 2, 1, state="waiting")
    line = the_line(pusat)
    assert (line.last_number, line.waiting, line.missing) == (1, 1, ())


def test_days_are_the_offices_days(pusat):
    """Sunday 23.30 in Metro is still Sunday, though it is Sunday 16.30 elsewhere; Monday 00.30 is not."""
    site_id = site(pusat)
    monday = NOW - dt.timedelta(days=3, hours=9, minutes=10)
    sent(pusat, site_id, 1, (NOW - monday) / dt.timedelta(days=1) + 0.1, took=0)
    assert the_line(pusat).weeks[-2:] == ("on_time", "none")


def test_the_worst_come_first(pusat):
    on_time = site(pusat, "18.72.01")
    sent(pusat, on_time, 1, 1)
    late = site(pusat, "18.72.02")
    sent(pusat, late, 1, 20)
    gap = site(pusat, "18.72.03")
    sent(pusat, gap, 1, 9)
    sent(pusat, gap, 3, 2)
    dead = site(pusat, "18.72.04", state="dead")
    sent(pusat, dead, 1, 1)
    silent = site(pusat, "18.72.05")
    assert [line.site_id for line in sites.board(pusat)] == [silent, dead, gap, late, on_time]
    assert [line.state for line in sites.board(pusat)] == ["", "dead", "", "", ""]


def test_retired_ids_are_gone_and_dead_ones_stay_while_their_files_are_on_the_board(pusat):
    site(pusat, state="retired")
    dead, old = site(pusat, state="dead"), site(pusat, state="dead")
    living = site(pusat)
    sent(pusat, dead, 1, 10)
    sent(pusat, old, 1, 200)
    assert {line.site_id for line in sites.board(pusat)} == {dead, living}


def test_a_fingerprint_that_agrees_is_trusted(pusat):
    keys = Keys.new()
    site_id = site(pusat, keys=keys, trusted_at=None)
    assert the_line(pusat).state == "unconfirmed"
    line = sites.trust(pusat, "18.72.01", keys.fingerprint.replace("-", " ").lower())
    assert (line.site_id, line.state, line.fingerprint) == (site_id, "", keys.fingerprint)
    with pusat.store.reading() as reader:
        assert exchanging.peer(reader, site_id).trusted_by == "Rudi Hartono"


def test_another_fingerprint_is_not_trusted(pusat):
    site(pusat, trusted_at=None)
    with pytest.raises(KnownError, match="bukan milik kantor"):
        sites.trust(pusat, "18.72.01", Keys.new().fingerprint)
    with pytest.raises(KnownError, match="Belum ada paket dari kantor"):
        sites.trust(pusat, "18.72.09", Keys.new().fingerprint)
    assert the_line(pusat).state == "unconfirmed"


def test_of_two_computers_of_an_office_only_the_one_that_was_compared_is_trusted(pusat):
    first, second = Keys.new(), Keys.new()
    one = site(pusat, keys=first, trusted_at=None)
    other = site(pusat, keys=second, trusted_at=None)
    sites.trust(pusat, "18.72.01", second.fingerprint)
    assert {line.site_id: line.state for line in sites.board(pusat)} == {one: "unconfirmed", other: ""}


def test_an_office_confirms_headquarters_and_sends_to_it(office):
    keys, head = Keys.new(), new_uid()
    known = Peer(head, "18.72", "headquarters", sign_key=keys.card.sign, age_key=keys.card.age)
    with office.store.writing("Sri") as writer:
        exchanging.put_peer(writer, known)
    with pytest.raises(KnownError, match="bukan milik kantor"):
        sites.trust(office, "18.72", Keys.new().fingerprint)
    assert sites.trust(office, "18.72", keys.fingerprint).state == ""
    with office.store.reading() as reader:
        assert exchanging.headquarters(reader).site_id == head
        assert exchanging.headquarters(reader).is_trusted


def test_the_first_package_of_an_office_does_not_count_the_regions_that_headquarters_gave_it(
    pusat, nowhere, tmp_path
):
    file = starting_files.make(pusat, "18.72.01", tmp_path, name="Kec. Metro Pusat")
    start.begin_with(nowhere, file, "Sri Wahyuni", "id")
    assert sending.preview(nowhere).total == 0
    first = sending.send(nowhere, tmp_path)
    assert (first.records, first.nothing_new, sending.sent(nowhere)[0].records) == (0, True, 0)
    crew(nowhere)
    told = sending.preview(nowhere)
    assert ([(one.kind, one.number) for one in told.kinds], told.total) == ([("crew", 1)], 1)
    assert sending.send(nowhere, tmp_path).records == status.status(nowhere).unsent == 1
    got = receiving.receive(pusat, first.files)
    assert [(one.state, one.refused_rows, one.changed) for one in got] == [("merged", 0, 0)]
