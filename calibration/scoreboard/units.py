"""From the units of bulletins to those in which the model computes."""

from __future__ import annotations

import csv
from functools import cache

from calibration.tables import DATA_DIR

_PLAIN: dict[str, tuple[str, float]] = {
    "percent": ("share", 0.01),
    "persons": ("persons", 1.0),
    "firms": ("firms", 1.0),
    "firms/year": ("firms", 1.0),
    "patents": ("patents", 1.0),
    "clusters": ("count", 1.0),
    "yuan": ("yuan", 1.0),
    "yuan/year": ("yuan", 1.0),
    "bn yuan revenue": ("yuan", 1e9),
}
"""Unit of an indicator -> what it measures, and how much of its plain unit it is."""


def factor_to(unit: str, given: str) -> float | None:
    """By what a value in the unit ``given`` is multiplied to be in the indicator's unit.

    Returns
    -------
    None where the two measure different things, or one of them is unknown. Units are those of ``units.csv`` and the
    indicator's own.
    """
    if given == unit:
        return 1.0
    if unit not in _PLAIN or given not in _units():
        return None
    measures, size = _PLAIN[unit]
    other, factor = _units()[given]
    return factor / size if other.removesuffix("/year") == measures else None


@cache
def _units() -> dict[str, tuple[str, float]]:
    """What each unit of the tables measures, and its factor."""
    with (DATA_DIR / "units.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["unit"]: (row["measures"], float(row["factor"])) for row in csv.DictReader(file)}
