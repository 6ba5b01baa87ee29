"""Targets: the plan's rows, a user's own values over them, and the check of the targets that are lever settings."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from model.errors import ScenarioError, near_match
from model.indicators import all_indicators
from model.policy import BASE_YEAR, PolicyPath, quarter_of
from model.targets import Target
from scenarios.files import read_text, shown
from scenarios.levers import BY_ID

TARGETS_FILE = Path(__file__).with_name("targets.csv")
LAST_YEAR = 2035
OWN_COLUMNS = ("target_id", "value", "year", "unit")
"""Columns that a user's own file may hold; the first two must be there."""


@dataclass(frozen=True)
class SettingCheck:
    """Whether a scenario sets a lever as high as the plan's target asks.

    ``level`` is the lever's level in the last quarter of the target's year, or its rise since 2020 where the target
    counts additions. ``level`` and ``met`` are None when the run ends before that year.
    """

    target: Target
    required: float
    level: float | None
    met: bool | None


def load_targets(path: Path | str | None = None) -> tuple[Target, ...]:
    """Read the plan's targets, with a user's own values over them.

    Parameters
    ----------
    path : a CSV file with the columns target_id and value and, if wanted, year and unit; None for the plan as it is.

    Returns
    -------
    All targets of the plan in the order of ``targets.csv``; those not named in the file keep the plan's value.

    Raises
    ------
    ScenarioError : every problem of the file at once, each with its line.
    """
    plan = tuple(_plan_targets())
    if path is None:
        return plan
    own, problems = _read_own(Path(path), {target.target_id: target for target in plan})
    if problems:
        raise ScenarioError(problems)
    return tuple(own.get(target.target_id, target) for target in plan)


def check_settings(targets: Iterable[Target], path: PolicyPath) -> tuple[SettingCheck, ...]:
    """Check the targets that are lever settings against a scenario.

    Parameters
    ----------
    targets : any targets; those that name no lever are passed over.
    path : the scenario, whose levers must hold those that the targets name.

    Returns
    -------
    One row per target that names a lever, in the order given.
    """
    rows = {lever.lever_id: row for row, lever in enumerate(path.levers)}
    return tuple(_check(target, path, rows[target.lever]) for target in targets if target.lever)


def _check(target: Target, path: PolicyPath, row: int) -> SettingCheck:
    """Compare one target with one row of the path."""
    quarter = quarter_of(target.year)
    if quarter >= path.intensity.shape[1]:
        return SettingCheck(target, target.value, None, None)
    level = float(path.intensity[row, quarter])
    if target.lever_change:
        level -= float(path.intensity[row, 0])
    return SettingCheck(target, target.value, level, target.met_by(level))


def _plan_targets() -> Iterator[Target]:
    """Read the table of the project."""
    for line, row in _rows(TARGETS_FILE.read_text(encoding="utf-8-sig")):
        target = Target(
            target_id=row["target_id"],
            name_zh=row["name_zh"],
            name_en=row["name_en"],
            year=int(row["year"]),
            relation=row["relation"],
            value=float(row["value"]),
            unit=row["unit"],
            plan_section=row["plan_section"],
            kind=row["kind"],
            role=row["role"],
            indicator=row["indicator"],
            definition=row["definition"],
            lever=row["lever"],
            lever_change=row["lever_change"] == "true",
            note=row["why_not"],
            note_zh=row["why_not_zh"],
            base_note=row["base_2020_note"],
        )
        problems = [f"{shown(TARGETS_FILE)}:{line}: {text}" for text in _faults(target)]
        if problems:
            raise ScenarioError(problems)
        yield target


def _faults(target: Target) -> list[str]:
    """Say what is wrong with a row of the plan's table."""
    problems = []
    if target.relation not in {">", ">="}:
        problems.append(f"relation '{target.relation}' must be > or >=")
    if target.indicator:
        problems += _indicator_faults(target)
    if target.lever and target.lever not in BY_ID:
        problems.append(f"unknown lever '{target.lever}'; {near_match(target.lever, BY_ID)}")
    if not (target.indicator or target.lever or (target.note and target.note_zh)):
        problems.append(
            "a target with neither indicator nor lever must say in why_not and why_not_zh why it is not modelled"
        )
    return problems


