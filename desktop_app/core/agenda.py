"""How the sections say what there is to do today: records at a state whose day falls into a span, and a bar chart."""

from __future__ import annotations

import datetime as dt

from desktop_app.core.declared import declared
from desktop_app.core.query import Query
from desktop_app.core.words import Words


@declared
class Due:
    """Records of a kind at one of `states` whose day in `field` lies between today + `first` and today + `last` (None: open end).

    Without a `field` all records at these states. `doing`: what the work list says below a record's name.
    """

    key: str
    kind: str
    icon: str
    label: Words
    note: Words
    states: tuple[str, ...]
    doing: Words
    field: str = ""
    first: int | None = None
    last: int | None = None
    late: bool = False
    listed: bool = True
    """Whether its records stand in the work list too (what has a card of its own does not)."""

    def query(self, today: dt.date) -> Query:
        """The list of these records: what comes next first, of what is over the latest."""
        where = (("status", self.states),)
        if not self.field:
            return Query(self.kind, where=where)
        begin = dt.date.min if self.first is None else today + dt.timedelta(days=self.first)
        end = dt.date.max if self.last is None else today + dt.timedelta(days=self.last)
        return Query(
            self.kind,
            where=where,
            period=(self.field, begin.isoformat(), end.isoformat()),
            sort=f"-{self.field}" if self.late else self.field,
        )


@declared
class Chart:
    """How much of what was reported lately is done, by place: sums of `of`; `done` and `open` are states."""

    kind: str
    title: Words
    unit: Words
    field: str
    by: str
    by_at_headquarters: str
    of: str
    done: tuple[str, ...]
    open: tuple[str, ...]
    days: int = 30
