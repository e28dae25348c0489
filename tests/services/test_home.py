"""Every figure on Beranda is what the question behind it counts, and what the records themselves say."""

from __future__ import annotations

import datetime as dt

import pytest

from desktop_app.core.query import Query
from desktop_app.core.record import Record, View
from desktop_app.core.stamps import new_uid
from desktop_app.services import home, records
from desktop_app.services.settings import change
from desktop_app.services.status import status
from desktop_app.storage import reviewing

pytestmark = pytest.mark.engines

REPAIR = "streetlight_repair"


def everything(ctx, kind):
    with ctx.store.reading() as reader:
        rows = reader.rows(kind, reader.ids(Query(kind)))
        return [reader.get(kind, row.uid) for row in rows]


def number(ctx, query):
    with ctx.store.reading(person=ctx.person) as reader:
        return reader.count(query)


def test_a_door_says_how_many_its_lists_hold(busy):
    overview = home.overview(busy)
    for door in overview.doors:
        if not door.page:
            assert door.number == sum(number(busy, query) for query, _ in door.queries), door.key
    assert [door.key for door in overview.doors][: home.BIG] == ["returned", "overdue", "permits", "unsent"]
    assert not overview.empty


def test_overdue_is_what_the_form_calls_due_before_now(busy):
    kind, now = busy.kind(REPAIR), busy.clock()
    where = busy.where()
    late = [
        record.uid
        for record in everything(busy, REPAIR)
        if record.status in kind.promise.states and kind.promise.due(View(kind, record, where)) < now
    ]
    overview = home.overview(busy)
    assert overview.door("overdue").number == len(late) > 0
    shown = [task.uid for task in overview.tasks if task.door == "overdue"]
    assert set(shown) <= set(late)
    assert len(shown) == min(home.SHOWN, len(late))


def test_danger_is_overdue_sooner_and_what_can_wait_later(busy):
    kind = busy.kind(REPAIR)
    record = next(one for one in everything(busy, REPAIR) if one.status == "RECEIVED")
    due, now = {}, busy.clock()
    for priority in ("EMERGENCY", "NORMAL", "LOW"):
        record.values |= {"priority": priority, "received_at": now}
        due[priority] = kind.promise.due(View(kind, record, busy.where())) - now
    assert due["EMERGENCY"] == dt.timedelta(hours=2)
    assert due["NORMAL"] == dt.timedelta(hours=busy.settings.sla_hours)
    assert due["LOW"] == dt.timedelta(hours=busy.settings.sla_hours_max)


def test_permits_that_end_within_ninety_days(busy):
    today = busy.where().today
    with busy.store.writing("Sri Wahyuni") as writer:
        plot = everything(busy, "grave_plot")[0].uid
        for days in (-1, 0, 45, 90, 91):
            values = {"plot": plot, "valid_until": today + dt.timedelta(days=days)}
            writer.load("plot_permit", [Record("plot_permit", new_uid(), values, status="ACTIVE")])
    ending = [
        record
        for record in everything(busy, "plot_permit")
        if record.status in ("ISSUED", "ACTIVE")
        and record.values.get("valid_until")
        and 0 <= (record.values["valid_until"] - today).days <= 90
    ]
    overview = home.overview(busy)
    assert overview.door("permits").number == len(ending) >= 3
    assert len(overview.endings) == min(3, len(ending))
    assert [one.days for one in overview.endings] == sorted(one.days for one in overview.endings)


def test_returned_records_stand_first_with_the_reason(busy):
    uids = [record.uid for record in everything(busy, REPAIR)[:2]] + [everything(busy, "burial")[0].uid]
    with busy.store.writing("Rudi") as writer:
        for kind, uid in ((REPAIR, uids[0]), (REPAIR, uids[1]), ("burial", uids[2])):
            reviewing.set_returned(writer, busy.kind(kind), uid, given_back=True)
    overview = home.overview(busy)
    door = overview.door("returned")
    assert door.number == 3
    assert {query.kind: count for query, count in door.queries} == {REPAIR: 2, "burial": 1}
    assert {task.uid for task in overview.tasks[:3]} == set(uids)
    assert all(task.state.id == "Dikembalikan" for task in overview.tasks[:3])


