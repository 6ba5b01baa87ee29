"""From a study of many lever paths to the emulator trained on it, and from what was stored to the same emulator."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from model.errors import StudyError
from model.lever_chances import Outcome
from model.lever_emulator import LeverEmulator
from model.lever_features import LeverFeatures
from model.policy import QUARTERS_PER_YEAR, Lever, quarter_of
from model.targets import Target, headline
from model.wiring import Answer

if TYPE_CHECKING:
    import pandas as pd

FloatArray = NDArray[np.float64]
FOLDER = "emulator"
"""Of what is stored of an emulator, below the study that it was trained on."""
SIZES, VALIDATION = "sizes", "cross_validation"
"""Tables in it."""
REFERENCE = "baseline"
"""Scenario that must be among the paths: the policy of 2020."""
ALL_PAYERS, DISTRICT = "cost_all", "cost_district"
COSTS = {ALL_PAYERS: "lever_cost", DISTRICT: "lever_cost_district"}
"""Outcome -> indicator whose yearly values add up to it."""


@dataclass(frozen=True, eq=False)
class Training:
    """What an emulator is trained on."""

    path_ids: tuple[str, ...]
    members: tuple[int, ...]
    """Those that finished under every path."""
    intensity: FloatArray
    """(n_paths, n_levers, n_quarters + 1)"""
    features: LeverFeatures
    outcomes: tuple[Outcome, ...]
    """Headline targets, GDP, and what the levers cost from 2021 to the last year, in the units of the model."""

    @property
    def reference(self) -> int:
        """Row of the policy of 2020."""
        return self.path_ids.index(REFERENCE)


def training(
    study: Answer, levers: Sequence[Lever], targets: Sequence[Target], anchor: Answer | None = None
) -> Training:
    """Read what an emulator is trained on.

    Parameters
    ----------
    study : complete; its first scenario is the policy of 2020 and all of them differ by levers alone.
    levers : those of the paths, in the order of the model.
    targets : the headline ones among them are outcomes, judged in their year or in the last that was run.
    anchor : a study of more members under the policy of 2020, from which levels are taken; else they are the same.

    Raises
    ------
    StudyError : the levers have changed since, the policy of 2020 is missing, or hardly any member finished.
    """
    entries = study.definition.scenarios
    ids = tuple(entry.scenario_id for entry in entries)
    if REFERENCE not in ids:
        raise StudyError(f"study {study.path}: it lacks the scenario '{REFERENCE}'; train on a study that `learn` made")
    strange = [lever.lever_id for lever in levers if lever.lever_id not in entries[0].intensities]
    if strange or len(entries[0].intensities) != len(levers):
        raise StudyError(f"study {study.path}: the levers have changed since ({', '.join(strange)}); run `learn` again")
    members = sorted(set.intersection(*(set(study.finished_members(scenario)) for scenario in ids)))
    if len(members) < 2:
        raise StudyError(f"study {study.path}: fewer than two members finished under every path")
    intensity = np.array([[entry.intensities[lever.lever_id] for lever in levers] for entry in entries])
    base = (anchor, anchor.finished_members(REFERENCE)) if anchor else (study, members)

    def outcome(name: str, column: tuple[str, str], quarters: Sequence[int], goal: float = math.nan) -> Outcome:
        runs = _sum(study, column, quarters, members)
        many = _sum(base[0], column, quarters, base[1])[_row(base[0])]
        return Outcome(name, runs, runs[ids.index(REFERENCE)], many, goal, is_cost=name in COSTS)

    last = study.definition.n_quarters
    outcomes = [
        outcome(t.target_id, (t.indicator, t.definition), [min(quarter_of(t.year), last)], _goal(t))
        for t in headline(targets)
    ]
    outcomes.append(outcome("gdp", ("gdp", ""), [last]))
    years = range(QUARTERS_PER_YEAR, last + 1, QUARTERS_PER_YEAR)
    outcomes += [outcome(name, (indicator, ""), years) for name, indicator in COSTS.items()]
    features = LeverFeatures(tuple(levers), _event_costs(study, levers, members))
    return Training(ids, tuple(members), intensity, features, tuple(outcomes))


def stored_emulator(
    study: Answer, levers: Sequence[Lever], targets: Sequence[Target], anchor: Answer
) -> tuple[LeverEmulator, Training]:
    """Make the emulator that was stored beside its study again; it may be held against other target values.

    Parameters
    ----------
    anchor : the study from which levels are taken, of the name that `anchor_name` says.

    Raises
    ------
    StudyError : no emulator is stored there, or it does not fit the study.
    """
    import pandas as pd  # noqa: PLC0415 - heavy, and only readers need it

    path = study.path / FOLDER / f"{SIZES}.csv"
    if not path.is_file():
        raise StudyError(f"study {study.path}: no emulator is stored there; make one with `learn --study NAME`")
    table = pd.read_csv(path, encoding="utf-8-sig")
    sizes = [
        table.loc[table["surfaces"] == kind].drop(columns="surfaces").to_numpy(float) for kind in ("outcomes", "costs")
    ]
    known = training(study, levers, targets, anchor)
    try:
        return LeverEmulator.fit(known.features, known.outcomes, known.intensity, (sizes[0], sizes[1])), known
    except ValueError as error:
        raise StudyError(f"{path}: it does not fit the study ({error}); run `learn` again") from error


def anchor_name(study: Answer) -> str:
    """Name of the study of many members under the policy of 2020, beside a study that `learn` made."""
    return f"{study.path.name}-anchor"


def unlike(study: Answer, anchor: Answer) -> list[str]:
    """In what an anchor differs from the study whose levels it is to settle; empty where it fits."""
    names = ("data_hash", "drawn_from", "seed", "scale", "to_year")
    return [name for name in names if getattr(study.definition, name) != getattr(anchor.definition, name)]


def error_table(study: Answer) -> dict[tuple[str, str], dict[str, float]]:
    """Cross-validated errors that are stored beside an emulator, as `by_outcome`."""
    import pandas as pd  # noqa: PLC0415

    return by_outcome(pd.read_csv(study.path / FOLDER / f"{VALIDATION}.csv", encoding="utf-8-sig"))


def by_outcome(table: pd.DataFrame) -> dict[tuple[str, str], dict[str, float]]:
    """Rows of `CrossValidated.table`: (``mean``, ``chance`` or ``share``, outcome) -> columns."""
    rows = table.to_dict("records")
    return {(str(row["what"]), str(row["outcome"])): {str(k): v for k, v in row.items()} for row in rows}


def _goal(target: Target) -> float:
    """Value from which on a target is met."""
    return float(np.nextafter(target.value, np.inf)) if target.relation == ">" else target.value


def _row(study: Answer) -> int:
    """Row of the policy of 2020 among the scenarios of a study."""
    return [entry.scenario_id for entry in study.definition.scenarios].index(REFERENCE)


def _sum(study: Answer, column: tuple[str, str], quarters: Sequence[int], members: Sequence[int]) -> FloatArray:
    """(n_paths, n_members) of an indicator, added up over the ends of some quarters."""
    rows = study.read("indicators", indicator=column[0], definition=column[1], quarter=list(quarters))
    wide = rows.pivot_table(index="scenario", columns="member", values="value", aggfunc="sum", observed=True)
    ids = [entry.scenario_id for entry in study.definition.scenarios]
    return np.asarray(wide.loc[ids, list(members)].to_numpy(float))


def _event_costs(study: Answer, levers: Sequence[Lever], members: Sequence[int]) -> FloatArray:
    """(n_levers,) yuan a quarter under the policy of 2020 of those whose cost follows events; zero for the others."""
    rows = study.read("costs", scenario=REFERENCE, member=list(members))
    sums = rows.groupby("lever", observed=True)["yuan"].sum() / len(members) / study.definition.n_quarters
    return np.array(
        [float(sums.get(lever.lever_id, 0.0)) if lever.cost.basis.startswith("event:") else 0.0 for lever in levers]
    )


__all__ = [
    "ALL_PAYERS",
    "COSTS",
    "DISTRICT",
    "FOLDER",
    "REFERENCE",
    "SIZES",
    "VALIDATION",
    "Training",
    "anchor_name",
    "by_outcome",
    "error_table",
    "stored_emulator",
    "training",
    "unlike",
]
