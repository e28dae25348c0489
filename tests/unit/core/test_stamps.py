"""Stamps and merging: whatever order copies meet in, they become the same, and nothing typed is lost without being told."""

from __future__ import annotations

import itertools
import time
import uuid
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core import stamps
from desktop_app.core.stamps import Clock, Copy, Held, Mark

SITES = ["aaaaaaaaaaaa", "bbbbbbbbbbbb", "cccccccccccc"]
GROUPS = ("lamp", "place", stamps.REMOVAL)

any_stamp = st.builds(
    lambda wall, counter, site: Clock(site, wall, counter).stamp,
    st.integers(0, 4),
    st.integers(0, 2),
    st.sampled_from(SITES),
)


marks = st.builds(
    lambda stamp, seen: Mark(stamp, stamps._others(stamp, seen)), any_stamp, st.lists(any_stamp, max_size=4)
)
helds = st.builds(Held, st.tuples(st.sampled_from(["", "a", "b"]), st.sampled_from(["", "c"])), marks)
copies = st.builds(Copy, any_stamp, st.dictionaries(st.sampled_from(GROUPS), helds))


def test_a_uid_is_a_version_7_uuid_that_sorts_by_time():
    made = [stamps.new_uid() for _ in range(50)]
    assert len(set(made)) == 50
    assert {uuid.UUID(one).version for one in made} == {7}
    assert {uuid.UUID(one).variant for one in made} == {uuid.RFC_4122}
    assert abs((uuid.UUID(made[0]).int >> 80) - time.time() * 1000) < 60_000
    assert sorted(made, key=lambda one: one[:13]) == made


def test_a_stamp_is_of_fixed_width_and_tells_who_and_when():
    site_id = stamps.new_uid()
    stamp = Clock(stamps.short_id(site_id)).tick(1_790_000_000_123).stamp
    assert len(stamp) == stamps.WIDTH == 28
    assert stamps.is_stamp(stamp)
    assert stamps.wall_of(stamp) == 1_790_000_000_123
    assert site_id.replace("-", "").endswith(stamps.site_of(stamp))


@given(st.lists(st.integers(0, 2**47), max_size=30))
def test_ticks_only_go_up_whatever_the_computers_clock_does(walls):
    clock, made = Clock(SITES[0]), []
    for wall in walls:
        clock = clock.tick(wall)
        made.append(clock.stamp)
    assert made == sorted(set(made))


def test_the_counter_carries_into_the_milliseconds():
    clock = Clock(SITES[0], 7, 16**4 - 1).tick(3)
    assert (clock.wall, clock.counter) == (8, 0)


@given(any_stamp, any_stamp, st.integers(0, 6))
def test_a_clock_that_read_a_stamp_writes_greater_ones(own, read, now):
    clock = Clock.at(own).saw(read)
    assert clock.tick(now).stamp > max(own, read)[:16]
    assert clock.site == stamps.site_of(own)
    assert Clock.at(clock.stamp) == clock


@given(st.dictionaries(st.sampled_from(["a", "b_c", "d9"]), marks))
def test_field_stamps_are_read_back_as_written(given_marks):
    assert stamps.read(stamps.written(given_marks)) == given_marks
    assert (stamps.written(given_marks) is None) == (not given_marks)


@pytest.mark.parametrize(
    "bad",
    [
        "lamp",
        "lamp=",
        "=" + "0" * 28,
        "lamp=" + "0" * 27,
        "lamp=" + "G" * 28,
        "lamp=" + "0" * 28 + " " + "0" * 28,
        "b=" + "0" * 28 + ";a=" + "0" * 28,
        "a=" + "0" * 28 + ";a=" + "0" * 28,
        "a=" + "0" * 28 + ";",
    ],
)
def test_field_stamps_that_are_not_in_their_one_form_are_refused(bad):
    with pytest.raises(ValueError):
        stamps.read(bad)


def test_a_malformed_birth_is_refused():
    with pytest.raises(ValueError):
        Copy.of("yesterday", None, {})


def test_a_local_write_stamps_only_the_groups_that_changed_and_keeps_what_they_had_seen():
    ours, theirs = Clock(SITES[0]).tick(1), Clock(SITES[1]).tick(2)
    kept = stamps.after_write(ours.stamp, None, ["lamp"], theirs.stamp)
    again = stamps.after_write(ours.stamp, kept, ["place"], ours.tick(3).stamp)
    assert stamps.read(again) == {
        "lamp": Mark(theirs.stamp, (ours.stamp,)),
        "place": Mark(ours.tick(3).stamp),
    }
    third = stamps.after_write(ours.stamp, again, ["lamp"], ours.tick(4).stamp)
    assert stamps.read(third)["lamp"] == Mark(ours.tick(4).stamp, (theirs.stamp,))


