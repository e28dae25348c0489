"""What people wrote, and whether any of it was overwritten in silence.

Every writing is noted when it is made: its stamp, its value, and which writings its writer had before him. In the end a writing that
headquarters has may have given way only to one whose writer knew of it, to one of the same value, or with a conflict that names it.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

from desktop_app.core import stamps
from desktop_app.core.stamps import Mark, short_id, site_of
from tests.exchange.world import Site

FIELDS = ("a", "b", "n", "removed")
"""The groups of a job that the histories write."""
_A_DAY = dt.timedelta(days=1)
_COLUMN = {"removed": "remove_reason"}
Key = tuple[str, str]
"""A job and a group."""


class Writing(NamedTuple):
    """One writing of a group. `known`: the stamps of those that its writer had before him."""

    stamp: str
    text: str
    known: frozenset[str]


@dataclass
class Writings:
    """All writings of a history. `forked`: short ids that two computers wrote under; `unsure`: what was written under stamps of years
    ahead (a clock never goes back, even when the computer's does) and got other ones later.
    """

    made: dict[Key, dict[str, Writing]] = field(default_factory=lambda: defaultdict(dict))
    forked: set[str] = field(default_factory=set)
    unsure: set[Key] = field(default_factory=set)

    def fork(self, site: Site) -> None:
        """From now on stamps of this id may stand for two things."""
        self.forked.add(short_id(site.id))

    def note(self, site: Site, uid: str, name: str) -> None:
        """A person at this computer has just written."""
        mark, text = _stands(site, uid)[name]
        made = self.made[uid, name]
        if mark.stamp not in made and site_of(mark.stamp) == short_id(site.id):
            known = frozenset(one for one in made if mark.covers(one))
            made[mark.stamp] = Writing(mark.stamp, text, known)
        if stamps.wall_of(mark.stamp) > (site.world.time + _A_DAY).timestamp() * 1000:
            self.unsure.add((uid, name))

    def note_new(self, site: Site, uid: str) -> None:
        """A job was made."""
        for name in FIELDS:
            self.note(site, uid, name)

    def judge(self, head: Site, counted: Counter[str]) -> None:
        """Ask of every writing that headquarters has what became of it."""
        rows = {uid: row for (part, uid), row in head.rows().items() if part == "job"}
        noted: dict[Key, list[tuple[str, str]]] = defaultdict(list)
        for conflict in head.conflicts():
            if not conflict["part"] and conflict["removal"] != "true":
                pair = (conflict["lower_stamp"], conflict["higher_stamp"])
                noted[conflict["record_uid"], conflict["group_name"]].append(pair)
        for (uid, name), made in self.made.items():
            if uid not in rows:
                continue  # it was lost with a computer before it was ever sent: `check` looks after the others
            mark, text = _of_row(rows[uid], name)
            held = {stamp: one for stamp, one in made.items() if mark.covers(stamp)}
            if (uid, name) in self.unsure or any(site_of(stamp) in self.forked for stamp in made):
                counted["writings not judged"] += len(held)
                continue
            counted["writings judged"] += len(held)
            if mark.stamp in made:
                assert made[mark.stamp].text == text, f"nobody wrote {text!r} into {name} of {uid}"
                assert mark.stamp == max(held), f"an older writing of {name} of {uid} is in use"
            pairs = noted[uid, name]
            for one in held.values():
                assert _answered(one, mark.stamp, held, pairs), (
                    f"overwritten in silence: {name} of {uid}, {one}"
                )
            for lower, higher in pairs:
                low, high = made.get(lower), made.get(higher)
                if low and high:
                    false = lower in high.known or higher in low.known
                    assert not false, f"a conflict that is none: {name} of {uid}, {low}, {high}"


def _answered(one: Writing, stands: str, held: dict[str, Writing], pairs: list[tuple[str, str]]) -> bool:
    if one.stamp == stands:
        return True
    if any(one.stamp in other.known or (other.text == one.text and other != one) for other in held.values()):
        return True
    named = {stamp for pair in pairs for stamp in pair}
    return one.stamp in named or any(one.stamp in held[stamp].known for stamp in named & held.keys())


def _stands(site: Site, uid: str) -> dict[str, tuple[Mark, str]]:
    """The mark and text of each group of a job as it is stored here."""
    wanted = ", ".join(f'"{_COLUMN.get(name, name)}"' for name in FIELDS)
    sql = f"SELECT born, field_stamps, {wanted} FROM job WHERE uid = '{uid}'"
    with site.ctx.store.reading() as reader:
        born, written, *texts = reader.connection.exec_driver_sql(sql).one()
    marks = stamps.read(written)
    said = ("" if text is None else str(text) for text in texts)
    return {name: (marks.get(name, Mark(born)), text) for name, text in zip(FIELDS, said, strict=True)}


def _of_row(row: dict[str, str], name: str) -> tuple[Mark, str]:
    marks = stamps.read(row["field_stamps"])
    return marks.get(name, Mark(row["born"])), row[_COLUMN.get(name, name)]
