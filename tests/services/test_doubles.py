"""Possible doubles among real records: found through the indexes, told with what speaks for them."""

from __future__ import annotations

import datetime as dt

import pytest

from desktop_app.core.errors import Cancelled
from desktop_app.core.progress import Quiet
from desktop_app.core.query import Query
from desktop_app.core.record import Record
from desktop_app.core.stamps import new_uid
from desktop_app.records.doubles import PLANS
from desktop_app.services import doubles
from tests.unit.records.labelled import labelled

pytestmark = pytest.mark.engines


def put(ctx, *records):
    with ctx.store.writing("Sri Wahyuni") as writer:
        for record in records:
            writer.load(record.kind, [record])


def stored(kind, values, *, status=None, uid=""):
    return Record(kind, uid or new_uid(), dict(values), status=status, site_code="18.72.01")


def first_of(ctx, kind, **where):
    with ctx.store.reading() as reader:
        row = reader.first(Query(kind, where=tuple((name, (value,)) for name, value in where.items())), 1)[0]
        return reader.get(kind, row.uid)


def test_a_lamp_with_an_open_report_is_told_while_the_second_slip_is_typed(busy):
    with busy.store.reading() as reader:
        row = reader.first(
            Query("streetlight_repair", open_only=True, where=(("category", ("LAMP_OUT",)),)), 1
        )[0]
    received = row.values["received_at"] + dt.timedelta(days=1)
    typed = {"lamp": row.values["lamp"], "received_at": received, "category": "FLICKER"}
    found = doubles.possible(busy, "streetlight_repair", typed)
    assert [double.uid for double in found] == [row.uid]
    assert found[0].number == row.record_no
    assert found[0].title.startswith(str(row.values["lamp_code"]))
    assert found[0].at == row.values["received_at"].astimezone(busy.settings.zone).date()
    assert "lampu sama, laporan terbuka" in found[0].why.id.lower()
    assert found[0].status.id in ("Diterima", "Diverifikasi", "Dijadwalkan", "Dikerjakan", "Ditunda")


def test_a_record_is_no_double_of_itself_and_an_empty_one_of_nothing(busy):
    record = first_of(busy, "burial")
    assert record.uid in {d.uid for d in doubles.possible(busy, "burial", record.values, "another")}
    assert record.uid not in {d.uid for d in doubles.possible(busy, "burial", record.values, record.uid)}
    for kind in PLANS:
        assert doubles.possible(busy, kind, {}) == []
    assert doubles.possible(busy, "region", {"name": "Metro"}) == []


def test_a_removed_record_is_no_double(busy):
    record = first_of(busy, "burial")
    with busy.store.writing("Sri Wahyuni") as writer:
        writer.remove("burial", record.uid, "salah ketik")
    assert record.uid not in {d.uid for d in doubles.possible(busy, "burial", record.values, "another")}


DOUBLES = [pair for pair in labelled() if pair.double]


def test_what_the_judge_calls_a_double_is_found_among_all_records_by_the_indexes(busy):
    """The record beside which the judge puts a double is among the few that are looked at."""
    judged = [pair for pair in DOUBLES if pair.judged()]
    put(
        busy,
        *(
            stored(pair.kind, pair.one.values, status=pair.one.status, uid=f"labelled-{pair.number}")
            for pair in judged
        ),
    )
    missed = [
        pair.number
        for pair in judged
        if f"labelled-{pair.number}"
        not in {
            double.uid for double in doubles.possible(busy, pair.kind, pair.other.values, "new", limit=50)
        }
    ]
    assert missed == []
    assert len(judged) >= 27


def test_pairs_among_stored_records_are_found_once_and_the_likeliest_first(busy):
    before = {(pair.first.uid, pair.second.uid) for pair in doubles.pairs(busy)}
    judged = [pair for pair in DOUBLES if pair.judged()]
    put(
        busy,
        *(
            stored(pair.kind, side.values, status=side.status, uid=f"labelled-{pair.number}-{place}")
            for pair in judged
            for place, side in enumerate((pair.one, pair.other))
        ),
    )
    found = doubles.pairs(busy)
    uids = [frozenset((pair.first.uid, pair.second.uid)) for pair in found]
    assert len(uids) == len(set(uids))
    assert [pair.points for pair in found] == sorted((pair.points for pair in found), reverse=True)
    assert before <= {(pair.first.uid, pair.second.uid) for pair in found}
    missed = [
        pair.number
        for pair in judged
        if frozenset((f"labelled-{pair.number}-0", f"labelled-{pair.number}-1")) not in uids
    ]
    assert missed == []


def test_lamps_at_one_spot_are_met_however_the_window_is_swept(busy, monkeypatch):
    pair = next(one for one in DOUBLES if one.number == 57)
    put(
        busy,
        *(
            stored(pair.kind, side.values, uid=f"spot-{place}")
            for place, side in enumerate((pair.one, pair.other))
        ),
    )
    for every in (1, 3, 5_000):
        monkeypatch.setattr(doubles, "_SWEEP_EVERY", every)
        found = doubles.pairs(busy, kinds=("light_point",))
        assert [{one.first.uid, one.second.uid} for one in found] == [{"spot-0", "spot-1"}]


def test_looking_for_pairs_can_be_stopped_and_changes_nothing(busy):
    with pytest.raises(Cancelled):
        doubles.pairs(busy, Quiet(cancel_after=0))
