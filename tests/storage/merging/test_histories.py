"""Random histories of two PCs of an office and headquarters: whatever comes in whatever order, all end with the same rows."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.core.record import Line
from desktop_app.core.stamps import new_uid
from tests.storage.merging.conftest import World
from tests.storage.merging.tiny import REGISTRY
from tests.storage.merging.world import as_copies, fold

pytestmark = pytest.mark.engines

ACTS = (
    "name",
    "size",
    "unit",
    "urgent",
    "phone",
    "review",
    "remove",
    "recover",
    "move",
    "line",
    "unline",
    "add",
)
steps = st.lists(
    st.one_of(
        st.tuples(
            st.just("act"), st.integers(0, 2), st.sampled_from(ACTS), st.integers(0, 2), st.sampled_from("ab")
        ),
        st.tuples(st.just("send"), st.integers(0, 2)),
        st.tuples(st.just("deliver"), st.integers(0, 9), st.integers(0, 2), st.booleans()),
        st.tuples(st.just("skew"), st.integers(0, 2), st.integers(-3000, 3000)),
    ),
    min_size=4,
    max_size=16,
)


def act(site, head, what, which, value):
    """One thing that a person does to one of the records here."""
    uids = sorted(uid for (part, uid) in site.stored() if part == "job")
    if what == "add" or not uids:
        site.add("18.72.04", parts=1, name=value)
        return
    uid = uids[which % len(uids)]
    record = site.get(uid)
    if what == "name":
        site.change(uid, name=value * 2)
    elif what == "size":
        site.change(uid, length="1.50" if value == "a" else None)
    elif what == "unit":
        site.change(uid, unit=value)
    elif what == "urgent":
        site.change(uid, urgent=value == "a")
    elif what == "phone":
        site.change(uid, phone=f"08{value}")
    elif what == "review" and site is head:
        site.change(uid, review_state="RETURNED" if value == "a" else "RECEIVED")
    elif what == "remove":
        site.remove(uid, value)
    elif what == "recover":
        site.recover(uid)
    elif what == "move" and record.status != "PAID":
        site.move(uid, "finish" if record.status == "OPEN" else "pay")
    elif what == "line":
        site.lines(uid, [Line(new_uid(), {"part": value, "qty": 1, "price": 500}), *record.lines["parts"]])
    elif what == "unline":
        site.lines(uid, record.lines["parts"][1:])


@settings(max_examples=6)
@given(steps)
def test_all_end_alike(engine, templates, history):
    with tempfile.TemporaryDirectory() as folder:
        world = World(engine, Path(folder), templates)
        try:
            _live(world, history)
        finally:
            world.close()


def _live(world, history):
    sites = [world.headquarters(), world.site("18.72.04"), world.site("18.72.04")]
    head, net = sites[0], []
    first = sites[1].add(parts=2)
    head.take(sites[1])
    for step in history:
        world.clock.pass_(0.5)
        if step[0] == "act":
            act(sites[step[1]], head, *step[2:])
        elif step[0] == "send":
            net.append((sites[step[1]], sites[step[1]].rows()))
        elif step[0] == "skew":
            sites[step[1]].skew = type(sites[0].skew)(seconds=step[2])
        elif net:
            sender, tables = net[step[1] % len(net)]
            to = sites[step[2]] if sender is head else head
            if to is not sender:
                to.merge(tables, sender, acknowledged=step[3])
    everything = fold(REGISTRY, *(site.stored() for site in sites))
    for site in (sites[1], sites[2]):
        head.take(site)
    for site in (sites[1], sites[2]):
        site.take(head)
        head.take(site)
        assert head.take(site).altered == 0
    sites[1].take(head)
    numbers = [site.change_no for site in sites]
    for sender, tables in net:
        for site in sites if sender is head else [head]:
            if site is not sender:
                assert site.merge(tables, sender).altered == 0
    assert [site.change_no for site in sites] == numbers

    one, other, third = (site.stored() for site in sites)
    assert one == other == third
    found = as_copies(REGISTRY, one)
    assert {key: found[key] for key in everything} == everything
    assert {part for part, _ in found.keys() - everything.keys()} <= {"conflict"}
    for _part, uid in [key for key in one if key[0] == "job"]:
        records = [site.get(uid) for site in sites]
        assert len({record.status for record in records}) == 1
        assert all(
            record.values == records[0].values and record.lines == records[0].lines for record in records
        )
        totals = [line.values["total"] for line in records[0].lines["parts"]]
        assert records[0].values["cost"] == (sum(totals) if totals else None)
    assert first in {uid for _, uid in one}
