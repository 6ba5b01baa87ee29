"""What the command line asks of this package: check everything, and list scenarios, levers, targets, definitions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import TypeAlias

from model.errors import ScenarioError
from model.indicators.definitions import load_definitions
from model.policy import quarter_of
from model.targets import Target
from scenarios.files import shown
from scenarios.json_schema import SCHEMA_FILE, schema_text, write_schema
from scenarios.levers import LEVERS
from scenarios.scenario import library, load
from scenarios.schema import PLAN_YEAR
from scenarios.targets import load_targets

Row: TypeAlias = dict[str, str | int | float]


def check() -> list[str]:
    """Check the levers, the library, the targets, the definitions and the schema, and run nothing.

    Returns
    -------
    One line per part that was found sound.

    Raises
    ------
    ScenarioError : every problem of every part at once.
    """
    lines: list[str] = []
    problems: list[str] = []
    for part in (_check_levers, _check_library, _check_targets, _check_schema):
        _collect(part, lines, problems)
    if problems:
        raise ScenarioError(problems)
    return lines


def list_scenarios() -> list[Row]:
    """List the library: id, label in Chinese and English, file."""
    return [
        {"scenario_id": name, "label_zh": zh, "label_en": en, "file": shown(path)} for name, zh, en, path in library()
    ]


def list_levers() -> list[Row]:
    """List the levers: intensities in their unit, cost in yuan with its range and payers, evidence and source."""
    return [
        {
            "lever_id": lever.lever_id,
            "family": lever.family,
            "name_zh": lever.name_zh,
            "name_en": lever.name_en,
            "unit": lever.unit,
            "baseline": lever.baseline,
            "plan": lever.plan,
            "strong": lever.strong,
            "minimum": lever.bounds[0],
            "maximum": lever.bounds[1],
            "lag_quarters": lever.lag_quarters,
            "unit_cost_yuan": lever.cost.unit_cost,
            "unit_cost_low": lever.cost.low,
            "unit_cost_high": lever.cost.high,
            "cost_basis": lever.cost.basis,
            "paid_by": ", ".join(f"{payer} {share:.0%}" for payer, share in lever.cost.paid_by.items()),
            "recipient": lever.cost.recipient,
            "cost_note": lever.cost.note,
            "plan_section": lever.plan_section,
            "evidence": lever.evidence,
            "source": lever.source,
            "status": lever.status,
        }
        for lever in LEVERS
    ]


def list_targets() -> list[Row]:
    """List the plan's targets: value, unit, section of the plan, and how each is judged."""
    return [{**asdict(target), "judged_by": judged_by(target)} for target in load_targets()]


def list_definitions() -> list[Row]:
    """List the definitions of every indicator that has several, with their words in Chinese and English."""
    return [asdict(definition) for definition in load_definitions()]


def judged_by(target: Target) -> str:
    """Say how a target is judged: ``simulated``, ``lever setting`` or ``not modelled``."""
    return "simulated" if target.indicator else "lever setting" if target.lever else "not modelled"


def _collect(part: Callable[[], str], lines: list[str], problems: list[str]) -> None:
    """Run one check and keep its line or its problems."""
    try:
        lines.append(part())
    except ScenarioError as error:
        problems += error.problems


def _check_levers() -> str:
    """Count the levers; each was checked when its file was found."""
    return f"levers: {len(LEVERS)} in {len({lever.family for lever in LEVERS})} families"


def _check_library() -> str:
    """Turn every scenario of the library into a path to the plan's year."""
    names = [entry.scenario_id for entry in library()]
    paths = load(names, quarter_of(PLAN_YEAR))
    return f"scenarios: {len(paths)} in the library ({', '.join(names)})"


def _check_targets() -> str:
    """Count the targets by how they are judged."""
    kinds = [judged_by(target) for target in load_targets()]
    counts = ", ".join(f"{kinds.count(kind)} {kind}" for kind in dict.fromkeys(kinds))
    return f"targets: {len(kinds)} ({counts}); {len(load_definitions())} definitions"


def _check_schema() -> str:
    """Compare the schema for editors with what the code accepts."""
    if not SCHEMA_FILE.is_file() or SCHEMA_FILE.read_text(encoding="utf-8") != schema_text():
        message = f"{shown(SCHEMA_FILE)}: not current; write it again with scenarios.commands.write_schema()"
        raise ScenarioError(message)
    return f"schema: {shown(SCHEMA_FILE)} is current"


__all__ = [
    "check",
    "judged_by",
    "list_definitions",
    "list_levers",
    "list_scenarios",
    "list_targets",
    "write_schema",
]
