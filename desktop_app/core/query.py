"""What a list shows: one question, put by the window, the command line and the exports alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from desktop_app.core.fields import Value

Mark = Literal["unsent", "returned", "mine", "own"]


class Overdue(NamedTuple):
    """Records at one of `states` whose moment in `since` lies before the one told for their code in `by` ("": for any other code).

    Moments as the database holds them (ISO, UTC, Z). See `spec.Promise`.
    """

    since: str
    by: str
    states: tuple[str, ...]
    before: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Query:
    """Which records of a kind, in which order.

    `search`: what stands in the search box; every word must be found. `where`: field (or `status`) and the values, one of which it
    must have. `open_only`: only states with work to do. `period`: a field and its first and last day (ISO dates, inclusive).
    `overdue`: only what should have been done by now. `sort`: field name, turned round with a leading "-"; empty is the kind's own order.
    The mark "own": what this office is responsible for; "mine": what the user entered.

    What is open, overdue or returned is work, and at an office only with its own records: what was moved to another office is that one's.
    """

    kind: str
    search: str = ""
    where: tuple[tuple[str, tuple[Value, ...]], ...] = ()
    open_only: bool = False
    period: tuple[str, str, str] | None = None
    marks: frozenset[Mark] = frozenset()
    sort: str = ""
    removed: bool = False
    overdue: Overdue | None = None