def _indicator_faults(target: Target) -> list[str]:
    """Say whether the indicator of a target is simulated, under that definition and in that unit."""
    found = {info.definition: info.unit for info in all_indicators() if info.indicator == target.indicator}
    if not found:
        known = near_match(target.indicator, {info.indicator for info in all_indicators()})
        return [f"unknown indicator '{target.indicator}'; {known}"]
    problems = []
    if target.definition not in found:
        known = (
            "it has one way of counting only: leave the cell empty"
            if "" in found
            else near_match(target.definition, found)
        )
        problems.append(f"unknown definition '{target.definition}' of {target.indicator}; {known}")
    if target.unit not in found.values():
        problems.append(f"unit '{target.unit}' is wrong: {target.indicator} is in {', '.join({*found.values()})}")
    return problems


def _rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row with its line in the file; cells that are not there are empty."""
    reader = csv.DictReader(text.splitlines(), restkey="", restval="")
    for row in reader:
        yield (
            reader.line_num,
            {name: cell.strip() if isinstance(cell, str) else ",".join(cell) for name, cell in row.items()},
        )


def _read_own(path: Path, plan: dict[str, Target]) -> tuple[dict[str, Target], list[str]]:
    """Read a user's own values; the targets they make and every problem."""
    text, problems = read_text(path)
    if problems:
        return {}, problems
    name = shown(path)
    header = [cell.strip() for cell in next(csv.reader(text.splitlines()))]
    problems = [f"{name}:1: {fault}" for fault in _header_faults(header)]
    if problems:
        return {}, problems
    own: dict[str, Target] = {}
    # Spaces after a name in the first line are dropped here, once.
    for line, row in _rows("\n".join([",".join(header), *text.splitlines()[1:]])):
        faults = _own_faults(row, plan)
        if row["target_id"] in own:
            faults.append(f"target '{row['target_id']}' is given twice; keep one line")
        problems += [f"{name}:{line}: {fault}" for fault in faults]
        if not faults:
            target = plan[row["target_id"]]
            own[target.target_id] = replace(target, value=float(row["value"]), year=int(row.get("year") or target.year))
    if not (own or problems):
        problems.append(f"{name}:1: no target in the file; add lines such as rd_intensity,3.2")
    return own, problems


def _header_faults(header: list[str]) -> list[str]:
    """Say which columns of a user's own file are unknown or missing."""
    told = "a file of own targets holds target_id, value and, if wanted, year and unit"
    unknown = [f"column '{cell}' cannot be given; {told}" for cell in header if cell not in OWN_COLUMNS]
    return unknown + [f"column '{cell}' is missing; {told}" for cell in OWN_COLUMNS[:2] if cell not in header]


def _own_faults(row: dict[str, str], plan: dict[str, Target]) -> list[str]:
    """Say what is wrong with one line of a user's own file."""
    faults = []
    target = plan.get(row["target_id"])
    if target is None:
        faults.append(f"unknown target '{row['target_id']}'; {near_match(row['target_id'], plan)}")
    elif row.get("unit") and row["unit"] != target.unit:
        faults.append(f"unit '{row['unit']}' is wrong: {target.target_id} is in {target.unit}")
    if not _is_number(row["value"]):
        faults.append(f"value '{row['value']}' must be a number of 0 or above, without a unit or separators")
    year = row.get("year", "")
    if year and not (year.isdecimal() and BASE_YEAR < int(year) <= LAST_YEAR):
        faults.append(f"year '{year}' must be a whole year from {BASE_YEAR + 1} to {LAST_YEAR}")
    if row.get(""):
        faults.append(f"too many cells in the line: '{row['']}'")
    return faults


def _is_number(cell: str) -> bool:
    """Whether a cell is a finite number of 0 or above."""
    try:
        return math.isfinite(float(cell)) and float(cell) >= 0.0 and "_" not in cell
    except ValueError:
        return False
