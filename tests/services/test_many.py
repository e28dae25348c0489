"""One step or one change for many records, on a real database: the same rules as singly, refusals told, one way back."""

from __future__ import annotations

import datetime as dt

import pytest

from desktop_app.core.errors import UsageError
from desktop_app.core.progress import Quiet
from desktop_app.core.query import Query
from desktop_app.services import many, records
from tests.ui.city import TODAY, city, city_base

__all__ = ["city", "city_base"]
pytestmark = pytest.mark.engines
REPAIR = "streetlight_repair"


def token_of(done):
    """What undoes it; there must be something to undo."""
    assert done.undo is not None
    return done.undo


def at(ctx, status, number):
    with ctx.store.reading() as reader:
        rows = reader.first(Query(REPAIR, where=(("status", (status,)),)), number)
    return [row.uid for row in rows]


def got(ctx, uid):
    with ctx.store.reading() as reader:
        return reader.get(REPAIR, uid)


def crew(ctx):
    with ctx.store.reading() as reader:
        return reader.first(Query("crew"), 1)[0].uid


def another(draft):
    codes = [code.code for code in draft.kind.by_name["priority"].codes]
    return next(code for code in codes if code != draft.value("priority"))


def test_a_common_date_and_crew_for_all(city):
    uids, common = at(city, "VERIFIED", 5), {"planned_date": TODAY + dt.timedelta(days=2), "crew": crew(city)}
    assert len(uids) == 5
    done = many.move(city, REPAIR, uids, "schedule", common, "", Quiet())
    assert (done.done, done.refused, done.left) == (tuple(uids), (), 0)
    for uid in uids:
        record = got(city, uid)
        assert record.status == "SCHEDULED"
        assert {name: record.values[name] for name in common} == common
        assert record.moves[-1].move == "schedule"


def test_each_refusal_is_the_one_it_gets_alone(city):
    ready, not_ready = at(city, "VERIFIED", 2), at(city, "RECEIVED", 2)
    common = {"planned_date": TODAY + dt.timedelta(days=2), "crew": crew(city)}
    before = [got(city, uid) for uid in not_ready]
    done = many.move(city, REPAIR, [not_ready[0], *ready, not_ready[1]], "schedule", common, "", Quiet())
    assert done.done == tuple(ready)
    assert [one.uid for one in done.refused] == not_ready
    with pytest.raises(records.NotSaved) as alone:
        records.move(city, REPAIR, not_ready[0], "schedule", common)
    assert done.refused[0].words == alone.value.words
    assert [got(city, uid) for uid in not_ready] == before


def test_what_is_missing_is_told_too(city):
    uids = at(city, "VERIFIED", 2)
    done = many.move(city, REPAIR, uids, "schedule", {}, "", Quiet())
    assert done.done == ()
    assert done.undo is None
    assert len(done.refused) == 2
    assert {got(city, uid).status for uid in uids} == {"VERIFIED"}


def test_undo_takes_all_back_and_history_tells_both(city):
    uids = at(city, "VERIFIED", 3)
    before = {uid: got(city, uid) for uid in uids}
    common = {"planned_date": TODAY + dt.timedelta(days=2), "crew": crew(city)}
    done = many.move(city, REPAIR, uids, "schedule", common, "", Quiet())
    back = many.undo(city, token_of(done), Quiet())
    assert (set(back.done), back.refused) == (set(uids), ())
    for uid in uids:
        now = got(city, uid)
        assert now.status == "VERIFIED"
        assert now.values == before[uid].values
        assert [move.after for move in now.moves[-2:]] == ["SCHEDULED", "VERIFIED"]
    with city.store.reading() as reader:
        listed = set(reader.ids(Query(REPAIR, where=(("status", ("VERIFIED",)),))))
        assert {row.uid for row in reader.rows(REPAIR, list(listed))} >= set(uids)


def test_what_was_changed_since_is_left_alone(city):
    uids = at(city, "RECEIVED", 2)
    done = many.move(city, REPAIR, uids, "verify", {}, "", Quiet())
    draft = records.open_draft(city, REPAIR, uids[0])
    draft.choose("priority", another(draft))
    records.save(city, draft)
    back = many.undo(city, token_of(done), Quiet())
    assert back.done == (uids[1],)
    assert [one.uid for one in back.refused] == [uids[0]]
    assert got(city, uids[0]).status == "VERIFIED"


def test_one_change_for_all_and_back(city):
    uids, common = at(city, "SCHEDULED", 4), {"crew": crew(city)}
    before = {uid: got(city, uid).values["crew"] for uid in uids}
    done = many.change(city, REPAIR, uids, common, Quiet())
    assert done.refused == ()
    assert {got(city, uid).values["crew"] for uid in uids} == {common["crew"]}
    assert len(done.undo.before) == sum(value != common["crew"] for value in before.values()) > 0
    many.undo(city, token_of(done), Quiet())
    assert {uid: got(city, uid).values["crew"] for uid in uids} == before


def test_cancel_keeps_what_was_done_and_can_take_it_back(city):
    uids = at(city, "RECEIVED", 5)
    done = many.move(city, REPAIR, uids, "verify", {}, "", Quiet(cancel_after=2))
    assert (done.done, done.left) == (tuple(uids[:2]), 3)
    assert [got(city, uid).status for uid in uids] == ["VERIFIED"] * 2 + ["RECEIVED"] * 3
    assert many.undo(city, token_of(done), Quiet()).done == tuple(uids[:2])


def test_a_step_that_the_kind_lacks_is_refused_at_once(city):
    with pytest.raises(UsageError):
        many.move(city, REPAIR, at(city, "RECEIVED", 1), "fly", {}, "", Quiet())


def test_older_saves_can_be_undone_after_the_deed_is(city):
    uid = at(city, "RECEIVED", 1)[0]
    draft = records.open_draft(city, REPAIR, uid)
    was = draft.value("priority")
    draft.choose("priority", another(draft))
    saved = records.save(city, draft)
    done = many.move(city, REPAIR, [uid], "verify", {}, "", Quiet())
    back = many.undo(city, token_of(done), Quiet())
    [token] = many.still_undone([token_of(saved)], REPAIR, many.stands_again(back))
    assert isinstance(token, records.Undo)
    records.undo(city, token)
    assert got(city, uid).values["priority"] == was
