"""Ways to spread a known total over many agents: evenly, by size, exactly, and without a random state."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

import numba as nb
import numpy as np
from numpy.typing import NDArray

from model.columns import place_among
from model.compiled import RULE
from model.errors import CalibrationError
from model.memory import BLOCK

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

_PLASTIC = 1.2207440846057596
"""Root of x^4 = x + 1: the additive recurrence in three dimensions (Roberts 2018) has steps 1/x, 1/x^2, 1/x^3."""
_DIMENSIONS = 3


@lru_cache(maxsize=8)
def _recurrence(n: int) -> FloatArray:
    steps = _PLASTIC ** -np.arange(1, _DIMENSIONS + 1)
    # Columns are what is asked for, so they lie in one piece each.
    points: FloatArray = np.asfortranarray((0.5 + np.arange(1, n + 1)[:, None] * steps) % 1.0)
    points.setflags(write=False)
    return points


def even_points(n: int) -> FloatArray:
    """Return the first ``n`` points of a low-discrepancy sequence in the unit cube, shape (n, 3).

    The points of a longer sequence begin with those of a shorter one, so that slot i looks the same in every draw.
    """
    return _recurrence(room(n))[:n]


def room(n: int) -> int:
    """Size, a power of two, that is worked out once for all draws of about ``n`` agents."""
    return max(1024, 1 << max(n - 1, 0).bit_length())


class Categories(NamedTuple):
    """Categories of the unit interval, one after the other, as long as their shares."""

    ends: FloatArray
    """(k,) where each ends; the last at 1."""
    share: IntArray
    """(k,) which of the shares each is."""


def categories(shares: FloatArray) -> Categories:
    """Lay out those of ``shares`` (not negative, of any positive sum) that are positive."""
    share = np.flatnonzero(shares > 0)
    cumulated = np.cumsum(shares[share])
    return Categories(cumulated / cumulated[-1], share)


def by_share(points: FloatArray, shares: FloatArray) -> IntArray:
    """Assign a category to each point of the unit interval, categories as long as their shares.

    Parameters
    ----------
    points : (n,) in the unit interval.
    shares : (k,) not negative, of any positive sum.

    Returns
    -------
    (n,) index of a category whose share is positive.
    """
    # A copy: points kept for all draws cannot be written, and each kind of array would be compiled for.
    return np.asarray(_between(np.array(points), *categories(shares)))


@nb.njit(**RULE)
def _between(points, ends, share):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """The compiled loop of `by_share`."""
    found, place = np.empty(points.size, np.int64), np.empty(BLOCK, np.int64)
    for first in range(0, points.size, BLOCK):
        block = slice(first, min(first + BLOCK, points.size))
        place_among(points[block], ends, place)
        for i in range(block.stop - first):
            found[first + i] = share[place[i]]
    return found


def whole_parts(total: int, shares: FloatArray) -> IntArray:
    """Split a whole number by shares, largest remainders first, exactly.

    Returns
    -------
    (k,) whole numbers that add up to ``total``.
    """
    exact = total * shares / shares.sum()
    parts: IntArray = np.floor(exact).astype(np.int64)
    missing = total - int(parts.sum())
    parts[np.argsort(parts - exact, kind="stable")[:missing]] += 1
    return parts


def pareto_total(total: float, low: float, tail: float, weight: FloatArray, name: str) -> FloatArray:
    """Sizes with a Pareto tail, a smallest size and an exact weighted sum.

    Parameters
    ----------
    total : weighted sum of the sizes, yuan.
    low : smallest size, yuan.
    tail : exponent of the complementary distribution, > 0.
    weight : (n,) number of firms that each agent stands for.
    name : of the group, for the message.

    Returns
    -------
    (n,) sizes in rising order: stratified quantiles, stretched above ``low`` so that the sum is met.

    Raises
    ------
    CalibrationError : the total is less than every firm at the smallest size.
    """
    if len(weight) == 0:
        return np.zeros(0)
    n = float(weight.sum())
    excess = total - low * n
    if excess < 0:
        raise CalibrationError(
            f"base 2020, {name}: {total:g} yuan cannot hold {n:g} firms of at least {low:g}; "
            "widen the priors of the count or the total"
        )
    above = (1.0 - _midpoints(weight)) ** (-1.0 / tail) - 1.0
    sizes: FloatArray = low + above * (excess / float((weight * above).sum()))
    return sizes


def pareto_between(low: float, high: float, tail: float, weight: FloatArray) -> FloatArray:
    """Sizes of a Pareto distribution cut at both ends, stratified quantiles in rising order, shape (n,)."""
    lost = 1.0 - (low / high) ** tail
    sizes: FloatArray = low * (1.0 - _midpoints(weight) * lost) ** (-1.0 / tail)
    return sizes


def _midpoints(weight: FloatArray) -> FloatArray:
    """Middle of each agent's stretch of the cumulated weight."""
    middle: FloatArray = (np.cumsum(weight) - 0.5 * weight) / weight.sum()
    return middle


def triangular(points: FloatArray, low: float, mode: float, high: float) -> FloatArray:
    """Quantiles of the triangular distribution, (n,) as ``points``."""
    return np.asarray(_triangular(np.array(points), float(low), float(mode), float(high)))


@nb.njit(**RULE)
def _triangular(points, low, mode, high):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """The compiled loop of `triangular`."""
    quantiles, split = np.empty(points.size), (mode - low) / (high - low)
    for i in range(points.size):
        if points[i] < split:
            quantiles[i] = low + math.sqrt(points[i] * (high - low) * (mode - low))
        else:
            quantiles[i] = high - math.sqrt((1.0 - points[i]) * (high - low) * (high - mode))
    return quantiles


def agent_weights(heads: int, scale: int) -> NDArray[np.int32]:
    """Weights of the agents that stand for ``heads``: ``scale`` each, and one agent for the remainder."""
    full, rest = divmod(heads, scale)
    weights = np.full(full + (rest > 0), scale, dtype=np.int32)
    if rest:
        weights[-1] = rest
    return weights
