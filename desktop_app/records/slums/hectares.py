"""How many hectares of slum were handled, year by year, from decrees, units with their assessments, and targets.

The baseline is the area of the decree in force. A new decree draws the boundaries again: that change stands in a column of its own and
never counts as handling (domain.md sections 0 and 6.4). Pure functions over records.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, NamedTuple

from desktop_app.core.record import Record
from desktop_app.records.slums import assessed, scoring

Method = Literal["COMPLETED", "PROPORTIONAL"]
"""COMPLETED: a unit's whole area counts when it is no slum any more. PROPORTIONAL: area times contribution of the handling."""

Source = Literal["DECREE", "REVISION", "ASSESSED", "REPORTED", "TARGET"]
NONE = Decimal(0)
TEN_THOUSANDTH = Decimal("0.0001")


class Row(NamedTuple):
    """One line of the table. Areas in hectares; `percent` of the baseline with four digits; None is printed as a dash.

    `remaining_ha` never falls below zero; `over_baseline` then says that more was handled than the decree had.
    `reported_ha` is what a paper states for the same year, beside the figure from the assessments.
    """

    year: int
    source: Source
    decree: str
    remaining_ha: Decimal
    redetermined_ha: Decimal | None = None
    handled_ha: Decimal | None = None
    cumulative_ha: Decimal | None = None
    percent: Decimal | None = None
    over_baseline: bool = False
    reported_ha: Decimal | None = None


def table(
    decrees: Iterable[Record],
    units: Iterable[Record],
    assessments: Iterable[Record],
    targets: Iterable[Record],
    method: Method = "COMPLETED",
) -> list[Row]:
    """The rows in order of time: each decree, then the years handled under it, then the years that are still targets."""
    in_order = sorted(_living(decrees), key=in_force_from)
    units_of, targets_of = _by(units, "decree"), _by(targets, "decree")
    assessments_of = _by(assessments, "unit")
    rows: list[Row] = []
    remaining: Decimal | None = None
    for number, decree in enumerate(in_order):
        until = in_force_from(in_order[number + 1]).year if number + 1 < len(in_order) else None
        baseline = _area(decree, "total_area_ha")
        rows.append(_decree_row(decree, baseline, remaining))
        handled = handled_by_year(units_of[decree.uid], assessments_of, method)
        years = list(_years(decree, baseline, handled, targets_of[decree.uid], until))
        rows += years
        remaining = next((row.remaining_ha for row in reversed(years) if row.source != "TARGET"), baseline)
    return rows


def in_force_from(decree: Record) -> dt.date:
    """The first day that a decree applies: as it says itself, else its own date."""
    day = decree.values.get("valid_from") or decree.values.get("decree_date")
    return day if isinstance(day, dt.date) else dt.date.min


def remaining_before(rows: Sequence[Row], year: int) -> Decimal | None:
    """What was (or by the targets will be) left when this year began; None without a decree."""
    return next(
        (row.remaining_ha for row in reversed(rows) if row.year < year or row.source in _DECREES), None
    )


def handled_by_year(
    units: Iterable[Record], assessments_of: Mapping[str, Sequence[Record]], method: Method
) -> dict[int, Decimal]:
    """Hectares handled in each year in which units were assessed again (also 0; less than 0 when slums came back)."""
    years: dict[int, Decimal] = defaultdict(Decimal)
    for unit in units:
        if unit.status == "REMOVED_BY_DECREE":
            continue
        credited = NONE
        before = next(iter(in_time(assessments_of.get(unit.uid, ()), "BASELINE")), None)
        for after in in_time(assessments_of.get(unit.uid, ()), "FINAL"):
            credit = _credit(unit, before, after, method)
            years[_year(after)] += credit - credited
            credited = credit
    return years


def _credit(unit: Record, before: Record | None, after: Record, method: Method) -> Decimal:
    """How much of the unit's decreed area counts as handled by what the assessment `after` found."""
    area = _area(unit, "decree_area_ha")
    if method == "COMPLETED":
        was_slum = before is None or assessed.level(before) != "TK"
        return area if was_slum and assessed.level(after) == "TK" else NONE
    mean_before, mean_after = (None if a is None else assessed.mean(a) for a in (before, after))
    if mean_before is None or mean_after is None:
        return NONE
    part = scoring.contribution(mean_before, mean_after) or NONE
    return (area * part).quantize(TEN_THOUSANDTH, ROUND_HALF_UP)


_DECREES = ("DECREE", "REVISION")


def _decree_row(decree: Record, baseline: Decimal, remaining: Decimal | None) -> Row:
    year = in_force_from(decree).year
    if remaining is None:
        return Row(year, "DECREE", decree.uid, baseline)
    return Row(year, "REVISION", decree.uid, baseline, baseline - remaining, None, NONE, NONE)


def _years(
    decree: Record,
    baseline: Decimal,
    assessed_in: Mapping[int, Decimal],
    targets: Sequence[Record],
    until: int | None,
) -> Iterator[Row]:
    reported, planned = (_stated(targets, name) for name in ("reported_handled_ha", "target_ha"))
    done = assessed_in.keys() | reported.keys()
    last = max(done, default=0)
    ahead = {year for year in planned if year > last and (until is None or year < until)}
    cumulative = NONE
    for year in sorted(done | ahead):
        source: Source = "ASSESSED" if year in assessed_in else "REPORTED" if year in reported else "TARGET"
        handled = {"ASSESSED": assessed_in, "REPORTED": reported, "TARGET": planned}[source][year]
        cumulative += handled
        yield Row(
            year,
            source,
            decree.uid,
            remaining_ha=max(NONE, baseline - cumulative),
            handled_ha=handled,
            cumulative_ha=cumulative,
            percent=(cumulative / baseline * 100).quantize(TEN_THOUSANDTH, ROUND_HALF_UP)
            if baseline
            else None,
            over_baseline=cumulative > baseline,
            reported_ha=reported.get(year),
        )


def _stated(targets: Iterable[Record], name: str) -> dict[int, Decimal]:
    """Year -> hectares that the target records state under this name: the city's own figure, else the sum of the districts'."""
    stated: dict[bool, dict[int, Decimal]] = {True: defaultdict(Decimal), False: defaultdict(Decimal)}
    for target in targets:
        if target.values.get(name) is not None:
            stated[target.values.get("target_level") == "CITY"][_year(target)] += _area(target, name)
    return {**stated[False], **stated[True]}


def in_time(assessments: Iterable[Record], stage: str = "") -> list[Record]:
    """The finished assessments (of one stage), oldest first; of several in a year the later date stands last."""
    found = [
        record
        for record in assessments
        if stage in ("", record.values.get("stage")) and assessed.level(record) is not None
    ]
    return sorted(
        found, key=lambda record: (_year(record), str(record.values.get("assessed_on") or ""), record.uid)
    )


def _by(records: Iterable[Record], reference: str) -> defaultdict[str, list[Record]]:
    found: defaultdict[str, list[Record]] = defaultdict(list)
    for record in _living(records):
        found[str(record.values.get(reference))].append(record)
    return found


def _living(records: Iterable[Record]) -> Iterator[Record]:
    return (record for record in records if record.removed_at is None)


def _year(record: Record) -> int:
    year = record.values.get("year")
    return year if isinstance(year, int) else 0


def _area(record: Record, name: str) -> Decimal:
    area = record.values.get(name)
    return Decimal(area) if isinstance(area, Decimal | int) else NONE
