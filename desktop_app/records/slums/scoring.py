"""How slum conditions are scored: 16 criteria in 7 aspects, Permen PUPR 14/PRT/M/2018 (domain.md 6.2.4).

Pure arithmetic in exact decimals. The thresholds are whole percents after rounding, as the ministry's sheets have them
(75.995 % counts as 76): ten published sheets, 160 scores, come out exactly.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

METHOD_16 = "PUPR14_2018_16C"
"""The only method that Pelita scores; others are kept as the paper states them."""

DENOMINATORS: Mapping[str, str] = {
    "1a": "buildings",
    "1b": "verified_area_ha",
    "1c": "buildings",
    "2a": "ideal_road_m",
    "2b": "ideal_road_m",
    "3a": "households",
    "3b": "households",
    "4a": "verified_area_ha",
    "4b": "ideal_drain_m",
    "4c": "ideal_drain_m",
    "5a": "households",
    "5b": "households",
    "6a": "households",
    "6b": "households",
    "7a": "buildings",
    "7b": "buildings",
}
"""Which figure of the unit a criterion's volume is measured against."""

THRESHOLDS = ((Decimal("0.75995"), 5), (Decimal("0.50995"), 3), (Decimal("0.24995"), 1))
LEVELS = ((60, "KB"), (38, "KS"), (16, "KR"))
ONE, HUNDRED, HUNDREDTH = Decimal(1), Decimal(100), Decimal("0.01")


def ratio(volume: Decimal, denominator: Decimal) -> Decimal:
    """Share that is below standard, 0 to 1 (more is an input error). Nothing to measure against counts as 0."""
    return volume / denominator if denominator > 0 else Decimal(0)


def score(share: Decimal) -> int:
    """Points of one criterion: 5, 3, 1 or 0."""
    return next((points for edge, points in THRESHOLDS if share >= edge), 0)


def level(total: int) -> str:
    """Slum level of a total of 0 to 80 points: KB, KS, KR or TK."""
    return next((code for edge, code in LEVELS if total >= edge), "TK")


def sector_mean(ratios: Mapping[str, Decimal]) -> Decimal:
    """Rata-rata kekumuhan sektoral, 0 to 1: the mean of the aspects' means. The aspect is the criterion's digit."""
    aspects: dict[str, list[Decimal]] = {}
    for criterion, share in ratios.items():
        aspects.setdefault(criterion[0], []).append(share)
    means = [sum(shares, Decimal(0)) / len(shares) for shares in aspects.values()]
    return sum(means, Decimal(0)) / len(means)


def contribution(before: Decimal, after: Decimal) -> Decimal | None:
    """Kontribusi penanganan, 0 to 1, from two sector means; None (printed as a dash) when nothing was wrong before."""
    if before <= 0:
        return None
    return max(Decimal(0), min(ONE, (before - after) / before))


def percent(share: Decimal) -> Decimal:
    """A share as percent with two digits, as on the sheets."""
    return (share * HUNDRED).quantize(HUNDREDTH, ROUND_HALF_UP)
