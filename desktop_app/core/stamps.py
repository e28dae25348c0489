"""Stamps: who wrote a value and when, in a form that two copies of a row can be merged by (rules: exchange.md, "Rows that merge").

A stamp is text of fixed width that sorts as time: 12 hex digits of milliseconds, 4 of a counter, 12 of the site's short id. Every
group of fields has one: `born` of the row unless `field_stamps` lists another, together with `seen`: the last stamp of each other
site that ever wrote the group and whose writing is included here. Merging is a pure function of two copies: commutative,
associative, idempotent; nothing that was typed is lost without being reported as a conflict.
"""

from __future__ import annotations

import re
import secrets
import time
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

_WALL, _COUNTER, _SITE = 12, 4, 12
WIDTH = _WALL + _COUNTER + _SITE
"""Letters in a stamp."""
_COUNTERS = 16**_COUNTER
_STAMP = re.compile(f"[0-9a-f]{{{WIDTH}}}")
REMOVAL = "removed"
"""The group of removal: when and why a row was taken away. It conflicts with any writing that did not know of it."""
REVIEW = "review"
"""The group that only headquarters writes: what it says of a row is no use of the row, and does not conflict with a removal."""
RESPONSIBLE = "responsible"
"""The group of which office is responsible for a row. Only headquarters writes it, so that its latest word holds: there is no conflict."""

Stamp = str


def new_uid() -> str:
    """A UUIDv7 (RFC 9562): 48 bits of milliseconds, then random, so that uids sort by the time of their making."""
    bits = (
        time.time_ns() // 1_000_000 << 80
        | 0x7 << 76
        | secrets.randbits(12) << 64
        | 0b10 << 62
        | secrets.randbits(62)
    )
    return str(uuid.UUID(int=bits & (1 << 128) - 1))


def short_id(site_id: str) -> str:
    """The random tail of a site's UUIDv7, as it stands in its stamps."""
    return site_id.replace("-", "")[-_SITE:]


def site_of(stamp: Stamp) -> str:
    """The short id of the site that made a stamp."""
    return stamp[_WALL + _COUNTER :]


def wall_of(stamp: Stamp) -> int:
    """The milliseconds since 1970 (UTC) of a stamp."""
    return int(stamp[:_WALL], 16)


def is_stamp(text: str) -> bool:
    """Whether a text is a well-formed stamp."""
    return _STAMP.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class Clock:
    """A site's logical clock. It never goes back, whatever the computer's clock does; it is saved in the transaction that used it."""

    site: str
    wall: int = 0
    counter: int = 0

    def tick(self, now: int) -> Clock:
        """The clock after one local write at `now` (milliseconds): a greater stamp than every one before."""
        if now > self.wall:
            return Clock(self.site, now)
        total = self.wall * _COUNTERS + self.counter + 1
        return Clock(self.site, *divmod(total, _COUNTERS))

    def saw(self, stamp: Stamp) -> Clock:
        """The clock after reading a stamp of another site: not behind it."""
        wall, counter = wall_of(stamp), int(stamp[_WALL : _WALL + _COUNTER], 16)
        return self if (wall, counter) <= (self.wall, self.counter) else Clock(self.site, wall, counter)

    @property
    def stamp(self) -> Stamp:
        """The stamp of the last tick."""
        return f"{self.wall:012x}{self.counter:04x}{self.site}"

    @classmethod
    def at(cls, stamp: Stamp, site: str | None = None) -> Clock:
        """The clock that stood at this stamp, going on under `site` (the same one by default)."""
        return cls(site or site_of(stamp), wall_of(stamp), int(stamp[_WALL : _WALL + _COUNTER], 16))


class Mark(NamedTuple):
    """The stamp of one group, and the last stamps of the other sites that it includes (sorted)."""

    stamp: Stamp
    seen: tuple[Stamp, ...] = ()

    @classmethod
    def knowing(cls, stamp: Stamp, known: Iterable[Stamp]) -> Mark:
        """The mark of a stamp whose writer knew of these, in any order and also several of one site."""
        return cls(stamp, _others(stamp, known))

    def covers(self, stamp: Stamp) -> bool:
        """Whether who wrote this knew of that stamp."""
        site = site_of(stamp)
        return any(site_of(known) == site and known >= stamp for known in (self.stamp, *self.seen))

    def rewritten(self, stamp: Stamp) -> Mark:
        """The mark after a local write: the replaced stamp is among those seen."""
        return Mark.knowing(stamp, (self.stamp, *self.seen))


def _others(stamp: Stamp, stamps: Iterable[Stamp]) -> tuple[Stamp, ...]:
    """The last stamp of each site, sorted, without the one that `stamp` itself covers."""
    last: dict[str, Stamp] = {}
    for one in stamps:
        site = site_of(one)
        last[site] = max(one, last.get(site, ""))
    if last.get(site_of(stamp), "") <= stamp:
        last.pop(site_of(stamp), None)
    return tuple(sorted(last.values()))


Marks = Mapping[str, Mark]
"""Group name -> its mark, for the groups that were written after the row was born."""


