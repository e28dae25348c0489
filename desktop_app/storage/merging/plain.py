"""The plain data of merging: what comes, who sent it, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from desktop_app.core.errors import KnownError
from desktop_app.core.travel import Part
from desktop_app.core.words import Words


class Arrival(NamedTuple):
    """One table of a package. `groups`: merge group of each column that is unknown here, from the sender's Table Schema."""

    part: Part
    columns: tuple[str, ...]
    rows: Iterable[Sequence[str | None]]
    groups: Mapping[str, str] = {}


class From(NamedTuple):
    """Who sent a package. `role`: "office" or "headquarters". `person`: who the journal names ("kantor 18.72.04")."""

    site_id: str
    site_code: str
    role: str
    pid: str
    person: str


class RefusedRow(NamedTuple):
    """A row that was not taken. `reason` is one of "stamps", "value", "owner", "taken", "review", "head", "parent"."""

    part: str
    uid: str
    fingerprint: str
    reason: str
    words: Words


@dataclass
class Merged:
    """What a merge did: numbers by part name, the rows that it refused, and the conflicts that it noted (uids).

    `waiting`: references of touched records (and children) to records that have not come yet. `came_back`: rows that became others by
    what headquarters had written itself and lost.
    """

    new: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    same: dict[str, int] = field(default_factory=dict)
    refused: dict[str, int] = field(default_factory=dict)
    refused_rows: list[RefusedRow] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    returned: int = 0
    waiting: int = 0
    came_back: int = 0

    @property
    def altered(self) -> int:
        """How many rows are stored differently now."""
        return sum(self.new.values()) + sum(self.changed.values()) + len(self.conflicts)


class StampAheadError(KnownError):
    """A stamp lies more than a day ahead of this computer's clock: the package is set aside, and nothing of it may be kept."""

    def __init__(self, stamp: str) -> None:
        super().__init__(
            Words(
                "Jam pengirim lebih dari sehari di depan jam komputer ini. Periksa tanggal di kedua komputer.",
                "The sender's clock is more than a day ahead of this computer's. Check the date on both.",
            )
        )
        self.stamp = stamp


class UnfitError(Exception):
    """A row that can't be taken; `reason` as in `RefusedRow`."""

    def __init__(self, reason: str, words: Words) -> None:
        super().__init__(words.en)
        self.reason = reason
        self.words = words
