"""Which days a line of a park's schedule falls on. Source: domain.md 4.1.4; planned work is derived, never stored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from desktop_app.core.fields import Value

_MONTHS = {"MONTHLY": 1, "QUARTERLY": 3, "SEMIANNUAL": 6, "ANNUAL": 12}


def falls_on(line: Mapping[str, Value], day: dt.date) -> bool:
    """Whether this line's work is planned for that day. Work "as needed" is planned for none."""
    begin, end = line.get("starts_on"), line.get("ends_on")
    if not isinstance(begin, dt.date) or day < begin or (isinstance(end, dt.date) and end < day):
        return False
    frequency, times = str(line.get("frequency")), line.get("frequency_n")
    number = times if isinstance(times, int) and times > 0 else 1
    days = (day - begin).days
    if frequency == "DAILY":
        return True
    if frequency == "WEEKLY":
        return days % 7 == 0
    if frequency == "TIMES_PER_WEEK":  # spread over the week, from the first day on
        return days % 7 in {turn * 7 // min(number, 7) for turn in range(min(number, 7))}
    if frequency == "EVERY_N_DAYS":
        return days % number == 0
    if frequency in _MONTHS:
        months = (day.year - begin.year) * 12 + day.month - begin.month
        last = (day.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)
        return months % _MONTHS[frequency] == 0 and day.day == min(begin.day, last.day)
    return False


def last_before(line: Mapping[str, Value], day: dt.date, within: int) -> dt.date | None:
    """The latest day before `day`, at most `within` days back, on which this line's work was planned; None when there is none."""
    for back in range(1, within + 1):
        earlier = day - dt.timedelta(days=back)
        if falls_on(line, earlier):
            return earlier
    return None