@given(copies, copies)
def test_merging_is_commutative(a, b):
    assert stamps.merge(a, b) == stamps.merge(b, a)


@given(copies, copies, copies)
def test_merging_is_associative(a, b, c):
    assert stamps.merge(stamps.merge(a, b), c) == stamps.merge(a, stamps.merge(b, c))


@given(copies, copies)
def test_merging_is_idempotent(a, b):
    merged = stamps.merge(a, b)
    assert stamps.merge(a, a) == a
    assert stamps.merge(merged, a) == merged
    assert stamps.merge(merged, merged) == merged


@given(copies, copies)
def test_a_merged_copy_goes_through_its_columns_unchanged(a, b):
    merged = stamps.merge(a, b)
    texts = {group: held.texts for group, held in merged.groups.items()}
    assert Copy.of(merged.born, merged.field_stamps, texts) == merged


@given(copies, copies)
def test_conflicts_are_the_same_from_both_sides(a, b):
    def pairs(found):
        return sorted((c.group, *sorted((c.ours, c.theirs)), c.removal) for c in found)

    assert pairs(stamps.conflicts(a, b)) == pairs(stamps.conflicts(b, a))


@given(copies, copies)
def test_nothing_is_ever_in_conflict_with_what_came_of_it(a, b):
    merged = stamps.merge(a, b)
    plain = [c for c in stamps.conflicts(merged, a) if c.ours.mark.stamp != c.theirs.mark.stamp]
    assert [c for c in plain if not c.removal] == []


@dataclass
class Site:
    """A site of the simulation: its clock, its copy of one row, and (the oracle) which writings each group's content knew of."""

    clock: Clock
    copy: Copy
    knows: dict[str, frozenset[int]] = field(default_factory=dict)


actions = st.lists(
    st.one_of(
        st.tuples(
            st.just("write"), st.integers(0, 2), st.sampled_from(["lamp", "place"]), st.integers(0, 50)
        ),
        st.tuples(st.just("meet"), st.integers(0, 2), st.integers(0, 2), st.integers(0, 50)),
    ),
    max_size=25,
)


@given(actions)
def test_no_fact_is_lost_unseen_in_any_history(history):
    """What gives way in a merge was either known to who wrote the winner, or is reported; and what was known is never reported."""
    born = Clock(SITES[0]).tick(1)
    first = Copy(born.stamp, {group: Held(("0",), Mark(born.stamp)) for group in ("lamp", "place")})
    sites = [
        Site(Clock(site).saw(born.stamp), first, dict.fromkeys(first.groups, frozenset({0})))
        for site in SITES
    ]
    written = {0: frozenset({0})}
    for number, (what, one, other, now) in enumerate(history, 1):
        site = sites[one]
        if what == "write":
            site.clock = site.clock.tick(now)
            written[number] = site.knows[other] | {number}
            mark = site.copy.groups[other].mark.rewritten(site.clock.stamp)
            site.copy = Copy(site.copy.born, {**site.copy.groups, other: Held((str(number),), mark)})
            site.knows[other] = written[number]
            continue
        theirs = sites[other]
        found = {conflict.group for conflict in stamps.conflicts(site.copy, theirs.copy)}
        merged = stamps.merge(site.copy, theirs.copy)
        for group in merged.groups:
            a, b = (int(copy.groups[group].texts[0]) for copy in (site.copy, theirs.copy))
            related = a in theirs.knows[group] or b in site.knows[group]
            assert (group in found) == (not related), (group, a, b)
            site.knows[group] = site.knows[group] | theirs.knows[group]
        site.copy = merged
        for held in merged.groups.values():
            site.clock = site.clock.saw(held.mark.stamp)
    everywhere = {
        stamps.merge(stamps.merge(*pair), rest).field_stamps
        for pair, rest in _orders([s.copy for s in sites])
    }
    assert len(everywhere) == 1


def _orders(three):
    return [((a, b), c) for a, b, c in itertools.permutations(three)]


def test_of_two_twins_with_one_stamp_the_greater_text_wins_everywhere_and_is_reported():
    stamp = Clock(SITES[0]).tick(5).stamp
    a, b = (Copy(stamp, {"lamp": Held((text,), Mark(stamp))}) for text in ("LED", "SON-T"))
    assert stamps.merge(a, b).groups["lamp"].texts == ("SON-T",)
    assert [conflict.group for conflict in stamps.conflicts(a, b)] == ["lamp"]


