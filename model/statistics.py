"""Order statistics of short columns, without the checks that numpy's own make on every call; bounds of a share."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray


def median(values: NDArray[np.float64]) -> float:
    """Median of a column without missing values, equal to `numpy.median`.

    Raises
    ------
    ValueError : nothing to take the median of.
    """
    if not values.size:
        raise ValueError("the median of no values")
    middle = values.size // 2
    parts = np.partition(values, middle)
    # What stands before the middle is no greater: the other of two middle ones is the greatest of that.
    return float(parts[middle] if values.size % 2 else 0.5 * (parts[:middle].max() + parts[middle]))


def wilson_share(share: float, effective: float, level: float = 0.95) -> tuple[float, float]:
    """Wilson's bounds of a weighted share, with the effective number of trials in place of their number.

    Parameters
    ----------
    share : weighted share of successes, 0 to 1.
    effective : ``1 / sum of squared weights`` (Kish 1965), above zero; need not be whole.

    Raises
    ------
    ValueError : a share outside 0 to 1, or no effective trial.
    """
    if not 0.0 <= share <= 1.0 or effective <= 0.0:
        message = f"wilson_share: {share} of {effective} trials is impossible"
        raise ValueError(message)
    z = NormalDist().inv_cdf((1 + level) / 2)
    scale, centre = 1 + z * z / effective, share + z * z / (2 * effective)
    reach = z * math.sqrt(share * (1 - share) / effective + z * z / (4 * effective * effective))
    low = 0.0 if share == 0.0 else (centre - reach) / scale
    return low, 1.0 if share == 1.0 else (centre + reach) / scale
