"""The levers of the plan that are built: one instrument per file, found by looking into this folder."""

from __future__ import annotations

import importlib
import pkgutil

from model.errors import ScenarioError
from model.policy import FAMILIES, Lever, Policy


def discover() -> tuple[Lever, ...]:
    """Find the lever of every file in this folder.

    Returns
    -------
    The levers, sorted by family in the order of ``model.policy.FAMILIES``, then by id.

    Raises
    ------
    ScenarioError : a file without a lever, an id that is not the name of its file, an unknown family, numbers out
        of order, payers that do not add up to one, or a lever that changes the policy at its own baseline.
    """
    found: list[Lever] = []
    problems: list[str] = []
    for module in pkgutil.iter_modules(__path__):
        lever = getattr(importlib.import_module(f"{__name__}.{module.name}"), "LEVER", None)
        if isinstance(lever, Lever):
            found.append(lever)
            problems += [f"scenarios/levers/{module.name}.py: {text}" for text in faults(lever, module.name)]
        else:
            problems.append(f"scenarios/levers/{module.name}.py: no LEVER in the file; declare LEVER = Lever(...)")
    problems += duplicates(found)
    if problems:
        raise ScenarioError(problems)
    return tuple(sorted(found, key=lambda lever: (FAMILIES.index(lever.family), lever.lever_id)))


def faults(lever: Lever, name: str) -> list[str]:
    """Say what is wrong with the declaration of a lever in the file ``name``.py; nothing when it is sound."""
    low, high = lever.bounds
    levels = (lever.baseline, lever.plan, lever.strong)
    rules = {
        f"lever_id is '{lever.lever_id}'; it must be the name of the file": lever.lever_id == name,
        f"family '{lever.family}' is unknown; known: {', '.join(FAMILIES)}": lever.family in FAMILIES,
        f"baseline, plan and strong must lie within the bounds {low:g} to {high:g}": all(
            low <= level <= high for level in levels
        ),
        "lag_quarters must be 0 or above": lever.lag_quarters >= 0,
        "the cost must lie between its low and its high": lever.cost.low <= lever.cost.unit_cost <= lever.cost.high,
        "the shares of paid_by must add up to 1": abs(sum(lever.cost.paid_by.values()) - 1.0) < 1e-12,
        "apply at the baseline must give back an equal policy": (
            lever.apply(Policy.neutral(), lever.baseline) == Policy.neutral()
        ),
    }
    return [text for text, sound in rules.items() if not sound]


def duplicates(levers: list[Lever]) -> list[str]:
    """Say which ids occur twice."""
    ids = [lever.lever_id for lever in levers]
    return [
        f"scenarios/levers: lever '{name}' is declared more than once" for name in sorted({*ids}) if ids.count(name) > 1
    ]


LEVERS: tuple[Lever, ...] = discover()
"""Every lever that is built, sorted by family, then id: the order of the rows of ``PolicyPath.intensity``."""

BY_ID: dict[str, Lever] = {lever.lever_id: lever for lever in LEVERS}
"""The same by id."""
