"""Order statistics of short columns, without the checks that numpy's own make on every call; bounds of chances."""

from __future__ import annotations

import math
from statistics import NormalDist

import numba as nb
import numpy as np
from numpy.typing import NDArray

_FEW = 256
"""Values that are ordered rather than bracketed first."""
_ONE_BLOCK = 128
"""Values that are summed without halving."""
_SAMPLE = 64
"""About as many values are sampled to bracket the one of a rank."""
_REACH = 10
"""Ranks of the sample to either side of it: two and a half standard errors."""


def median(values: NDArray[np.float64], n_left_out: int = 0) -> float:
    """Median of a column without missing values, of which the least may be left out, equal to `numpy.median`.

    Raises
    ------
    ValueError : nothing to take the median of.
    """
    if values.size <= n_left_out:
        raise ValueError("the median of no values")
    return float(_median(values, n_left_out))


@nb.njit(cache=True)
def _median(values, n_left_out):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """The compiled rule of `median`: the middle one, or halfway between two."""
    n = values.size - n_left_out
    middle = n_left_out + n // 2
    upper = _of_rank(values, middle)
    if n % 2:
        return upper
    n_below, lower = 0, -np.inf
    for i in range(values.size):
        below = values[i] < upper
        n_below += below
        lower = max(lower, values[i] if below else -np.inf)
    return 0.5 * ((lower if n_below == middle else upper) + upper)


@nb.njit(cache=True)
def _of_rank(values, rank):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """Value of a rank from zero: what a sample brackets is looked at further (Floyd and Rivest 1975), then ordered.

    A value is written before it is known to lie between, as a branch would often be guessed wrong.
    """
    part = values
    while part.size > _FEW:
        sample = np.sort(part[:: part.size // _SAMPLE + 1])
        at = rank * sample.size // part.size
        low, high = sample[max(at - _REACH, 0)], sample[min(at + _REACH, sample.size - 1)]
        between, n_low, n_between = np.empty(part.size), 0, 0
        for i in range(part.size):
            between[n_between] = part[i]
            n_low += part[i] < low
            n_between += (part[i] >= low) & (part[i] <= high)
        if not n_low <= rank < n_low + n_between or n_between == part.size:
            break
        part, rank = between[:n_between], rank - n_low
    return np.partition(part, rank)[rank]


@nb.njit(nb.float64(nb.float64[::1]), cache=True)
def summed(values):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """Sum of a column inside compiled rules, equal to `numpy.sum` to the last bit.

    Eight sums side by side, and by halves above 128 values, so that rounding errors do not add up (Higham 1993).
    """
    n = values.size
    if n > _ONE_BLOCK:
        half = n // 2 - n // 2 % 8
        return summed(values[:half]) + summed(values[half:])
    rest, total = 0, 0.0
    if n >= 8:
        a, b, c, d, e, f, g, h = values[0], values[1], values[2], values[3], values[4], values[5], values[6], values[7]
        rest = n - n % 8
        for i in range(8, rest, 8):
            a, b, c, d = a + values[i], b + values[i + 1], c + values[i + 2], d + values[i + 3]
            e, f, g, h = e + values[i + 4], f + values[i + 5], g + values[i + 6], h + values[i + 7]
        total = ((a + b) + (c + d)) + ((e + f) + (g + h))
    for i in range(rest, n):
        total += values[i]
    return total


@nb.njit(cache=True)
def summed_where(values, mask):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """`summed` of the values (n,) where a mask (n,) holds, as if they stood alone."""
    part, n = np.empty(values.size + 1), 0
    for i in range(values.size):
        part[n] = values[i]
        n += mask[i]
    return summed(part[:n])


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
    return wilson_share(successes / n, n, level) if n else (0.0, 1.0)


def paired_chances(only_other: int, only_reference: int, both: int, n: int, level: float = 0.95) -> dict[str, float]:
    """Compare two chances estimated from the same trials.

    Parameters
    ----------
    only_other, only_reference, both : trials in which one side alone, or both, succeeded.
    n : all trials.
    level : of confidence.

    Returns
    -------
    ``difference`` of the other's chance to the reference's, ``low`` and ``high`` of its interval, and ``p_value`` of
    the exact test of McNemar (1947) that neither side is likelier to succeed alone. Nothing is known without a trial:
    the bounds are then -1 and 1.

    Notes
    -----
    Square-and-add of Wilson's bounds with the correlation of the pairs, method 10 of Newcombe (1998), Stat. Med. 17.
    """
    from scipy.stats import binomtest  # noqa: PLC0415 - heavy, and only where chances are compared

    if n == 0:
        return {"difference": math.nan, "low": -1.0, "high": 1.0, "p_value": 1.0}
    neither = n - both - only_other - only_reference
    one, two = (both + only_other) / n, (both + only_reference) / n
    (low1, high1), (low2, high2) = wilson(both + only_other, n, level), wilson(both + only_reference, n, level)
    product = (both + only_other) * (both + only_reference) * (neither + only_reference) * (neither + only_other)
    excess = float(both * neither - only_other * only_reference)
    excess = max(excess - n / 2, 0.0) if excess > 0.0 else excess
    phi = excess / math.sqrt(product) if product else 0.0
    down, up = one - low1, high1 - one
    below = math.sqrt(max(down**2 - 2 * phi * down * (high2 - two) + (high2 - two) ** 2, 0.0))
    above = math.sqrt(max(up**2 - 2 * phi * up * (two - low2) + (two - low2) ** 2, 0.0))
    alone = only_other + only_reference
    p_value = float(binomtest(only_other, alone).pvalue) if alone else 1.0
    return {"difference": one - two, "low": one - two - below, "high": one - two + above, "p_value": p_value}
