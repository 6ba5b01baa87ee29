"""Intervals that say how far a number from a finite ensemble can be trusted."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike

QUANTILES = {"p05": 0.05, "p25": 0.25, "p50": 0.50, "p75": 0.75, "p95": 0.95}


def wilson(successes: int, n: int, level: float = 0.95) -> tuple[float, float]:
    """Bound a chance estimated from independent trials.

    Parameters
    ----------
    successes, n : trials that succeeded, and all; 0 <= successes <= n.
    level : of confidence, between 0 and 1.

    Returns
    -------
    Lower and upper bound; (0, 1) when there was no trial.

    Raises
    ------
    ValueError : successes outside 0 to n, or level outside 0 to 1.

    Notes
    -----
    ``(p + z2/2n -+ z sqrt(p(1-p)/n + z2/4n2)) / (1 + z2/n)``. Wilson (1927), J. Am. Stat. Assoc. 22.
    """
    if not 0 <= successes <= n or not 0 < level < 1:
        message = f"wilson: {successes} of {n} at level {level} is impossible"
        raise ValueError(message)
    if n == 0:
        return 0.0, 1.0
    share, z = successes / n, NormalDist().inv_cdf((1 + level) / 2)
    centre = share + z * z / (2 * n)
    reach = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    low = 0.0 if successes == 0 else (centre - reach) / scale
    high = 1.0 if successes == n else (centre + reach) / scale
    return low, high


def band(values: ArrayLike) -> dict[str, float]:
    """Mean and 5, 25, 50, 75, 95 % quantiles (linear between order statistics); all NaN when nothing is given."""
    array = np.asarray(values, dtype=np.float64)
    if not array.size:
        return dict.fromkeys(("mean", *QUANTILES), math.nan)
    cuts = np.quantile(array, list(QUANTILES.values()))
    return {"mean": float(array.mean()), **{name: float(cut) for name, cut in zip(QUANTILES, cuts, strict=True)}}
