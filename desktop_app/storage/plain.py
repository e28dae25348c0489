"""The plain data that storage gives out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Literal, NamedTuple

from desktop_app.core.errors import KnownError
from desktop_app.core.fields import Value
from desktop_app.core.query import Mark
from desktop_app.core.record import Record
from desktop_app.core.words import Words

Action = Literal["created", "changed", "moved", "removed", "recovered", "looked"]
"""`looked`: nothing changed; somebody had a masked personal number shown."""


class Row(NamedTuple):
    """One row of a list. `values` holds the kind's table fields by name; references hold uids (see `Reader.titles`)."""

    pk: int
    uid: str
    values: Mapping[str, Value]
    status: str | None
    version: int
    site_code: str
    record_no: str | None
    removed_at: dt.datetime | None
    marks: frozenset[Mark]


class Candidate(NamedTuple):
    """A record that a reference may point to. `code` is its register number or natural key."""

    uid: str
    title: str
    subtitle: str
    code: str

    def names(self) -> set[str]:
        """What people call it by, in small letters: the title, its parts, those of the subtitle, the number."""
        parts = (*self.title.split(", "), *self.subtitle.split(", "))
        return {name.casefold() for name in (self.title, self.code, *parts) if name}


class Change(NamedTuple):
    """One line of a record's history; those of one save have the same `version`. Texts are canonical, empty ones are ''.

    `lines` and `line_uid` are set when a child line changed. A line that was added or taken away has no `field`.
    """

    version: int
    at: dt.datetime
    by: str
    action: Action
    field: str = ""
    old_text: str = ""
    new_text: str = ""
    lines: str = ""
    line_uid: str = ""
    reason: str = ""


class Site(NamedTuple):
    """This installation. Empty `site_code`: nobody has said yet which office it is."""

    site_code: str
    role: str
    office_name: str
    letter: str
    site_id: str


class StaleRecord(KnownError):  # noqa: N818  (what it is, not that it went wrong)
    """Somebody else stored this record since it was opened; `theirs` is what is stored now."""

    def __init__(self, theirs: Record) -> None:
        who = theirs.updated_by or "?"
        super().__init__(
            Words(
                f"Data ini sudah diubah oleh {who} sejak Anda membukanya. Buka lagi, lalu ulangi perubahan Anda.",
                f"{who} has changed this record since you opened it. Open it again, then repeat your change.",
            )
        )
        self.theirs = theirs
