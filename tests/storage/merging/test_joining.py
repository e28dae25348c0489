"""Joining two rows is what `core.stamps` says of their copies: in any order, any number of times, with columns missing or unknown."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core import stamps, travel
from desktop_app.core.stamps import Clock, Mark
from desktop_app.storage.merging.joining import join
from desktop_app.storage.merging.layout import BORN, STAMPS, layout_of, write_extras
from desktop_app.storage.merging.plain import Arrival
from desktop_app.storage.merging.reading import Shape
from tests.storage.merging.tiny import REGISTRY
from tests.storage.merging.world import copy_of

PART = travel.Part(REGISTRY["job"], "")
LAYOUT = layout_of(PART)
SITES = ["aaaaaaaaaaaa", "bbbbbbbbbbbb", "cccccccccccc"]
any_stamp = st.builds(lambda wall, site: Clock(site, wall).stamp, st.integers(1, 4), st.sampled_from(SITES))
marks = st.builds(Mark.knowing, any_stamp, st.lists(any_stamp, max_size=3))
UNKNOWN = ("later", "look")
TEXTS = {
    "name": ["", "a", "Émil"],
    "urgent": ["", "true", "false"],
    "length": ["", "1.00", "-0.50"],
    "unit": ["", "m"],
    "colour": ["", "red"],
    "removed_at": ["", "2026-03-02T05:00:00Z"],
    "remove_reason": ["", "ganda"],
    "review_state": ["", "RETURNED"],
    "updated_at": ["2026-03-02T05:00:00Z", "2026-03-03T05:00:00Z"],
    "updated_by": ["Ani", "Budi"],
    "record_no": ["", "JOB/1"],
}


@st.composite
def rows(draw, born=any_stamp):
    """A row as it stands in a package: column -> text."""
    row = dict.fromkeys(LAYOUT.names, "")
    row |= {"uid": "u", "site_code": "18.72.04", "born": draw(born)}
    row |= {name: draw(st.sampled_from(texts)) for name, texts in TEXTS.items()}
    of_groups = draw(
        st.dictionaries(st.sampled_from(("name", "urgent", "size", "look", "removed", "later")), marks)
    )
    extras = {}
    if "later" in of_groups or draw(st.booleans()):
        extras["later"] = {"new": draw(st.sampled_from(["x", "y"]))}
    if draw(st.booleans()):
        extras["look"] = {"shine": draw(st.sampled_from(["dull", "bright"]))}
    kept = {g: m for g, m in of_groups.items() if m != Mark(row["born"]) and (g != "later" or extras.get(g))}
    row["field_stamps"] = stamps.written(kept) or ""
    row["extras"] = write_extras(extras) or ""
    return row


def incoming(row, without=()):
    columns = tuple(name for name in LAYOUT.names if name not in without)
    shape = Shape(LAYOUT, Arrival(PART, columns, ()))
    return shape.read([row[name] or None for name in columns])


def joined(old, new):
    """The cells of both as one."""
    result = join(LAYOUT, old, new)
    return old if result is None else result.cells


def cells(row):
    return incoming(row).cells


@given(rows(), rows())
def test_it_is_what_stamps_say(a, b):
    result = joined(cells(a), incoming(b))
    expected = stamps.merge(copy_of(PART, cells(a)), copy_of(PART, cells(b)))
    assert copy_of(PART, result).groups == expected.groups
    assert (result[BORN], result[STAMPS]) == (expected.born, expected.field_stamps)


@given(rows(), rows())
def test_in_either_order(a, b):
    assert joined(cells(a), incoming(b)) == joined(cells(b), incoming(a))


@given(rows(), rows(), rows())
def test_in_any_order_and_twice(a, b, c):
    one = joined(joined(cells(a), incoming(b)), incoming(c))
    other = joined(joined(joined(cells(c), incoming(a)), incoming(b)), incoming(c))
    assert one == other
    assert join(LAYOUT, one, incoming(b)) is None or join(LAYOUT, one, incoming(b)).cells == one


@given(rows())
def test_a_row_meets_itself(a):
    assert join(LAYOUT, cells(a), incoming(a)) is None


@given(rows(), rows())
def test_what_a_sender_lacks_says_nothing(a, b):
    """Missing columns leave what is here, with its stamps."""
    without = ("colour", "name", "urgent")
    result = joined(cells(a), incoming({**b, "extras": ""}, without))
    ours, got = copy_of(PART, cells(a)).groups, copy_of(PART, result).groups
    for group in ("name", "urgent", "look"):
        assert got[group] == ours[group]


@given(rows(), rows())
def test_the_two_sides_tell_the_same_conflicts(a, b):
    ours, theirs = join(LAYOUT, cells(a), incoming(b)), join(LAYOUT, cells(b), incoming(a))

    def told(found):
        return {
            (
                one.group,
                frozenset({(one.ours.mark.stamp, one.ours.texts), (one.theirs.mark.stamp, one.theirs.texts)}),
                one.removal,
            )
            for one in (found.conflicts if found else ())
        }

    assert told(ours) == told(theirs)
    plain = stamps.conflicts(copy_of(PART, cells(a)), copy_of(PART, cells(b)))
    assert {group for group, _, removal in told(ours) if not removal} == {
        one.group for one in plain if not one.removal
    }
