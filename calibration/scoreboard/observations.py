"""Reading a file of observations: what is asked of a row, and why a row is refused."""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from calibration.scoreboard.periods import FORMS, Period, parse_period
from calibration.scoreboard.scores import RELATIONS
from calibration.scoreboard.units import factor_to
from model.errors import DataError, near_match
from model.indicators.timing import timing_of
from model.results import IndicatorInfo

REQUIRED = ("indicator", "definition", "scope", "period", "relation", "value", "standard_error", "source")
OPTIONAL = ("measure", "unit", "prices")
LEVEL, GROWTH, CHANGE = MEASURES = ("level", "growth", "change")
"""The value itself; its growth over the same period of the year before, percent; its difference to that."""
PRICES = "2020"
MAY_BE_EMPTY = ("definition", "standard_error")


@dataclass(frozen=True)
class Observation:
    """One observation that the model computes something to compare with; value and error in the model's unit."""

    line: int
    info: IndicatorInfo
    period: Period
    measure: str
    relation: str
    value: float
    standard_error: float
    source: str

    @property
    def unit(self) -> str:
        """Unit of value and error: growth is in percent."""
        return "percent" if self.measure == GROWTH else self.info.unit

    @property
    def is_part_level(self) -> bool:
        """Whether it is the sum of a flow over part of a year: published figures have seasons, the model has none."""
        return self.measure == LEVEL and timing_of(self.info) == "year" and not self.period.is_year


@dataclass(frozen=True)
class Reading:
    """What a file holds: rows that can be scored, and one sentence on each row that is refused."""

    observations: tuple[Observation, ...]
    refused: tuple[str, ...]


