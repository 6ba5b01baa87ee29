"""Sums and medians of columns, equal to numpy's to the last bit and quicker: inside compiled rules, for few rows."""

from __future__ import annotations

import numba as nb
import numpy as np
from numpy.typing import NDArray

from model.compiled import RULE

_FEW = 256
"""Values that are searched rather than bracketed first."""
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
    return float(middle(values, n_left_out))


@nb.njit(**RULE)
def middle(values, n_left_out):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """`median` inside compiled rules, of at least one value: the middle one, or halfway between two."""
    n = values.size - n_left_out
    below, middle = _two_of_rank(values, n_left_out + n // 2)
    return middle if n % 2 else 0.5 * (below + middle)


@nb.njit(**RULE)
def _two_of_rank(values, rank):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """Value of the rank before one, from zero, and of the rank itself.

    What a sample brackets is looked at further (Floyd and Rivest 1975), then searched.
    """
    part = values
    while part.size > _FEW:
        sample = _every(part, part.size // _SAMPLE + 1)
        at = rank * sample.size // part.size
        low, high = _search(sample, max(at - _REACH, 0)), _search(sample, min(at + _REACH, sample.size - 1))
        n_low, between = _between(part, low, high)
        if not n_low <= rank < n_low + between.size or between.size == part.size:
            break
        part, rank = between, rank - n_low
    part = _every(part, 1)
    value, before = _search(part, rank), -np.inf
    # Those before the rank were put there, unless they are below all of the part.
    for other in part[:rank] if rank else values:
        before = max(before, other if rank or other < value else -np.inf)
    return before, value


@nb.njit(**RULE)
def _between(values, low, high):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """How many values are below two, and those neither below nor above them.

    A value is written before it is known to lie between, as a branch would often be guessed wrong.
    """
    inside, between, n_low, n = np.empty(values.size, np.bool_), np.empty(values.size), 0, 0
    for i in range(values.size):
        inside[i] = (values[i] >= low) & (values[i] <= high)
        n_low += values[i] < low
    for i in range(values.size):
        between[n] = values[i]
        n += inside[i]
    return n_low, between[:n]


@nb.njit(**RULE)
def _every(values, step):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """A copy of every so many values."""
    some = np.empty((values.size + step - 1) // step)
    for i in range(some.size):
        some[i] = values[i * step]
    return some


@nb.njit(**RULE)
def _search(values, rank):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """Value of a rank from zero (Hoare 1961, algorithm 65), for which the values change places.

    Numpy's `partition` and `sort` are as quick, but take seven seconds to compile.
    """
    first, last = 0, values.size - 1
    while first < last:
        middle, low, high = values[rank], first, last
        while low <= high:
            while values[low] < middle:
                low += 1
            while values[high] > middle:
                high -= 1
            if low <= high:
                values[low], values[high] = values[high], values[low]
                low, high = low + 1, high - 1
        first, last = (low if high < rank else first), (high if rank < low else last)
    return values[rank]


@nb.njit(**RULE)
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


@nb.njit(**RULE)
def summed_where(values, mask):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """`summed` of the values (n,) where a mask (n,) holds, as if they stood alone."""
    part, n = np.empty(values.size + 1), 0
    for i in range(values.size):
        part[n] = values[i]
        n += mask[i]
    return summed(part[:n])


@nb.njit(**RULE)
def rows_where(mask):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """(k,) rows where a mask (n,) holds, inside compiled rules.

    A rule that fills its mask in a loop of its own runs on many rows at a time; a row is written here before it is
    known to count, as a branch would often be guessed wrong.
    """
    rows, n = np.empty(mask.size + 1, np.int64), 0
    for i in range(mask.size):
        rows[n] = i
        n += mask[i]
    return rows[:n]


@nb.njit(**RULE)
def few_rows_where(mask):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """(k,) rows where a mask (n,) that seldom holds does, inside compiled rules: eight that do not are passed at once.

    From about one row in ten on, `rows_where` is as quick.
    """
    rows, n, whole = np.empty(mask.size + 1, np.int64), 0, mask.size // 8
    eight = mask[: 8 * whole].view(np.uint64)
    for at in range(whole + 1):
        if at == whole or eight[at] != 0:
            for i in range(8 * at, min(8 * at + 8, mask.size)):
                rows[n] = i
                n += mask[i]
    return rows[:n]


@nb.njit(**RULE)
def of_rows(values, rows):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """(k,) ``values[rows]`` inside compiled rules, where the compiler takes long over an index that is an array."""
    taken = np.empty(rows.size, values.dtype)
    for k in range(rows.size):
        taken[k] = values[rows[k]]
    return taken


@nb.njit(**RULE)
def sums_by_label(values, label, n_labels):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """(n_labels,) what ``values[label == at].sum()`` is for each label; both (n,), and no label below zero counts."""
    sums, labelled = np.empty(n_labels), np.empty(values.size + 1)
    for at in range(n_labels):
        n = 0
        for i in range(values.size):
            labelled[n] = values[i]
            n += label[i] == at
        sums[at] = summed(labelled[:n])
    return sums


def sums_by(values: NDArray[np.float64], label: NDArray[np.integer], n_labels: int) -> NDArray[np.float64]:
    """As `sums_by_label`, of labels of any type: the rule would be compiled for each."""
    return np.asarray(sums_by_label(values, label.astype(np.int64, copy=False), n_labels))


@nb.njit(**RULE)
def place_among(points, ends, place):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """Number of the category that holds each point of the unit interval, written into ``place``; both (n,), few agents.

    ``ends`` (k,) of the categories ascend, and the last is taken for the end of the interval. They are compared one
    after the other with all points, eight at a time: a search would often be guessed wrong.
    """
    place[: points.size] = 0
    for end in ends[:-1]:
        for i in range(points.size):
            place[i] += end <= points[i]
