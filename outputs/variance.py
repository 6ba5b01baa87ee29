"""The variance of each indicator, split among base, parameters, outside world and chance."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from model.errors import StudyError
from model.pick_freeze import GROUPS, RUNS_PER_ROW
from model.policy import QUARTERS_PER_YEAR

if TYPE_CHECKING:
    import pandas as pd

    from outputs.store import Study

FloatArray = NDArray[np.float64]
VERB = "variance"
INTERACTIONS = "interactions"
RESAMPLES = 1000
FEWEST_ROWS = 2
INTERVAL = (0.025, 0.975)
COLUMNS = (
    "scenario",
    "indicator",
    "definition",
    "unit",
    "year",
    "rows",
    "mean",
    "deviation",
    "group",
    "first",
    "first_low",
    "first_high",
    "total",
    "total_low",
    "total_high",
)


def variance_table(study: Study) -> pd.DataFrame:
    """Split the variance of every indicator at the end of the last year.

    Parameters
    ----------
    study : complete, made by the verb `variance`.

    Returns
    -------
    One row per scenario, indicator, definition and group. ``first`` is the share of the variance that would go if the
    group were known; ``total`` the share that would stay if all others were. The row ``interactions`` holds what the
    first shares leave, so the column sums to one; by sampling error it can fall under zero, as a share can.
    Intervals are 95 %, percentiles of a bootstrap over rows of the design. All empty where nothing varies.

    Raises
    ------
    StudyError : the study is of another verb, or fewer than two rows of six runs have finished.
    """
    import pandas as pd  # noqa: PLC0415 - heavy, and only readers need it

    if study.definition.verb != VERB:
        message = f"study {study.path}: made by `{study.definition.verb}`; the split needs one that `variance` has made"
        raise StudyError(message)
    rows = []
    for entry in study.definition.scenarios:
        for info in study.definition.indicators:
            values = design_values(study, entry.scenario_id, info.indicator, info.definition)
            labels = {
                "scenario": entry.scenario_id,
                "indicator": info.indicator,
                "definition": info.definition,
                "unit": info.unit,
                "year": study.definition.to_year,
                "rows": len(values),
            }
            rows += [labels | row for row in split(values, study.definition.seed)]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def design_values(study: Study, scenario: str, indicator: str, definition: str) -> FloatArray:
    """(n_rows, 6) values at the end of the last year, for the rows of the design whose six runs have all finished."""
    quarter = study.definition.n_quarters // QUARTERS_PER_YEAR * QUARTERS_PER_YEAR
    rows = study.indicators(indicator=indicator, definition=definition, scenario=scenario, quarter=quarter)
    values = np.full(study.definition.members, np.nan)
    values[rows["member"].to_numpy()] = rows["value"].to_numpy()
    design = values.reshape(-1, RUNS_PER_ROW)
    whole: FloatArray = design[np.isfinite(design).all(axis=1)]
    if len(whole) < FEWEST_ROWS:
        message = f"study {study.path}: {len(whole)} whole rows of six runs under {scenario}; run more members"
        raise StudyError(message)
    return whole


def split(
    design: FloatArray, seed: int, groups: Sequence[str] = GROUPS, resamples: int = RESAMPLES
) -> list[dict[str, Any]]:
    """Shares of the variance of one indicator.

    Parameters
    ----------
    design : (n_rows, n_groups + 2) values of A, of A with each group of B, and of B.
    seed : of the bootstrap.
    groups : names, in the order of the columns.
    resamples : of the bootstrap.

    Returns
    -------
    A record per group, and one for what they leave.
    """
    ends = design[:, [0, -1]]
    mean, deviation = float(ends.mean()), float(ends.std())
    told = {"mean": mean, "deviation": deviation}
    if np.ptp(ends) <= 1e-12 * max(1.0, abs(mean)):
        return [told | {"deviation": 0.0, "group": group} for group in (*groups, INTERACTIONS)]
    drawn = np.random.default_rng(seed).integers(len(design), size=(len(design), resamples))
    first, total = shares(design, np.arange(len(design))[:, None])
    firsts, totals = shares(design, drawn)
    rows = [
        {"group": group, **_spread("first", first[k, 0], firsts[k]), **_spread("total", total[k, 0], totals[k])}
        for k, group in enumerate(groups)
    ]
    left, lefts = 1.0 - float(first.sum()), 1.0 - firsts.sum(axis=0)
    return [told | row for row in [*rows, {"group": INTERACTIONS, **_spread("first", left, lefts)}]]


def shares(design: FloatArray, rows: NDArray[np.int64]) -> tuple[FloatArray, FloatArray]:
    """First and total shares of samples of rows, by the estimators of SALib.

    Parameters
    ----------
    design : (n_rows, n_groups + 2) as in `split`, of an indicator that varies.
    rows : (n_drawn, n_samples) rows of each sample.

    Returns
    -------
    (n_groups, n_samples) each.
    """
    from SALib.analyze.sobol import first_order, total_order  # noqa: PLC0415 - slow to import

    ends = design[:, [0, -1]]
    scaled = (design - ends.mean()) / ends.std()  # the estimators are biased where the mean is far from zero
    a, b = scaled[rows, 0], scaled[rows, -1]
    swapped = [scaled[rows, place] for place in range(1, design.shape[1] - 1)]
    first = np.stack([first_order(a, one, b) for one in swapped])
    return first, np.stack([total_order(a, one, b) for one in swapped])


def _spread(name: str, value: float, samples: FloatArray) -> dict[str, float]:
    """A share and its interval."""
    low, high = np.quantile(samples, INTERVAL)
    return {name: float(value), f"{name}_low": float(low), f"{name}_high": float(high)}


def headline_rows(study: Study, table: pd.DataFrame) -> pd.DataFrame:
    """Rows of the headline targets, under the definition that each scenario reports first."""
    chosen = {
        (entry.scenario_id, target.indicator, study.definition.reported_definition(entry.scenario_id, target))
        for target in study.definition.headline
        for entry in study.definition.scenarios
    }
    keys = zip(table["scenario"], table["indicator"], table["definition"], strict=True)
    return table[[key in chosen for key in keys]]


def refuse_design(study: Study) -> None:
    """Refuse a study whose members share draws, where members must be independent.

    Raises
    ------
    StudyError : it was made by `variance`, or its members run a design of points.
    """
    if study.definition.verb == VERB or {"points", "levers"} & set(study.definition.drawn_from):
        made = study.definition.verb
        message = f"study {study.path}: its members share draws, because `{made}` made it; name one of `project`"
        raise StudyError(message)


def share(value: float) -> str:
    """A share as a percentage; nothing where there is none."""
    return "" if math.isnan(value) else f"{100 * value:.0f}%"
