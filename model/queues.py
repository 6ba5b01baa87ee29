"""Queues: who is served first where there is not room for all, by luck that is each one's own."""

from __future__ import annotations

import numba as nb
import numpy as np
from numpy.typing import NDArray

from model.columns import of_rows
from model.compiled import RULE

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
_BOXES = 256
"""Of luck, in which sizes are summed: more make the line shorter, and each a sum longer."""


def served(luck: FloatArray, size: FloatArray, room: float) -> IntArray:
    """Who is served when there is room for some: in order of luck, so more room serves the same first.

    Parameters
    ----------
    luck, size : (n,) of those who wait; luck is even from 0 to 1.
    room : for sizes, in their unit; nobody is served without any.

    Returns
    -------
    (k,) positions of those served, in order of luck; their sizes add up to at most ``room``.
    """
    return np.asarray(places_served(luck, size, room))


@nb.njit(**RULE)
def served_in(city, at, luck, size, room):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """As `served`, in one city, ``at``, among those (n,) of every ``city`` who wait."""
    wants, n = np.empty(city.size + 1, np.int64), 0
    for i in range(city.size):
        wants[n] = i
        n += city[i] == at
    wants = wants[:n]
    return of_rows(wants, places_served(of_rows(luck, wants), of_rows(size, wants), room))


@nb.njit(**RULE)
def places_served(luck, size, room):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """`served` inside compiled rules: only those are sorted whom the room can serve."""
    enough = _luck_that_uses_up(luck, size, room)
    ahead, n = np.empty(luck.size + 1, np.int64), 0
    for i in range(luck.size):
        ahead[n] = i
        n += luck[i] < enough
    queue, taken, n_served = _in_order(ahead[:n], luck, enough), 0.0, 0
    for position in queue:
        taken += size[position]
        if taken > room:
            break
        n_served += 1
    return queue[:n_served]


@nb.njit(**RULE)
def _in_order(positions, luck, most):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """Positions (k,) in order of their luck, which is even from 0 to ``most``; of equal luck in their order.

    As many boxes as there are of them are in order, and hardly any holds more than a few, which are put in order one
    by one. Numpy's `argsort` is slower, and takes a second and a half to compile.
    """
    n = positions.size
    ends, queue = np.zeros(n + 2, np.int64), np.empty(n, np.int64)
    for position in positions:
        ends[min(int(luck[position] / most * n), n) + 1] += 1
    for box in range(n):
        ends[box + 1] += ends[box]
    for position in positions:
        box = min(int(luck[position] / most * n), n)
        queue[ends[box]] = position
        ends[box] += 1
    for k in range(1, n):
        position, at = queue[k], k
        while at > 0 and luck[queue[at - 1]] > luck[position]:
            queue[at] = queue[at - 1]
            at -= 1
        queue[at] = position
    return queue


@nb.njit(**RULE)
def _luck_that_uses_up(luck, size, room):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """Luck below which sizes exceed the room: sums by boxes of luck spare the sorting of all who wait."""
    if room <= 0.0:
        return 0.0
    boxes, total = np.zeros(_BOXES), 0.0
    for i in range(luck.size):
        boxes[int(luck[i] * _BOXES)] += size[i]
    for box in range(_BOXES):
        total += boxes[box]
        # Another order of the sum may round otherwise.
        if total > room * (1.0 + 1e-9):
            return (box + 1.0) / _BOXES
    return 1.0
