"""Intervals that say how far a number from a finite ensemble can be trusted."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike

from model.statistics import paired_chances, wilson, wilson_share

MIN_DRAWS = 2
QUANTILES = {"p05": 0.05, "p25": 0.25, "p50": 0.50, "p75": 0.75, "p95": 0.95}


def band(values: ArrayLike) -> dict[str, float]:
    """Mean and 5, 25, 50, 75, 95 % quantiles (linear between order statistics); all NaN when nothing is given."""
    array = np.asarray(values, dtype=np.float64)
    if not array.size:
        return dict.fromkeys(("mean", *QUANTILES), math.nan)
    cuts = np.quantile(array, list(QUANTILES.values()))
    return {"mean": float(array.mean()), **{name: float(cut) for name, cut in zip(QUANTILES, cuts, strict=True)}}


def mean_interval(values: ArrayLike, level: float = 0.95) -> tuple[float, float]:
    """Bound the mean of independent draws by Student's t; minus and plus infinity with fewer than two."""
    array = np.asarray(values, dtype=np.float64)
    if array.size < MIN_DRAWS:
        return -math.inf, math.inf
    reach = _student(array.size - 1, level) * float(array.std(ddof=1)) / math.sqrt(array.size)
    return float(array.mean()) - reach, float(array.mean()) + reach


def quantile_interval(values: ArrayLike, share: float, level: float = 0.95) -> tuple[float, float, float]:
    """Quantile of independent draws, with the interval between two of them in their order.

    Parameters
    ----------
    values : (n,) draws.
    share : of the draws below the quantile, between 0 and 1.
    level : of confidence, reached or surpassed whatever the draws are distributed like.

    Returns
    -------
    The quantile (linear between order statistics), its lower and its upper bound; minus or plus infinity where no draw
    is extreme enough to be a bound, NaN for all three without a draw.

    Notes
    -----
    The number of draws below the quantile is binomial, so ``P(X(l) <= q <= X(u)) = P(l <= B <= u - 1)`` at least, with
    each tail at most half of what the level leaves. David and Nagaraja (2003), Order Statistics, 7.1.
    """
    from scipy.special import bdtr  # noqa: PLC0415 - only where intervals are drawn

    ordered = np.sort(np.asarray(values, np.float64))
    n = ordered.size
    if n == 0:
        return math.nan, math.nan, math.nan
    below = np.asarray(bdtr(np.arange(n, dtype=np.float64), n, share))
    tail = (1.0 - level) / 2.0
    n_low = int(np.sum(below <= tail))
    n_high = int(np.sum(1.0 - below > tail)) + 1
    low = float(ordered[n_low - 1]) if n_low else -math.inf
    high = float(ordered[n_high - 1]) if n_high <= n else math.inf
    return float(np.quantile(ordered, share)), low, high


def bounded_interval(values: ArrayLike, level: float = 0.95) -> tuple[float, float]:
    """Bound the mean of independent draws between -1 and 1 that are mostly zero, such as differences of yes and no.

    Notes
    -----
    The normal interval after half a draw of 1, half a draw of -1 and one of 0 are added: for paired differences of 0
    and 1 that of Agresti and Min (2005), Stat. Med. 24. Unlike Student's it has a width where every draw is zero.
    """
    array = np.asarray(values, dtype=np.float64)
    n, z = array.size + 2, NormalDist().inv_cdf((1 + level) / 2)
    centre = float(array.sum()) / n
    spread = (float(np.square(array).sum()) + 1.0) / n - centre**2
    reach = z * math.sqrt(spread / n)
    return max(centre - reach, -1.0), min(centre + reach, 1.0)


def fieller(numerator: ArrayLike, denominator: ArrayLike, level: float = 0.95) -> tuple[float, float, float]:
    """Ratio of two means of paired draws, with its interval.

    Parameters
    ----------
    numerator, denominator : (n,) paired draws.
    level : of confidence.

    Returns
    -------
    The ratio, its lower and its upper bound; all NaN where the mean of the denominator is not above zero at this
    level, because the interval is then unbounded.

    Notes
    -----
    With ``g = t2 v22 / b2``:
    ``(r - g v12 / v22 -+ t / b sqrt(v11 - 2 r v12 + r2 v22 - g (v11 - v12^2 / v22))) / (1 - g)``.
    Fieller (1954), J. R. Stat. Soc. B 16.
    """
    top, bottom = np.asarray(numerator, np.float64), np.asarray(denominator, np.float64)
    if bottom.size < MIN_DRAWS or not mean_interval(bottom, level)[0] > 0.0:
        return math.nan, math.nan, math.nan
    (v11, v12), (_, v22) = (np.cov(top, bottom) / bottom.size).tolist()
    a, b, t = float(top.mean()), float(bottom.mean()), _student(bottom.size - 1, level)
    ratio, g = a / b, t * t * v22 / (b * b)
    part = v12 / v22 if v22 > 0.0 else 0.0
    inside = v11 - 2.0 * ratio * v12 + ratio * ratio * v22 - g * (v11 - part * v12)
    reach, centre = t / b * math.sqrt(max(inside, 0.0)), ratio - g * part
    return ratio, (centre - reach) / (1.0 - g), (centre + reach) / (1.0 - g)


def _student(freedom: int, level: float) -> float:
    """Quantile of Student's t for a two-sided interval."""
    from scipy.special import stdtrit  # noqa: PLC0415 - only where intervals are drawn

    return float(stdtrit(freedom, (1.0 + level) / 2.0))


__all__ = [
    "MIN_DRAWS",
    "QUANTILES",
    "band",
    "fieller",
    "mean_interval",
    "paired_chances",
    "wilson",
    "wilson_share",
]
