"""What several kinds of the section ask about a plot: who lies there, what the site's own policy is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from desktop_app.core.fields import Value
from desktop_app.core.record import Record, View


def lying_in(r: View, plot: Value) -> Sequence[Record]:
    """The burials that are in this plot now (exhumed ones are not)."""
    return () if plot is None else r.ask.find("burial", plot=plot, status="BURIED")


def whole(value: Value) -> int | None:
    """A value as a whole number; None when it is none."""
    return value if isinstance(value, int) else None


def policy(r: View, cemetery: View | None, name: str) -> int:
    """The site's own figure (`stacking_min_years`, `stacking_max`, `permit_validity_months`), else the office's setting."""
    own = None if cemetery is None else whole(getattr(cemetery, name))
    return int(getattr(r.settings, name)) if own is None else own


def date_of(record: Record, name: str) -> dt.date | None:
    """A date of another record; None when it is not known."""
    day = record.values.get(name)
    return day if isinstance(day, dt.date) else None