def test_null_is_the_lowest_value():
    stamp = Clock(SITES[0]).tick(5).stamp
    a, b = (Copy(stamp, {"lamp": Held((text,), Mark(stamp))}) for text in ("", "\x01"))
    assert stamps.merge(a, b).groups["lamp"].texts == ("\x01",)


def test_a_group_that_the_other_side_does_not_know_says_nothing():
    born, later = Clock(SITES[0]).tick(1), Clock(SITES[1]).tick(9)
    old = Copy(later.stamp, {"lamp": Held(("x",), Mark(later.stamp))})
    new = Copy(born.stamp, {"lamp": Held(("y",), Mark(born.stamp)), "crew": Held(("c",), Mark(born.stamp))})
    assert stamps.merge(old, new).groups["crew"].texts == ("c",)


def test_removal_against_an_edit_that_did_not_know_of_it_is_reported_and_a_later_one_is_not():
    born, them = Clock(SITES[0]).tick(1), Clock(SITES[1]).tick(2)
    start = {"lamp": Held(("x",), Mark(born.stamp)), stamps.REMOVAL: Held(("", ""), Mark(born.stamp))}
    gone = Held(("2026-01-01T00:00:00Z", "double"), Mark(born.stamp).rewritten(them.stamp))
    removed = Copy(born.stamp, {**start, stamps.REMOVAL: gone})
    edited = Copy(born.stamp, {**start, "lamp": Held(("y",), Mark(born.stamp).rewritten(born.tick(3).stamp))})
    assert [(c.group, c.removal) for c in stamps.conflicts(removed, edited)] == [("lamp", True)]
    assert [(c.group, c.ours.texts) for c in stamps.conflicts(edited, removed)] == [("lamp", ("y",))]

    knowing = stamps.merge(removed, Copy(born.stamp, start))
    after = {
        **knowing.groups,
        "lamp": Held(("z",), knowing.groups["lamp"].mark.rewritten(born.tick(9).stamp)),
    }
    assert stamps.conflicts(removed, Copy(born.stamp, after)) == []


def test_a_removal_knows_a_group_from_the_birth_on_also_where_its_program_did_not_know_it():
    """Nobody has written the new field: an older program that removes the row overlooks nothing."""
    born, gone, later = (Clock(SITES[0], wall).stamp for wall in (1, 2, 3))
    removed = Copy(born, {stamps.REMOVAL: Held(("2026-03-02", ""), Mark.knowing(gone, [born]))})
    newer = Copy(born, {stamps.REMOVAL: Held(("", ""), Mark(born)), "colour": Held(("",), Mark(born))})
    assert stamps.conflicts(removed, newer) == []
    elsewhere = Mark.knowing(f"{later[:16]}{SITES[1]}", [born])
    written = Copy(born, {**newer.groups, "colour": Held(("red",), elsewhere)})
    assert [(one.group, one.removal) for one in stamps.conflicts(removed, written)] == [("colour", True)]


def test_what_headquarters_says_of_a_row_does_not_conflict_with_its_removal():
    born, gone = Clock(SITES[0], 1).stamp, Clock(SITES[0], 2).stamp
    said = Mark.knowing(Clock(SITES[1], 2).stamp, [born])
    removed = Copy(
        born,
        {
            stamps.REMOVAL: Held(("2026-03-02", ""), Mark.knowing(gone, [born])),
            stamps.REVIEW: Held(("",), Mark(born)),
        },
    )
    reviewed = Copy(
        born, {stamps.REMOVAL: Held(("", ""), Mark(born)), stamps.REVIEW: Held(("RETURNED",), said)}
    )
    assert stamps.conflicts(removed, reviewed) == []


def test_a_group_that_was_left_out_since_birth_is_no_second_value():
    """A package without personal data: its rows have nothing there, and nobody wrote that."""
    born = Clock(SITES[0], 1).stamp
    without, full = (Copy(born, {"phone": Held((text,), Mark(born))}) for text in ("", "0812"))
    assert stamps.conflicts(without, full) == []
    assert stamps.merge(without, full).groups["phone"].texts == ("0812",)
    twin = Copy(born, {"phone": Held(("0813",), Mark(born))})
    assert [one.group for one in stamps.conflicts(twin, full)] == ["phone"]