def read_observations(path: Path, infos: Sequence[IndicatorInfo], n_quarters: int) -> Reading:
    """Read observations and match them with what the model computes.

    Parameters
    ----------
    path : CSV in UTF-8 with the columns `REQUIRED` and, if wanted, `OPTIONAL`.
    infos : the columns of a study.
    n_quarters : quarters that it simulates after 2020 Q4.

    Returns
    -------
    Rows in the order of the file. A row is refused when the model computes nothing that is counted in the same way,
    covers the same places and falls into the period.

    Raises
    ------
    DataError : the file cannot be read, or a cell is empty or malformed; every problem at once, refusals with them.
    """
    known = {(info.indicator, info.definition): info for info in infos}
    rows = _rows(path)
    observations, refused, faults, seen = [], [], [], dict[tuple[str, ...], int]()
    for line, row in rows:
        broken = _malformed(row)
        key = tuple(row[name] for name in ("indicator", "definition", "period", "measure", "relation"))
        if key in seen:
            broken.append(f"the same quantity stands in line {seen[key]}, and counts once; keep one")
        seen.setdefault(key, line)
        faults += [f"{path}:{line}: {fault}" for fault in broken]
        if broken:
            continue
        reasons = _refusals(row, known, n_quarters)
        refused += [f"{path}:{line}: refused: {reason}" for reason in reasons]
        if not reasons:
            observations.append(_observation(line, row, known[row["indicator"], row["definition"]]))
    if faults:
        raise DataError([*faults, *refused])
    if not rows:
        raise DataError(f"{path}:1: no observation in the file; see calibration/scoreboard/template.csv")
    return Reading(tuple(observations), tuple(refused))


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    """Each row with its line; cells that are not there are empty, and a measure that is not said is the level."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise DataError(f"{path}: not UTF-8; save it as UTF-8 (in Excel: 'CSV UTF-8')") from error
    reader = csv.DictReader(text.splitlines(), restval="")
    header = [name.strip() for name in reader.fieldnames or ()]
    wrong = [f"column '{name}' is missing" for name in REQUIRED if name not in header]
    wrong += [
        f"column '{name}' is unknown; {near_match(name, REQUIRED + OPTIONAL)}"
        for name in header
        if name not in REQUIRED + OPTIONAL
    ]
    if wrong:
        raise DataError([f"{path}:1: {fault}" for fault in wrong])
    reader.fieldnames = header
    found = []
    for row in reader:
        cells = {name: (row.get(name) or "").strip() for name in REQUIRED + OPTIONAL}
        cells["measure"] = cells["measure"] or LEVEL
        cells[""] = "too many cells" if row.get(None) else ""
        found.append((reader.line_num, cells))
    return found


def _malformed(row: Mapping[str, str]) -> list[str]:
    """Say which cells cannot be understood."""
    faults = [f"{name}: is empty" for name in REQUIRED if not row[name] and name not in MAY_BE_EMPTY]
    for name, words in (("relation", RELATIONS), ("measure", MEASURES)):
        if row[name] and row[name] not in words:
            faults.append(f"{name}: '{row[name]}' is none of {', '.join(words)}")
    if row["period"] and parse_period(row["period"]) is None:
        faults.append(f"period: '{row['period']}' is no period; write it as {FORMS}")
    faults += [
        f"{name}: '{row[name]}' is not a number; write it with a decimal point and no separators"
        for name in ("value", "standard_error")
        if row[name] and not _is_number(row[name])
    ]
    if row["standard_error"].startswith("-"):
        faults.append(f"standard_error: {row['standard_error']} is below zero")
    return faults + ([row[""]] if row[""] else [])


def _refusals(row: Mapping[str, str], known: Mapping[tuple[str, str], IndicatorInfo], n_quarters: int) -> list[str]:
    """Say why the model computes nothing to compare with a row."""
    definitions = [definition for indicator, definition in known if indicator == row["indicator"]]
    if not definitions:
        near = near_match(row["indicator"], {indicator for indicator, _ in known})
        return [f"indicator '{row['indicator']}' is not simulated; {near}"]
    if row["definition"] not in definitions:
        ways = ", ".join(definitions) if any(definitions) else "none: leave the cell empty"
        return [f"definition '{row['definition']}' of {row['indicator']} is not simulated; definitions: {ways}"]
    info = known[row["indicator"], row["definition"]]
    reasons = []
    if not info.scope:
        reasons.append("an older version made the study, which tells no scopes; run it again")
    elif row["scope"] != info.scope:
        reasons.append(f"scope '{row['scope']}' does not match: this definition covers {info.scope}")
    reasons += _period_refusals(row, info, n_quarters)
    money = "yuan" in info.unit
    if money and row["prices"] != PRICES:
        reasons.append(
            f"prices '{row['prices']}': the model counts yuan at prices of {PRICES}; deflate the value or give real "
            f"growth, and write {PRICES}"
        )
    unit = "percent" if row["measure"] == GROWTH else info.unit
    if row["unit"] and factor_to(unit, row["unit"]) is None:
        reasons.append(f"unit '{row['unit']}' is not one of {unit}; leave the cell empty for that unit")
    return reasons


def _period_refusals(row: Mapping[str, str], info: IndicatorInfo, n_quarters: int) -> list[str]:
    """Say why a period has no counterpart."""
    period = parse_period(row["period"])
    timing = timing_of(info)
    if period is None:
        return []
    if period.first < 1:
        return [f"period {period.text}: 2020 is the base year, an input of the model and no forecast"]
    reasons = []
    if period.last > n_quarters:
        end = 2020 + n_quarters // 4
        reasons.append(f"period {period.text}: the study ends in {end}; give --to a later year or name another study")
    if timing == "quarter":
        reasons.append(f"{info.indicator} is a value of one quarter of the model, which no bulletin publishes")
    if timing == "ratio" and not period.is_year:
        reasons.append(f"period {period.text}: the model forms {info.indicator} over four quarters; give a year")
    return reasons


def _observation(line: int, row: Mapping[str, str], info: IndicatorInfo) -> Observation:
    """Make the record of a row that has passed."""
    unit = "percent" if row["measure"] == GROWTH else info.unit
    factor = factor_to(unit, row["unit"]) if row["unit"] else 1.0
    period = parse_period(row["period"])
    if factor is None or period is None:  # pragma: no cover - both were checked
        raise DataError(f"line {line}: unit or period")
    value, error = float(row["value"]) * factor, float(row["standard_error"] or 0.0) * factor
    return Observation(line, info, period, row["measure"], row["relation"], value, error, row["source"])


def _is_number(cell: str) -> bool:
    """Whether a cell is a finite number."""
    try:
        return math.isfinite(float(cell)) and "_" not in cell
    except ValueError:
        return False
