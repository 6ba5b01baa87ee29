"""Small sums that several calls need."""

from __future__ import annotations

import math
from collections.abc import Iterable


def quarterly(hazard: float) -> float:
    """A yearly hazard as that of a quarter."""
    return 1.0 - math.sqrt(math.sqrt(1.0 - hazard))


def fourth_quarter_share(growth: float) -> float:
    """Share of a year's flow that falls in its last quarter at a steady log growth a quarter."""
    return math.exp(3.0 * growth) / sum(math.exp(growth * quarter) for quarter in range(4))


def trend_quarters(quarter: int, half_life: float) -> float:
    """Quarters of full trend behind a quarter: all to the end of 2025, then each counts for less."""
    if quarter <= 20:
        return float(quarter)
    mean_life = 4.0 * half_life / math.log(2.0)
    return 20.0 - mean_life * math.expm1(-(quarter - 20) / mean_life)


def median(values: Iterable[float]) -> float:
    """Middle value, or the mean of the two in the middle."""
    ranked = sorted(values)
    middle = len(ranked) // 2
    if len(ranked) % 2 == 1:
        return ranked[middle]
    return 0.5 * (ranked[middle - 1] + ranked[middle])
