"""The figures of one assessment, from its record alone: shares, total, level, sector mean (see scoring)."""

from __future__ import annotations

from decimal import Decimal

from desktop_app.core.record import Record
from desktop_app.records.slums import scoring


def share(record: Record, criterion: str, volume: Decimal | None) -> Decimal | None:
    """Part of the unit that this criterion's volume makes up, 0 to 1; None while it is not assessed."""
    denominator = record.values.get(scoring.DENOMINATORS[criterion])
    if volume is None or denominator is None:
        return None
    return scoring.ratio(Decimal(volume), Decimal(str(denominator)))


def shares(record: Record) -> dict[str, Decimal] | None:
    """All 16 shares; None as long as one is missing or another method was used: nothing is graded from half a form."""
    if record.values.get("assessment_method") != scoring.METHOD_16:
        return None
    found: dict[str, Decimal] = {}
    for line in record.lines.get("criteria", []):
        criterion, volume = line.values.get("criterion"), line.values.get("volume")
        if isinstance(criterion, str) and isinstance(volume, Decimal | int):
            part = share(record, criterion, Decimal(volume))
            if part is not None:
                found[criterion] = part
    return found if found.keys() == scoring.DENOMINATORS.keys() else None


def total(record: Record) -> int | None:
    """Points of all criteria, 0 to 80."""
    found = shares(record)
    return None if found is None else sum(map(scoring.score, found.values()))


def level(record: Record) -> str | None:
    """Slum level: graded by the points, or as the paper states it where another method was used."""
    if record.values.get("assessment_method") != scoring.METHOD_16:
        stated = record.values.get("reported_level")
        return None if stated is None else str(stated)
    points = total(record)
    return None if points is None else scoring.level(points)


def mean(record: Record) -> Decimal | None:
    """Rata-rata kekumuhan sektoral, 0 to 1."""
    found = shares(record)
    return None if found is None else scoring.sector_mean(found)
