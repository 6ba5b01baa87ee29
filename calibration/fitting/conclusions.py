"""Conclusions that hang on values which the evidence did not move: chances about one half, and orders of scenarios."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from calibration.inputs import Input
from model.policy import QUARTERS_PER_YEAR, quarter_of
from model.statistics import wilson
from model.targets import Target
from model.uncertainties import Uncertainty
from model.wiring import Answer

if TYPE_CHECKING:
    import pandas as pd

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.intp]

FIFTHS = 5
"""A value is low or high in the fifth of the members that drew it lowest or highest."""
LEVEL = 0.95
FALSE_SHARE = 0.05
"""Share of false ones that is borne among the conclusions that are called turned."""
ALL = "all"
"""Every target together."""
LABELS = ("zh", "en", "kind", "status", "unit")
HALF = 0.5
_PREFIX = {"base": "base", "parameters": "parameter", "outside": "outside"}


def input_name(item: Uncertainty) -> str:
    """Name of the stream of a stored value; the mean over a run of what is drawn year by year has that of all years."""
    owner, _, quantity = item.name.partition(".")
    if item.kind == "outside" and quantity:
        return f"outside:{quantity}:{owner}"
    return f"{_PREFIX[item.kind]}:{item.name}"


@dataclass(frozen=True)
class Fifths:
    """Members with the lowest and the highest fifth of each value, as positions among the finished ones."""

    items: tuple[Uncertainty, ...]
    low: IntArray
    """(n_items, n_fifth)."""
    high: IntArray

    @classmethod
    def of(cls, study: Answer, scenario: str, items: Sequence[Uncertainty]) -> Fifths:
        """Sort the members of a scenario by every value that a run keeps and that differs among them."""
        drawn = study.read("drawn", scenario=scenario)
        values = {str(name): rows["value"].to_numpy(np.float64) for name, rows in drawn.groupby("name", sort=False)}
        kept = tuple(item for item in items if item.name in values and np.ptp(values[item.name]) > 0.0)
        orders = [np.argsort(values[item.name], kind="stable") for item in kept]
        matrix = np.array(orders, np.intp).reshape(len(kept), -1)
        n = max(matrix.shape[1] // FIFTHS, 1)
        return cls(kept, matrix[:, :n], matrix[:, -n:])


def swing_table(study: Answer, targets: Sequence[Target], items: Sequence[Uncertainty]) -> pd.DataFrame:
    """Chance of each target, and of all together, where a value is low and where it is high, scenario by scenario.

    Returns
    -------
    ``low`` and ``high`` are chances among the fifth of members with the lowest and highest value, each with its 95 %
    Wilson interval; ``p_value`` is Fisher's exact one of their difference, ``q_value`` the rate of false discoveries at
    which it would count over all rows, however they depend on each other. ``flips``: one interval lies below one half,
    the other above, and the rate is at most 5 %. Largest swings first.
    """
    import pandas as pd  # noqa: PLC0415 - heavy, and only the verb needs it

    rows = [
        row for scenario in study.definition.scenarios for row in _swings(study, scenario.scenario_id, targets, items)
    ]
    table = pd.DataFrame(rows)
    if table.empty:
        return table
    table["q_value"] = discovery_rate(table["p_value"].to_numpy())
    apart = ((table["low_to"] < HALF) & (table["high_from"] > HALF)) | (
        (table["high_to"] < HALF) & (table["low_from"] > HALF)
    )
    table["flips"] = apart & (table["q_value"] <= FALSE_SHARE)
    table["swing"] = (table["high"] - table["low"]).abs()
    keys, down = ["flips", "swing", "input"], [False, False, True]
    return table.sort_values(keys, ascending=down, kind="stable").drop(columns="swing").reset_index(drop=True)


def _swings(
    study: Answer, scenario: str, targets: Sequence[Target], items: Sequence[Uncertainty]
) -> Iterator[dict[str, object]]:
    fifths = Fifths.of(study, scenario, items)
    each = {t: np.array([t.met_by(value) for value in final_values(study, scenario, t)]) for t in targets}
    judged = [(t.target_id, t.name_zh, t.name_en, met) for t, met in each.items()]
    if len(targets) > 1:
        judged.append((ALL, "全部目标", "all targets", np.logical_and.reduce(list(each.values()))))
    for target, name_zh, name_en, met in judged:
        for item, low, high in zip(fifths.items, fifths.low, fifths.high, strict=True):
            yield {
                "scenario": scenario,
                "target": target,
                "name_zh": name_zh,
                "name_en": name_en,
                **labels(item),
                "chance": float(met.mean()),
                **dict(zip(("low", "low_from", "low_to"), chance(met[low]), strict=True)),
                **dict(zip(("high", "high_from", "high_to"), chance(met[high]), strict=True)),
                "p_value": _fisher(met[low], met[high]),
            }


def order_table(study: Answer, targets: Sequence[Target], items: Sequence[Uncertainty]) -> pd.DataFrame:
    """Pairs of scenarios whose order by a target's indicator turns over between low and high values.

    Returns
    -------
    One row a pair, target and value that turns it: the mean paired difference, first less second, in both fifths with
    95 % intervals that lie on two sides of zero; ``p_value`` is Welch's of the change, ``q_value`` as in
    `swing_table`, over everything compared, and at most 5 %. Empty where no order turns; ``attrs["compared"]`` says how
    many comparisons were made.
    """
    import pandas as pd  # noqa: PLC0415

    columns = ["first", "second", "target", "input", *LABELS]
    columns += ["low", "low_error", "high", "high_error", "p_value"]
    pairs = list(paired(study))
    fifths = {first: Fifths.of(study, first, items) for first in dict.fromkeys(first for first, _ in pairs)}
    ends = {
        target: {name: final_values(study, name, target) for name in dict.fromkeys(chain.from_iterable(pairs))}
        for target in targets
    }
    rows = [row for pair in pairs for target in targets for row in _turns(pair, target, ends[target], fifths[pair[0]])]
    table = pd.DataFrame(rows, columns=columns)
    table["q_value"] = discovery_rate(table["p_value"].to_numpy(np.float64))
    turned = (table["low"] * table["high"] < 0.0) & (table["q_value"] <= FALSE_SHARE)
    turned &= (table["low"].abs() > table["low_error"]) & (table["high"].abs() > table["high_error"])
    found = table[turned].sort_values(["q_value", "input"], kind="stable").reset_index(drop=True)
    found.attrs["compared"] = len(table)
    return found


def paired(study: Answer) -> Iterator[tuple[str, str]]:
    """Pairs of scenarios of which the same members finished."""
    for one, other in combinations([scenario.scenario_id for scenario in study.definition.scenarios], 2):
        if study.finished_members(one) == study.finished_members(other):
            yield one, other


def _turns(
    pair: tuple[str, str], target: Target, ends: Mapping[str, FloatArray], fifths: Fifths
) -> Iterator[dict[str, object]]:
    from scipy.stats import ttest_ind_from_stats  # noqa: PLC0415 - seconds at start

    apart = ends[pair[0]] - ends[pair[1]]
    sides = [apart[members] for members in (fifths.low, fifths.high)]
    n = sides[0].shape[1]
    if n < 2 or np.ptp(apart) == 0.0:
        return  # one member has no spread, and scenarios that agree have no order
    means, spreads = [side.mean(axis=1) for side in sides], [side.std(axis=1, ddof=1) for side in sides]
    with np.errstate(invalid="ignore", divide="ignore"):
        found = ttest_ind_from_stats(means[0], spreads[0], n, means[1], spreads[1], n, equal_var=False)
    p_values = np.nan_to_num(np.asarray(found.pvalue, np.float64), nan=1.0)  # two fifths without any difference
    half = student(n) / np.sqrt(n)
    for at, item in enumerate(fifths.items):
        yield {
            "first": pair[0],
            "second": pair[1],
            "target": target.target_id,
            **labels(item),
            "low": float(means[0][at]),
            "low_error": float(half * spreads[0][at]),
            "high": float(means[1][at]),
            "high_error": float(half * spreads[1][at]),
            "p_value": float(p_values[at]),
        }


def final_values(study: Answer, scenario: str, target: Target) -> FloatArray:
    """(n_members,) of a target's indicator in its year, or the last one simulated."""
    quarter = min(quarter_of(target.year), study.definition.n_quarters // QUARTERS_PER_YEAR * QUARTERS_PER_YEAR)
    rows = study.read(
        "indicators", scenario=scenario, indicator=target.indicator, definition=target.definition, quarter=quarter
    )
    return rows["value"].to_numpy(np.float64)


def labels(item: Uncertainty | Input) -> dict[str, str]:
    """What is said of a value in every table."""
    name = item.name if isinstance(item, Input) else input_name(item)
    return {"input": name, **{label: str(getattr(item, label)) for label in LABELS}}


def chance(met: NDArray[np.bool_]) -> tuple[float, float, float]:
    """Share of members that met something, and its 95 % Wilson interval."""
    return float(met.mean()), *wilson(int(met.sum()), len(met), LEVEL)


def _fisher(low: NDArray[np.bool_], high: NDArray[np.bool_]) -> float:
    from scipy.stats import fisher_exact  # noqa: PLC0415

    counts = np.array([[low.sum(), (~low).sum()], [high.sum(), (~high).sum()]])
    return float(fisher_exact(counts).pvalue)


def discovery_rate(p_values: FloatArray) -> FloatArray:
    """Adjusted p-values of Benjamini and Yekutieli (2001), Ann. Stat. 29(4): scenarios share their members."""
    from scipy.stats import false_discovery_control  # noqa: PLC0415

    return np.asarray(false_discovery_control(p_values, method="by"), np.float64) if len(p_values) else p_values


def student(n: int) -> float:
    """Student's t that holds the level on both sides, for a mean of n values."""
    from scipy.stats import t  # noqa: PLC0415

    return float(t.ppf(0.5 + LEVEL / 2.0, n - 1))
