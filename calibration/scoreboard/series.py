"""Published values of exactly what the model computes, to 2021: which rows of the observed tables they are."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from calibration.tables import DATA_DIR
from model.errors import DataError
from model.observed import Observed

SERIES_FILE = Path(__file__).with_name("series.csv")
MONTHS = 12
_POINT = re.compile(r"(\d{4})(?:-(\d{2}))?")
_KEYS = {"indicator": "observed", "region": "region", "scope": "observed_scope"}


def published(measure: str = "level") -> tuple[Observed, ...]:
    """Every published value of the measure, by indicator, definition and time.

    Raises
    ------
    DataError : a period that ``series.csv`` names is not in the table of observations.
    """
    rows = [row for row in series() if row["measure"] == measure]
    return tuple(sorted((point for row in rows for point in observed_points(row)), key=_order))


def observed_points(row: dict[str, str]) -> list[Observed]:
    """Values of a row of `SERIES_FILE` in the indicator's unit, in order of time; measured ones alone.

    Raises
    ------
    DataError : a period that the row names is not in the table of observations.
    """
    wanted, found = row["periods"].split(), dict[str, Observed]()
    for point in rows_of(DATA_DIR / row["table"]):
        same = all(point[name] == row[other] for name, other in _KEYS.items())
        if same and (period := point["period"]) in wanted and point["status"] == "measured":
            value = float(point["value"]) * float(row["factor"])
            what = row["indicator"], row["definition"], period
            found[period] = Observed(*what, time_of(period), value, point["source_title"])
    if missing := [period for period in wanted if period not in found]:
        message = f"{SERIES_FILE.name}: {row['observed']} of {row['region']} has no measured value of {missing}"
        raise DataError(f"{message} in {row['table']}; mend the row")
    return sorted(found.values(), key=_order)


def time_of(period: str) -> float:
    """End of a year (``2020``) or of a month (``2020-10``), in years."""
    found = _POINT.fullmatch(period)
    if not found:
        raise DataError(f"{SERIES_FILE.name}: '{period}' is neither a year nor a month such as 2020-10")
    return int(found[1]) + int(found[2] or MONTHS) / MONTHS


def series() -> Sequence[dict[str, str]]:
    """Which rows of the observed tables are the past of which indicator."""
    return rows_of(SERIES_FILE)


@cache
def rows_of(path: Path) -> Sequence[dict[str, str]]:
    """Rows of a table, read once."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return tuple(csv.DictReader(file))


def _order(point: Observed) -> tuple[str, str, float]:
    return point.indicator, point.definition, point.time
