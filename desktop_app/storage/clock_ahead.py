"""A site whose stamps are far ahead of its computer's clock: somebody worked in 2099, and the date is right again. Source: exchange.md, "Stamp"."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from desktop_app.storage import exchanging, identity
from desktop_app.storage.columns import moment

if TYPE_CHECKING:
    from desktop_app.storage.read import Reader
    from desktop_app.storage.write import Writer

AHEAD_MS = 24 * 60 * 60 * 1000
"""How far a clock may be ahead of this computer's before what it stamped waits in quarantine."""
_BEFORE_US = "2026-01-01T00:00:00Z"
"""No computer on which this program runs has an earlier date."""


def is_ahead(reader: Reader) -> bool:
    """Whether this site's stamps are so far ahead of the computer's clock that nobody takes its packages.

    Not when it is the computer's clock that is behind (a flat battery): what others made was made before now.
    """
    told = max((one.last_made_at for one in exchanging.peers(reader) if one.last_made_at), default=_BEFORE_US)
    behind = moment(reader.now + dt.timedelta(milliseconds=AHEAD_MS)) < told
    return not behind and identity.load(reader.connection).clock.wall > _limit(reader)


def mend(writer: Writer) -> int:
    """After the computer's clock had been far ahead and was set right: a new id, and every own stamp that is too late made anew; how many rows."""
    if not is_ahead(writer):
        return 0
    exchanging.reid(writer, retires=True)
    return writer.restamp_after(_limit(writer))


def _limit(reader: Reader) -> int:
    return int(reader.now.timestamp() * 1000) + AHEAD_MS
