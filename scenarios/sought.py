"""What the re-run of sought lever paths in the model says: chances, cost, verdicts, and the path as a scenario file."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from model.lever_chances import ALL, Outcome, run_shares
from model.lever_training import training
from model.policy import PolicyPath, quarter_of
from model.statistics import wilson_share
from model.targets import Target
from model.wiring import Answer
from scenarios.emulating import Trained
from scenarios.figures import BILLION
from scenarios.frontier import Frontier
from scenarios.lever_space import CHOSEN, N_PARTS, TOP, YEARS, intensities, levels
from scenarios.levers import BY_ID, LEVERS

if TYPE_CHECKING:
    import pandas as pd

FloatArray = NDArray[np.float64]
SOUGHT = ("seek_", "best_")
"""How the ids of paths that were sought begin; the others are references."""
_CUTS = {"p05": 0.05, "p50": 0.5, "p95": 0.95}


@dataclass(frozen=True, eq=False)
class Rerun:
    """Paths that were run in the model on fresh members."""

    study: Answer
    payer: str
    path_ids: tuple[str, ...]
    intensity: FloatArray
    goals: tuple[Outcome, ...]
    """Outcomes with a goal, as run."""
    added: FloatArray
    """(n_paths, n_members) bn yuan beyond the policy of 2020 of the same member, to the last year."""
    chances: FloatArray
    """(n_goals + 1, n_paths) shares of members that meet each goal, and all."""

    @property
    def n_members(self) -> int:
        """Members that finished under every path."""
        return int(self.added.shape[1])

    @property
    def names(self) -> tuple[str, ...]:
        """Of the rows of the chances."""
        return (*(goal.name for goal in self.goals), ALL)


def rerun_of(study: Answer, targets: Sequence[Target], payer: str) -> Rerun:
    """Read the study of the re-run."""
    known = training(study, LEVERS, targets)
    cost = next(outcome for outcome in known.outcomes if outcome.name == payer)
    added = (cost.runs - cost.usual) / BILLION
    goals = tuple(outcome for outcome in known.outcomes if outcome.has_goal)
    return Rerun(study, payer, known.path_ids, known.intensity, goals, added, run_shares(goals))


def candidate_table(found: Trained, rerun: Rerun, budget: float | None) -> pd.DataFrame:
    """One row a path and target, and one for all targets: what was emulated and what was run.

    Returns
    -------
    Chances with 95 % bounds: of the emulator as in `Trained.chance_interval`, of the run by Wilson. ``added_cost`` is
    the mean over members in bn yuan with 5 and 95 % quantiles; ``p05``, ``p50``, ``p95`` are those of the value.
    """
    import pandas as pd  # noqa: PLC0415 - heavy, and only the verb needs it

    said = found.emulator.predict(rerun.intensity)
    cost = found.added_cost(said, rerun.payer)
    labels = {entry.scenario_id: entry for entry in rerun.study.definition.scenarios}
    rows: list[dict[str, Any]] = []
    for place, path in enumerate(rerun.path_ids):
        added = rerun.added[place]
        about: dict[str, Any] = {
            "path": path,
            "label_zh": labels[path].label("zh"),
            "label_en": labels[path].label("en"),
            "sought": path.startswith(SOUGHT),
            "payer": rerun.payer,
            "emulated_cost": cost[place],
            "added_cost": added.mean(),
            "added_cost_p05": np.quantile(added, 0.05),
            "added_cost_p95": np.quantile(added, 0.95),
            "within_budget": budget is None or bool(added.mean() <= budget),
            "members": rerun.n_members,
        }
        for row, name in enumerate(rerun.names):
            emulated, run = float(said.chance[row, place]), float(rerun.chances[row, place])
            bounds = (*found.chance_interval(said, row, place), *wilson_share(run, rerun.n_members))
            keys = ("emulated_low", "emulated_high", "chance_low", "chance_high")
            values = dict.fromkeys(("goal", *_CUTS), math.nan)
            if name != ALL:
                goal = rerun.goals[row]
                values = {"goal": goal.goal} | {k: float(np.quantile(goal.runs[place], q)) for k, q in _CUTS.items()}
            chances = {"emulated": emulated, "chance": run, **dict(zip(keys, bounds, strict=True))}
            rows.append({**about, "target": name, **chances, **values})
    return pd.DataFrame(rows)


def verdict_table(rerun: Rerun, rows: pd.DataFrame, wanted: float) -> pd.DataFrame:
    """One row a target, and one for all: the cheapest path that was run and has the chance wanted, or the likeliest.

    Returns
    -------
    ``reached`` says that the share of members is at least ``wanted``, ``sure`` that its 95 % interval lies on the same
    side of it; ``value`` is reached with the chance wanted, ``gap`` is that less the goal. For all targets only
    paths that were sought are named. Without a path within the budget the likeliest is named all the same.
    """
    import pandas as pd  # noqa: PLC0415

    answers = []
    for row, name in enumerate(rerun.names):
        mine = rows[rows["target"] == name]
        within = mine[mine["within_budget"] & (mine["sought"] | (name != ALL))]
        # Where no path kept to the budget when it was run, the likeliest is named all the same, and reaches nothing.
        able = within if len(within) else mine[mine["sought"]]
        reaching, near = within[within["chance"] >= wanted], "emulated" if name == ALL else "p50"
        best = (
            reaching.sort_values(["added_cost", "path"], kind="stable").iloc[0]
            if len(reaching)
            else able.sort_values(["chance", near, "added_cost"], ascending=[False, False, True], kind="stable").iloc[0]
        )
        sure = best["chance_low"] >= wanted if len(reaching) else len(within) > 0 and able["chance_high"].max() < wanted
        value = gap = math.nan
        if name != ALL:
            goal = rerun.goals[row]
            values = goal.runs[rerun.path_ids.index(str(best["path"]))]
            value = float(np.quantile(values, 1.0 - wanted))
            gap = value - goal.goal
        top = mine[mine["path"] == TOP.scenario_id].iloc[0]
        kept = ("path", "label_zh", "label_en", "added_cost", "emulated", "emulated_low", "emulated_high")
        answers.append(
            {
                "target": name,
                "wanted": wanted,
                "reached": bool(len(reaching)),
                "sure": bool(sure),
                "within_budget": not within.empty,
                **{key: best[key] for key in (*kept, "chance", "chance_low", "chance_high", "members", "goal")},
                "value": value,
                "gap": gap,
                "all_up": top["chance"],
                "all_up_low": top["chance_low"],
                "all_up_high": top["chance_high"],
            }
        )
    return pd.DataFrame(answers)


def frontier_table(found: Trained, frontier: Frontier, rows: pd.DataFrame, wanted: float) -> pd.DataFrame:
    """The emulated frontier and the runs, in one table for one chart.

    Returns
    -------
    ``kind`` is ``emulated`` or ``run``. ``low`` and ``high`` are the 95 % interval of the chance that all targets are
    met; ``error`` is the emulator's part of it, the root mean square error by cross-validation.
    """
    import pandas as pd  # noqa: PLC0415

    error = found.errors["chance", ALL]["rmse"]
    chances = frontier.chances[-1]
    said = found.emulator.predict(intensities(frontier.settings, found.study.definition.n_quarters))
    bounds = np.array([found.chance_interval(said, -1, place) for place in range(len(chances))])
    strength, _, first = np.split(frontier.settings, N_PARTS, axis=1)
    moved = (strength != 0.0) | (first != 0.0)
    emulated = pd.DataFrame(
        {
            "kind": "emulated",
            "path": "",
            "cost": frontier.cost,
            "chance": chances,
            "low": bounds[:, 0],
            "high": bounds[:, 1],
            "error": error,
            "levers": moved.sum(axis=1),
        }
    )
    run = rows[rows["target"] == ALL].rename(columns={"added_cost": "cost", "chance_low": "low", "chance_high": "high"})
    run = run.assign(kind="run")[["kind", "path", "label_zh", "label_en", "sought", "cost", "chance", "low", "high"]]
    table = pd.concat([emulated, run], ignore_index=True)
    return table.assign(wanted=wanted, payer=rows["payer"].iloc[0], trained_on=found.study.study_id)


def lever_table(paths: Sequence[PolicyPath]) -> pd.DataFrame:
    """One row a path, lever and year: the level at its end, and the share of the way from 2020 to its bound.

    Returns
    -------
    ``share`` runs from -1, the lower bound, over 0, the level of 2020, to 1, the upper bound.
    """
    import pandas as pd  # noqa: PLC0415

    rows = []
    for path in paths:
        for row, lever in enumerate(path.levers):
            if lever not in CHOSEN:
                continue
            for year in YEARS:
                quarter = min(quarter_of(year), path.intensity.shape[1] - 1)
                level = float(path.intensity[row, quarter])
                change = level - lever.baseline
                share = change / abs(lever.bounds[int(change > 0.0)] - lever.baseline) if change else 0.0
                names = {"path": path.scenario_id, "lever": lever.lever_id, "family": lever.family, "unit": lever.unit}
                rows.append({**names, "year": year, "level": level, "share": share})
    return pd.DataFrame(rows)


def scenario_text(name: str, setting: FloatArray, verdicts: pd.DataFrame, wanted: float) -> str:
    """Write a setting as a scenario file that gives the very path that was run; what it promises stands above it."""
    row = verdicts[verdicts["target"] == ALL].iloc[0]
    told = f"{row['chance']:.0%} [{row['chance_low']:.0%}, {row['chance_high']:.0%}] of {row['members']} members"
    reached = "cheapest path found with" if row["reached"] else "likeliest path found; none has"
    if not row["within_budget"]:
        reached = "likeliest path found, over the budget when it was run; no path that kept to it has"
    lines = [
        f"# By `seek` ({name}): the {reached} a chance of {wanted:.0%} that all headline targets are met.",
        f"# Run in the model all targets were met in {told}; added cost {row['added_cost']:.2f} bn yuan.",
        "label:",
        f"  zh: {json.dumps(f'寻优路径（{name}）', ensure_ascii=False)}",
        f"  en: {json.dumps(f'Path found by search ({name})')}",
        "base: baseline",
        "levers:" if levels(setting) else "levers: {}",
    ]
    for lever_id, by_year in levels(setting).items():
        years = ", ".join(f"{year}: {level:.10g}" for year, level in by_year.items())
        lines += [f"  {lever_id}:", f"    unit: {json.dumps(BY_ID[lever_id].unit)}", f"    by_year: {{{years}}}"]
    return "\n".join(lines) + "\n"


__all__ = [
    "SOUGHT",
    "Rerun",
    "candidate_table",
    "frontier_table",
    "lever_table",
    "rerun_of",
    "scenario_text",
    "verdict_table",
]
