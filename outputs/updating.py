"""Members reweighted by observations: chances before and after, and what of each change is data and what levers."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from model.errors import StudyError
from model.policy import quarter_of
from model.targets import Target
from outputs.intervals import wilson, wilson_share
from outputs.store import Study

if TYPE_CHECKING:
    import pandas as pd

FloatArray = NDArray[np.float64]
FEWEST_EFFECTIVE = 30.0
"""Effective members under which chances are withheld: a chance of a half then has an interval of 36 points or more."""
ALL = "all"
"""Every headline target together."""
CUTS = {"p05": 0.05, "p50": 0.50, "p95": 0.95}


@dataclass(frozen=True)
class Weighted:
    """One scenario of a study, and what its members weigh."""

    study: Study
    scenario_id: str
    weights: FloatArray
    """(n_members,) summing to one; all zero where the observations rule every member out."""

    @property
    def effective(self) -> float:
        """Effective sample size, ``1 / sum of squared weights``; zero where nobody is left. Kish (1965)."""
        squares = float(self.weights @ self.weights)
        return 1.0 / squares if squares > 0.0 else 0.0

    @property
    def has_collapsed(self) -> bool:
        """Whether too few members carry the weight for a chance to be told."""
        return self.effective < FEWEST_EFFECTIVE


def weights_of(log_likelihood: FloatArray) -> FloatArray:
    """Weights that sum to one; all zero where no member is possible."""
    top = float(log_likelihood.max())
    if math.isinf(top):
        return np.zeros_like(log_likelihood)
    raw = np.exp(log_likelihood - top)
    return np.asarray(raw / raw.sum(), np.float64)


def chance_table(before: list[Weighted], now: Weighted | None) -> pd.DataFrame:
    """Chances before and after, and the two parts of each change, which add up to it exactly.

    Parameters
    ----------
    before : scenarios of a study as they were believed, one row a target each.
    now : the policy as it stands, where it is another one; None: each scenario goes on.

    Returns
    -------
    ``before`` is the unweighted chance under ``scenario``, ``after`` the weighted one under ``policy_now``;
    ``levers`` is the unweighted chance under ``policy_now`` less ``before``, ``data`` is ``after`` less the unweighted
    chance under ``policy_now``. Intervals are 95 %: Wilson, and Wilson with the effective size. Where the weights have
    collapsed, ``after`` and ``data`` are empty and ``withheld`` is true.
    """
    import pandas as pd  # noqa: PLC0415 - heavy, and only the verb needs it

    rows = [_row(of, now or of, target) for of in before for target in (*of.study.definition.headline, None)]
    return pd.DataFrame(rows)


def _row(of: Weighted, now: Weighted, target: Target | None) -> dict[str, Any]:
    """One scenario and target; None is all targets together."""
    definition = of.study.definition
    met, met_now = _met(of, target), _met(now, target)
    before, start = float(met.mean()), float(met_now.mean())
    low, high = wilson(int(met.sum()), len(met))
    row: dict[str, Any] = {
        "scenario": of.scenario_id,
        "policy_now": now.scenario_id,
        "target": target.target_id if target else ALL,
        "definition": definition.reported_definition(of.scenario_id, target) if target else "",
        "relation": target.relation if target else "",
        "target_value": target.value if target else math.nan,
        "unit": target.unit if target else "",
        "year": definition.year_of(target) if target else math.nan,
        "members": len(met_now),
        "effective_members": now.effective,
        "withheld": now.has_collapsed,
        "before": before,
        "before_low": low,
        "before_high": high,
        "levers": start - before,
    }
    if now.has_collapsed:
        return row | dict.fromkeys(("after", "after_low", "after_high", "data", "change"), math.nan)
    after = min(max(float(now.weights @ met_now), 0.0), 1.0)
    low, high = wilson_share(after, now.effective)
    data = after - start
    parts = {"data": data, "change": (start - before) + data}
    return row | {"after": after, "after_low": low, "after_high": high, **parts}


def _met(of: Weighted, target: Target | None) -> NDArray[np.bool_]:
    """(n_members,) whether each member meets the target, or all of them."""
    if target is None:
        each = [_met(of, headline) for headline in of.study.definition.headline]
        return np.asarray(np.logical_and.reduce(each), np.bool_)
    return np.array([target.met_by(float(value)) for value in _final(of, target)], np.bool_)


def _final(of: Weighted, target: Target) -> FloatArray:
    """(n_members,) values in the target's year, under the definition that the scenario reports first."""
    definition = of.study.definition
    rows = of.study.indicators(
        indicator=target.indicator,
        definition=definition.reported_definition(of.scenario_id, target),
        quarter=quarter_of(definition.year_of(target)),
        scenario=of.scenario_id,
    )
    return np.asarray(rows["value"].to_numpy(), np.float64)


def band_table(scenarios: list[Weighted]) -> pd.DataFrame:
    """Quantiles of each headline target in its year before and after; after is empty where it is withheld."""
    import pandas as pd  # noqa: PLC0415

    rows = []
    for of in scenarios:
        for target in of.study.definition.headline:
            values, labels = _final(of, target), {"scenario": of.scenario_id, "target": target.target_id}
            even = np.full(len(values), 1.0 / len(values))
            for when, weights in (("before", even), ("after", of.weights)):
                known = when == "before" or not of.has_collapsed
                cuts = {
                    name: float(np.quantile(values, at, weights=weights, method="inverted_cdf")) if known else math.nan
                    for name, at in CUTS.items()
                }
                rows.append({**labels, "unit": target.unit, "when": when, **cuts})
    return pd.DataFrame(rows)


def weight_table(scenarios: list[Weighted]) -> pd.DataFrame:
    """The weight of every member."""
    import pandas as pd  # noqa: PLC0415

    return pd.DataFrame(
        {"scenario": of.scenario_id, "member": member, "weight": float(weight)}
        for of in scenarios
        for member, weight in zip(of.study.finished_members(of.scenario_id), of.weights, strict=True)
    )


def check_comparable(one: Study, other: Study) -> None:
    """Refuse two studies whose difference would not be one of levers.

    Raises
    ------
    StudyError : data, seed, scale, code, targets or length differ; all of them at once.
    """
    mine, theirs = one.definition, other.definition
    parts = {
        "data": (mine.data_hash, theirs.data_hash),
        "seed": (mine.seed, theirs.seed),
        "what is drawn from": (mine.drawn_from, theirs.drawn_from),
        "scale": (mine.scale, theirs.scale),
        "last year": (mine.to_year, theirs.to_year),
        "versions": (mine.versions, theirs.versions),
        "targets": (mine.targets, theirs.targets),
    }
    differing = [name for name, (here, there) in parts.items() if here != there]
    if differing:
        what = ", ".join(differing)
        message = f"studies {one.path} and {other.path} differ in {what}: a change of chance would not be one of levers"
        raise StudyError(f"{message}; run the policy as it stands with the flags of the first")
