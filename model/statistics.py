"""Order statistics of short columns, without the checks that numpy's own make on every call."""

from __future__ import annotations

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
    if values.size % 2:
        return float(np.partition(values, middle)[middle])
    two = np.partition(values, (middle - 1, middle))[middle - 1 : middle + 1]
    return float(0.5 * (two[0] + two[1]))
