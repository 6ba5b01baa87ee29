"""`benchmark --fewer`: how many members plain Monte Carlo needs for the certainty that shared luck and strata give.

For the mean difference between the plan and the policy of 2020 in each headline target, and for the mean level under
the plan, at the end of 2025:

1. *plain*: members of their own for each scenario;
2. *shared luck*: the same members under both;
3. *shared luck and strata*: the same members, their uncertain values drawn by strata.

The ratio is the number of members of (1) over that of (2) or (3) for the same variance of the mean.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.targets import Target, headline
from scenarios.targets import load_targets
from tests.benchmarks.figures import Figure
from tests.benchmarks.pieces import Pieces

FloatArray = NDArray[np.float64]
FIRST_SEED = 100_000
"""Of the replicates; none is a seed that a study starts from by default."""
SEEDS_A_PIECE = 8
RESAMPLES = 4000
GOAL = 10.0
SCALE = 1000


@dataclass(frozen=True)
class Replicates:
    """How much is run."""

    members: int = 32
    """Of each replicate, a power of two."""
    independent: int = 32
    stratified: int = 64
    """Replicates with seeds of their own."""
    to_year: int = 2025


SMOKE = Replicates(4, 8, 8, 2023)


def fewer(pieces: Pieces, size: Replicates) -> list[Figure]:
    """Ratios of members needed, with their 95 % intervals."""
    runs = {}
    for draws, replicates in (("independent", size.independent), ("stratified", size.stratified)):
        found, columns = [], []
        for first in range(0, replicates, SEEDS_A_PIECE):
            seeds = [FIRST_SEED + first, FIRST_SEED + min(first + SEEDS_A_PIECE, replicates)]
            words = ["runs", draws, str(SCALE), "--seeds", *map(str, seeds)]
            piece = pieces.get([*words, "--members", "0", str(size.members), "--to", str(size.to_year)])
            found.append(np.array(piece["values"]))
            columns = [tuple(column) for column in piece["columns"]]
        values = np.concatenate(found)
        runs[draws] = values.reshape(replicates, size.members, *values.shape[1:]), columns
    return [figure for target in headline(load_targets()) for figure in of_target(target, runs)]


def of_target(target: Target, runs: dict[str, tuple[FloatArray, list[tuple[str, ...]]]]) -> list[Figure]:
    """Ratios for one target: differences, with shared luck alone and with strata; levels with strata."""
    both = {}
    for draws, (values, columns) in runs.items():
        both[draws] = values[..., columns.index((target.indicator, target.definition))]
    free, strata = both["independent"], both["stratified"]
    n, what = free.shape[1], f"{target.name_en} ({target.indicator})"
    shift = z_of_means(free[..., 1] - free[..., 0], strata[..., 1] - strata[..., 0])
    note = f"{n} members a replicate; both means agree, z = {shift:.1f}"
    ratios: list[tuple[str, Callable[[FloatArray, FloatArray], float], float | None, str]] = [
        ("difference, shared luck over plain", lambda a, _: shared_luck(a), None, ""),
        ("difference, shared luck and strata over plain", with_strata, GOAL, note),
        ("difference, strata over shared luck alone", strata_alone, None, ""),
        ("level under the plan, strata over plain", lambda a, b: strata_of_level(a[..., 1], b[..., 1]), None, ""),
    ]
    figures = []
    for name, ratio, goal, told in ratios:
        value, low, high = resampled(ratio, free, strata)
        label = f"members needed, {name}: {what}"
        figures.append(Figure(label, value, low, high, strata.shape[0], "x", goal=goal, more=True, note=told))
    return figures


def _spread(values: FloatArray) -> float:
    """Variance of one member; members of all replicates are independent."""
    return float(values.var(ddof=1))


def shared_luck(free: FloatArray) -> float:
    """Members of plain Monte Carlo over those with shared luck; ``free`` (replicates, members, 2)."""
    return (_spread(free[..., 0]) + _spread(free[..., 1])) / _spread(free[..., 1] - free[..., 0])


def with_strata(free: FloatArray, strata: FloatArray) -> float:
    """Members of plain Monte Carlo over those with shared luck and strata, both (replicates, members, 2)."""
    return shared_luck(free) * strata_alone(free, strata)


def strata_alone(free: FloatArray, strata: FloatArray) -> float:
    """Members with shared luck over those with strata too."""
    return strata_of_level(free[..., 1] - free[..., 0], strata[..., 1] - strata[..., 0])


def strata_of_level(free: FloatArray, strata: FloatArray) -> float:
    """Variance of the mean of independent members over that of stratified ones; both (replicates, members)."""
    of_means = float(strata.mean(axis=1).var(ddof=1))
    return _spread(free) / float(free.shape[1] * of_means)


def resampled(
    ratio: Callable[[FloatArray, FloatArray], float], free: FloatArray, strata: FloatArray
) -> tuple[float, float, float]:
    """A ratio, and its 95 % interval by drawing whole replicates again (percentiles of the bootstrap)."""
    random = np.random.default_rng(2020)
    sizes = len(free), len(strata)
    again = [
        ratio(free[random.integers(sizes[0], size=sizes[0])], strata[random.integers(sizes[1], size=sizes[1])])
        for _ in range(RESAMPLES)
    ]
    low, high = np.quantile(again, [0.025, 0.975])
    return ratio(free, strata), float(low), float(high)


def z_of_means(free: FloatArray, strata: FloatArray) -> float:
    """Difference of two estimates of one mean in its standard errors; both (replicates, members)."""
    means = [values.mean(axis=1) for values in (free, strata)]
    errors = [column.var(ddof=1) / len(column) for column in means]
    return float((means[1].mean() - means[0].mean()) / np.sqrt(sum(errors)))


def told(figures: Sequence[Figure]) -> list[str]:
    """Say for each target whether the goal is reached."""
    lines = []
    for figure in figures:
        if figure.goal is not None:
            apart = "above" if figure.low > figure.goal else "below" if figure.high < figure.goal else ""
            where = apart or "not told apart from"
            what = figure.name.partition(": ")[2]
            lines.append(
                f"{what}: plain Monte Carlo needs {figure.value:.1f} times the members [{figure.low:.1f} to "
                f"{figure.high:.1f}], {where} the goal of {figure.goal:g}."
            )
    return lines
