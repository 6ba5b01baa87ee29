"""Where does a policy fail? Boxes and trees over what members drew, judged on runs that did not make them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from model.errors import StudyError, near_match
from model.policy import quarter_of
from outputs.intervals import wilson
from outputs.prim import BoolArray, Box, FloatArray, find_box, quasi_p

if TYPE_CHECKING:
    import pandas as pd

    from model.targets import Target
    from model.uncertainties import Uncertainty
    from outputs.store import Study

FAILS, MEETS, WORST = CASES = ("fails", "meets", "worst")
ALL = "all"
LEAST = 10
"""Runs that each side must have: a rule made of fewer is a story about single runs."""
FALSE_DISCOVERIES = 0.1
"""Expected share of values among those that pass the screen which differ by chance alone."""
HALVES = 20
FEW, CHANCE, FOUND = "too few runs on one side", "no value can be told from chance", ""


@dataclass(frozen=True)
class Asked:
    """One question: where is a target of a scenario missed, or met, or missed by most."""

    scenario: str
    target: str
    """Id of a headline target, or ``all``: every one of them at once."""
    case: str = FAILS
    worst: float = 1.0 / 3.0
    """Share of runs taken as cases when the case is ``worst``."""


@dataclass(frozen=True, eq=False)
class Runs:
    """What a question is answered from."""

    x: FloatArray
    """(n_members, d) drawn values that vary, in plain units."""
    items: tuple[Uncertainty, ...]
    cases: BoolArray
    """(n_members,)."""


def margins(study: Study, asked: Asked) -> FloatArray:
    """(n_members,) by how much each run meets (>= 0) or misses a target, as a share of it; the least of all targets."""
    known = {target.target_id: target for target in study.definition.headline}
    chosen = list(known.values()) if asked.target == ALL else [known[asked.target]]
    return np.asarray(np.min([_margin(study, asked.scenario, target) for target in chosen], axis=0))


def cases_of(study: Study, asked: Asked) -> BoolArray:
    """(n_members,) runs that the question looks for."""
    margin = margins(study, asked)
    if asked.case == WORST:
        return np.asarray(margin <= np.quantile(margin, asked.worst))
    return np.asarray(margin >= 0.0 if asked.case == MEETS else margin < 0.0)


def runs_of(study: Study, asked: Asked, uncertainties: Sequence[Uncertainty]) -> Runs:
    """Read what a question is answered from.

    Raises
    ------
    StudyError : the scenario or the target is none of the study's.
    """
    scenarios = [entry.scenario_id for entry in study.definition.scenarios]
    targets = [ALL, *(target.target_id for target in study.definition.headline)]
    wrong = [
        f"study {study.path}: {what} '{name}' is not in it; {near_match(name, names)}"
        for what, name, names in (("scenario", asked.scenario, scenarios), ("target", asked.target, targets))
        if name not in names
    ]
    if wrong:
        raise StudyError(wrong)
    drawn = study.drawn(scenario=asked.scenario)
    wide = drawn.pivot_table(index="member", columns="name", values="value").sort_index()
    items = tuple(item for item in uncertainties if item.name in wide and np.ptp(wide[item.name]) > 0.0)
    return Runs(wide[[item.name for item in items]].to_numpy(np.float64), items, cases_of(study, asked))


def screen(x: FloatArray, y: BoolArray) -> list[int]:
    """Values whose ranks differ between cases and other runs.

    Parameters
    ----------
    x : (n, d); y : (n,) with at least one run on each side.

    Returns
    -------
    Columns that pass the test of Mann and Whitney (1947) at a false discovery rate of 10 % (Benjamini and Hochberg
    1995). A value that acts only at both ends, or only together with another, is missed.
    """
    from scipy.stats import false_discovery_control, mannwhitneyu  # noqa: PLC0415 - seconds at start

    if not x.shape[1]:
        return []
    chances = np.asarray(mannwhitneyu(x[y], x[~y], axis=0, method="asymptotic").pvalue)
    return [int(at) for at in np.flatnonzero(false_discovery_control(chances) <= FALSE_DISCOVERIES)]


def box_of(x: FloatArray, y: BoolArray) -> Box:
    """The box over the values that pass the screen; the whole space where none does."""
    whole = Box.whole(x.shape[1])
    columns = screen(x, y) if y.any() and not y.all() else []
    if columns:
        found = find_box(x[:, columns], y)
        whole.low[columns], whole.high[columns] = found.low, found.high
    return whole


@dataclass(frozen=True, eq=False)
class Halves:
    """What became of boxes found on one half of the runs and judged on the other."""

    density: FloatArray
    """(n_halves,) share of cases among the runs of the other half inside; that of the whole half where no box is found
    or no run falls inside."""
    coverage: FloatArray
    """(n_halves,) share of the other half's cases inside; 1 where no box is found."""
    base: FloatArray
    """(n_halves,) share of cases in the other half."""
    limited: FloatArray
    """(d,) share of halves whose box has a limit on the value."""
    found: float
    """Share of halves in which any box is found."""

    @property
    def holds(self) -> bool:
        """Whether nineteen halves in twenty are denser inside than outside the box, out of sample."""
        return bool(np.quantile(self.density - self.base, 0.05) > 0.0)


