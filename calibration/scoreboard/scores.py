"""Scores of a forecast that is a mixture of normals: an ensemble with the error of the observation folded in."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

FloatArray = NDArray[np.float64]
LEVELS = (0.05, 0.25, 0.50, 0.75, 0.95)
RELATIONS = ("=", ">=", "<=", ">", "<")
_ROWS_AT_ONCE = 500
_STEPS = 80


@dataclass(frozen=True)
class Forecast:
    """Equal weights on normals with the centres ``values``, (n,), and one standard deviation, ``spread`` >= 0.

    An ensemble has its members as centres; a naive forecast has one centre. The standard error of an observation is
    folded in by adding its square to that of the spread: what is forecast is the published figure.
    """

    values: FloatArray
    spread: float = 0.0

    def of_published(self, standard_error: float) -> Forecast:
        """The forecast of a figure that is published with an error."""
        return Forecast(self.values, math.hypot(self.spread, standard_error))

    def crps(self, observed: float) -> float:
        """Continuous ranked probability score, in the unit of the value; smaller is better.

        Notes
        -----
        ``mean A(y - x_i, s) - 1/2 mean A(x_i - x_j, s sqrt 2)`` with ``A(m, s) = 2 s phi(m/s) + m (2 Phi(m/s) - 1)``,
        and ``|m|`` where s is zero. Grimit, Gneiting, Berrocal and Johnson (2006), Q. J. R. Meteorol. Soc. 132.
        """
        near = float(_mean_distance(observed - self.values, self.spread).mean())
        n, apart = len(self.values), 0.0
        for first in range(0, n, _ROWS_AT_ONCE):
            gaps = np.subtract.outer(self.values[first : first + _ROWS_AT_ONCE], self.values)
            apart += float(_mean_distance(gaps, self.spread * math.sqrt(2.0)).sum())
        return near - 0.5 * apart / (n * n)

    def quantiles(self) -> FloatArray:
        """(5,) 5, 25, 50, 75 and 95 % quantiles; without spread linear between order statistics."""
        if self.spread == 0.0:
            return np.asarray(np.quantile(self.values, LEVELS), np.float64)
        wanted, reach = np.array(LEVELS), 10.0 * self.spread
        low = np.full(len(LEVELS), float(self.values.min()) - reach)
        high = np.full(len(LEVELS), float(self.values.max()) + reach)
        for _ in range(_STEPS):
            middle = 0.5 * (low + high)
            below = ndtr((middle[:, None] - self.values) / self.spread).mean(axis=1) < wanted
            low, high = np.where(below, middle, low), np.where(below, high, middle)
        return np.asarray(0.5 * (low + high), np.float64)

    def probability(self, relation: str, bound: float) -> float:
        """Probability that the value stands in the relation to the bound."""
        return float(truths(self.values, relation, bound, self.spread).mean())


def truths(values: FloatArray, relation: str, bound: float, spread: float) -> FloatArray:
    """Probability, for each value, that it stands in the relation to a bound when normal error is added to it."""
    if spread > 0.0:
        above = ndtr((values - bound) / spread)
        return np.asarray(above if relation in {">", ">="} else 1.0 - above, np.float64)
    compare = {">": np.greater, ">=": np.greater_equal, "<": np.less, "<=": np.less_equal}[relation]
    return np.asarray(compare(values, bound), np.float64)


def brier(probability: float) -> float:
    """Squared distance of a probability to the truth, where what was forecast is true."""
    return (1.0 - probability) ** 2


def log_score(probability: float) -> float:
    """Minus the log of the probability given to what is true; infinite where it was held impossible."""
    return -math.log(probability) if probability > 0.0 else math.inf


def _mean_distance(gaps: FloatArray, spread: float) -> FloatArray:
    """Mean absolute value of normals around the gaps."""
    if spread == 0.0:
        return np.abs(gaps)
    z = gaps / spread
    density = np.exp(-0.5 * z * z) / math.sqrt(2.0 * math.pi)
    return np.asarray(2.0 * spread * density + gaps * (2.0 * ndtr(z) - 1.0), np.float64)
