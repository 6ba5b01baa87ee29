"""Policy paths in which one lever, or one family, begins whole years later (as all do in `stalled`), or never."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from model.delays import By, Delays, Late, Starter
from model.errors import ScenarioError, near_match
from model.policy import BASE_YEAR, FAMILIES, QUARTERS_PER_YEAR, PolicyPath
from scenarios.scenario import load

LONGEST = 4
"""Years of the longest delay: a lever of the plan begun so late moves after 2025."""


def delays(scenario: str, by: By, only: Sequence[str], n_quarters: int) -> Delays:
    """Let each lever or family of a scenario begin one to four years later, and never.

    Parameters
    ----------
    scenario : id or file, as `load` takes it.
    by : whether single levers or whole families are delayed.
    only : ids of the levers or families to delay; all that the scenario moves when empty.
    n_quarters : quarters after 2020 Q4.

    Returns
    -------
    The scenario's own path and one for each other start, all quarters of the starter's levers shifted alike.

    Raises
    ------
    ScenarioError : the scenario is wrong or stands for several, moves no lever, or not those that are asked for.
    """
    whole, *others = load([scenario], n_quarters)
    if others:
        raise ScenarioError(f"'{scenario}' stands for {len(others) + 1} scenarios; name one")
    moved = (whole.intensity != whole.intensity[:, :1]).any(axis=1)
    starters = _starters(whole, moved, by)
    if not starters:
        until = BASE_YEAR + n_quarters // QUARTERS_PER_YEAR
        raise ScenarioError(f"{whole.scenario_id} moves no lever until {until}, so nothing can begin later")
    if unknown := [name for name in only if name not in {one.starter_id for one in starters}]:
        known = [one.starter_id for one in starters]
        raise ScenarioError(
            [f"--only: {whole.scenario_id} moves no {by} '{name}'; {near_match(name, known)}" for name in unknown]
        )
    starters = tuple(one for one in starters if not only or one.starter_id in only)
    late, paths = _paths(whole, starters)
    unmoved = tuple(lever.lever_id for lever, moves in zip(whole.levers, moved, strict=True) if not moves)
    return Delays(whole, by, starters, late, paths, unmoved)


def delayed(path: PolicyPath, levers: Sequence[str], delay: int | None, scenario_id: str) -> PolicyPath:
    """Shift the intensities of some levers.

    Parameters
    ----------
    path : of the scenario.
    levers : ids of those that begin later.
    delay : whole years, 0 or more; None leaves them as in 2020.
    scenario_id : of the new path.
    """
    rows = np.array([lever.lever_id in levers for lever in path.levers], bool)[:, None]
    n = path.intensity.shape[1]
    then = np.maximum(np.arange(n) - (n if delay is None else QUARTERS_PER_YEAR * delay), 0)
    intensity = np.where(rows, path.intensity[:, then], path.intensity)
    intensity.setflags(write=False)
    name = scenario_id.removeprefix(path.scenario_id)
    return replace(
        path,
        scenario_id=scenario_id,
        label_zh=f"{path.label_zh}（{name}）",
        label_en=f"{path.label_en} ({name})",
        intensity=intensity,
    )


def _starters(whole: PolicyPath, moved: NDArray[np.bool_], by: By) -> tuple[Starter, ...]:
    """Levers that move, one by one or by family, in the order of the levers."""
    levers = [lever for lever, moves in zip(whole.levers, moved, strict=True) if moves]
    groups: list[tuple[str, str, tuple[str, ...]]]
    groups = [(lever.lever_id, lever.family, (lever.lever_id,)) for lever in levers]
    if by == "family":
        members = {family: tuple(one.lever_id for one in levers if one.family == family) for family in FAMILIES}
        groups = [(family, family, ids) for family, ids in members.items() if ids]
    return tuple(Starter(*group, _start_year(whole, group[2])) for group in groups)


def _start_year(path: PolicyPath, levers: Sequence[str]) -> int:
    """First year in which one of the levers stands elsewhere than in 2020."""
    rows = path.intensity[[lever.lever_id in levers for lever in path.levers]]
    first = int((rows != rows[:, :1]).any(axis=0).argmax())
    return BASE_YEAR + -(-first // QUARTERS_PER_YEAR)


def _paths(whole: PolicyPath, starters: Sequence[Starter]) -> tuple[tuple[Late, ...], tuple[PolicyPath, ...]]:
    """Every start of every starter, and the paths to be run: those of the same intensities once."""
    late: list[Late] = []
    paths = {whole.intensity.tobytes(): whole}
    for one in starters:
        starts: dict[int | None, PolicyPath] = {}
        # Never comes first, so that a start after the last quarter is run under its name.
        for delay in (None, *range(LONGEST + 1)):
            name = f"{whole.scenario_id}~{one.starter_id}~{'never' if delay is None else f'{delay}y'}"
            path = delayed(whole, one.levers, delay, name)
            starts[delay] = paths.setdefault(path.intensity.tobytes(), path)
        for delay in (*range(LONGEST + 1), None):
            start = None if delay is None else one.start_year + delay
            late.append(Late(one.starter_id, delay, start, starts[delay].scenario_id))
    return tuple(late), tuple(paths.values())
