"""Wrong rules, put into the running program one at a time. Each must be found by a story, or the stories prove nothing.

The rules are those of exchange.md that sound as if they could be left out; each mutant is the natural mistake.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from desktop_app.core import stamps, travel
from desktop_app.core.stamps import Clock, Held, Mark
from desktop_app.exchange import receiving, sending
from desktop_app.storage import exchanging
from desktop_app.storage.merging.owning import Owning
from desktop_app.storage.merging.plain import Merged
from desktop_app.storage.merging.reading import Shape
from desktop_app.storage.write import Writer

Patch = pytest.MonkeyPatch


def _joined(a: Held, b: Held, winner: Held) -> Held:
    seen = stamps._others(winner.mark.stamp, (a.mark.stamp, *a.mark.seen, b.mark.stamp, *b.mark.seen))
    return Held(winner.texts, Mark(winner.mark.stamp, seen))


def no_tie_break(patch: Patch) -> None:
    """Of two values with the same stamp the one that is here stays."""
    patch.setattr(stamps, "merge_group", lambda a, b: _joined(a, b, b if b.mark.stamp > a.mark.stamp else a))


def last_arrival_wins(patch: Patch) -> None:
    """What comes is taken."""
    patch.setattr(stamps, "merge_group", lambda a, b: _joined(a, b, b))


def wall_clock_only(patch: Patch) -> None:
    """Stamps are what the computer's clock shows."""
    patch.setattr(Clock, "tick", lambda self, now: Clock(self.site, now))
    patch.setattr(Clock, "saw", lambda self, _stamp: self)


def no_ownership_check(patch: Patch) -> None:
    """Everybody may write every row."""
    patch.setattr(Owning, "ask", lambda *_given: "")


def numeric_receipts(patch: Patch) -> None:
    """Whoever answers has everything up to our last package, and no package says what it builds on."""
    real, due = receiving.raise_mark, sending.due

    def by_number(writer: Writer, peer: Any, pids: Any, by: Any) -> Any:
        newest = [one.pid for one in exchanging.packages_out(writer) if one.to_site_id == peer.site_id]
        return real(writer, peer, [*pids, *newest], by)

    patch.setattr(receiving, "raise_mark", by_number)
    patch.setattr(sending, "due", lambda reader, peer: due(reader, peer)._replace(base=None))


def receipt_before_commit(patch: Patch) -> None:
    """A package is acknowledged and committed first, then its rows are merged."""
    real = receiving._Taking._merge

    def late(self: receiving._Taking, *, acknowledged: bool) -> Any:
        self._enter(Merged())
        self._complete(fit=acknowledged)
        self.known_before = exchanging.package_in(self.writer, self.opened.pid)
        for sql in ("COMMIT", "BEGIN IMMEDIATE"):
            self.writer.connection.exec_driver_sql(sql)
        return real(self, acknowledged=acknowledged)

    patch.setattr(receiving._Taking, "_merge", late)


def merge_takes_no_change_number(patch: Patch) -> None:
    """What came by merging is not to be sent on."""
    real = Writer.merge

    def quiet(self: Writer, *given: Any, **named: Any) -> Any:
        before = self.site_row.change_no
        merged = real(self, *given, **named)
        for part in travel.parts(self.registry):
            self.connection.exec_driver_sql(
                f'UPDATE "{part.table}" SET change_no = 0 WHERE change_no > {before}'
            )
        return merged

    patch.setattr(Writer, "merge", quiet)


def absent_is_null(patch: Patch) -> None:
    """A column that the sender does not have empties the field."""
    real = Shape.__init__

    def begin(self: Shape, *given: Any) -> None:
        real(self, *given)
        self._silent = frozenset()

    patch.setattr(Shape, "__init__", begin)


MUTANTS: tuple[Callable[[Patch], None], ...] = (
    no_tie_break,
    last_arrival_wins,
    wall_clock_only,
    no_ownership_check,
    numeric_receipts,
    receipt_before_commit,
    merge_takes_no_change_number,
    absent_is_null,
)
