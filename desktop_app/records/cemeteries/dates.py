"""Calendar arithmetic of permits and graves: months, anniversaries, ages from dates that are only partly known."""

from __future__ import annotations

import datetime as dt

from desktop_app.core.fields import Value


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day so many months later; the month's last day where it has no such day (31 January + 1 month)."""
    import calendar  # noqa: PLC0415  (with what it loads, a fiftieth of a start)

    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return day.replace(year=year, month=month, day=min(day.day, calendar.monthrange(year, month)[1]))


def end_of_validity(start: dt.date, months: int) -> dt.date:
    """The last day: start + months - 1 day (3 years from 05/11/2026 end on 04/11/2029)."""
    return add_months(start, months) - dt.timedelta(days=1)


def whole_years(start: dt.date, end: dt.date) -> int:
    """Years completed between two days."""
    return end.year - start.year - ((end.month, end.day) < (start.month, start.day))


def years_between(start: Value, precision: Value, end: Value) -> int | None:
    """Years completed; from a start of which only the year is known the difference of the years. None when unknown."""
    if not isinstance(start, dt.date) or not isinstance(end, dt.date) or precision == "UNKNOWN":
        return None
    return end.year - start.year if precision == "YEAR" else whole_years(start, end)


def is_before(day: Value, start: Value, precision: Value) -> bool:
    """Whether `day` certainly lies before `start`, as far as `start` is known (day, month or year)."""
    if not isinstance(day, dt.date) or not isinstance(start, dt.date) or precision == "UNKNOWN":
        return False
    if precision == "YEAR":
        return day.year < start.year
    if precision == "MONTH":
        return (day.year, day.month) < (start.year, start.month)
    return day < start
