"""Patient rule induction (PRIM): the box of uncertain values in which runs of a kind crowd together.

Friedman and Fisher (1999), Statistics and Computing 9; quasi-p-values of limits as in Bryant and Lempert (2010),
Technological Forecasting and Social Change 77.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

PEEL = 0.1
"""Share of the runs in the box that one peel takes away at most."""
LEAST_MASS = 0.05
"""Share of all runs that the box keeps at least."""
SIGNIFICANT = 0.05
"""Quasi-p-value above which a limit is dropped."""


@dataclass(frozen=True, eq=False)
class Box:
    """Limits on each of d values; infinite where a side has none."""

    low: FloatArray
    high: FloatArray

    @classmethod
    def whole(cls, d: int) -> Box:
        """No limit."""
        return cls(np.full(d, -np.inf), np.full(d, np.inf))

    def inside(self, x: FloatArray) -> BoolArray:
        """(n,) runs whose (n, d) values lie within the limits, ends included."""
        return np.asarray(((x >= self.low) & (x <= self.high)).all(axis=1))

    def limited(self) -> list[int]:
        """Values that have a limit."""
        return [int(at) for at in np.flatnonzero(np.isfinite(self.low) | np.isfinite(self.high))]

    def with_limits(self, at: int, low: float, high: float) -> Box:
        """The same box with other limits on one value."""
        lows, highs = self.low.copy(), self.high.copy()
        lows[at], highs[at] = low, high
        return Box(lows, highs)

    def without(self, at: int) -> Box:
        """The same box with no limit on one value."""
        return self.with_limits(at, -np.inf, np.inf)


def find_box(x: FloatArray, y: BoolArray) -> Box:
    """Find the box in which the cases crowd together.

    Parameters
    ----------
    x : (n, d) values of each run.
    y : (n,) whether a run is a case.

    Returns
    -------
    Of the boxes left by peeling, the one with the largest Youden index (share of cases inside less share of other runs
    inside; Youden 1950, Cancer 3), limits pasted back where the density does not fall, and freed of every limit that
    chance explains (`quasi_p` above 5 %). The search is repeated on the values that are left, until all of them are.
    The whole space where no limit is left.
    """
    columns = np.arange(x.shape[1])
    while True:
        box = _best(x[:, columns], y)
        left = box.limited()
        if len(left) in {0, len(columns)}:
            break
        columns = columns[left]
    found = Box.whole(x.shape[1])
    if left:
        found.low[columns], found.high[columns] = box.low, box.high
    return found


def _best(x: FloatArray, y: BoolArray) -> Box:
    """One search: peel, choose, paste, drop."""
    best = max(_peeled(x, y), key=lambda box: _youden(box.inside(x), y))
    return _significant(_pasted(best, x, y), x, y)


def quasi_p(box: Box, at: int, x: FloatArray, y: BoolArray) -> float:
    """Chance that a limit looks as good by luck alone.

    Returns
    -------
    Chance that as many runs as the box holds, drawn from the box without this limit, have at least as many cases
    (binomial). *Quasi*, because the limit was chosen with the same runs in view.
    """
    inside, wider = box.inside(x), box.without(at).inside(x)
    if not y[inside].any():
        return 1.0
    return float(scipy.special.bdtrc(int(y[inside].sum()) - 1, int(inside.sum()), float(y[wider].mean())))


def _youden(inside: BoolArray, y: BoolArray) -> float:
    return float(inside[y].mean() - inside[~y].mean()) if y.any() and not y.all() else 0.0


def _peeled(x: FloatArray, y: BoolArray) -> list[Box]:
    """Boxes from the whole space inwards; each peel takes the slice whose loss leaves the densest box."""
    boxes = [Box.whole(x.shape[1])]
    while True:
        box = boxes[-1]
        inside = box.inside(x)
        n, d = int(inside.sum()), x.shape[1]
        if y[inside].all() or not y[inside].any() or n < 2:
            return boxes
        here, cases, step = x[inside], y[inside], max(1, int(PEEL * n))
        lows, highs = _cuts(here, step), -_cuts(-here, step)
        keeps = np.concatenate([here >= lows, here <= highs], axis=1)
        left = keeps.sum(axis=0)
        density = np.where(left < n, (keeps & cases[:, None]).sum(axis=0) / np.maximum(left, 1), -1.0)
        density[left < max(LEAST_MASS * len(x), 2)] = -1.0
        at = int(density.argmax())
        if density[at] < cases.mean():
            return boxes
        low, high = box.low[at % d], box.high[at % d]
        boxes.append(box.with_limits(at % d, *((lows[at], high) if at < d else (low, highs[at - d]))))


def _cuts(here: FloatArray, step: int) -> FloatArray:
    """(d,) lowest value kept when ``step`` runs go; all runs that tie for the lowest place go together."""
    cuts = np.partition(here, step, axis=0)[step]
    above = np.where(here > here.min(axis=0), here, np.inf).min(axis=0)
    return np.asarray(np.maximum(cuts, above))


def _pasted(box: Box, x: FloatArray, y: BoolArray) -> Box:
    """Move limits outwards, a slice at a time, as long as the box gets no thinner and gains cases."""
    while True:
        inside = box.inside(x)
        n, density = int(inside.sum()), float(y[inside].mean())
        best, gain = box, 0
        for at in box.limited():
            # A whole slice first; a single run where a slice is too much.
            for wider in [*_wider(box, at, x, max(1, int(PEEL * n))), *_wider(box, at, x, 1)]:
                there = wider.inside(x)
                more = int(y[there].sum() - y[inside].sum())
                if float(y[there].mean()) >= density and more > gain:
                    best, gain = wider, more
        if gain == 0:
            return box
        box = best


def _wider(box: Box, at: int, x: FloatArray, step: int) -> list[Box]:
    """The box with one limit moved out by ``step`` runs, on either side that has one."""
    column, found = x[box.without(at).inside(x), at], []
    below, above = np.sort(column[column < box.low[at]])[::-1], np.sort(column[column > box.high[at]])
    if len(below):
        low = -np.inf if step >= len(below) else below[step - 1]
        found.append(box.with_limits(at, float(low), box.high[at]))
    if len(above):
        high = np.inf if step >= len(above) else above[step - 1]
        found.append(box.with_limits(at, box.low[at], float(high)))
    return found


def _significant(box: Box, x: FloatArray, y: BoolArray) -> Box:
    """Drop limits, the least sure first, until none is left that chance explains."""
    while limits := box.limited():
        chances = {at: quasi_p(box, at, x, y) for at in limits}
        worst = max(limits, key=lambda at: chances[at])
        if chances[worst] <= SIGNIFICANT:
            return box
        box = box.without(worst)
    return box
