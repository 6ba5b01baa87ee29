"""What `list` and `check` show of this package; each kind loads what it shows."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from model.targets import Target

Row: TypeAlias = dict[str, str | int | float]


def list_scenarios() -> list[Row]:
    """List the library: id, label in Chinese and English, file."""
    from scenarios.files import shown
    from scenarios.scenario import library

    return [
        {"scenario_id": name, "label_zh": zh, "label_en": en, "file": shown(path)} for name, zh, en, path in library()
    ]


def list_levers() -> list[Row]:
    """List the levers: intensities in their unit, cost in yuan with its range and payers, evidence and source."""
    from scenarios.levers import LEVERS

    return [
        {
            "lever_id": lever.lever_id,
            "family": lever.family,
            "name_zh": lever.name_zh,
            "name_en": lever.name_en,
            "unit": lever.unit,
            "unit_zh": lever.unit_zh,
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
    from scenarios.targets import load_targets

    return [{**asdict(target), "judged_by": judged_by(target)} for target in load_targets()]


def list_definitions() -> list[Row]:
    """List the definitions of every indicator that has several, with their words in Chinese and English."""
    from model.indicators.definitions import load_definitions

    return [asdict(definition) for definition in load_definitions()]


def judged_by(target: Target) -> str:
    """Say how a target is judged: ``simulated``, ``lever setting`` or ``not modelled``."""
    return "simulated" if target.indicator else "lever setting" if target.lever else "not modelled"


def _check(args: Namespace) -> list[str]:
    """Check what comes with the project."""
    from scenarios.checking import check

    return check(write=args.write)


def _check_files(args: Namespace) -> list[str]:
    """Check the user's own scenario files."""
    from scenarios.checking import check_files

    return check_files(args.files)


LISTS = {"scenarios": list_scenarios, "levers": list_levers, "targets": list_targets, "definitions": list_definitions}
CHECKS = (_check, _check_files)