def written(marks: Marks) -> str | None:
    """The column `field_stamps`: `group=stamp seen seen;group=stamp`, sorted by group; None when no group was written since birth."""
    return (
        ";".join(f"{group}={' '.join((mark.stamp, *mark.seen))}" for group, mark in sorted(marks.items()))
        or None
    )


def read(text: str | None) -> dict[str, Mark]:
    """The marks in a column `field_stamps`. Raises ValueError when it is not in its one written form."""
    if not text:
        return {}
    marks = dict(_read_one(part) for part in text.split(";"))
    if written(marks) != text:
        raise ValueError(f"field_stamps not in order: {text[:80]!r}")
    return marks


def _read_one(part: str) -> tuple[str, Mark]:
    group, _, stamps = part.partition("=")
    stamp, *seen = stamps.split(" ")
    if not group or not all(map(is_stamp, (stamp, *seen))) or _others(stamp, seen) != tuple(seen):
        raise ValueError(f"not a stamp: {part[:80]!r}")
    return group, Mark(stamp, tuple(seen))


def after_write(born: Stamp, field_stamps: str | None, groups: Iterable[str], stamp: Stamp) -> str | None:
    """The column `field_stamps` after a local write of these groups; the other groups keep what they had."""
    marks = read(field_stamps)
    for group in groups:
        marks[group] = marks.get(group, Mark(born)).rewritten(stamp)
    return written(marks)


class Held(NamedTuple):
    """What a copy of a row holds of one group: the canonical texts of its fields (empty text is NULL, and lowest) and the mark."""

    texts: tuple[str, ...]
    mark: Mark

    @property
    def empty(self) -> bool:
        """Whether no field of the group has a value."""
        return not any(self.texts)


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy of a row for merging. A group that is not in `groups` is one that the copy's maker did not know: it says nothing."""

    born: Stamp
    groups: Mapping[str, Held]

    @classmethod
    def of(cls, born: Stamp, field_stamps: str | None, texts: Mapping[str, tuple[str, ...]]) -> Copy:
        """The copy of a stored or received row, from its columns. Raises ValueError for malformed stamps."""
        if not is_stamp(born):
            raise ValueError(f"not a stamp: {born[:80]!r}")
        marks = read(field_stamps)
        return cls(born, {group: Held(held, marks.get(group, Mark(born))) for group, held in texts.items()})

    @property
    def field_stamps(self) -> str | None:
        """The column `field_stamps` of this copy."""
        plain = Mark(self.born)
        return written({group: held.mark for group, held in self.groups.items() if held.mark != plain})


def merge_group(a: Held, b: Held) -> Held:
    """The greater (stamp, texts) wins whole; what was seen is the greatest of each site, the loser's own stamp included."""
    winner = max(a, b, key=lambda held: (held.mark.stamp, held.texts))
    stamps = (a.mark.stamp, *a.mark.seen, b.mark.stamp, *b.mark.seen)
    return Held(winner.texts, Mark.knowing(winner.mark.stamp, stamps))


def merge(a: Copy, b: Copy) -> Copy:
    """Two copies of one row as one: in any order, any number of times, with the same result."""
    groups = dict(a.groups)
    for group, held in b.groups.items():
        groups[group] = merge_group(groups[group], held) if group in groups else held
    return Copy(min(a.born, b.born), groups)


class Conflict(NamedTuple):
    """Two writings of one group, neither of which knew of the other. `removal`: one of them removed the row."""

    group: str
    ours: Held
    theirs: Held
    removal: bool = False


def conflicts(ours: Copy, theirs: Copy) -> list[Conflict]:
    """What a person should look at after merging; the greater stamp is applied all the same, so that all copies agree."""
    both = [group for group in ours.groups if group in theirs.groups and group != RESPONSIBLE]
    born = ours.born if ours.born == theirs.born else None
    plain = [
        Conflict(group, ours.groups[group], theirs.groups[group])
        for group in both
        if _clash(ours.groups[group], theirs.groups[group], born)
    ]
    return [*plain, *_against_removal(ours, theirs), *(_turned(c) for c in _against_removal(theirs, ours))]


def _clash(a: Held, b: Held, born: Stamp | None) -> bool:
    """Nothing since the row's one birth on one side: that side was sent without the group (no personal data), and wrote nothing."""
    if a.texts == b.texts or (a.mark.stamp == b.mark.stamp == born and (a.empty or b.empty)):
        return False
    return a.mark.stamp == b.mark.stamp or not (a.mark.covers(b.mark.stamp) or b.mark.covers(a.mark.stamp))


def _against_removal(remover: Copy, writer: Copy) -> Iterator[Conflict]:
    """The writer's groups that the remover did not know when the row was removed, where the writer did not know of the removal."""
    gone, still = remover.groups.get(REMOVAL), writer.groups.get(REMOVAL)
    if gone is None or still is None or gone.empty or still.mark.covers(gone.mark.stamp):
        return
    for group, held in writer.groups.items():
        known = remover.groups[group].mark if group in remover.groups else Mark(remover.born)
        if group not in (REMOVAL, REVIEW, RESPONSIBLE) and not known.covers(held.mark.stamp):
            yield Conflict(group, gone, held, removal=True)


def _turned(conflict: Conflict) -> Conflict:
    return conflict._replace(ours=conflict.theirs, theirs=conflict.ours)