def judge(runs: Runs, seed: int) -> Halves:
    """Repeat the whole search, screen included, on random halves of the runs, and judge it on the other halves."""
    from model.streams import key  # noqa: PLC0415 - compiled code comes with it, and only this needs it

    random, n = np.random.default_rng(int(key(seed, "discover:halves"))), len(runs.cases)
    rows, limited = [], np.zeros((HALVES, runs.x.shape[1]))
    for half in range(HALVES):
        order = random.permutation(n)
        made, held = order[: n // 2], order[n // 2 :]
        box, y = box_of(runs.x[made], runs.cases[made]), runs.cases[held]
        inside, base = box.inside(runs.x[held]), float(runs.cases[held].mean())
        density = float(y[inside].mean()) if inside.any() else base
        rows.append((density, float(inside[y].mean()) if y.any() else math.nan, base))
        limited[half, box.limited()] = 1.0
    density, coverage, base_share = np.array(rows).T
    return Halves(density, coverage, base_share, limited.mean(axis=0), float(limited.any(axis=1).mean()))


def discover_table(study: Study, asked: Sequence[Asked], uncertainties: Sequence[Uncertainty]) -> pd.DataFrame:
    """Answer each question by a box.

    Returns
    -------
    One row per question and limit of its box, the strongest first; one row without a limit and with a ``note`` where
    nothing is found. Limits are in the unit of the column ``unit`` as declared; an empty one is none. ``density`` is
    the share of cases inside the box with its Wilson interval (the runs that made the box: too good), ``held_density``
    the mean over random halves that did not make it, with 5 and 95 % quantiles.
    """
    import pandas as pd  # noqa: PLC0415 - heavy, and only readers need it

    rows: list[dict[str, Any]] = []
    for one in asked:
        runs = runs_of(study, one, uncertainties)
        head = _head(study, one, runs)
        if head["note"] == FEW:
            rows.append(head)
            continue
        head["candidates"] = len(screen(runs.x, runs.cases))
        box, halves = box_of(runs.x, runs.cases), judge(runs, study.definition.seed)
        head |= _judged(box, halves, runs)
        limits = [_limit(box, at, halves, runs) for at in box.limited()]
        limits.sort(key=lambda row: (row["quasi_p"], row["name"]))
        rows += [head | row for row in limits] or [head | {"note": CHANCE}]
    return pd.DataFrame(rows, columns=list(COLUMNS))


COLUMNS = (
    *("scenario", "scenario_zh", "scenario_en", "target", "target_zh", "target_en", "year", "case", "worst", "members"),
    *("cases", "note", "candidates", "name", "zh", "en", "kind", "unit", "factor", "status", "low", "high", "quasi_p"),
    *("halves_with_limit", "box_runs", "box_cases", "density", "density_low", "density_high", "coverage", "mass"),
    *("held_density", "held_density_p05", "held_density_p95", "held_base", "held_coverage", "halves_found", "holds"),
)


def _head(study: Study, asked: Asked, runs: Runs) -> dict[str, Any]:
    entry = study.definition.scenario(asked.scenario)
    named = {target.target_id: target for target in study.definition.headline}.get(asked.target)
    n, cases = len(runs.cases), int(runs.cases.sum())
    return {
        "scenario": asked.scenario,
        "scenario_zh": entry.label_zh,
        "scenario_en": entry.label_en,
        "target": asked.target,
        "target_zh": named.name_zh if named else "",
        "target_en": named.name_en if named else "",
        "year": max(study.definition.year_of(target) for target in ([named] if named else study.definition.headline)),
        "case": asked.case,
        "worst": asked.worst if asked.case == WORST else math.nan,
        "members": n,
        "cases": cases,
        "note": FEW if min(cases, n - cases) < LEAST else FOUND,
    }


def _judged(box: Box, halves: Halves, runs: Runs) -> dict[str, Any]:
    inside = box.inside(runs.x)
    n, cases = int(inside.sum()), int(runs.cases[inside].sum())
    low, high = wilson(cases, n)
    return {
        "box_runs": n,
        "box_cases": cases,
        "density": cases / n,
        "density_low": low,
        "density_high": high,
        "coverage": cases / int(runs.cases.sum()),
        "mass": n / len(runs.cases),
        "held_density": float(halves.density.mean()),
        "held_density_p05": float(np.quantile(halves.density, 0.05)),
        "held_density_p95": float(np.quantile(halves.density, 0.95)),
        "held_base": float(halves.base.mean()),
        "held_coverage": float(np.nanmean(halves.coverage)),
        "halves_found": halves.found,
        "holds": halves.holds,
    }


def _limit(box: Box, at: int, halves: Halves, runs: Runs) -> dict[str, Any]:
    item = runs.items[at]
    return {
        "name": item.name,
        "zh": item.zh,
        "en": item.en,
        "kind": item.kind,
        "unit": item.unit,
        "factor": item.factor,
        "status": item.status,
        "low": box.low[at] / item.factor if np.isfinite(box.low[at]) else math.nan,
        "high": box.high[at] / item.factor if np.isfinite(box.high[at]) else math.nan,
        "quasi_p": quasi_p(box, at, runs.x, runs.cases),
        "halves_with_limit": float(halves.limited[at]),
    }


def _margin(study: Study, scenario: str, target: Target) -> FloatArray:
    definition, year = study.definition.reported_definition(scenario, target), study.definition.year_of(target)
    rows = study.indicators(
        indicator=target.indicator, definition=definition, quarter=quarter_of(year), scenario=scenario
    )
    values = rows.sort_values("member")["value"].to_numpy(np.float64)
    margin = values / target.value - 1.0
    met = np.array([target.met_by(float(value)) for value in values])
    # A target ">" is missed by a run that stands exactly on it.
    return np.where(met, np.maximum(margin, 0.0), np.minimum(margin, -np.finfo(float).tiny))