def test_scheduled_work_is_told_until_somebody_records_it(busy):
    scheduled = [task for task in home.overview(busy).tasks if task.door == "scheduled"]
    today = busy.where().today
    task = next(one for one in scheduled if one.day == today)
    draft = home.begun(busy, task.kind, task.begin)
    assert draft.value("park") == task.begin["park"]
    assert draft.value("work_date") == today
    records.save(busy, draft)
    left = [one for one in home.overview(busy).tasks if one.door == "scheduled"]
    assert len(left) == len(scheduled) - 1
    assert task.begin not in [one.begin for one in left]
    assert home.overview(busy).door("park_today").number >= 1


def test_what_was_moved_to_another_office_is_no_work_here(busy):
    before = home.overview(busy)
    open_before = status(busy).open[REPAIR]
    moved: dict[str, list[str]] = {}
    for task in before.tasks:
        moved.setdefault(task.kind, [])
        if task.uid and not task.kept and len(moved[task.kind]) < 3:
            moved[task.kind].append(task.uid)
    parks = [str(task.begin["park"]) for task in before.tasks if task.door == "scheduled"]
    moved["park"] = parks[:1]
    with busy.store.writing("Rudi") as writer:
        for kind, uids in moved.items():
            writer.give(kind, uids, "18.72.09")
    after = home.overview(busy)
    gone = {uid for uids in moved.values() for uid in uids}
    assert {task.uid for task in before.tasks} & gone
    assert not {task.uid for task in after.tasks} & gone
    assert not [task for task in after.tasks if task.begin.get("park") == parks[0]]
    assert after.door("overdue").number == before.door("overdue").number - len(moved[REPAIR]) > 0
    assert status(busy).open[REPAIR] == open_before - len(moved[REPAIR])
    for door in after.doors:
        if not door.page:
            assert door.number == sum(number(busy, query) for query, _ in door.queries), door.key
    with busy.store.writing("Rudi") as writer:
        for kind, uids in moved.items():
            writer.give(kind, uids, busy.settings.site_code)
    assert [(door.key, door.number) for door in home.overview(busy).doors] == [
        (door.key, door.number) for door in before.doors
    ]


def test_headquarters_looks_over_the_work_of_all(pusat):
    with pusat.store.writing("Rudi") as writer:
        late = Record(
            REPAIR, new_uid(), {"received_at": dt.datetime(2026, 1, 5, tzinfo=dt.UTC)}, status="RECEIVED"
        )
        late.site_code = "18.72.02"
        writer.load(REPAIR, [late])
        writer.load(REPAIR, [Record(REPAIR, new_uid(), dict(late.values), status="RECEIVED")])
    assert home.overview(pusat).door("overdue").number == 2
    assert number(pusat, Query(REPAIR, open_only=True)) == 2
    assert number(pusat, Query(REPAIR, marks=frozenset({"own"}))) == 1


def test_bars_add_up_what_was_reported_lately(busy):
    today = busy.where().today
    done: dict[str, int] = {}
    whole: dict[str, int] = {}
    with busy.store.reading() as reader:
        for record in everything(busy, REPAIR):
            day = record.values["received_at"].astimezone(busy.settings.zone).date()
            if (today - day).days >= 30 or record.status in ("REJECTED", "DUPLICATE", "REFERRED"):
                continue
            place = reader.title("region", record.values["village_code"])
            points = record.values.get("points_reported") or 1
            whole[place] = whole.get(place, 0) + points
            if record.status in ("DONE", "CONFIRMED"):
                done[place] = done.get(place, 0) + points
    bars = home.overview(busy).bars
    assert bars
    assert len(bars) == min(5, len(whole))
    for bar in bars:
        assert (bar.done, bar.done + bar.open) == (done.get(bar.label, 0), whole[bar.label])


def test_an_office_sees_its_own_sections_only(busy):
    change(busy, {"sections": "cemeteries"})
    overview = home.overview(busy)
    keys = [door.key for door in overview.doors]
    assert "overdue" not in keys
    assert "park_missed" not in keys
    assert "permits" in keys
    assert overview.bars == []
    assert {task.kind for task in overview.tasks} <= {"burial", "plot_permit", "grave_plot", "cemetery"}


def test_an_office_without_a_record_is_empty(office):
    overview = home.overview(office)
    assert overview.empty
    assert overview.tasks == []
    assert all(door.number == 0 for door in overview.doors if door.key != "unsent")


def test_headquarters_sees_what_came(pusat):
    keys = [door.key for door in home.overview(pusat).doors]
    assert keys[: home.BIG] == ["inbox", "board", "review", "overdue"]
    assert "unsent" not in keys
